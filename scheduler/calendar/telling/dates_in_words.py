"""Dates as a coordinator says them to a doctor. English and the same on every machine, whatever its locale."""

from __future__ import annotations

from datetime import date, timedelta

from scheduler.dates import MONTHS, weekday_name


def in_words(day: date) -> str:
    """Monday 2 March 2026."""
    return f"{weekday_name(day.toordinal())} {_day_and_month(day)} {day.year}"


def days_in_words(first: date, last: date) -> str:
    """Sunday 9 August 2026; 28 and 29 March 2026; 16 to 23 February 2026; 31 December 2026 to 3 January 2027."""
    if first == last:
        return in_words(first)
    return _both(first, last, "and" if last - first == timedelta(days=1) else "to")


def from_to_in_words(first: date, last: date) -> str:
    """On Sunday 9 August 2026 only; from 28 to 29 March 2026; from 28 March to 2 April 2026."""
    return f"on {in_words(first)} only" if first == last else f"from {_both(first, last, 'to')}"


def _both(first: date, last: date, between: str) -> str:
    if first.year != last.year:
        start = f"{_day_and_month(first)} {first.year}"
    elif first.month != last.month:
        start = _day_and_month(first)
    else:
        start = str(first.day)
    return f"{start} {between} {_day_and_month(last)} {last.year}"


def _day_and_month(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"
