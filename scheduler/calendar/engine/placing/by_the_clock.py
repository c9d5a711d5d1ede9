"""The time of day of what is planned by hours: its own, or the earliest that it may be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta

from scheduler.calendar.engine.evaluation.answers import Answer
from scheduler.calendar.engine.evaluation.being_placed import BeingPlaced
from scheduler.calendar.engine.evaluation.placement import PLANNED, HoursOver
from scheduler.calendar.entries.because import distinct
from scheduler.dates import Day, civil_date
from scheduler.local_times import LocalTime, later
from scheduler.protocol.plan.times.timing import Timing, WindowOfHours


def keep_to_the_clock(placement: BeingPlaced, timing: Timing, rule: Answer) -> None:
    """What is "46 hours after" something has that time; what has to wait so long may not be before it on that day.

    On any other day than the one that the hours lead to, the time does not matter any more.
    """
    own = None
    at_any_time = timing.hours is not None and timing.span is not None and not timing.span.amount
    if rule.time is not None and rule.day is not None and not at_any_time:
        own = HoursOver(rule.day, rule.time, rule.reasons)
        if timing.open_ended:
            placement.clock += (own,)
    day = placement.day
    if placement.standing is not PLANNED or day is None or (own is None and not placement.clock):
        return
    last = last_over(placement, day)
    if own is not None and not timing.open_ended and own.day == day and (last is None or own.time >= last.time):
        placement.time = own.time
    elif last is not None:
        placement.earliest = last.time
        placement.set_by = distinct((*placement.set_by, *last.reasons))


def days_of_window(window: WindowOfHours, rule: Answer, zone_on: Callable[[Day], str]) -> tuple[int, int] | None:
    """How many days earlier and later a window of hours reaches, from a time that is known: 23:00 +2 hours is the next day."""
    if rule.day is None or rule.time is None:
        return None
    own = LocalTime(civil_date(rule.day), time.fromisoformat(rule.time), zone_on(rule.day))
    first = later(own, timedelta(minutes=-window.early), zone_on)
    last = later(own, timedelta(minutes=window.late), zone_on)
    return rule.day - first.day.toordinal(), last.day.toordinal() - rule.day


def last_over(placement: BeingPlaced, day: Day) -> HoursOver | None:
    """Of the hours that are over on a day, those that are over last: it must not be before that time."""
    return max((each for each in placement.clock if each.day == day), key=lambda each: each.time, default=None)
