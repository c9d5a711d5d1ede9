"""What one record says: events as they would be written, with what it rests on; or why it says nothing here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from scheduler.protocol.plan.study import Plan, StudyVersion
from scheduler.said import Code, Quoted, Said, said
from scheduler.source.node import Data
from scheduler.standards.sdtm.visit_numbers import PlannedVisit, VisitNumbers
from scheduler.standards.sdtm_in.records import Record
from scheduler.standards.sdtm_in.report import Note, Verdict

Written = Mapping[str, Data]
"""An event as a case file has it."""


@dataclass(frozen=True, slots=True)
class Read:
    """A record with its verdict, the events that it becomes, and notes."""

    record: Record
    verdict: Verdict
    events: tuple[Written, ...] = ()
    notes: tuple[Note, ...] = ()


def plainly(record: Record, *events: Written) -> Read:
    """The record says these events, and leaves nothing open."""
    return Read(record, "said", events)


def assumed(record: Record, note: Note, *events: Written) -> Read:
    """The record says these events as it is read here; the note says what else it could be."""
    return Read(record, "said with an assumption", events, (note,))


def carried(record: Record, note: Note) -> Read:
    """Nothing of the log says it; the report does."""
    return Read(record, "carried", (), (note,))


def wrong(record: Record, note: Note) -> Read:
    """The record contradicts itself, another one or the protocol."""
    return Read(record, "the file is wrong", (), (note,))


def noted(read: Read, note: Note) -> Read:
    """The same with a note more: what was said is said with an assumption now."""
    verdict: Verdict = "said with an assumption" if read.verdict == "said" else read.verdict
    return replace(read, verdict=verdict, notes=(*read.notes, note))


def event(on: date, kind: str, at: str | None = None, **more: Data) -> Written:
    """An event of a day, as it is written; what is None is left out."""
    plain = {key: value for key, value in more.items() if value is not None}
    return {"on": on.isoformat(), "event": kind, **({"at": at} if at is not None else {}), **plain}


def no_day(record: Record, name: str) -> Said:
    """Why nothing can be recorded: what the record says instead of a day."""
    return said("its day is not known: {name} is '{written}'", name=Code(name), written=Quoted(record.text(name)))


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject's records by dataset, the arm by the protocol's name, the plan, and the numbers of the visits.

    ``reference`` is RFSTDTC.
    """

    version: StudyVersion
    records: Mapping[str, tuple[Record, ...]]
    arm: str | None
    numbers: VisitNumbers
    reference: date | None

    @property
    def plan(self) -> Plan | None:
        """The plan of the arm; of a subject without one, what all have."""
        return self.version.plan(self.arm)

    @property
    def visits(self) -> Mapping[str, PlannedVisit]:
        """The planned visits of the arm by their ids; without an arm, those of every arm."""
        arms = self.numbers.arms
        if self.arm is not None:
            return arms[self.arm]
        return {visit_id: visit for visits in arms.values() for visit_id, visit in visits.items()}
