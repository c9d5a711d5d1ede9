"""Calendars of made-up patients, and what an entry cites, followed through its links."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from scheduler.calendar.entries.because import Because
from scheduler.calendar.entries.entry import Calendar, Entry
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.events import Corrected, Event, Struck
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from tests.laws.strategies import Patient
from tests.laws.walks import Followed


def calendar_after(patient: Patient | Followed, log: Log | None = None) -> Calendar:
    """The patient's calendar a good while on; with another log, the calendar that one makes of the same days."""
    until = patient.last_day + timedelta(days=200)
    return calendar_of(patient.version, patient.site, patient.log if log is None else log, until=until)


def cited_events(calendar: Calendar, entry: Entry) -> frozenset[int]:
    """Every event that an entry or its runs cite, directly or through the occurrences that they link to."""
    return _cited(calendar, entry)[0]


def cited_entries(calendar: Calendar, entry: Entry) -> frozenset[str]:
    """Every other entry that they link to, directly or through others."""
    return _cited(calendar, entry)[1]


def _cited(calendar: Calendar, entry: Entry) -> tuple[frozenset[int], frozenset[str]]:
    numbers: set[int] = set()
    seen: set[str] = set()
    waiting: list[Because] = [entry.because, *(run.because for run in entry.runs)]
    while waiting:
        because = waiting.pop()
        numbers |= because.event_numbers()
        new = because.links() - seen
        seen |= new
        waiting += [calendar.reasons[link] for link in new if link in calendar.reasons]
    return frozenset(numbers), frozenset(seen)


def latest_of(entry: Entry) -> int:
    """The highest event behind an entry and its runs, as they carry it."""
    return max([entry.because.latest, *(run.because.latest for run in entry.runs)])


def facts_of(entry: Entry) -> Any:
    """What an entry says, without why."""
    nothing = Because(())
    runs = tuple(run._replace(because=nothing) for run in entry.runs)
    return entry._replace(because=nothing, runs=runs)


def made_by_events(version: StudyVersion) -> frozenset[str]:
    """What comes once for each event of a kind, and is called by that event's number."""
    lines = (line for plan in version.arms.values() for line in plan.timelines.values())
    return frozenset({"unscheduled", *(line.name for line in lines if line.each is not None)})


def facts_of_the_plan(patient: Patient | Followed) -> list[Event]:
    """All that happened, but what puts records right, or is about something that an event's number names."""
    named = made_by_events(patient.version)
    facts = [record.event for record in patient.log.records if not isinstance(record.event, Corrected | Struck)]
    return [fact for fact in facts if (getattr(fact, "entry", None) or "").partition(".")[0] not in named]
