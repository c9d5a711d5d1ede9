"""Facts without which days of tablets would stand otherwise, though none of them says what is taken on them."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.calendar.engine.dosing.cycle_days import Stretch
from scheduler.calendar.engine.dosing.dose_in_force import hold_after
from scheduler.calendar.engine.evaluation.circumstances import Bearing
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.placement import Placement
from scheduler.calendar.entries.because import Reason, Unknown
from scheduler.patient.course import Hold
from scheduler.protocol.plan.study import HeldDays


def facts_looked_at(ev: Evaluation, placement: Placement, bearing: Bearing, part: Stretch) -> list[Reason]:
    """Facts without which these days would stand otherwise: the ends of earlier holds, and what a report overrides."""
    looked: list[Reason] = [
        event for hold in _holds_looked_at(ev, placement, bearing, part) for event in ev.events_of_hold(hold)
    ]
    for report in bearing.reports:
        if report.first <= part.first <= report.last:
            looked += ev.events(report.fact)
    if bearing.stop is not None and bearing.stop.day <= part.first:
        looked += ev.events(*bearing.stop.facts)
    for away in ev.course.away:
        if away.start < part.last:
            looked += ev.events(*away.facts)
    for gone in ev.course.taken_back:
        if gone.day <= part.last and gone.treatment in ("", placement.line.name):
            looked += [ev.event(number) for number in gone.by]
    return looked


def _holds_looked_at(ev: Evaluation, placement: Placement, bearing: Bearing, part: Stretch) -> Iterator[Hold]:
    # Days that are made up end where a hold begins, and go on elsewhere.
    until = part.first if placement.line.held_days is HeldDays.LOST else part.last + 1
    yield from (hold for hold in bearing.holds if hold.start <= until)
    if (after := hold_after(ev, placement, part.first)) is not None:
        yield after


def and_what_its_end_waits_for(bearing: Bearing, looked: list[Reason], latest: int) -> tuple[list[Reason], int]:
    """The same and the facts without which the end of a treatment might be known, and these days be beyond it."""
    waits = bearing.ends_that_wait()
    if not waits:
        return looked, latest
    why = [each for end in waits for each in (*end.reasons, *end.looked) if not isinstance(each, Unknown)]
    return [*looked, *why], max(latest, *(end.latest for end in waits))
