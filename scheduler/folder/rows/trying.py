"""A file's rows tried, each after those above it, as `record` asks about them: a dry run, and what it leaves to be recorded."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from scheduler.asking import Question, Strength, ask
from scheduler.asking.answering import with_reason
from scheduler.asking.question import Words
from scheduler.calendar.telling.events_in_words import what_happened
from scheduler.findings import Finding, Place, Severity, nearest_known
from scheduler.folder.rows.grid import Grid
from scheduler.folder.rows.records import Row, rows_of
from scheduler.patient.appending import spelled_out
from scheduler.patient.events import Event
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from scheduler.said import Code, Said, said
from scheduler.site.site import Site
from scheduler.source.node import Node, Step
from scheduler.stock.asking.handing_out import HandingOut
from scheduler.store.checked_recording import NUMBER


class Outcome(StrEnum):
    """What becomes of a row."""

    ACCEPTED = "accepted"
    ASKED = "asked"
    """It can be, but it is likely a slip, or dangerous: it needs a reason of its own."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to say about a row: where, what, what the protocol says about it, and what to do.

    ``reason`` is what the row gives as its reason already.
    """

    outcome: Outcome
    code: str
    place: Place
    what: Words
    protocol: str | None = None
    to_do: tuple[Words, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """A row with what it says, what becomes of it, and why."""

    row: Row
    outcome: Outcome
    what: tuple[Said, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A patient as the file finds the patient: the version that was started under with its ``others``, the site, the log."""

    version: StudyVersion
    site: Site
    log: Log
    first_site: str | None = None
    """The site at which the patient came in."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """What rows are held against.

    ``known`` gives the patients whom this person may see. New ones come in under ``newest``, at one of ``sites``. ``today`` gives
    the civil date in a site's zone. ``may`` says why this person may not record an event, or (None) not take a patient in.
    ``stock`` gives what asks the sites' stock about what is handed out.
    """

    known: Callable[[str], Standing | None]
    newest: StudyVersion
    sites: Mapping[str, Site]
    today: Callable[[str], date]
    may: Callable[[Event | None], Finding | None] = field(default=lambda _: None)
    stock: Callable[[], HandingOut | None] = field(default=lambda: None)


@dataclass(frozen=True, slots=True)
class OfPatient:
    """What a file has of one patient. ``site`` is where a new one comes in; ``seen`` is the length of the log that was seen."""

    subject: str
    site: str | None
    events: tuple[Event, ...]
    seen: int


@dataclass(frozen=True, slots=True)
class Trial:
    """All rows of a file with what becomes of each; ``patients`` is what would be recorded. Nothing is recorded yet.

    ``digest`` tells what was seen: another one says that something was recorded meanwhile, or is asked otherwise.
    """

    file: str
    sha256: str
    rows: tuple[Tried, ...]
    patients: tuple[OfPatient, ...]
    digest: str

    @property
    def accepts(self) -> bool:
        """True where every row can be recorded."""
        return all(each.outcome is Outcome.ACCEPTED for each in self.rows)

    @property
    def events(self) -> int:
        """How many events the file has."""
        return sum(len(each.events) for each in self.patients)

    def number(self, outcome: Outcome) -> int:
        """How many rows have that outcome."""
        return sum(each.outcome is outcome for each in self.rows)


def try_rows(grid: Grid, entrance: Entrance) -> Trial:
    """Every row of that file, of each patient after those above it. Raises InvalidText for a head that cannot be read."""
    rows = rows_of(grid)
    tried: dict[int, Tried] = {}
    patients: list[OfPatient] = []
    stock = entrance.stock()
    for subject in dict.fromkeys(row.subject for row in rows):
        own = [row for row in rows if row.subject == subject]
        result, patient = _of_patient(subject, own, entrance, stock)
        tried |= {each.row.line: each for each in result}
        patients.append(patient)
    ordered = tuple(tried[row.line] for row in rows)
    return Trial(grid.file, grid.sha256, ordered, tuple(patients), _digest(grid.sha256, ordered, patients))


def _of_patient(
    subject: str, rows: Sequence[Row], entrance: Entrance, stock: HandingOut | None
) -> tuple[list[Tried], OfPatient]:
    standing, site = entrance.known(subject), None
    seen = standing.log.length if standing is not None else 0
    tried: list[Tried] = []
    kept: list[Event] = []
    for row in rows:
        wrong = list(_wrong(row, standing, entrance))
        if row.site is not None and standing is None and row.site in entrance.sites:
            site, standing = row.site, Standing(entrance.newest, entrance.sites[row.site], Log(), row.site)
        if standing is None or row.findings:
            tried.append(Tried(row, Outcome.REFUSED, remarks=tuple(wrong)))
            continue
        today = entrance.today(standing.site.zone)
        remarks, events = [], []
        for record, written in zip(row.records, row.events, strict=True):
            event = spelled_out(standing.version, standing.log, written)
            questions = ask(standing.version, standing.site, standing.log, [event], today=today)
            if stock is not None:
                questions += stock.ask(subject, standing.first_site, standing.log, [event], today=today)
            found, event = _asked(questions, event, record, shared=row.site is not None)
            remarks += found
            events.append(event)
            standing = replace(standing, log=standing.log.append_unchecked(event))
        kept += events
        what = tuple(what_happened(each, (e.event for e in standing.log.records)) for each in events)
        remarks = wrong + remarks
        tried.append(Tried(row, _worst(remarks), what, tuple(remarks)))
    return tried, OfPatient(subject, site, tuple(kept), seen)


def _wrong(row: Row, standing: Standing | None, entrance: Entrance) -> Iterator[Remark]:
    """What speaks against a row whatever its events say."""
    yield from (_of_finding(each, row) for each in row.findings)
    if row.site is not None:
        yield from (_of_finding(each, row) for each in _not_enrolled(row, standing, entrance))
    elif standing is None and row.subject:
        hint = said("enrol the patient first, in a row above or in a file of its own")
        what = said("there is no patient {subject}", subject=Code(row.subject[:60]))
        yield Remark(Outcome.REFUSED, "unknown-subject", row.place, what, to_do=(hint,))
    for event in row.events:
        found = entrance.may(event)
        if found is not None:
            yield _of_finding(found, row)


def _not_enrolled(row: Row, standing: Standing | None, entrance: Entrance) -> Iterator[Finding]:
    refused = entrance.may(None)
    if refused is not None:
        yield refused
    if standing is not None:
        what = said("there is a patient {subject} already", subject=Code(row.subject[:60]))
        yield Finding.of("subject-there", Severity.ERROR, what, said("leave the row out, or give the next number"))
    elif not re.fullmatch(NUMBER, row.subject):
        hint = said("letters, digits, hyphens and points, at most 40, such as EXP-007; never a name or initials")
        yield Finding.of("bad-subject", Severity.ERROR, said("this is no number of a subject"), hint)
    if row.site and row.site not in entrance.sites:
        what = said("there is no site {site}", site=Code(row.site[:60]))
        yield Finding.of("unknown-site", Severity.ERROR, what, nearest_known(row.site, entrance.sites))


def _asked(questions: Sequence[Question], event: Event, record: Node, *, shared: bool) -> tuple[list[Remark], Event]:
    """What is asked about an event. ``shared``: the reason is its row's, and stands only with an event that is asked about."""
    if shared and not any(each.strength is Strength.ASKED for each in questions):
        event = with_reason(event, None)
    return [_of_question(each, record) for each in questions], event


