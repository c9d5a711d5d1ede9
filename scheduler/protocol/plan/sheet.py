"""A sheet of time points around a dose or visit: blood samples, ECGs or questions at -0.5, 0.25, 1, 24 hours."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.times.follows import Follows

MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class TimePoint:
    """One line of a sheet. ``minutes`` from the dose, below 0 before it; ``early`` and ``late`` are minutes allowed around it.

    ``name`` is how the protocol writes it: "0.25 h", "-30 min". Fractions of a minute are rounded: 0.33 h is 20 minutes. Both
    ends of the window are None where the protocol gives none.
    """

    name: str
    minutes: int
    early: int | None
    late: int | None
    clause: Clause

    @property
    def days_later(self) -> int:
        """Whole days after the dose's own day: what is less than 24 hours away belongs to the visit of the dose."""
        return max(self.minutes, 0) // MINUTES_A_DAY


@dataclass(frozen=True, slots=True)
class Sheet:
    """The time points of one sheet, by time, around each of the doses or visits that it ``follows``.

    What comes a day or more after the dose is a visit of that day, on the timeline that has the sheet's name.
    """

    name: str
    title: str
    follows: Follows
    points: tuple[TimePoint, ...]
    order: int = 0

    def point(self, name: str) -> TimePoint | None:
        """The time point of that name, however its number is written: 1 h and 1.0 h are the same."""
        return next((point for point in self.points if point.name == name), None)

    @property
    def later_days(self) -> tuple[int, ...]:
        """The days after the dose's own that have a visit, in order."""
        return tuple(sorted({point.days_later for point in self.points} - {0}))

    def on_day(self, days_later: int) -> tuple[TimePoint, ...]:
        """What belongs to the visit so many days after the dose's own day."""
        return tuple(point for point in self.points if point.days_later == days_later)

    def day_of(self, day: int | None) -> int:
        """The day that the sheet counts from, where a record names none: its only one, else the day of the dose, day 1."""
        return day if day is not None else (self.follows.days or (1,))[0]

    @property
    def visit_days(self) -> tuple[int, ...]:
        """The days, of the cycle or counted from the dose, which is day 1, that have a visit of the sheet's own."""
        return tuple(sorted({day + later for day in self.follows.days or (1,) for later in self.later_days}))

    def visit(self, n: int, day: int, days_later: int) -> str:
        """The id of the visit so many days after the n-th dose, or after that day of the n-th cycle."""
        return f"{self.name}.{n}.{day + days_later}" if len(self.visit_days) > 1 else f"{self.name}.{n}"

    def first_after(self, visit_day: int) -> TimePoint | None:
        """The first time point of the visit on a day, of the cycle or counted from the dose, which is day 1."""
        return next((point for point in self._on_visit_day(visit_day)), None)

    def points_in_words(self, visit_day: int) -> str:
        """The time points of the visit on that day: "24 h, 36 h"."""
        return ", ".join(dict.fromkeys(point.name for point in self._on_visit_day(visit_day)))

    def _on_visit_day(self, visit_day: int) -> tuple[TimePoint, ...]:
        if len(self.visit_days) == 1:
            visit_day = self.visit_days[0]
        for day in self.follows.days or (1,):
            found = self.on_day(visit_day - day) if visit_day > day else ()
            if found:
                return found
        return ()
