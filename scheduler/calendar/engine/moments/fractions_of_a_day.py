"""Several fractions a day: each has its own number, and the next goes on the day of the one before until that day is full.

A fraction that was missed in the afternoon takes no other's place: the next day again has as many as a day has, and no more.
"""

from __future__ import annotations

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.one_chain import is_unused
from scheduler.calendar.engine.evaluation.placement import DONE, NOT_DONE, PLANNED, Placement
from scheduler.protocol.plan.moments import OWN, Relative, StartOf
from scheduler.protocol.plan.study import Timeline, Timing

_DATED = (PLANNED, DONE, NOT_DONE)


def goes_on_the_day_before(line: Timeline, timing: Timing) -> bool:
    """True where a fraction counts from the one before it, and a day has several."""
    moment = timing.moment
    return (
        line.a_day > 1
        and isinstance(moment, StartOf)
        and moment.which is Relative.PREVIOUS
        and moment.timeline in (OWN, line.name)
    )


def before_it(ev: Evaluation, line: Timeline, n: int) -> tuple[Placement, ...]:
    """The fractions just before the n-th, the nearest first, as many as one day has; without numbers that no fraction has."""
    found: list[Placement] = []
    for number in range(n - 1, line.first_number - 1, -1):
        placement = ev.place(line, number)
        if not is_unused(placement):
            found.append(placement)
        if len(found) == line.a_day:
            break
    return tuple(found)


def has_room(line: Timeline, before: tuple[Placement, ...]) -> bool:
    """True while the day of the nearest has fewer fractions than a day has."""
    if not before or before[0].day is None or before[0].standing not in _DATED:
        return False
    return len(before) < line.a_day or any(each.day != before[0].day for each in before)
