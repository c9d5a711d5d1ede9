"""The days on which one resource of a site works: the clinic, the infusion unit, a linac, the scanner, the pharmacy.

Days are civil dates as ordinals (``date.toordinal()``): the calendar asks millions of times, and whole numbers are
quick.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from scheduler.dates import Day

SEARCH_DAYS = 400
"""How far a search for one open day goes. No open day in more than a year is a closed resource, not a long holiday."""

EVERY_WEEKDAY = frozenset(range(7))
MONDAY_TO_FRIDAY = frozenset(range(5))

_NAMES = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")


@dataclass(frozen=True, slots=True)
class OpenDays:
    """When one resource is open: its days of the week, less the days it is closed, and days it is open all the same.

    ``week`` has seven flags, Sunday first. ``closed`` and ``opened`` map a day to the reason in English; a day in both
    is open. ``unpublished_from`` is the first day whose public holidays or make-up days nobody has published yet, None
    when there is no such day; ``uncertain`` are further days that may still turn out otherwise (holidays that wait for
    a sighting of the moon).
    """

    resource: str
    week: tuple[bool, bool, bool, bool, bool, bool, bool]
    closed: Mapping[Day, str] = field(default_factory=dict, hash=False)
    opened: Mapping[Day, str] = field(default_factory=dict, hash=False)
    unpublished_from: Day | None = None
    uncertain: frozenset[Day] = frozenset()

    def is_open(self, day: Day) -> bool:
        """True when the resource works on that day."""
        return (self.week[day % 7] and day not in self.closed) or day in self.opened

    def first_open(self, day: Day, last: Day | None = None) -> Day | None:
        """The first open day on or after ``day``, but not after ``last``; None when there is none."""
        limit = day + SEARCH_DAYS
        if last is not None and last < limit:
            limit = last
        while day <= limit:
            if self.is_open(day):
                return day
            day += 1
        return None

    def last_open(self, day: Day, first: Day | None = None) -> Day | None:
        """The last open day on or before ``day``, but not before ``first``; None when there is none."""
        limit = max(day - SEARCH_DAYS, 1)
        if first is not None and first > limit:
            limit = first
        while day >= limit:
            if self.is_open(day):
                return day
            day -= 1
        return None

    def nearest_open(self, day: Day, first: Day, last: Day) -> Day | None:
        """The open day nearest to ``day`` inside the window ``first`` to ``last``; None when the window has none.

        When an open day before and an open day after are equally near, a tie goes later.
        """
        for distance in range(max(last - day, day - first) + 1):
            later, earlier = day + distance, day - distance
            if first <= later <= last and self.is_open(later):
                return later
            if first <= earlier <= last and self.is_open(earlier):
                return earlier
        return None

    def open_days_before(self, day: Day, count: int) -> Day | None:
        """The day that lies ``count`` open days before ``day``: 1 is the last open day before it; 0 is ``day`` itself.

        None when the resource is closed for so long that there is no such day.
        """
        found: Day | None = day
        for _ in range(count):
            if found is None:
                return None
            found = self.last_open(found - 1)
        return found

    def open_days_after(self, day: Day, count: int) -> Day | None:
        """The day that lies ``count`` open days after ``day``: 1 is the next open day after it; 0 is ``day`` itself.

        None when the resource is closed for so long that there is no such day.
        """
        found: Day | None = day
        for _ in range(count):
            if found is None:
                return None
            found = self.first_open(found + 1)
        return found

    def open_days_from(self, day: Day, count: int) -> Day:
        """The day ``count`` open days after ``day``, or before it where negative; plain days where it is closed for so long."""
        found = self.open_days_before(day, -count) if count < 0 else self.open_days_after(day, count)
        return found if found is not None else day + count

    def why_closed(self, day: Day) -> str | None:
        """Why the resource is closed that day, in English: "Saturday", "public holiday: National Day"; None when it is open."""
        if self.is_open(day):
            return None
        return self.closed.get(day) or _NAMES[day % 7]

    def why_open(self, day: Day) -> str | None:
        """Why the resource is open on a day that is out of the ordinary, in English; None for an ordinary or closed day."""
        return self.opened.get(day)

    def provisional(self, day: Day) -> bool:
        """True when the public holidays or make-up days around that day are not published yet: it may still change."""
        return (self.unpublished_from is not None and day >= self.unpublished_from) or day in self.uncertain


def flags(weekdays: Iterable[int]) -> tuple[bool, bool, bool, bool, bool, bool, bool]:
    """Days of the week as ``date.weekday()`` counts them (Monday is 0), as seven flags, Sunday first."""
    days = frozenset(weekdays)
    return (6 in days, 0 in days, 1 in days, 2 in days, 3 in days, 4 in days, 5 in days)


def ordinals(days: Iterable[date], reason: str) -> Mapping[Day, str]:
    """The same reason for each of these dates."""
    return {day.toordinal(): reason for day in days}


ANY_DAY = OpenDays("any day", flags(EVERY_WEEKDAY))
"""Always open: what patients do at home, a telephone call, a date that no site has to be open for."""
