"""A visit that was done before consent and stands as routine care, where the protocol allows it, is marked, with the sentence."""

from __future__ import annotations

from scheduler.calendar.engine.evaluation.being_placed import BeingPlaced
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of
from scheduler.calendar.entries.entry import Flag
from scheduler.patient.consents import missed_consent, routine_care
from scheduler.patient.events import (
    Consented,
    Corrected,
    FirstDosePlanned,
    MovedToVersion,
    Randomised,
    Screened,
    ScreenFailed,
    Struck,
    VisitDone,
)
from scheduler.patient.log import Fact


def mark_routine_care(ev: Evaluation, placement: BeingPlaced, visit: Fact) -> None:
    """Flag what came before consent, and cite which consent and which sentence. Another consent might have made it otherwise."""
    clause = routine_care(placement.line, placement.n)
    if clause is None:
        return
    missed = missed_consent(ev.plan, ev.course, visit)
    if missed:
        placement.flags += (Flag.ROUTINE_CARE,)
        placement.set_by += (clause, *ev.events(*missed))
    again = [fact for pair in ev.course.screenings.repeated for fact in pair] if ev.plan.consent_again else []
    moved = [*ev.course.moves, *ev.course.of(Randomised)] if ev.course.moves else []
    facts = (*ev.course.of(Consented), *again, *moved)
    taken_back = _taken_back(ev)
    placement.looked += (*ev.events(*facts), *(ev.event(number) for number in taken_back))
    placement.reach(max((latest_of(*facts), *taken_back)))


_BEARS_ON_IT = (Consented, MovedToVersion, Randomised)
_BEGINS_A_SCREENING = (Screened, ScreenFailed, FirstDosePlanned, VisitDone)


def _taken_back(ev: Evaluation) -> tuple[int, ...]:
    """What struck or corrected a record that says which consent counts: without it, the visit might be marked otherwise."""
    kinds = (*_BEARS_ON_IT, *(_BEGINS_A_SCREENING if ev.plan.consent_again is not None else ()))
    told = {record.number: record.event for record in ev.course.log.records}
    return tuple(
        number
        for number, event in told.items()
        if isinstance(event, Struck | Corrected)
        if isinstance(event.with_ if isinstance(event, Corrected) else told.get(event.number), (*kinds, Corrected))
    )
