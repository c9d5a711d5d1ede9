"""Doses that begin again: which dose of the protocol each one is, counted from what was given and when.

Numbers only go up, and the protocol's doses are counted beside them: where too long lies between a dose and the last one given,
dose 4 is dose 1 once more, and dose 5 is dose 2 then. What was not given takes no place in the count.
"""

from __future__ import annotations

from scheduler.calendar.engine.evaluation.being_placed import BeingPlaced
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.placement import DONE, LAST, PENDING, PLANNED, Placement
from scheduler.calendar.entries.entry import InCount
from scheduler.dates import Day, add_span, civil_date
from scheduler.protocol.plan.limits import DoseRestart
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.plan.times.moments import Moment, StartOf

_COUNTS = (DONE, PLANNED, PENDING)
"""How a dose stands that takes a place in the count: what nobody recorded yet is presumed to be given on its day."""


def number_that_follows(ev: Evaluation, line: Timeline, n: int, number: int) -> int:
    """Which dose of the protocol comes n-th by the order of doses alone; ``number`` where none was given before."""
    last, _ = _last_given(ev, line, n)
    return last.counts_as + 1 if last is not None and n != LAST else number


def count(ev: Evaluation, placement: BeingPlaced) -> None:
    """Say which dose of the protocol a placed dose is, and what was looked at for it."""
    line, n = placement.line, placement.n
    if line.follows is not None:
        followed = ev.place(ev.plan.timelines[line.follows.timeline], n)
        if followed.in_count is not None:
            placement.in_count = InCount(followed.counts_as, began=_began(followed))
        return
    if n == LAST:
        return
    placement.in_count = count_on(ev, line, n, placement.day)
    last, passed = _last_given(ev, line, n)
    for each in (*((last,) if last is not None else ()), *passed):
        placement.looked += (ev.after(each.id),)
        placement.reach(each.latest)


def count_on(ev: Evaluation, line: Timeline, n: int, day: Day | None) -> InCount | None:
    """Which dose of the protocol the n-th is if it is given on that day; None where it is the one of its own number."""
    last, _ = _last_given(ev, line, n)
    if last is None:
        return InCount(line.first_number) if n != line.first_number else None
    rule = _rule(line, last, day)
    if rule is not None and last.day is not None and day is not None:
        return InCount(rule.again_from, rule, last.id, civil_date(last.day), day - last.day)
    number = last.counts_as + 1
    return InCount(number, began=_began(last)) if number != n else None


def _began(placement: Placement) -> str | None:
    """The dose with which the count began again: this one, or one before it."""
    in_count = placement.in_count
    return None if in_count is None else placement.id if in_count.rule is not None else in_count.began


def counts_as(ev: Evaluation, line: Timeline, n: int, day: Day | None) -> int:
    """The number of the protocol's dose that the n-th is if it is given on that day; what follows doses goes by theirs."""
    if line.follows is not None:
        return numbered_as(ev, ev.plan.timelines[line.follows.timeline], n)
    in_count = count_on(ev, line, n, day) if line.restarts else None
    return in_count.number if in_count is not None else n


def numbered_as(ev: Evaluation, line: Timeline, n: int) -> int:
    """The number of the protocol's dose that the n-th is on its own day."""
    return ev.place(line, n).counts_as if line.restarts else n


def dose_before(ev: Evaluation, line: Timeline, moment: Moment, n: int) -> Placement | None:
    """The last dose before the n-th that is the one which the treatment's own sentence names: "3 days after dose 1"."""
    if not line.restarts or not isinstance(moment, StartOf) or moment.timeline != line.name:
        return None
    if not isinstance(moment.which, int):
        return None
    for number in range(n - 1, line.first_number - 1, -1):
        placement = ev.place(line, number)
        if placement.standing in _COUNTS and placement.counts_as == moment.which:
            return placement
    return None


def not_before_what_was_missed(ev: Evaluation, placement: BeingPlaced) -> None:
    """The same dose again comes after the day on which it was not given."""
    if not placement.line.restarts:
        return
    _, passed = _last_given(ev, placement.line, placement.n)
    for each in passed:
        if each.day is not None:
            placement.raise_floor(each.day + 1, (ev.after(each.id),))


def _last_given(ev: Evaluation, line: Timeline, n: int) -> tuple[Placement | None, tuple[Placement, ...]]:
    """The last dose that was given before the n-th, and those between them that were not."""
    passed: list[Placement] = []
    for number in range(n - 1, line.first_number - 1, -1):
        placement = ev.place(line, number)
        if placement.standing in _COUNTS:
            return placement, tuple(passed)
        passed.append(placement)
    return None, tuple(passed)


def _rule(line: Timeline, last: Placement, day: Day | None) -> DoseRestart | None:
    """Of the sentences about the last dose whose time has passed, the one with the longest."""
    if last.day is None or day is None:
        return None
    start, number = last.day, last.counts_as
    passed = [each for each in line.restarts if each.after.includes(number) and day > add_span(start, each.longer_than)]
    return max(passed, key=lambda each: add_span(start, each.longer_than), default=None)
