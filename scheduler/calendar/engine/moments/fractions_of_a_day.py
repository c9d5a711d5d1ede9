"""Several fractions a day: each has its own number, and the next goes on the day of the one before until that day is full.

A fraction that was missed in the afternoon takes no other's place: the next day again has as many as a day has, and no more.
"""

from __future__ import annotations

from collections import Counter

from scheduler.calendar.engine.evaluation.being_placed import BeingPlaced
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of
from scheduler.calendar.engine.evaluation.one_chain import is_unused
from scheduler.calendar.engine.evaluation.placement import DONE, NOT_DONE, PLANNED, Placement
from scheduler.dates import Day
from scheduler.patient.log import Fact
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.plan.times.moments import OWN, Relative, StartOf
from scheduler.protocol.plan.times.timing import Timing

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


def makes_one_up(ev: Evaluation, placement: BeingPlaced) -> bool:
    """True where a fraction may be on the day of the one before it as one more than a day has, to make up for a missed one.

    Each missed fraction is made up once: with as many made up as were missed, the next belongs on the next day again.
    """
    line, how = placement.line, placement.line.made_up
    if how is None or how.a_day <= line.a_day:
        return False
    attempts = attempts_of(ev, line)
    before = before_it(ev, line, placement.n, how.a_day)
    placement.looked += (*ev.events(*attempts), *(ev.after(each.id) for each in before))
    placement.reach(max((latest_of(*attempts), *(each.latest for each in before))))
    return bool(attempts) and has_room(line, before, how.a_day) and _is_behind(ev, placement, before[0].day or 0)


def _is_behind(ev: Evaluation, placement: BeingPlaced, day: Day) -> bool:
    """True while more fractions were missed up to a day than were made up before this one: beside the usual ones of their day."""
    line, open_days = placement.line, ev.site.open_days(placement.line.resource)
    earlier = (ev.place(line, n) for n in range(line.first_number, placement.n))
    on = Counter(each.day for each in earlier if each.day is not None and each.standing in (PLANNED, DONE))
    failed = Counter(fact.day for fact in attempts_of(ev, line) if fact.day <= day)
    missed = sum(min(n, max(0, line.a_day - on[each])) for each, n in failed.items())
    usual = {each: line.a_day if open_days.is_open(each) else 0 for each in on}
    return missed > sum(max(0, n - usual[each]) for each, n in on.items())


def attempts_of(ev: Evaluation, line: Timeline) -> list[Fact]:
    """What was recorded as not done of a course, in the order of its days."""
    about = (facts for name, facts in ev.course.entries.items() if name.rpartition(".")[0] == line.name)
    return sorted((fact for facts in about for fact in facts.attempts), key=lambda fact: fact.order)


def before_it(ev: Evaluation, line: Timeline, n: int, a_day: int | None = None) -> tuple[Placement, ...]:
    """The fractions just before the n-th, the nearest first, as many as one day has; without numbers that no fraction has."""
    most = line.a_day if a_day is None else a_day
    before: list[Placement] = []
    for number in range(n - 1, line.first_number - 1, -1):
        placement = ev.place(line, number)
        if not is_unused(placement):
            before.append(placement)
        if len(before) == most:
            break
    return tuple(before)


def has_room(line: Timeline, before: tuple[Placement, ...], a_day: int | None = None) -> bool:
    """True while the day of the nearest has fewer fractions than a day has."""
    most = line.a_day if a_day is None else a_day
    if not before or before[0].day is None or before[0].standing not in _DATED:
        return False
    return len(before) < most or any(each.day != before[0].day for each in before)
