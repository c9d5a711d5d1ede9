"""Tablets that come later in the cycle of another treatment, such as on days 8-14: what the record of their start says.

Day 1 is that of the other treatment. Who records after it that such a cycle was started says when the first tablet was taken,
which is its day 8. Cycles of their own are counted from the day that is recorded as their start.
"""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.placement import DONE, Placement
from scheduler.dates import Day
from scheduler.patient.course import EntryFacts
from scheduler.patient.events import Booked, Rebooked
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


def with_its_first_dose(ev: Evaluation, line: Timeline, n: int, facts: EntryFacts) -> EntryFacts:
    """What was recorded of a cycle, with the appointment for its first dose where that is not on day 1."""
    first = first_dosing_day(line, n) if line.has_days else 1
    told = ev.course.entries.get(f"{line.name}.{n}.{first}") if first > 1 else None
    if told is None:
        return facts
    booked = max((each for each in (facts.booked, told.booked) if each is not None), key=_in_order, default=None)
    return replace(facts, booked=booked, withdrawn=(*facts.withdrawn, *told.withdrawn))


def day_one_by_appointment(ev: Evaluation, line: Timeline, n: int, booked: Fact) -> Day:
    """Day 1 of a cycle by its appointment: one for the first dose, where that comes later, is for its own day."""
    event = cast("Booked | Rebooked", booked.event)
    day, later = event.to.toordinal(), first_dosing_day(line, n) - 1
    if later == 0 or (line.follows is not None and line.follows.has_days):
        return day
    if event.entry == f"{line.name}.{n}.{later + 1}":
        return day - later
    leader = ev.place(ev.plan.timelines[line.follows.timeline], n) if line.follows is not None else None
    return day - later if leader is not None and leader.day is not None and day > leader.day else day


def _in_order(fact: Fact) -> tuple[Day, int]:
    return fact.day, fact.number
