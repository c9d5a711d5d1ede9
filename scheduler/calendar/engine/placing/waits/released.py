"""What an event releases is never planned before that event, and what must precede it is not either.

A treatment that waited for a day which will never come goes on from the day of the event that says so. Where something must
precede it, such as a planning CT, and nobody has recorded that, the treatment waits for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from scheduler.calendar.engine.evaluation.answers import Answer
from scheduler.calendar.engine.evaluation.being_placed import BeingPlaced
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of
from scheduler.calendar.engine.evaluation.placement import CANCELLED
from scheduler.calendar.engine.moments.answering import move, nominal
from scheduler.calendar.engine.placing.window import earliest_day
from scheduler.calendar.entries.because import Count, Step
from scheduler.dates import Day
from scheduler.patient.log import Fact
from scheduler.protocol.plan.study import Role, Timeline
from scheduler.protocol.plan.times.moments import Edge, StartOf
from scheduler.protocol.plan.times.timing import Timing


def wait_for_what_precedes(ev: Evaluation, placement: BeingPlaced) -> None:
    """A released occurrence waits until what must precede it has been done, as long before it as the protocol asks."""
    if placement.released is None or placement.line.role is not Role.TREATMENT:
        return
    for each in _preceding(ev, placement):
        done = _day_of(ev, each, placement.released)
        placement.reach(done.latest)
        if done.day is None:
            placement.looked += done.reasons
            continue
        span = each.edge.span
        after = move(ev, done.day, span, 1) if span is not None else done.day
        placement.raise_floor(after, (each.timing.clause, *done.reasons))
        counted = Count(done.day, span, 1) if span is not None else None
        placement.steps += (Step(StartOf(each.line.name, each.n), done.reasons, counted, after),)


def not_before_the_release(ev: Evaluation, placement: BeingPlaced, timing: Timing) -> None:
    """What must precede a released occurrence and was not done yet is put on the first open day from the release on."""
    facts = ev.course.about(placement.id)
    if facts.done is not None or facts.not_done is not None or facts.booked is not None:
        return
    for edge in timing.not_after:
        if not isinstance(edge.moment, StartOf) or not isinstance(edge.moment.which, int):
            continue
        later = ev.place(ev.plan.timelines[edge.moment.timeline], edge.moment.which)
        if later.released is None or later.standing is CANCELLED or ev.course.about(later.id).done is not None:
            continue
        placement.raise_floor(later.released, later.floor_reasons)
        placement.reach(later.latest)


class _Preceding(NamedTuple):
    """Something that must precede: its timeline, sentence and number, and how long before what."""

    line: Timeline
    timing: Timing
    n: int
    edge: Edge


def _preceding(ev: Evaluation, placement: BeingPlaced) -> Iterator[_Preceding]:
    name, n = placement.line.name, placement.n
    for line in ev.plan.timelines.values():
        if line.role is not Role.VISIT:
            continue
        for number, timing in line.numbered.items():
            for edge in timing.not_after:
                if edge.moment == StartOf(name, n) and edge.sign < 0:
                    yield _Preceding(line, timing, number, edge)


def _day_of(ev: Evaluation, each: _Preceding, released: Day) -> Answer:
    """The day on which it was done, is booked, or can be done from the release on; none where it will not be done."""
    facts, stop = ev.course.about(f"{each.line.name}.{each.n}"), ev.stop(each.line)
    if facts.done is not None:
        return _told(ev, facts.done.day, facts.done)
    if facts.not_done is not None:
        return _told(ev, None, facts.not_done)
    if stop is not None:
        return _told(ev, None, *stop.facts)
    if facts.booked is not None:
        return _told(ev, cast(Any, facts.booked.event).to.toordinal(), facts.booked)
    rule = nominal(ev, each.line, each.timing, each.n)
    days = ev.site.open_days(each.line.resource)
    first = (
        earliest_day(each.timing, rule.day, each.timing.early or 0, ev.site.usual) if rule.day is not None else released
    )
    earliest = max(released, first)
    # While nobody could reach the patient, it would not have been done.
    away = [fact for absence in ev.course.away for fact in absence.facts]
    day = days.first_open(earliest)
    return Answer(day, ev.events(*away), (), max(rule.latest, latest_of(*away)))


def _told(ev: Evaluation, day: Day | None, *facts: Fact) -> Answer:
    return Answer(day, ev.events(*facts), (), latest_of(*facts))
