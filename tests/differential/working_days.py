"""Offsets, windows and open days by another program: python-dateutil's recurrence rules and month arithmetic.

Nothing of the engine is used here. A site is a set of recurrence rules: every weekday, less the days that are closed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from dateutil.relativedelta import relativedelta
from dateutil.rrule import DAILY, FR, MO, TH, TU, WE, rrule, rruleset

UNITS = ("days", "weeks", "months", "years")


def at(day: date) -> datetime:
    """Midnight: dateutil's rules count in moments."""
    return datetime(day.year, day.month, day.day)


@dataclass(frozen=True)
class Weekdays:
    """The days from Monday to Friday between two dates, but for some that are closed."""

    first: date
    last: date
    closed: frozenset[date]

    @cached_property
    def rules(self) -> rruleset:
        found = rruleset(cache=True)
        found.rrule(rrule(DAILY, dtstart=at(self.first), until=at(self.last), byweekday=(MO, TU, WE, TH, FR)))
        for day in self.closed:
            found.exdate(at(day))
        return found

    def on_or_after(self, day: date) -> date:
        found: datetime = self.rules.after(at(day), inc=True)
        return found.date()

    def on_or_before(self, day: date) -> date:
        found: datetime = self.rules.before(at(day), inc=True)
        return found.date()

    def between(self, first: date, last: date) -> list[date]:
        return [each.date() for each in self.rules.between(at(first), at(last), inc=True)]

    def counted(self, day: date, count: int) -> date:
        """So many working days after a day; before it, when negative."""
        for _ in range(abs(count)):
            day = self.on_or_after(day + timedelta(days=1)) if count > 0 else self.on_or_before(day - timedelta(days=1))
        return day


def shifted(day: date, amount: int, unit: str) -> date:
    """A day some days, weeks, calendar months or years on (or back); the month's last day where there is none."""
    found: date = day + relativedelta(**{unit: amount})
    return found


def window(ideal: date, early: int | None, late: int | None) -> tuple[date, date] | None:
    if early is None or late is None:
        return None
    return ideal - timedelta(days=early), ideal + timedelta(days=late)


def planned(days: Weekdays, ideal: date, allowed: tuple[date, date] | None, rule: str, precedes: bool) -> date:
    """Where a visit is put: on its ideal day, else inside its window by the rule, else on the first open day after it.

    What has to come before its moment is never put later: inside its window on the last open day up to the ideal, else before it.
    """
    first, last = allowed or (ideal, ideal)
    candidates = days.between(first, last)
    if precedes:
        up_to = [day for day in candidates if day <= ideal]
        return up_to[-1] if up_to else days.on_or_before(first - timedelta(days=1))
    found = _chosen(candidates, ideal, rule)
    return found if found is not None else days.on_or_after(last + timedelta(days=1))


def _chosen(candidates: Iterable[date], ideal: date, rule: str) -> date | None:
    before = [day for day in candidates if day <= ideal]
    after = [day for day in candidates if day >= ideal]
    if rule == "earlier":
        return before[-1] if before else after[0] if after else None
    if rule == "later":
        return after[0] if after else None
    # A tie goes later.
    both = sorted((abs((day - ideal).days), -day.toordinal(), day) for day in (*before, *after))
    return both[0][2] if both else None
