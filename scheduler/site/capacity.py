"""How many patients a resource can take on an open day, and how long a visit takes: for seeing an overload before it happens.

Nothing here moves a date: a calendar goes by open days alone, and a person decides who comes another day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when a resource works on its open days, local time."""

    opens: time
    closes: time

    @property
    def minutes(self) -> int:
        """How long that is."""
        return minute_of(self.closes) - minute_of(self.opens)

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a resource can take: so many ``chairs`` at the same time (rooms, machines), so many ``patients`` a day, its hours.

    What the site does not say is None: then there is no limit that could be passed, and nothing is said of it.
    """

    chairs: int | None = None
    patients: int | None = None
    hours: Hours | None = None

    @property
    def minutes(self) -> int | None:
        """The minutes of all chairs on one day; None where chairs or hours are not said."""
        return None if self.chairs is None or self.hours is None else self.chairs * self.hours.minutes


NO_LIMIT = Capacity()


def length_of(lasts: Mapping[str, int], name: str, kind: str, activities: Iterable[str]) -> int | None:
    """The minutes of a visit: those of its treatment or visit by name, else of its kind, and on top those of its activities.

    None where the site says nothing of its name and its kind: the activities alone are not the visit.
    """
    own = lasts.get(name, lasts.get(kind))
    return None if own is None else own + sum(lasts.get(each, 0) for each in activities)


def minute_of(at: time) -> int:
    """The minute of the day, 0 at midnight."""
    return at.hour * 60 + at.minute
