"""The weeks that are looked ahead to: from Monday to Sunday, the first from the day on which somebody looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Weeks:
    """So many weeks from a day on. The first may be a part of one: it ends on its Sunday."""

    first: date
    number: int

    @property
    def last(self) -> date:
        """The last day of the last week."""
        return self._monday + timedelta(days=7 * self.number - 1)

    @property
    def _monday(self) -> date:
        return self.first - timedelta(days=self.first.weekday())

    def of(self, day: date) -> int:
        """The number of a day's week, from 0."""
        return (day - self._monday).days // 7

    def begin(self, week: int) -> date:
        """The first day of a week: Monday, and of the first one the day on which somebody looks."""
        return max(self.first, self._monday + timedelta(days=7 * week))

    def days(self, week: int) -> tuple[date, ...]:
        """The days of a week."""
        begin, monday = self.begin(week), self._monday + timedelta(days=7 * week)
        return tuple(begin + timedelta(days=n) for n in range(7 - (begin - monday).days))
