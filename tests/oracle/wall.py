"""The calendar on the wall: which days are open, and which open day somebody would choose."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def days_from(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last, both included."""
    day = first
    while day <= last:
        yield day
        day += ONE_DAY


def years_after(day: date, years: int) -> date:
    """The same date some years on; 29 February becomes the 28th where there is no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


class Wall:
    """Monday to Friday without the closed days, and the days that are open all the same."""

    def __init__(self, closed: set[date], opened: set[date]) -> None:
        self.closed = closed
        self.opened = opened

    def is_open(self, day: date) -> bool:
        return day in self.opened or (day.isoweekday() <= 5 and day not in self.closed)

    def first_open(self, day: date) -> date:
        while not self.is_open(day):
            day += ONE_DAY
        return day

    def last_open(self, day: date) -> date:
        while not self.is_open(day):
            day -= ONE_DAY
        return day

    def working_days_before(self, day: date, count: int) -> date:
        """The open day that lies this many open days before a day."""
        while count:
            day -= ONE_DAY
            if self.is_open(day):
                count -= 1
        return day

    def choose(self, rule: str, ideal: date, first: date, last: date) -> date:
        """The open day between the first and the last that the rule prefers; if there is none, the next one after."""
        if rule == "that day":
            return ideal
        if rule == "later":
            return self.first_open(max(ideal, first))
        allowed = [day for day in days_from(first, last) if self.is_open(day)]
        if not allowed:
            return self.first_open(last)
        if rule == "nearest":
            return max(allowed, key=lambda day: (-abs((day - ideal).days), day))
        early = [day for day in allowed if day <= ideal]
        return early[-1] if early else allowed[0]
