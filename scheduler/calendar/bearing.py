"""What bears on the dosing days of one treatment, gathered once for all of its cycles."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.calendar.stops import Stop
from scheduler.dates import Day
from scheduler.patient.course import Hold, Report


@dataclass(frozen=True, slots=True)
class Bearing:
    """What bears on the days of one treatment. ``cuts`` are the days on which dose or status may change, in order."""

    holds: list[Hold]
    stop: Stop | None
    reports: list[Report]
    cuts: tuple[Day, ...]
