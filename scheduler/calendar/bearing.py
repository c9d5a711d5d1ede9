"""What bears on every occurrence of one timeline, gathered once: its open days, holds, end and reports."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.calendar.stops import Stop
from scheduler.dates import Day
from scheduler.patient.course import Hold, Report
from scheduler.site.open_days import OpenDays


@dataclass(frozen=True, slots=True)
class Bearing:
    """What bears on one timeline of one patient.

    ``days`` are the days on which an occurrence can be, ``cuts`` those on which dose or status of a cycle's days may change, in
    order.
    """

    days: OpenDays
    holds: list[Hold]
    stop: Stop | None
    reports: list[Report]
    cuts: tuple[Day, ...]


def hold_on(holds: list[Hold], day: Day) -> Hold | None:
    """The hold that a day falls into. One without an end that ends the treatment is no hold but a stop."""
    for hold in holds:
        if hold.start <= day and (day < hold.end if hold.end is not None else not hold.discontinued):
            return hold
    return None
