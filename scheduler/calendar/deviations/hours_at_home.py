"""Doses at home that were fewer or more hours after each other than the protocol has them, by the times in the diary."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time
from itertools import pairwise
from typing import NamedTuple, cast

from scheduler.calendar.engine.dosing.cycle_days import gives_on_day
from scheduler.calendar.entries.deviation import Deviated, Deviation
from scheduler.calendar.entries.dose_sheet import in_words
from scheduler.calendar.entries.entry import Calendar, Kind, Status
from scheduler.calendar.entries.taking_in_words import apart_in_words
from scheduler.dates import Day
from scheduler.local_times import LocalTime, as_recorded, elapsed
from scheduler.patient.course import Course
from scheduler.patient.events import Taken
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.dosing.taking import HoursApart, Taking
from scheduler.protocol.plan.study import Plan, Timeline
from scheduler.protocol.plan.times.frequency import DOSES_A_DAY
from scheduler.said import Code, Value, said


class _Day(NamedTuple):
    """One dosing day: its entry, what the protocol says of its hours, and how many doses it has."""

    entry: str
    taking: Taking
    clause: Clause
    doses: int


class _Dose(NamedTuple):
    """One dose by its time, and the event that says it. ``all_known``: every dose of its day has its time."""

    day: _Day
    at: LocalTime
    events: tuple[int, ...]
    all_known: bool


def hours_at_home(plan: Plan, course: Course, calendar: Calendar, zone_on: Callable[[Day], str]) -> Iterator[Deviation]:
    """A deviation for each two doses that were too few or too many hours apart; only of doses whose times were recorded.

    Overnight the hours hold where they go round the day, as 12 hours do for two doses. Nothing is too many hours while a dose
    in between may be missing from the record.
    """
    for line in plan.treatments():
        if any(give.taking.apart is not None for give in line.gives):
            days = dict(_dosing_days(line, calendar))
            for first, second in pairwise(_doses(course, line.name, days, zone_on)):
                yield from _between(line.name, first, second)


def _dosing_days(line: Timeline, calendar: Calendar) -> Iterator[tuple[Day, _Day]]:
    for entry in calendar.entries:
        if entry.timeline != line.name or entry.kind is not Kind.ORAL:
            continue
        for run in entry.runs:
            if run.status is not Status.DONE:
                continue
            for number in range(run.first_day, run.last_day + 1):
                gives = gives_on_day(line, entry.counts_as, number)
                give = next((each for each in gives if each.taking.apart is not None), None)
                if give is not None:
                    on = run.first_date.toordinal() + number - run.first_day
                    doses = DOSES_A_DAY.get(give.frequency, 1)
                    yield on, _Day(f"{entry.id}.{number}", give.taking, give.clause, doses)


def _doses(course: Course, treatment: str, days: dict[Day, _Day], zone_on: Callable[[Day], str]) -> list[_Dose]:
    hours: dict[Day, dict[str, tuple[int, ...]]] = {}
    for report in course.reports.get(treatment, ()):
        times = cast(Taken, report.fact.event).all_times if report.taken else ()
        for day in range(report.first, report.last + 1):
            # Two reports of one dose each make one day; a list of times is of the whole day, and so is that nothing was taken.
            # A time more than the day has doses is of a report that takes the place of those before it.
            whole = not report.taken or len(times) > 1
            if whole or (day in days and len(hours.get(day, {}).keys() | set(times)) > days[day].doses):
                hours[day] = {}
            if day in days:
                hours.setdefault(day, {}).update(dict.fromkeys(times, report.fact.numbers))
    return [
        _Dose(
            days[day],
            as_recorded(date.fromordinal(day), time.fromisoformat(at), zone_on(day)),
            events,
            len(times) >= days[day].doses,
        )
        for day, times in sorted(hours.items())
        for at, events in sorted(times.items())
    ]


def _between(treatment: str, first: _Dose, second: _Dose) -> Iterator[Deviation]:
    apart = second.day.taking.apart
    nights = (second.at.day - first.at.day).days
    if apart is None or nights > 1 or (nights and not second.day.taking.goes_round):
        return
    minutes = round(elapsed(first.at, second.at).total_seconds() / 60)
    asked = _asked(apart, minutes, first.all_known and second.all_known)
    if asked is None:
        return
    kind, off = asked
    day = f"{first.at.day} " if nights else ""
    told: dict[str, Value] = {
        "since": Code(in_words(minutes)),
        "before": Code(f"{day}{first.at.at.isoformat('minutes')}"),
        "taken": Code(second.at.at.isoformat("minutes")),
        "off": Code(in_words(abs(off))),
        "apart": apart_in_words(apart),
    }
    what = (
        said(
            "{since} after the dose at {before}, taken at {taken}, {off} too early: {apart} is asked for",
            **told,
        )
        if off < 0
        else said(
            "{since} after the dose at {before}, taken at {taken}, {off} too late: {apart} is asked for",
            **told,
        )
    )
    events = tuple(sorted({*first.events, *second.events}))
    yield Deviation(kind, treatment, second.day.entry, second.at.day, None, what, second.day.clause, events)


def _asked(apart: HoursApart, minutes: int, all_known: bool) -> tuple[Deviated, int] | None:
    """What is wrong with so many minutes, and how many too few (below 0) or too many."""
    if apart.shortest is not None and minutes < apart.shortest:
        return Deviated.INTERVAL_TOO_SHORT, minutes - apart.shortest
    if all_known and apart.longest is not None and minutes > apart.longest:
        return Deviated.OUT_OF_WINDOW, minutes - apart.longest
    return None
