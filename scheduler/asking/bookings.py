"""Appointments that cannot be kept: on a closed day, or before the day on which they were made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from scheduler.asking.candidate import Candidate, Told
from scheduler.patient.contradictions.entries import find
from scheduler.patient.events import Booked, Rebooked
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.study import Timeline


def booked_backwards(candidate: Candidate) -> Iterator[Told]:
    """An appointment for a day before the one on which it was made."""
    event = candidate.event
    if isinstance(event, Booked | Rebooked) and event.to < event.on:
        what = f"{event.entry} is booked for {event.to}, a day that had passed when it was booked, on {event.on}"
        hint = "look at the month and the year; what took place is recorded as done or given"
        yield Told(what, "to", hint, _clause(candidate, event.entry, event.on))


def booked_on_closed_day(candidate: Candidate) -> Iterator[Told]:
    """An appointment on a day on which what it needs is closed."""
    event = candidate.event
    line = _line(candidate, event.entry, event.on) if isinstance(event, Booked | Rebooked) else None
    if line is None or not isinstance(event, Booked | Rebooked):
        return
    days = candidate.site.open_days(line.resource)
    for offset in line.open_days:
        day = event.to + timedelta(days=offset)
        why = days.why_closed(day.toordinal())
        if why is not None:
            open_day = days.first_open(day.toordinal())
            hint = f"the next open day is {date.fromordinal(open_day)}" if open_day is not None else None
            what = f"{event.entry} is booked for {event.to}, but {line.resource} is closed on {day}: {why}"
            yield Told(what, "to", hint, _clause(candidate, event.entry, event.on))
            return


def _line(candidate: Candidate, entry: str, day: date) -> Timeline | None:
    target = find(candidate.chart, entry, day)
    return target.line if target is not None else None


def _clause(candidate: Candidate, entry: str, day: date) -> Clause | None:
    target = find(candidate.chart, entry, day)
    if target is None or target.line is None:
        return None
    timing = target.line.last if target.n is None else target.line.timing(target.n)
    return timing.clause if timing is not None else None
