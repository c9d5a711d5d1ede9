"""What a calendar says, laid out for comparing: each entry as a reader sees it, and the events behind it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from scheduler.calendar.because import Because
from scheduler.calendar.entry import Calendar, Entry
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.log import Log
from tests.laws.strategies import Patient
from tests.seed import VERSION, site_with

SOME_MONTHS = timedelta(days=150)


def calendar_for(patient: Patient, log: Log | None = None, *, until: date | None = None) -> Calendar:
    """The calendar of a made-up patient up to some months after the last event, from this log or the patient's own."""
    site = site_with(patient.closed, patient.opened)
    return calendar_of(VERSION, site, patient.log if log is None else log, until=until or patient.last_day + SOME_MONTHS)


def as_seen(entry: Entry) -> tuple[Any, ...]:
    """All that a reader sees of an entry, tablets by day."""
    days = [
        (number, run.first_date + timedelta(days=number - run.first_day), run.doses, run.status, run.flags)
        for run in entry.runs
        for number in range(run.first_day, run.last_day + 1)
    ]
    return entry.ideal, entry.window, entry.date, entry.time, entry.status, entry.doses, entry.flags, days


def cited(calendar: Calendar, entry: Entry) -> frozenset[int]:
    """The events that an entry or its runs name, or that the entries it counts from name, and so on."""
    numbers: set[int] = set()
    seen: set[str] = set()
    told = [entry.because, *(run.because for run in entry.runs)]
    while told:
        because = told.pop()
        numbers |= because.event_numbers()
        for link in because.links() - seen:
            seen.add(link)
            told += reasons_of(calendar, link)
    return frozenset(numbers)


def reasons_of(calendar: Calendar, entry: str) -> list[Because]:
    """Why an occurrence is where it is, and why its tablets are what they are."""
    found = [calendar.reasons[entry]] if entry in calendar.reasons else []
    shown = calendar.by_id.get(entry)
    return found + ([shown.because, *(run.because for run in shown.runs)] if shown is not None else [])
