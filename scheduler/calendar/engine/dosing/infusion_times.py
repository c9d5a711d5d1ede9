"""Over how long a dose is given, where the first doses take longer than the later ones.

What counts is what the patient was given: where dose 1 was not given, dose 2 is the first, and has the time of the first. Where
doses begin again, their times do too. What nobody recorded yet is presumed to be given on its day.
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.calendar.engine.evaluation.doses_again import counts_as
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.occurrences import occurrences
from scheduler.calendar.engine.evaluation.placement import DONE, PLANNED, Placement
from scheduler.calendar.entries.because import Reason
from scheduler.dates import Day
from scheduler.protocol.plan.dosing.infusion_time import InfusionTime, InfusionTimes
from scheduler.protocol.plan.study import Timeline


def time_of_dose(
    ev: Evaluation, line: Timeline, times: InfusionTimes, n: int, day: Day
) -> tuple[InfusionTime, tuple[Reason, ...]]:
    """The time of the n-th dose, if it is given on that day, and what was left out before it where that makes it another."""
    if not times.change:
        return times.of(1), ()
    if line.restarts:
        return times.of(counts_as(ev, line, n, day)), ()
    before = list(_before(ev, line, times, n, day))
    number = 1 + sum(map(_is_given, before))
    if times.of(number) == times.of(n):
        return times.of(number), ()
    left_out = (*(each for each in before if not _is_given(each)), *_not_before(ev, line, n, day))
    return times.of(number), tuple(reason for each in left_out for reason in _reasons(ev, each))


def latest_before(ev: Evaluation, placement: Placement) -> int:
    """The highest event number that bears on the doses before one, where its time hangs on them; 0 where it does not."""
    changing = [give.duration for give in placement.line.gives if give.duration is not None and give.duration.change]
    if placement.day is None or not changing:
        return 0
    line, n, day = placement.line, placement.n, placement.day
    before = (_before(ev, line, times, n, day) for times in changing)
    return max((each.latest for doses in (*before, _not_before(ev, line, n, day)) for each in doses), default=0)


def _before(ev: Evaluation, line: Timeline, times: InfusionTimes, n: int, day: Day) -> Iterator[Placement]:
    """The doses before a day, as far as the time of the next one hangs on them."""
    given = 0
    for placement in occurrences(ev, line, whole=True):
        later = placement.n > n or (placement.day is not None and placement.day >= day)
        if later or given + 1 >= times.last_change:
            return
        given += _is_given(placement)
        yield placement


def _not_before(ev: Evaluation, line: Timeline, n: int, day: Day) -> Iterator[Placement]:
    """What has a lower number and is not given before the day: put off, or given late."""
    for placement in occurrences(ev, line, whole=True):
        if placement.n >= n:
            return
        if placement.day is not None and placement.day >= day:
            yield placement


def _is_given(placement: Placement) -> bool:
    return placement.standing in (DONE, PLANNED) and placement.day is not None


def _reasons(ev: Evaluation, placement: Placement) -> tuple[Reason, ...]:
    not_done = ev.course.about(placement.id).not_done
    return ev.events(not_done) if not_done is not None else (ev.after(placement.id),)
