"""Lengths of time as a protocol says them: 28 days, 8 weeks, 5 working days."""

from __future__ import annotations

from scheduler.dates import Span, Unit
from scheduler.said import Said, counted


def span_in_words(span: Span) -> Said:
    """28 days, 1 week."""
    n = span.amount
    match span.unit:
        case Unit.DAYS:
            return counted("{n} day", "{n} days", n)
        case Unit.WEEKS:
            return counted("{n} week", "{n} weeks", n)
        case Unit.MONTHS:
            return counted("{n} month", "{n} months", n)
        case Unit.YEARS:
            return counted("{n} year", "{n} years", n)
        case Unit.HOURS:
            return counted("{n} hour", "{n} hours", n)
    return counted("{n} working day", "{n} working days", n)
