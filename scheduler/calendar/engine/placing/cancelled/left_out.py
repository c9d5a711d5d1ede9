"""Doses of a drug that is timed on cycles of their own, while that drug is held: they are left out, and the cycles go on.

A hold of such a drug moves nothing. A dose on a day of the hold is not given later: the next one is that of the next cycle.
Days of tablets inside the hold are held, as always, and the days of the cycle go on counting. At a dose level of 0 the drug is
omitted in the same way, until another level holds.

A diary of the days after a dose is left out with a dose that is recorded as not given.
"""

from __future__ import annotations

from scheduler.calendar.engine.dosing.dose_in_force import left_out_on, reasons_of_omitting
from scheduler.calendar.engine.evaluation.being_placed import BeingPlaced
from scheduler.calendar.engine.evaluation.circumstances import hold_on
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of, look_at_holds
from scheduler.calendar.engine.evaluation.placement import CANCELLED, NOT_DONE, PENDING, PLANNED
from scheduler.calendar.entries.because import Unknown
from scheduler.calendar.entries.entry import Flag
from scheduler.patient.course import Hold
from scheduler.protocol.plan.study import HeldDays, Role
from scheduler.said import said


def on_a_clock(ev: Evaluation, placement: BeingPlaced) -> bool:
    """True for a drug whose days are those of cycles that go on without it."""
    line = placement.line
    return line.follows is not None and line.held_days is HeldDays.LOST and ev.plan.cycles_of(line) is not None


def leave_out_while_held(ev: Evaluation, placement: BeingPlaced, holds: list[Hold]) -> None:
    """Leave out a dose that falls into a hold of its drug; while nobody knows how long the hold lasts, it waits to be known."""
    day = placement.day
    if placement.standing is not PLANNED or day is None:
        return
    look_at_holds(ev, placement, holds, day)
    hold = hold_on(holds, day)
    if hold is None or placement.line.has_days:
        return
    placement.reach(latest_of(*hold.facts))
    if hold.end is None and not _cycle_went_on(ev, placement):
        placement.standing = PENDING
        placement.set_by += (*ev.events(hold.opened), Unknown(said("when the hold ends")))
        return
    placement.cancel(*ev.events_of_hold(hold))


def no_diary_without_its_dose(ev: Evaluation, placement: BeingPlaced) -> None:
    """Leave out a day of a diary whose dose was not given; whoever wrote it all the same has recorded that."""
    follows = placement.line.follows
    if follows is None or placement.standing is not PLANNED:
        return
    dose = ev.place(ev.plan.timelines[follows.timeline], placement.n)
    if dose.standing is NOT_DONE and dose.line.role is Role.TREATMENT:
        placement.standing = CANCELLED
        placement.lose_its_dates()
        not_done = ev.course.about(dose.id).not_done
        placement.set_by = (*placement.set_by[:1], *(ev.events(not_done) if not_done is not None else ()))
        placement.looked += (ev.after(dose.id),)
        placement.reach(dose.latest)


def leave_out_at_level(ev: Evaluation, placement: BeingPlaced) -> None:
    """Leave out a dose on a day of a level that omits the drug. Of tablets each day is left out by itself."""
    line, day = placement.line, placement.day
    if line.ladder is None or placement.standing is not PLANNED or day is None or line.has_days:
        return
    change = left_out_on(ev, placement, day)
    if change is None:
        return
    placement.cancel(*reasons_of_omitting(ev, line, change))
    placement.flags += (Flag.OMITTED,)
    placement.reach(latest_of(change.fact))


def _cycle_went_on(ev: Evaluation, placement: BeingPlaced) -> bool:
    """True where the day was reached without the drug: the cycle began, for a dose of its day 1; else the next one did."""
    line, n = placement.line, placement.n
    clock = ev.plan.cycles_of(line)
    if clock is None:
        return False
    of_day_1 = placement.cycle_day <= 1 and placement.line.timing(n) is not None
    course = ev.course
    began, next_began = (course.about(f"{clock.name}.{each}") for each in (n, n + 1))
    for about in (began, next_began) if of_day_1 else (next_began,):
        if about.done is not None:
            placement.looked += ev.events(about.done)
            placement.reach(latest_of(about.done))
            return True
    return False
