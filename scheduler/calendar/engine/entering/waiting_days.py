"""Dosing days of a cycle that was started, which a hold took away and which are made up once somebody knows when it ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.calendar.engine.dosing.cycle_days import date_of_cycle_day, dosing_ranges, gives_on_day
from scheduler.calendar.engine.entering.made_entries import title_of
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of
from scheduler.calendar.engine.evaluation.placement import DONE, PLANNED, Placement
from scheduler.calendar.entries.because import Because, Unknown
from scheduler.calendar.entries.entry import Kind, Pending
from scheduler.protocol.plan.study import HeldDays
from scheduler.said import said

_MADE_UP = HeldDays.MADE_UP


def days_that_wait(ev: Evaluation, placements: list[Placement]) -> Iterator[Pending]:
    """For each cycle, the first dosing day that has no date yet; those after it follow it."""
    if all(hold.end is not None for holds in ev.course.holds.values() for hold in holds):
        return
    for placement in placements:
        line = placement.line
        begun = placement.day is not None and placement.standing in (PLANNED, DONE)
        if begun and line.has_days and line.held_days is _MADE_UP and any(hold.end is None for hold in ev.holds(line)):
            yield from _first_without_date(ev, placement)


def _first_without_date(ev: Evaluation, placement: Placement) -> Iterator[Pending]:
    line = placement.line
    numbers = [n for first, last in dosing_ranges(line, placement.counts_as) for n in range(first, last + 1)]
    for number in numbers:
        day, held_by = date_of_cycle_day(ev, placement, number)
        if day is not None:
            continue
        rule = "; ".join(give.clause.text for give in gives_on_day(line, placement.counts_as, number))
        events = ev.events(*held_by)
        because = Because(
            (*events, Unknown(said("when the hold ends"))), (), max(placement.latest, latest_of(*held_by))
        )
        title = f"{title_of(placement)}, from day {number} to day {numbers[-1]}"
        earliest = date.fromordinal(max(fact.day for fact in held_by)) if held_by else None
        yield Pending(f"{placement.id}.{number}", line.name, Kind(line.kind), title, rule, because, earliest)
        return
