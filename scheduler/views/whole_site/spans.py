"""A month, a week or a day of an agenda, and the one before and after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from scheduler.dates import add_months


class Span(StrEnum):
    """How much an agenda shows at once."""

    MONTH = "month"
    WEEK = "week"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Shown:
    """The days that are shown, both included, and a day of those shown before and after."""

    first: date
    last: date
    before: date
    after: date


def shown(span: Span, day: date) -> Shown:
    """The month, the week from Monday to Sunday, or the day that a day belongs to. Raises OverflowError at the ends of time."""
    match span:
        case Span.DAY:
            return Shown(day, day, day - timedelta(days=1), day + timedelta(days=1))
        case Span.WEEK:
            monday = day - timedelta(days=day.weekday())
            return Shown(monday, monday + timedelta(days=6), monday - timedelta(days=7), monday + timedelta(days=7))
    first = day.replace(day=1)
    before, after = (date.fromordinal(add_months(first.toordinal(), months)) for months in (-1, 1))
    return Shown(first, after - timedelta(days=1), before, after)
