"""Dates and doses in words, the same on every machine and in every locale."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.entries.entry import Dose
from scheduler.dates import MONTHS, weekday_name


def weekday(day: date) -> str:
    """Mon to Sun."""
    return weekday_name(day.toordinal())[:3]


def short_date(day: date) -> str:
    """2 Mar 2026: no reader takes the month for the day."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def with_weekday(day: date) -> str:
    """Mon 2 Mar 2026."""
    return f"{weekday(day)} {short_date(day)}"


def dates_between(first: date, last: date) -> str:
    """28 – 31 Mar 2026, 28 Mar – 3 Apr 2026; both days included."""
    if first == last:
        return short_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} – {short_date(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1][:3]} – {short_date(last)}"
    return f"{short_date(first)} – {short_date(last)}"


def dose_in_words(dose: Dose) -> str:
    """The amount, the level when it is a lowered one, and the time that it is given over."""
    level = f" (level {signed(dose.level)})" if dose.level is not None and dose.level != 0 else ""
    return f"{dose}{level}{dose.over_time}"


def doses_in_words(doses: tuple[Dose, ...]) -> str:
    """All doses of one day."""
    return "; ".join(dose_in_words(dose) for dose in doses)


def signed(number: int) -> str:
    """A number with a true minus sign, which a narrow column does not break off."""
    return f"\N{MINUS SIGN}{-number}" if number < 0 else str(number)
