"""Calendars of made-up patients, and what an entry cites, followed through its links."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from scheduler.calendar.entries.because import Because
from scheduler.calendar.entries.entry import Calendar, Entry
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.log import Log
from tests.laws.strategies import Patient
from tests.seed import VERSION, site_with


def calendar_after(patient: Patient, log: Log | None = None) -> Calendar:
    """The patient's calendar a good while on; with another log, the calendar that one makes of the same days."""
    site = site_with(set(patient.closed), set(patient.opened))
    until = patient.last_day + timedelta(days=200)
    return calendar_of(VERSION, site, patient.log if log is None else log, until=until)


def cited_events(calendar: Calendar, entry: Entry) -> frozenset[int]:
    """Every event that an entry or its runs cite, directly or through the occurrences that they link to."""
    numbers: set[int] = set()
    seen: set[str] = set()
    waiting: list[Because] = [entry.because, *(run.because for run in entry.runs)]
    while waiting:
        because = waiting.pop()
        numbers |= because.event_numbers()
        new = because.links() - seen
        seen |= new
        waiting += [calendar.reasons[link] for link in new if link in calendar.reasons]
    return frozenset(numbers)


def latest_of(entry: Entry) -> int:
    """The highest event behind an entry and its runs, as they carry it."""
    return max([entry.because.latest, *(run.because.latest for run in entry.runs)])


def facts_of(entry: Entry) -> Any:
    """What an entry says, without why."""
    nothing = Because(())
    runs = tuple(run._replace(because=nothing) for run in entry.runs)
    return entry._replace(because=nothing, runs=runs)
