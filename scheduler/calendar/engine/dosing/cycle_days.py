"""The days of a cycle: which of them are dosing days, and the date of each.

Where held days are lost, a cycle's days go on counting and day d is always d - 1 days after day 1. Where they are made up, a
dosing day that falls into a hold waits for the resume, and the days after it with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.placement import Placement
from scheduler.calendar.entries.entry import Run
from scheduler.dates import Day
from scheduler.patient.course import Hold
from scheduler.patient.log import Fact
from scheduler.protocol.plan.dosing.give import Give
from scheduler.protocol.plan.study import HeldDays, Timeline

_LOST = HeldDays.LOST


class Stretch(NamedTuple):
    """Consecutive days of the cycle: the number of the first, its date and that of the last, and what moved them."""

    cycle_day: int
    first: Day
    last: Day
    moved_by: tuple[Fact, ...] = ()


def cut_stretch(stretch: Stretch, cuts: list[Day]) -> list[Stretch]:
    """The days in parts, each of which begins on one of those days or where they begin."""
    inside = {day for day in cuts if stretch.first < day <= stretch.last}
    if not inside:
        return [stretch]
    starts = [stretch.first, *sorted(inside)]
    ends = [*(day - 1 for day in starts[1:]), stretch.last]
    offset = stretch.cycle_day - stretch.first
    return [Stretch(offset + first, first, last, stretch.moved_by) for first, last in zip(starts, ends, strict=True)]


def gives_of_cycle(line: Timeline, n: int) -> tuple[Give, ...]:
    """What is given in the n-th cycle."""
    if len(line.gives) == 1 and line.gives[0].cycles is None:
        return line.gives
    return tuple(give for give in line.gives if give.cycles is None or give.cycles.includes(n))


def dosing_ranges(line: Timeline, n: int) -> tuple[tuple[int, int], ...]:
    """The dosing days of the n-th cycle as stretches alike in what is given: first and last day, both included."""
    gives = gives_of_cycle(line, n)
    if len(gives) == 1:
        return gives[0].days
    edges = sorted({day for give in gives for first, last in give.days for day in (first, last + 1)})
    stretches = [(first, following - 1) for first, following in pairwise(edges)]
    return tuple(stretch for stretch in stretches if gives_on_day(line, n, stretch[0]))


def drugs_of_cycle(line: Timeline, n: int) -> frozenset[str]:
    """The drugs of which the n-th cycle gives any."""
    return frozenset(give.name for give in gives_of_cycle(line, n))


def gives_on_day(line: Timeline, n: int, cycle_day: int) -> tuple[Give, ...]:
    """What is given on one day of the n-th cycle."""
    return tuple(
        give for give in gives_of_cycle(line, n) if any(first <= cycle_day <= last for first, last in give.days)
    )


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs, those that follow each other and are alike in all but their days as one."""
    longer: list[Run] = []
    for run in runs:
        before = longer[-1] if longer else None
        if before is not None and before.last_day + 1 == run.first_day and before[4:] == run[4:]:
            longer[-1] = before._replace(last_day=run.last_day, last_date=run.last_date)
        else:
            longer.append(run)
    return tuple(longer)


def date_of_cycle_day(ev: Evaluation, placement: Placement, cycle_day: int) -> tuple[Day | None, tuple[Fact, ...]]:
    """The date of a cycle's day and the facts that moved it; no date while it waits for a resume that nobody knows."""
    assert placement.day is not None
    line = placement.line
    first = ev.restarts_of(line).first_day(placement.n) if line.long_holds else 1
    plain = placement.day + cycle_day - first
    if line.held_days is _LOST:
        return plain, ()
    holds = [
        hold for hold in ev.holds(line) if not hold.discontinued and (hold.end is None or hold.end > placement.day)
    ]
    if not holds or holds[0].start > plain:
        return plain, ()
    return _count_days(line, placement, holds, first, cycle_day)


def _count_days(
    line: Timeline, placement: Placement, holds: list[Hold], first_day: int, cycle_day: int
) -> tuple[Day | None, tuple[Fact, ...]]:
    ranges = dosing_ranges(line, placement.counts_as)
    day = (placement.day or 0) - 1
    moved: dict[Fact, None] = {}
    for number in range(first_day, cycle_day + 1):
        day += 1
        if not any(first <= number <= last for first, last in ranges):
            continue
        for hold in holds:
            if hold.start <= day and (hold.end is None or day < hold.end):
                moved |= dict.fromkeys(hold.facts)
                if hold.end is None:
                    return None, tuple(moved)
                day = hold.end
    return day, tuple(moved)
