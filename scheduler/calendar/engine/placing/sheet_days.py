"""The day of a sample that is taken a day or more after a dose: by the clock, once the time of the dose is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

from scheduler.calendar.engine.evaluation.answers import Answer, never
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.placement import DONE, NOT_DONE
from scheduler.calendar.engine.moments.hours_over import zone_there
from scheduler.calendar.entries.because import Count
from scheduler.dates import Span, Unit, civil_date
from scheduler.local_times import as_recorded, later
from scheduler.protocol.plan.sheet import TimePoint
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.plan.times.timing import Timing


def timing_on_sheet(line: Timeline, cycle_day: int) -> Timing | None:
    """The timing of the visit of one day, by the sentence that has its first time point."""
    point = _first_of(line, cycle_day)
    return line.then if line.then is None or point is None else replace(line.then, clause=point.clause)


def day_by_the_clock(ev: Evaluation, line: Timeline, n: int, cycle_day: int, by_days: Answer) -> Answer:
    """The visit of a sheet on the day and at the time of its first time point: 36 hours after 22:00 is two days later, at 10:00.

    Until the time of the dose is recorded it is as many whole days after the dose. Of a dose that was not done there is
    nothing to take, and no visit.
    """
    sheet, point = line.sheet, _first_of(line, cycle_day)
    if sheet is None or point is None or by_days.day is None or sheet.follows.days not in ((), (1,)):
        return by_days
    dose = ev.place(ev.plan.timelines[sheet.follows.timeline], n)
    if dose.standing is NOT_DONE:
        return never((ev.after(dose.id),), dose.latest)
    if dose.standing is not DONE or dose.day is None or dose.time is None:
        return by_days._replace(counted=Count(by_days.day - point.days_later, Span(point.days_later), 1))
    began = as_recorded(civil_date(dose.day), time.fromisoformat(dose.time), ev.site.zone_on(dose.day))
    over = later(began, timedelta(minutes=point.minutes), ev.site.zone_on)
    day, clock = over.day.toordinal(), over.at.isoformat("minutes")
    hours, rest = divmod(point.minutes, 60)
    counted = Count(dose.day, Span(day - dose.day), 1)
    if not rest:
        there = zone_there(ev, dose.day, day)
        counted = Count(dose.day, Span(hours, Unit.HOURS), 1, None, (dose.time, clock), there)
    return by_days._replace(day=day, time=clock, counted=counted)


def _first_of(line: Timeline, cycle_day: int) -> TimePoint | None:
    return line.sheet.first_after(cycle_day) if line.sheet is not None else None
