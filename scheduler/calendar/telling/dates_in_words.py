"""Dates as a coordinator says them to a doctor."""

from __future__ import annotations

from datetime import date, timedelta

from scheduler.calendar.entries.because import Closed
from scheduler.said import (
    AND,
    FROM_TO,
    FULL_DAY,
    TO,
    Day,
    Days,
    Said,
    Value,
    said,
    said_as,
)

_AND = said_as("between the members of a list", " and ")


def in_words(day: date) -> str:
    """Monday 2 March 2026: in English, where nothing else is."""
    return str(Day(day, FULL_DAY))


def days_in_words(first: date, last: date) -> Value:
    """Sunday 9 August 2026; 28 and 29 March 2026; 16 to 23 February 2026; 31 December 2026 to 3 January 2027."""
    if first == last:
        return first
    return Days(first, last, AND if last - first == timedelta(days=1) else TO)


def from_to_in_words(first: date, last: date) -> Value:
    """On Sunday 9 August 2026 only; from 28 to 29 March 2026; from 28 March to 2 April 2026."""
    return said("on {day} only", day=first) if first == last else Days(first, last, FROM_TO)


def closed_days(closed: Closed) -> Said:
    """Saturday 28 March 2026 is closed; 28 and 29 March 2026 are closed."""
    first, last = closed.dates
    days = days_in_words(first, last)
    return said("{day} is closed", day=days) if first == last else said("{days} are closed", days=days)
