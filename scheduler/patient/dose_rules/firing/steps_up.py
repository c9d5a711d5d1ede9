"""The steps by which a dose goes up from its first level, each waiting for a named person to confirm it on its day.

Nothing goes up by itself: a step is a proposal, and until somebody decides the lower level is planned. It is proposed while the
cycle runs that the protocol names, unless dosing is held that day, or no level is above, or a lower level is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from scheduler.patient.course import Course, LevelChange
from scheduler.patient.dose_rules.firing.levels import level_at
from scheduler.patient.dose_rules.so_far.history import History
from scheduler.patient.dose_rules.so_far.reading import Reading
from scheduler.patient.events import CycleStarted
from scheduler.patient.log import Fact
from scheduler.protocol.plan.rules import Rule, StepUp
from scheduler.said import Quoted, said, text_of


def step_readings(history: History, rule: Rule, asked: StepUp) -> Iterator[tuple[Reading, bool]]:
    """The day of a step, once the cycle has begun, and whether the dose may go up on it."""
    treatment, course = rule.treatment, history.course
    start = start_of(course, treatment, asked.cycle)
    if start is None:
        return
    day = start.day + asked.day - 1
    stopped = [hold for hold in course.holds.get(treatment, ()) if hold.start <= day and (hold.end or day + 1) > day]
    following = start_of(course, treatment, asked.cycle + 1)
    decided = any(decision.event.proposal == f"{rule.id}.{start.number}" for decision in history.decisions)
    over = following is not None and not decided
    before = [change for change in course.levels.get(treatment, ()) if change.day < day]
    ladder = history.ladder(treatment)
    kept = ladder is not None and ladder.kept and reduced(before, history.plan.start_level(treatment))
    at_the_top = level_at(history, treatment, day) >= 0
    looked = (
        start,
        *(fact for hold in stopped for fact in hold.facts),
        *(change.fact for change in before),
        *((following,) if over and following is not None else ()),
    )
    assumed = (
        (text_of(said("to be confirmed: no {unless}", unless=Quoted(str(asked.unless), "en"))),)
        if asked.unless is not None
        else ()
    )
    yield Reading(rule, start, day, looked, assumed), not (stopped or over or kept or at_the_top)


def start_of(course: Course, treatment: str, cycle: int) -> Fact | None:
    """The recorded start of a cycle."""
    started = (fact for fact in course.doses.get(treatment, ()) if isinstance(fact.event, CycleStarted))
    return next((fact for fact in started if fact.event.cycle == cycle), None)  # type: ignore[attr-defined]


def reduced(changes: list[LevelChange], start: int) -> bool:
    """True where one of these levels is below the one before it."""
    levels = (start, *(change.level for change in changes))
    return any(later < earlier for earlier, later in pairwise(levels))
