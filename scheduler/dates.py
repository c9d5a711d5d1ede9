"""All date arithmetic: civil days, spans of time, windows and study-day labels.

A ``Day`` is a site's civil date as its proleptic ordinal (``date.toordinal()``): adding days is adding numbers, and no clock,
zone or time of day can creep in. Dates become ``datetime.date`` where they leave the engine.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import TypeAlias

Day: TypeAlias = int
"""A civil date at the site, as its proleptic ordinal."""

civil_date = date.fromordinal
"""A day as a date: what readers see."""

MONDAY_TO_SUNDAY = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class Unit(StrEnum):
    """What a span is counted in. Months and years are calendar months and years; working days are open days.

    Hours are true hours from a time that was recorded (`scheduler.local_times`); without one they count as whole days.
    """

    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    WORKING_DAYS = "working days"


# Python 3.11 looks up an enum's member slowly, and spans are added hundreds of times in every calendar.
_DAYS, _WEEKS, _MONTHS, _YEARS, _HOURS = Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS, Unit.HOURS


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time as the protocol says it: 28 days, 8 weeks, 24 months, 5 working days."""

    amount: int
    unit: Unit = Unit.DAYS

    @property
    def in_days(self) -> int | None:
        """The number of days, when it does not depend on the date it starts from. Hours are counted up to whole days."""
        if self.unit is _DAYS:
            return self.amount
        if self.unit is _WEEKS:
            return 7 * self.amount
        if self.unit is _HOURS:
            return -(-self.amount // 24)
        return None

    @property
    def hours(self) -> int | None:
        """The number of hours, where it is counted in them."""
        return self.amount if self.unit is _HOURS else None

    def __str__(self) -> str:
        unit = self.unit.value
        return f"{self.amount} {unit[:-1] if abs(self.amount) == 1 else unit}"


def add_months(day: Day, months: int) -> Day:
    """The same day of the month, that many calendar months on (or back); the month's last day where there is none.

    Always count from the first date: 31 January plus one month is 28 February, plus two months 31 March.
    """
    start = date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last)).toordinal()


def add_span(day: Day, span: Span, times: int = 1) -> Day:
    """The day that lies ``times`` spans after ``day`` (before it, when negative). Not for working days: a site counts those."""
    unit = span.unit
    if unit is _DAYS:
        return day + span.amount * times
    if unit is _WEEKS:
        return day + 7 * span.amount * times
    if unit is _MONTHS:
        return add_months(day, span.amount * times)
    if unit is _YEARS:
        return add_months(day, 12 * span.amount * times)
    if unit is _HOURS:
        return day + (span.in_days or 0) * times
    raise ValueError("working days are counted on a site's open days")


def day_of_years(start: Day, days: tuple[tuple[int, int], ...], number: int) -> Day:
    """The n-th day, from 1, of those that are one of these days of the year (month and day), on or after a day."""
    year = date.fromordinal(start).year
    later = [found for month, day in sorted(days) if (found := date(year, month, day).toordinal()) >= start]
    if number <= len(later):
        return later[number - 1]
    years, place = divmod(number - len(later) - 1, len(days))
    return date(year + 1 + years, *sorted(days)[place]).toordinal()


def shortest_time_between(days: tuple[tuple[int, int], ...]) -> int:
    """The fewest days between two of these days of the year, one after the other; 365 where there is one alone."""
    found = [day_of_years(date(2025, 1, 1).toordinal(), days, number) for number in range(1, len(days) + 2)]
    return min(later - earlier for earlier, later in pairwise(found))


def study_day(day: Day, reference: Day, label: int = 1) -> int:
    """The study-day label of a date. The reference date is Day 1 and the day before it Day -1: there is no Day 0.

    Where a protocol calls the reference Day 0 (``label=0``), labels are plain differences. A label is not a number to add to.
    Source: CDISC SDTM, --DY.
    """
    if label == 0:
        return day - reference
    return day - reference + 1 if day >= reference else day - reference


def day_of_study_day(label_wanted: int, reference: Day, label: int = 1) -> Day:
    """The date that carries a study-day label. Raises ValueError for a Day 0 that does not exist."""
    if label == 0:
        return reference + label_wanted
    if label_wanted == 0:
        raise ValueError("there is no Study Day 0")
    return reference + label_wanted - 1 if label_wanted > 0 else reference + label_wanted


def weekday_name(day: Day) -> str:
    """Monday to Sunday."""
    return MONDAY_TO_SUNDAY[(day + 6) % 7]
