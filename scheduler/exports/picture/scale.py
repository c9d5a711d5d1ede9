"""Where a date lies across a picture: so many pixels a day, months and study weeks along the top."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.languages import Language
from scheduler.said import MONTH, SHORT_MONTH
from scheduler.words.saying import day_in


@dataclass(frozen=True, slots=True)
class Scale:
    """The days from ``first`` to ``last``, both included, each ``per_day`` pixels wide, named in a language."""

    first: date
    last: date
    per_day: float
    language: Language = Language.ENGLISH

    @property
    def width(self) -> float:
        """How wide all days are together, in pixels."""
        return ((self.last - self.first).days + 1) * self.per_day

    def start(self, day: date) -> float:
        """Where a day begins."""
        return (day - self.first).days * self.per_day

    def middle(self, day: date) -> float:
        """Where a day's mark stands."""
        return self.start(day) + self.per_day / 2

    def end(self, day: date) -> float:
        """Where a day ends."""
        return self.start(day) + self.per_day

    def shows(self, first: date, last: date) -> bool:
        """True when any of these days is on the picture."""
        return first <= self.last and last >= self.first

    def days(self) -> Iterator[date]:
        """Every day of the picture."""
        return (self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1))

    def months(self) -> Iterator[tuple[date, date, str, str]]:
        """The first and last day shown of each month, and its name with the year, and without it in short."""
        start = self.first
        while start <= self.last:
            following = date(start.year + start.month // 12, start.month % 12 + 1, 1)
            end = min(following - timedelta(days=1), self.last)
            yield start, end, day_in(start, MONTH, self.language), day_in(start, SHORT_MONTH, self.language)
            start = following

    def weeks(self, first_dose: date) -> Iterator[tuple[date, int]]:
        """The first day of each study week and its number. Week 1 begins with the first dose; there is no week 0."""
        number = (self.first - first_dose).days // 7
        while (start := first_dose + timedelta(days=7 * number)) <= self.last:
            if start >= self.first:
                yield start, number + 1 if number >= 0 else number
            number += 1

    def closed(self, closed: Callable[[date], str | None]) -> Iterator[tuple[date, date, tuple[str, ...]]]:
        """Closed days in a row: the first, the last, and what closes them."""
        start: date | None = None
        reasons: list[str] = []
        for day in self.days():
            why = closed(day)
            if why is not None:
                start = start or day
                reasons.append(why)
            elif start is not None:
                yield start, day - timedelta(days=1), tuple(dict.fromkeys(reasons))
                start, reasons = None, []
        if start is not None:
            yield start, self.last, tuple(dict.fromkeys(reasons))
