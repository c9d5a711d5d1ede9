"""What people call what has an id: "Toripalimab, dose 2" for toripalimab.2. Ids stay in exports, tooltips and addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias, TypeVar, cast

from scheduler.calendar.comparing.change import Change
from scheduler.calendar.comparing.change_in_words import from_first_to_last
from scheduler.calendar.entries.entry import Kind
from scheduler.calendar.entries.titles_in_words import title_in_words
from scheduler.findings import Finding
from scheduler.protocol.plan.activity import called_in
from scheduler.protocol.plan.study import Plan, StudyVersion
from scheduler.said import COMMAS, Code, Listed, Name, Quoted, Said, Text, Value, listed, own_words, told_as
from scheduler.site.site import Site
from scheduler.views.patients import Patient
from scheduler.views.table import Cell, Table

V = TypeVar("V", bound=Value)
Names: TypeAlias = Mapping[str, Value]
"""The name of each id."""

_COLUMNS_OF_IDS = frozenset({"arm", "drug", "related", "site", "treatment"})
"""The columns of lists in which ids stand as they are."""

_NAMED = frozenset({"activities", "arm", "entry", "treatment", "proposal", "course", "related"})
"""What an event's sentence calls the places where ids stand as text. What people wrote stands in others, and stays as it is."""


def names_of(patient: Patient) -> Names:
    """The names of all treatments, entries, days of cycles, and proposals of a patient."""
    calendar, plan = patient.calendar, patient.plan
    names: dict[str, Value] = {}
    if plan is not None:
        names |= _names_in(plan)
    for each in calendar.pending:
        names[each.id] = title_in_words(each.title)
        names.setdefault(each.id.removesuffix(".1"), names[each.id])
    for entry in calendar.entries:
        title = title_in_words(entry.title)
        names[entry.id] = title
        if entry.kind is Kind.ORAL:
            names[f"{entry.id}.1"] = title
    names |= {each.id: own_words(each.title) for each in (*calendar.proposals, *calendar.proposals_to_come)}
    return names


def _names_in(plan: Plan) -> Iterator[tuple[str, Value]]:
    """What activities, drugs, courses, treatments, visits and the arm are called."""
    lines = plan.timelines
    yield from ((name, own_words(each)) for name, each in called_in(lines.values()).items())
    gives = (give.name for line in lines.values() for give in line.gives)
    yield from ((str(name), own_words(name)) for name in gives if isinstance(name, Text))
    yield from ((name, own_words(line.title)) for name, line in lines.items() if line.title)
    yield plan.arm, arm_in_words(plan.arm, plan.arm_title)


def names_in_study(versions: Iterable[StudyVersion], sites: Iterable[Site]) -> Names:
    """The names of a whole study, as its lists need them: those of all arms and versions, and of the sites."""
    names = {name: value for version in versions for plan in version.arms.values() for name, value in _names_in(plan)}
    return names | {site.name: own_words(site.title) for site in sites if isinstance(site.title, Text)}


def with_names(table: Table, names: Names) -> Table:
    """The list with names where ids stand: readers of other languages are told them, and programs the ids."""

    def called(cell: Cell, column: str) -> Cell:
        if isinstance(cell, Text):
            return told_as(cell, named(cell.said, names))
        if column in _COLUMNS_OF_IDS and isinstance(cell, str):
            parts = cell.split(", ")
            return told_as(cell, listed(*(names.get(each, Quoted(each)) for each in parts), how=COMMAS))
        return cell

    rows = tuple(tuple(map(called, row, table.columns)) for row in table.rows)
    title = table.title
    return Table(told_as(title, named(title.said, names)) if isinstance(title, Text) else title, table.columns, rows)


def arm_in_words(arm: str, title: str) -> Value:
    """What an arm is called in a sentence: its name in the reader's language, and in English its id, which is short."""
    said = own_words(title)
    if not isinstance(said, Name):
        return Code(arm)
    return Name((("en", arm), *((language, name) for language, name in said.by_language if language != "en")))


def named(value: V, names: Names) -> V:
    """The same sentence with names where ids stood."""
    if isinstance(value, Said):
        return cast(V, replace(value, values=tuple((at, _filled(at, each, names)) for at, each in value.values)))
    if isinstance(value, Listed):
        return cast(V, replace(value, items=tuple(_filled("", item, names) for item in value.items)))
    return value


def finding_in_names(finding: Finding, names: Names) -> Finding:
    """A finding with names where ids stood. Its code and its entry stay."""
    told, hint = finding.said, finding.said_hint
    return replace(
        finding,
        said=named(told, names) if told is not None else None,
        said_hint=named(hint, names) if hint is not None else None,
    )


def change_in_names(change: Change, names: Names) -> Change:
    """A difference with names where ids stood; ``entries`` stay."""
    if not names:
        return change
    sentence = change.sentence
    if len(change.entries) > 1:
        first, last = (names.get(each, Code(each)) for each in (change.entries[0], change.entries[-1]))
        values = tuple((at, from_first_to_last(first, last) if at == "which" else each) for at, each in sentence.values)
        sentence = replace(sentence, values=values)
    return replace(change, sentence=named(sentence, names))


def _filled(place: str, value: Value, names: Names) -> Value:
    if isinstance(value, Code) or (place in _NAMED and isinstance(value, Quoted)):
        return names.get(value.text, value)
    if place in _NAMED and isinstance(value, Listed):
        return replace(value, items=tuple(_filled(place, each, names) for each in value.items))
    return named(value, names)
