"""The day of a sample that is taken a day or more after a dose: by the clock, once the time of the dose is known."""

from __future__ import annotations

from datetime import time, timedelta

from scheduler.calendar.engine.evaluation.answers import Answer
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.placement import DONE
from scheduler.dates import civil_date
from scheduler.local_times import LocalTime, later
from scheduler.protocol.plan.study import Timeline


def by_the_clock(ev: Evaluation, line: Timeline, n: int, cycle_day: int, found: Answer) -> Answer:
    """The visit of a sheet on the day of its first time point: 36 hours after a dose at 22:00 is two days later, at 10:00.

    Until the time of the dose is recorded it is as many whole days after the dose.
    """
    sheet, day = line.sheet, found.day
    if sheet is None or day is None:
        return found
    parent = ev.plan.timelines[sheet.follows.timeline]
    dose = ev.place(parent, n)
    visit_day = cycle_day if len(sheet.visit_days) > 1 else sheet.visit_days[0]
    counted = next((each for each in sheet.follows.days or (1,) if sheet.on_day(visit_day - each)), 1)
    point = sheet.first_after(visit_day)
    if point is None or counted > 1 or dose.standing is not DONE or dose.day is None or dose.time is None:
        return found
    began = LocalTime(civil_date(dose.day), time.fromisoformat(dose.time), ev.site.zone)
    over = later(began, timedelta(minutes=point.minutes)).day.toordinal()
    return found if over == day else found._replace(day=over)
