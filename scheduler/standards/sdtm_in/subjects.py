"""All subjects: their records together, the events in order, and each tried on the log. What a log refuses is not in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from scheduler.errors import InvalidText, Refused
from scheduler.patient.appending import append, build_log
from scheduler.patient.events import Event, parse_event
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from scheduler.said import said
from scheduler.standards.sdtm.visit_numbers import VisitNumbers, number_visits
from scheduler.standards.sdtm_in.doses import days_of, doses_of, exposures_of
from scheduler.standards.sdtm_in.ends import ends_of
from scheduler.standards.sdtm_in.people import arm_of, person_of
from scheduler.standards.sdtm_in.reading import Read, Subject, wrong
from scheduler.standards.sdtm_in.records import Record
from scheduler.standards.sdtm_in.report import Note, Report, Row
from scheduler.standards.sdtm_in.visits import At, visits_of

DATASETS = ("DM", "DS", "SV", "EX")
"""What is read, in the order of the report."""

_ORDER = (
    "consented",
    "screen failed",
    "attribute",
    "randomised",
    "cycle started",
    "given",
    "visit done",
    "unscheduled visit",
    "not done",
    "taken",
    "end of treatment",
    "withdrew",
    "lost to follow-up",
    "died",
)
"""The order of what was recorded on one day."""


@dataclass(frozen=True, slots=True)
class Imported:
    """One subject: the number, the site's by DM, and the log of what was said."""

    subject: str
    site: str
    log: Log


def import_subjects(version: StudyVersion, records: Iterable[Record]) -> tuple[tuple[Imported, ...], Report]:
    """The subjects in the order of their numbers, and a row for each record of the four datasets; others are counted."""
    by_subject: dict[str, dict[str, list[Record]]] = {}
    left: dict[str, int] = {}
    reads: list[Read] = []
    for record in records:
        if record.dataset not in DATASETS:
            left[record.dataset] = left.get(record.dataset, 0) + 1
        elif not record.subject:
            reads.append(wrong(record, said("it has no USUBJID")))
        else:
            by_subject.setdefault(record.subject, {}).setdefault(record.dataset, []).append(record)
    numbers = number_visits(version)
    found = []
    for subject, own in sorted(by_subject.items()):
        people = own.get("DM", [])
        if len(people) != 1:
            none, several_of_dm = (
                said("DM has no record of this subject"),
                said("DM has several records of this subject"),
            )
            why = several_of_dm if people else none
            reads += [wrong(record, why) for several in own.values() for record in several]
            continue
        imported, made = _subject(version, numbers, people[0], own)
        found.append(Imported(subject, people[0].text("SITEID"), imported))
        reads += made
    order = {name: number for number, name in enumerate(DATASETS)}
    reads.sort(key=lambda read: (order[read.record.dataset], read.record.number))
    return tuple(found), Report([_row(read) for read in reads], left)


def _row(read: Read) -> Row:
    record = read.record
    kinds = tuple(f"{each['on']} {each['event']}" for each in read.events)
    return Row(record.dataset, record.number, record.subject, read.verdict, kinds, read.notes)


def _subject(
    version: StudyVersion, numbers: VisitNumbers, person: Record, own: Mapping[str, list[Record]]
) -> tuple[Log, list[Read]]:
    records = {name: tuple(several) for name, several in own.items()}
    subject = Subject(version, records, arm_of(version, person), numbers, person.day("RFSTDTC"))
    exposures = exposures_of(subject)
    days = days_of(exposures)
    visits = list(visits_of(subject, days))
    by_day: dict[date, list[At]] = {}
    for read, at in visits:
        day = read.record.day("SVSTDTC")
        if at is not None and day is not None and read.verdict in ("said", "said with an assumption"):
            by_day.setdefault(day, []).append(at)
    ends = list(ends_of(subject, max((last for several in days.values() for _, last in several), default=None)))
    milestones = [read.record.text("DSDECOD") for read in ends if read.events]
    reads = [
        person_of(subject, person, milestones),
        *ends,
        *(read for read, _ in visits),
        *doses_of(subject, exposures, by_day),
    ]
    return _tried(version, reads)


def _tried(version: StudyVersion, reads: list[Read]) -> tuple[Log, list[Read]]:
    """The log of all events by day, and the records as they were read; what the log refuses is taken out, and says why."""
    faults: dict[tuple[int, int], tuple[Note, ...]] = {}
    events: list[tuple[tuple[int, int], Event]] = []
    for number, read in enumerate(reads):
        for index, written in enumerate(read.events):
            try:
                events.append(((number, index), parse_event(dict(written))))
            except InvalidText as error:
                faults[number, index] = tuple(each.told for each in error.findings)
    events.sort(key=lambda each: (each[1].on, _ORDER.index(each[1].event)))
    log = _log(version, events, faults)
    refused: dict[int, dict[int, tuple[Note, ...]]] = {}
    for (number, index), why in faults.items():
        refused.setdefault(number, {})[index] = why
    return log, [_without(read, refused.get(number, {})) for number, read in enumerate(reads)]


def _log(
    version: StudyVersion, events: list[tuple[tuple[int, int], Event]], faults: dict[tuple[int, int], tuple[Note, ...]]
) -> Log:
    try:
        return build_log(version, [event for _, event in events])
    except Refused:
        log = Log()
    for place, event in events:
        try:
            log = append(version, log, event)
        except Refused as error:
            faults[place] = tuple(each.told for each in error.findings)
    return log


def _without(read: Read, refused: Mapping[int, tuple[Note, ...]]) -> Read:
    if not refused:
        return read
    kept = tuple(each for index, each in enumerate(read.events) if index not in refused)
    return replace(
        read,
        verdict="the file is wrong",
        events=kept,
        notes=(*read.notes, *(why for whys in refused.values() for why in whys)),
    )
