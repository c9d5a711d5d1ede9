"""How one planned visit is timed: so long after or before another visit, or a date that the study names."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.dates import Span, Unit
from scheduler.protocol.plan.study import Plan, Timeline
from scheduler.protocol.plan.times.moments import (
    OWN,
    DayOf,
    DueOf,
    EndOf,
    IdealOf,
    LastDose,
    Moment,
    Named,
    OnStudyDay,
    Relative,
    StartOf,
    Which,
)
from scheduler.protocol.plan.times.timing import Timing

FIRST_DOSE = "first dose"


@dataclass(frozen=True, slots=True)
class Relation:
    """From what a visit is timed, how far, and the days that it may be earlier and later.

    ``target`` is the id of a visit's timeline and number, such as "regorafenib.1", or with ``milestone`` the name of a date.
    ``span`` None is the same day. ``early`` and ``late`` are both None where the protocol gives no window.
    """

    target: str
    milestone: bool
    span: Span | None
    before: bool = False
    early: int | None = None
    late: int | None = None

    @property
    def days(self) -> int | None:
        """How many days from the target, below 0 before it; None where that depends on the date."""
        length = 0 if self.span is None else self.span.in_days
        return None if length is None else -length if self.before else length


def relation_of(plan: Plan, line: Timeline, n: int, *, last: bool = False) -> Relation | None:
    """How the sentence of an occurrence times it; None where no single visit or date has that distance."""
    timing = line.last if last else line.timing(n) or _piece(line, n)
    if timing is None:
        return _followed(line, n)
    span = timing.span
    if timing.every is not None and span is None:
        times = n - line.first_number + (0 if line.first_number == 0 else 1)
        span = Span(timing.every.amount * times, timing.every.unit)
    target = _target(timing.moment, line, n)
    if target is None or (span is not None and span.unit is Unit.WORKING_DAYS):
        return None
    name, milestone, days_on = target
    if not days_on:
        return Relation(name, milestone, span, timing.sign < 0, timing.early, timing.late)
    length = 0 if span is None else span.in_days
    if length is None:
        return None
    return _from_days(name, milestone, days_on + timing.sign * length, timing)


def _from_days(target: str, milestone: bool, days: int, timing: Timing) -> Relation:
    span = Span(abs(days)) if days else None
    return Relation(target, milestone, span, days < 0, timing.early, timing.late)


def _piece(line: Timeline, n: int) -> Timing | None:
    """The grid of what has one grid alone; where one follows another, the number says not which."""
    return line.pieces[0] if len(line.pieces) == 1 else None


def _followed(line: Timeline, n: int) -> Relation | None:
    follows = line.follows
    if follows is None or not follows.includes(n):
        return None
    days = follows.first_day_in(n)
    return Relation(f"{follows.timeline}.{n}", False, Span(days - 1) if days > 1 else None)


def _target(moment: Moment, line: Timeline, n: int) -> tuple[str, bool, int] | None:
    """The name of what a moment counts from, whether that is a date, and how many days on the moment is."""
    match moment:
        case Named(name):
            return name, True, 0
        case OnStudyDay(label):
            return FIRST_DOSE, True, label - 1 if label > 0 else label
        case StartOf(timeline, which) | IdealOf(timeline, which) | DueOf(timeline, which):
            return _occurrence(timeline, which, line, n), False, 0
        case DayOf(timeline, which, day):
            return _occurrence(timeline, which, line, n), False, day - 1
        case LastDose(timeline):
            return "last dose" if timeline is None else f"last {timeline} dose", True, 0
        case EndOf(timeline):
            return f"end of {timeline}", True, 0
        case _:
            return None


def _occurrence(timeline: str, which: Which, line: Timeline, n: int) -> str:
    number = which if isinstance(which, int) else n - 1 if which is Relative.PREVIOUS else n
    return f"{line.name if timeline == OWN else timeline}.{number}"
