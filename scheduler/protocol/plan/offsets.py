"""How many days lie between a moment and the date that it counts from, as far as the plan alone can say."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.dates import Span, Unit
from scheduler.protocol.plan.study import Plan
from scheduler.protocol.plan.times.moments import DayOf, Edge, Moment, Named, OnStudyDay, StartOf
from scheduler.protocol.plan.times.timing import Timing

_SHORTEST = {Unit.MONTHS: 28, Unit.YEARS: 365}
_LONGEST = {Unit.MONTHS: 31, Unit.YEARS: 366}
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Offset:
    """Days after a date by name: at least and at most, for months differ in length."""

    root: str
    earliest: int
    latest: int


def days_from_root(plan: Plan, what: Timing | Edge, depth: int = 0) -> Offset | None:
    """Where a timing or an edge lies, without its waits and windows; None where the plan alone cannot say."""
    if isinstance(what, Timing) and what.of_each_year:
        return None
    base = _moment(plan, what.moment, depth)
    span = what.every if isinstance(what, Timing) and what.every is not None else what.span
    if base is None or span is None:
        return base
    shortest, longest = shortest_days(span), longest_days(span)
    if shortest is None or longest is None:
        return None
    near, far = (shortest, longest) if what.sign > 0 else (-longest, -shortest)
    return Offset(base.root, base.earliest + near, base.latest + far)


def shortest_days(span: Span) -> int | None:
    """The fewest days that a span can have; None for working days."""
    return span.in_days if span.in_days is not None else _times(span, _SHORTEST)


def longest_days(span: Span) -> int | None:
    """The most days that a span can have; None for working days."""
    return span.in_days if span.in_days is not None else _times(span, _LONGEST)


def _times(span: Span, days: dict[Unit, int]) -> int | None:
    return span.amount * days[span.unit] if span.unit in days else None


def _moment(plan: Plan, moment: Moment, depth: int) -> Offset | None:
    if depth > _DEEPEST:
        return None
    if isinstance(moment, OnStudyDay):
        base = _moment(plan, plan.reference, depth + 1)
        days = moment.label - (1 if plan.day_one and moment.label > 0 else 0)
        return Offset(base.root, base.earliest + days, base.latest + days) if base is not None else None
    if isinstance(moment, Named):
        return Offset(moment.name, 0, 0)
    if isinstance(moment, StartOf | DayOf) and isinstance(moment.which, int):
        line = plan.timelines.get(moment.timeline)
        timing = line.timing(moment.which) if line is not None else None
        base = days_from_root(plan, timing, depth + 1) if timing is not None else None
        days = moment.day - 1 if isinstance(moment, DayOf) else 0
        return Offset(base.root, base.earliest + days, base.latest + days) if base is not None else None
    return None
