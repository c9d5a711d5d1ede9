"""Floors: the waits, delays and failed attempts before which an occurrence cannot be."""

from __future__ import annotations

from typing import Any, cast

from scheduler.calendar.engine.evaluation.being_placed import BeingPlaced
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of
from scheduler.calendar.engine.evaluation.placement import HoursOver, Placement
from scheduler.calendar.engine.moments.waits import wait_answer
from scheduler.calendar.engine.placing.window import latest_day
from scheduler.calendar.entries.because import Reason, Step
from scheduler.calendar.entries.entry import Flag
from scheduler.dates import Day
from scheduler.patient.course import EntryFacts
from scheduler.protocol.plan.study import NotDone
from scheduler.protocol.plan.times.moments import Named
from scheduler.protocol.plan.times.timing import Timing

_MOVES = NotDone.MOVES


def raise_for_waits(ev: Evaluation, placement: BeingPlaced, timing: Timing) -> tuple[Reason, ...]:
    """Raise the floor to the latest wait. Gives what is unknown of the waits that are still pending."""
    unknown: list[Reason] = []
    for edge in timing.not_before:
        wait = wait_answer(ev, edge, placement.line, placement.n, placement.cycle_day)
        placement.reach(wait.latest)
        placement.looked += wait.looked
        if wait.day is not None:
            placement.raise_floor(wait.day, wait.reasons)
            placement.steps += (Step(edge.moment, wait.reasons, wait.counted, wait.day),)
            if wait.time is not None:
                placement.clock += (HoursOver(wait.day, wait.time, wait.reasons),)
            if wait.created is not None and (placement.released is None or wait.created > placement.released):
                placement.released = wait.created
        elif wait.never:
            placement.looked += wait.reasons
        else:
            unknown += wait.reasons
    return tuple(unknown)


def raise_for_delays(ev: Evaluation, placement: BeingPlaced, facts: EntryFacts) -> None:
    """A delay is a floor too, and so is the day after a failed attempt."""
    if facts.delayed is not None:
        until = cast(Any, facts.delayed.event).until.toordinal()
        placement.reach(latest_of(facts.delayed))
        placement.raise_floor(until, ev.events(facts.delayed))
    if facts.attempts and placement.line.not_done is _MOVES:
        last = max(facts.attempts, key=lambda fact: fact.event.on)
        placement.flags += (Flag.ATTEMPT_FAILED,)
        placement.reach(latest_of(*facts.attempts))
        placement.looked += ev.events(*(fact for fact in facts.attempts if fact is not last))
        placement.raise_floor(last.day + 1, ev.events(last))


def wait_for_creation(ev: Evaluation, placement: BeingPlaced, nominal: Day, created: Day, timing: Timing) -> None:
    """Nothing is planned before the event that creates it; a window that closed before is combined with the visit for it."""
    placement.created = created
    if timing.late is None or latest_day(timing, nominal, timing.late, ev.site.usual) >= created:
        return
    visit = _end_of_treatment_visit(ev)
    if visit is not None and visit.day is not None:
        placement.combined_with = ev.after(visit.id)
        placement.reach(visit.latest)
        if visit.day < created:
            # Booked or done before anybody knew that it was due: it is no day for what is still to come.
            return
        placement.created = visit.day
    placement.flags += (Flag.COMBINED,)


def _end_of_treatment_visit(ev: Evaluation) -> Placement | None:
    for line in ev.plan.timelines.values():
        timing = line.numbered.get(1)
        if timing is not None and timing.moment == Named("end of treatment") and line.single:
            return ev.place(line, 1)
    return None
