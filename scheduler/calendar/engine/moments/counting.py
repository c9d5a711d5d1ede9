"""How far was counted from a day, with the closed days that working days leave out on the way."""

from __future__ import annotations

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.entries.because import Count
from scheduler.dates import Day, Span, Unit


def counted(ev: Evaluation, day: Day, moved: Day, span: Span, sign: int) -> Count:
    """A span from a day to another; of working days, the days on the way that are closed for a reason of their own."""
    if span.unit is not Unit.WORKING_DAYS:
        return Count(day, span, sign)
    closed = ev.site.usual.closed
    between = range(min(day, moved) + 1, max(day, moved))
    return Count(day, span, sign, skipped=tuple((each, closed[each]) for each in between if each in closed))
