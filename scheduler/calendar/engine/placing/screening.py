"""Screenings of a patient who was screened again: each has its own visit, and what failed needs no visit any more."""

from __future__ import annotations

from scheduler.calendar.engine.evaluation.being_placed import BeingPlaced
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of
from scheduler.calendar.engine.evaluation.placement import CANCELLED
from scheduler.protocol.plan.times.timing import Timing


def timing_of_screening(ev: Evaluation, placement: BeingPlaced) -> Timing | None:
    """The sentence about a screening. An earlier one than the last is not planned: what was not done by its failure is gone."""
    line, n, screenings = placement.line, placement.n, ev.course.screenings
    timing = line.numbered.get(line.first_number)
    if n > screenings.number or timing is None:
        return None
    for failed, begun in screenings.repeated[:n]:
        placement.looked += ev.events(failed, begun)
        placement.reach(latest_of(failed, begun))
    if n == screenings.number:
        return timing
    placement.timing, placement.standing = timing, CANCELLED
    placement.set_by = (timing.clause, *ev.events(screenings.repeated[n - 1][0]))
    return timing
