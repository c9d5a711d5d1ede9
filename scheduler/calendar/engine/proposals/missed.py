"""The first dosing day that a hold made a treatment miss: from it the time runs, off-days counting once it does."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.entries.budget import Budget
from scheduler.calendar.entries.entry import Entry, Status
from scheduler.dates import Day, add_span
from scheduler.patient.course import Hold
from scheduler.patient.replaying.held_on import held_on_from
from scheduler.protocol.plan.study import Timeline


def budget_of(ev: Evaluation, line: Timeline, entries: list[Entry]) -> Budget | None:
    """The budget of a treatment's running hold; the whole of it while nothing is held; None where there is no limit."""
    most = line.limits.hold_at_most
    if most is None:
        return None
    running = next((hold for hold in ev.holds(line) if hold.end is None and not hold.discontinued), None)
    missed = first_missed(ev, line, running, entries) if running is not None else None
    if missed is None:
        return Budget(most)
    return Budget(most, date.fromordinal(missed), date.fromordinal(add_span(missed, most)))


def first_missed(ev: Evaluation, line: Timeline, hold: Hold, entries: list[Entry]) -> Day | None:
    """The first dosing day that a hold made a treatment miss; None while none was, or nobody can tell.

    Of a hold that goes on from another it is the first that that one made it miss: nothing was dosed between them.
    """
    return ev.missed.of(hold, lambda: _first_missed(ev, line, hold, entries))


def held_on(ev: Evaluation, line: Timeline) -> dict[int, Hold]:
    """Of each hold of a treatment that goes on from others the first of them, by the number of its event."""
    return ev.held_on.of(line.name, lambda: held_on_from(ev.holds(line)))


def _first_missed(ev: Evaluation, line: Timeline, hold: Hold, entries: list[Entry]) -> Day | None:
    before = held_on(ev, line).get(hold.opened.number)
    missed = first_missed(ev, line, before, entries) if before is not None else None
    return missed if missed is not None else _missed_by_itself(ev, line, hold, entries)


def _missed_by_itself(ev: Evaluation, line: Timeline, hold: Hold, entries: list[Entry]) -> Day | None:
    start = date.fromordinal(hold.start)
    held = [
        run.first_date
        for entry in entries
        if entry.runs and entry.timeline == line.name
        for run in entry.runs
        if run.status is Status.HELD and run.first_date >= start
    ]
    if held and (hold.end is None or min(held).toordinal() < hold.end):
        return min(held).toordinal()
    for placement in sorted(ev.placed.values(), key=lambda placement: placement.n):
        if placement.line is not line or placement.nominal is None:
            continue
        if placement.day is None or placement.day >= hold.start:
            missed = max(placement.nominal, hold.start)
            return missed if hold.end is None or missed < hold.end else None
    return None
