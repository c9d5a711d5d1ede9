"""From the rows of a file to events, or to what is wrong with which cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity, nearest_known
from scheduler.folder.rows.grid import Grid, GridRow
from scheduler.patient.events import FACTS, Event, parse_event
from scheduler.patient.events.kind import EventKind, sort_of
from scheduler.said import Code, said
from scheduler.source.node import Data, Node

SUBJECT, SITE, EVENT = "subject", "site", "event"
ENROLLED = "enrolled"
"""What stands under ``event`` where the row takes a patient into the study."""
DATES = ("consented", "screened", "randomised", "first dose planned")
"""The columns of an enrolment list that each say the day of an event."""
WHY = ("confirmed", "override")
"""The columns in which an asked row says why it stands: a fact takes the first, an order the second."""
NOT_IN_A_FILE = frozenset({"event", "recorded"})

_OF_AN_ENROLMENT = (SUBJECT, SITE, *DATES, "arm", "confirmed", "note")
_TRUE = frozenset({"true", "yes", "x", "1", "是"})
_FALSE = frozenset({"false", "no", "0", "否"})


@dataclass(frozen=True, slots=True)
class Row:
    """What one row says of one patient.

    ``line`` is its number in the file. ``site`` is where the row takes the patient into the study, None where it does not.
    ``records`` are its events as it has them, with the place of each cell, and ``events`` what they say; none where ``findings``
    say what is wrong with the cells.
    """

    line: int
    subject: str
    place: Place
    site: str | None = None
    records: tuple[Node, ...] = ()
    events: tuple[Event, ...] = ()
    findings: tuple[Finding, ...] = field(default=())


def rows_of(grid: Grid) -> tuple[Row, ...]:
    """Each row of a list of events, or of an enrolment list. Raises InvalidText for a head that names unknown columns."""
    columns = _columns(grid)
    read = _event_of if EVENT in columns else _enrolment_of
    return tuple(read(grid, row, _cells(grid, row, columns)) for row in grid.rows)


def _columns(grid: Grid) -> dict[str, int]:
    """Where each column stands, by its name. Those without a name may have no cell."""
    names = {_plain(each): each for each in (SUBJECT, EVENT, SITE, *DATES)}
    names |= {_plain(name): name for kind in FACTS.values() for name in kind.fields if name not in NOT_IN_A_FILE}
    columns: dict[str, int] = {}
    wrong: list[Finding] = []
    for index, written in enumerate(grid.head.cells):
        name, place = names.get(_plain(written)), grid.place(grid.head.line, index)
        if not written:
            full = next((row for row in grid.rows if row.cells[index]), None)
            if full is not None:
                wrong.append(_nameless(grid.place(full.line, index)))
        elif name is None:
            hint = nearest_known(written, names.values()) or said("the template for the kind of event has its columns")
            what = said("there is no column '{name}'", name=Code(written[:60]))
            wrong.append(Finding.of("unknown-column", Severity.ERROR, what, hint, place))
        elif name in columns:
            what = said("the column '{name}' is there twice", name=Code(name))
            wrong.append(Finding.of("column-twice", Severity.ERROR, what, said("leave one of them"), place))
        else:
            columns[name] = index
    wrong += _missing(grid, columns)
    if wrong:
        raise InvalidText(wrong)
    return columns


def _nameless(place: Place) -> Finding:
    what = said("this cell stands under no column name")
    return Finding.of("unknown-column", Severity.ERROR, what, said("name its column in the first row"), place)


def _missing(grid: Grid, columns: Mapping[str, int]) -> Iterator[Finding]:
    place = grid.place(grid.head.line)
    if SUBJECT not in columns:
        what = said("there is no column '{name}'", name=Code(SUBJECT))
        yield Finding.of(
            "missing-column", Severity.ERROR, what, said("it has each patient's number in the study"), place
        )
    if EVENT in columns:
        return
    if SITE not in columns:
        what = said("there is no column '{name}'", name=Code(EVENT))
        hint = said("it says what happened, such as 'measured'; a list of new patients has 'site' instead")
        yield Finding.of("missing-column", Severity.ERROR, what, hint, place)
        return
    for name in columns.keys() - set(_OF_AN_ENROLMENT):
        what = said("a list of new patients has no column '{name}'", name=Code(name))
        hint = said("a list of events has a column 'event' too")
        yield Finding.of("unknown-column", Severity.ERROR, what, hint, grid.place(grid.head.line, columns[name]))


def _plain(name: str) -> str:
    return name.strip().casefold().replace(" ", "").replace("_", "").replace("-", "")


Cells = Mapping[str, tuple[str, Place]]


def _cells(grid: Grid, row: GridRow, columns: Mapping[str, int]) -> Cells:
    """What is written in a row, by the names of the columns; empty cells are left out: what is not known is not said."""
    return MappingProxyType(
        {
            name: (row.cells[index], grid.place(row.line, index))
            for name, index in columns.items()
            if row.cells[index] or name == SUBJECT
        }
    )


def _event_of(grid: Grid, row: GridRow, cells: Cells) -> Row:
    """A row that says one event, or that takes a patient in."""
    subject, place = cells[SUBJECT]
    word, at = cells.get(EVENT, ("", grid.place(row.line)))
    if word == ENROLLED:
        site, _ = cells.get(SITE, ("", place))
        others = cells.keys() - {SUBJECT, EVENT, SITE}
        findings = [*_no_subject(subject, place), *_no_site(site, place), *_too_much(cells, others)]
        return Row(row.line, subject, place, site, findings=tuple(findings))
    kind = FACTS.get(word)
    if kind is None:
        hint = nearest_known(word, (*FACTS, ENROLLED)) or said("write what happened, such as 'measured'")
        what = (
            said("'{word}' is no kind of event", word=Code(word[:60])) if word else said("the kind of event is missing")
        )
        findings = [*_no_subject(subject, place), Finding.of("unknown-event", Severity.ERROR, what, hint, at)]
        return Row(row.line, subject, place, findings=tuple(findings))
    said_of_it = {name: each for name, each in cells.items() if name not in (SUBJECT, EVENT)}
    return _row(row, subject, place, None, [_node(grid, row, kind, said_of_it)], _no_subject(subject, place))


def _enrolment_of(grid: Grid, row: GridRow, cells: Cells) -> Row:
    """A row that takes a patient in, with the days that are known."""
    subject, place = cells[SUBJECT]
    site, _ = cells.get(SITE, ("", place))
    findings = [*_no_subject(subject, place), *_no_site(site, place)]
    if ("randomised" in cells) != ("arm" in cells):
        what = said("randomisation needs both its date and its arm")
        hint = said("give both, or neither and record it later")
        at = cells.get("randomised", cells.get("arm", ("", place)))[1]
        findings.append(Finding.of("half-randomised", Severity.ERROR, what, hint, at))
    return _row(row, subject, place, site, list(_dated(grid, row, cells)), findings)


def _dated(grid: Grid, row: GridRow, cells: Cells) -> Iterator[Node]:
    shared = {name: cells[name] for name in ("confirmed", "note") if name in cells}
    for name in DATES:
        if name not in cells or (name == "randomised" and "arm" not in cells):
            continue
        said_of_it = {"on": cells[name], **shared}
        if name == "randomised":
            said_of_it["arm"] = cells["arm"]
        if name == "first dose planned":
            # It is planned on the day of randomisation, for a day that may be still to come.
            said_of_it |= {"on": cells.get("randomised", cells[name]), "to": cells[name]}
        yield _node(grid, row, FACTS[name], said_of_it)


def _row(
    row: GridRow, subject: str, place: Place, site: str | None, records: list[Node], findings: Iterable[Finding]
) -> Row:
    wrong, events = list(findings), []
    for record in records:
        try:
            events.append(parse_event(record))
        except InvalidText as error:
            wrong += error.findings
    # One cell may be read for several events.
    wrong = list(dict.fromkeys(wrong))
    return Row(row.line, subject, place, site, tuple(records), () if wrong else tuple(events), tuple(wrong))


def _node(grid: Grid, row: GridRow, kind: EventKind, cells: Mapping[str, tuple[str, Place]]) -> Node:
    """The event as a case file would have it, each key and value at the place of its cell."""
    children: dict[str | int, Node] = {EVENT: Node(kind.word, grid.file, row.line, 1)}
    for name, (text, place) in cells.items():
        value = _value(kind, name, text)
        inside: dict[str | int, Node] = {}
        if isinstance(value, list):
            inside = {index: Node(each, place.file, place.line, place.column) for index, each in enumerate(value)}
        children[name] = Node(value, place.file, place.line, place.column, children=inside)
    said_of_it: dict[str, Data] = {str(name): child.value for name, child in children.items()}
    keys = {str(name): (child.line, child.column) for name, child in children.items()}
    return Node(said_of_it, grid.file, row.line, 1, keys, children)


def _value(kind: EventKind, name: str, text: str) -> Data:
    info = kind.fields.get(name)
    sort = "text" if info is None else sort_of(info)
    if sort == "list":
        return [each.strip() for line in text.splitlines() for each in line.split(";") if each.strip()]
    if sort == "flag" and text.casefold() in _TRUE | _FALSE:
        return text.casefold() in _TRUE
    plain = text.replace("\N{MINUS SIGN}", "-")
    if sort == "whole" and plain.removeprefix("-").isdecimal() and plain.isascii() and len(plain) < 10:
        return int(plain)
    return text


def _no_subject(subject: str, place: Place) -> tuple[Finding, ...]:
    if subject:
        return ()
    hint = said("write each patient's number in the study")
    return (Finding.of("missing-subject", Severity.ERROR, said("the patient's number is missing"), hint, place),)


def _no_site(site: str, place: Place) -> tuple[Finding, ...]:
    if site:
        return ()
    hint = said("write at which site the patient comes in")
    return (Finding.of("no-site", Severity.ERROR, said("the site is missing"), hint, place),)


def _too_much(cells: Cells, names: Iterable[str]) -> Iterator[Finding]:
    for name in sorted(names):
        what = said("who is only enrolled has no '{name}'", name=Code(name))
        hint = said("write it in a row of its own, with what happened")
        yield Finding.of("unknown-key", Severity.ERROR, what, hint, cells[name][1])