def _of_question(question: Question, record: Node) -> Remark:
    outcome = Outcome.ACCEPTED
    to_do = [question.hint] if question.hint is not None else []
    if question.is_open:
        outcome = Outcome.REFUSED if question.answer is None else Outcome.ASKED
        if question.answer is not None:
            column = Code(question.answer)
            to_do.append(said("where it is so, say why in this row under '{column}'", column=column))
    steps: list[Step] = [int(step) if step.isdigit() else step for step in question.field.split(".")]
    place = record.place(*steps)
    return Remark(outcome, question.code, place, question.what, question.protocol, tuple(to_do), question.reason)


def _of_finding(finding: Finding, row: Row) -> Remark:
    to_do = finding.what_to_do
    place = finding.place or row.place
    return Remark(Outcome.REFUSED, finding.code, place, finding.told, to_do=() if to_do is None else (to_do,))


def _worst(remarks: Iterable[Remark]) -> Outcome:
    outcomes = {each.outcome for each in remarks}
    return next((each for each in (Outcome.REFUSED, Outcome.ASKED) if each in outcomes), Outcome.ACCEPTED)


def _digest(sha256: str, rows: Iterable[Tried], patients: Iterable[OfPatient]) -> str:
    asked = [[str(each.place), each.outcome, each.code, str(each.what)] for row in rows for each in row.remarks]
    lengths = [[each.subject, each.site, each.seen, len(each.events)] for each in patients]
    text = json.dumps([sha256, asked, lengths], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
