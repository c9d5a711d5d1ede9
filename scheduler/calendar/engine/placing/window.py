"""The first and the last day of a window: days of the calendar, or working days of the site.

Where a treatment has its own open days, "any day" among them, the site's working days stay what they are: a public holiday is
none.
"""

from __future__ import annotations

from scheduler.dates import Day
from scheduler.protocol.plan.times.timing import Timing
from scheduler.site.open_days import OpenDays


def earliest_day(timing: Timing, day: Day, early: int, days: OpenDays) -> Day:
    """The first day of a window that begins so many days earlier."""
    return days.open_days_from(day, -early) if timing.in_open_days else day - early


def latest_day(timing: Timing, day: Day, late: int, days: OpenDays) -> Day:
    """The last day of a window that goes on so many days later."""
    return days.open_days_from(day, late) if timing.in_open_days else day + late
