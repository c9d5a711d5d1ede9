"""What counts from the fraction before counts from its last session: the rest of one that was given in part is a session too."""

from __future__ import annotations

from typing import NamedTuple

from scheduler.calendar.engine.evaluation.being_placed import BeingPlaced
from scheduler.calendar.engine.evaluation.circumstances import Bearing
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of
from scheduler.calendar.engine.moments.answering import move
from scheduler.calendar.entries.because import Count, Step
from scheduler.dates import Day
from scheduler.patient.events import Given
from scheduler.patient.log import Fact
from scheduler.protocol.plan.times.moments import OWN, Relative, StartOf
from scheduler.protocol.plan.times.timing import Timing


class LateSession(NamedTuple):
    """A session that completed an earlier fraction on a later day, and the first day for the next fraction by the protocol."""

    of: str
    fact: Fact
    next_day: Day


def wait_for_the_rest(ev: Evaluation, placement: BeingPlaced, timing: Timing, nominal: Day, bearing: Bearing) -> None:
    """The next fraction is as long after the rest of an earlier one as it is after a whole one."""
    if not bearing.starts or ev.course.about(placement.id).done is not None:
        return
    rest = late_session(ev, placement, timing, bearing)
    if rest is None or rest.next_day <= nominal or timing.span is None:
        return
    reasons = ev.events(rest.fact)
    placement.raise_floor(rest.next_day, (ev.after(rest.of), *reasons))
    placement.reach(latest_of(rest.fact))
    counted = Count(rest.fact.day, timing.span, timing.sign)
    placement.steps += (Step(timing.moment, reasons, counted, rest.next_day),)


def late_session(ev: Evaluation, placement: BeingPlaced, timing: Timing, bearing: Bearing) -> LateSession | None:
    """The last session of a rest that came before a fraction; None where each earlier one was given on one day."""
    line, moment = placement.line, timing.moment
    if line.kind != "fraction" or not isinstance(moment, StartOf) or moment.timeline not in (OWN, line.name):
        return None
    if moment.which is not Relative.PREVIOUS or timing.span is None or line.a_day > 1:
        return None
    done = ev.course.about(placement.id).done
    late = [
        LateSession(f"{line.name}.{number}", rest, move(ev, rest.day, timing.span, timing.sign))
        for day, number, _ in bearing.starts
        if number < placement.n
        for rest in ev.course.about(f"{line.name}.{number}").rest
        if isinstance(rest.event, Given) and rest.day > day and (done is None or rest.order < done.order)
    ]
    return max(late, key=lambda each: each.fact.order, default=None)
