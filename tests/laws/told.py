"""Calendars of made-up patients, and what an entry cites, followed through its links."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from scheduler.calendar.because import Because
from scheduler.calendar.entry import Calendar, Entry
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
    """Every event that an entry cites, directly or through the entries that it links to."""
    numbers: set[int] = set()
    seen: set[str] = {entry.id}
    waiting: list[Because] = [entry.because, *(run.because for run in entry.runs)]
    while waiting:
        because = waiting.pop()
        numbers |= because.event_numbers()
        for link in because.links() - seen:
            seen.add(link)
            waiting += _reasons_of(calendar, link)
    return frozenset(numbers)


def _reasons_of(calendar: Calendar, link: str) -> list[Because]:
    linked = calendar.by_id.get(link)
    if linked is not None:
        return [linked.because, *(run.because for run in linked.runs)]
    because = calendar.reasons.get(link)
    return [because] if because is not None else []


def facts_of(entry: Entry) -> Any:
    """What an entry says, without why."""
    nothing = Because(())
    runs = tuple(replace(run, because=nothing) for run in entry.runs)
    return replace(entry, because=nothing, runs=runs)
