"""Tablets that come later in the cycle of another treatment, such as on days 8-14: what the record of their start says.

Day 1 is that of the other treatment. Who records after it that such a cycle was started says when the first tablet was taken,
which is its day 8. Cycles of their own are counted from the day that is recorded as their start.
"""

from __future__ import annotations

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.placement import DONE, Placement
from scheduler.dates import Day
from scheduler.patient.log import Fact
from scheduler.patient.replaying.begun_cycles import first_dosing_day
from scheduler.protocol.plan.study import Timeline


def day_one_by(ev: Evaluation, line: Timeline, n: int, started: Fact) -> Day:
    """Day 1 of a cycle by the record of its start."""
    later = first_dosing_day(line, n) - 1
    if later == 0 or line.follows is None or line.follows.has_days:
        return started.day
    leader = ev.course.about(f"{line.follows.timeline}.{n}").done
    if leader is not None and (started.day <= leader.day or leader is started):
        return started.day
    return started.day - later


def day_of_first_tablet(ev: Evaluation, placement: Placement) -> Day | None:
    """The day on which the first dose of a cycle was recorded; None where nobody recorded its start."""
    if placement.standing is not DONE:
        return None
    started = ev.course.about(placement.id).done
    return placement.day if started is None or first_dosing_day(placement.line, placement.n) == 1 else started.day


def is_first_taken(ev: Evaluation, placement: Placement, day: Day) -> bool:
    """Who records that a cycle was started says that its first dose was taken, but of what is taken as needed."""
    return day == day_of_first_tablet(ev, placement) and not placement.line.as_needed
