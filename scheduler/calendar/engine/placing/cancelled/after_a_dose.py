"""What is done so long after a dose: a follow-up of that dose, whatever becomes of the treatment.

The protocol's words tell it from a visit during treatment: "14 days after drug dose 1" counts from the dose, and stays once that
dose was given; "on drug cycle 1 day 15" is a day of the cycle, and ends with it. Of a dose that was not done nothing follows.
"""

from __future__ import annotations

from scheduler.calendar.engine.evaluation.being_placed import BeingPlaced
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.one_chain import in_place
from scheduler.calendar.engine.evaluation.placement import CANCELLED, DONE, NOT_DONE, PLANNED, Placement
from scheduler.protocol.plan.study import Role, Timeline
from scheduler.protocol.plan.times.moments import StartOf


def follows_a_given_dose(ev: Evaluation, placement: BeingPlaced) -> bool:
    """True for a follow-up of a dose that was given: a pump is taken off, a sample is taken, the patient is seen again."""
    dose = _dose_followed(ev, placement)
    return dose is not None and dose.standing is DONE


def leave_out_without_its_dose(ev: Evaluation, placement: BeingPlaced) -> None:
    """Leave out what follows a dose that was not done; whoever was seen all the same has recorded that."""
    dose = _dose_followed(ev, placement) if placement.standing is PLANNED else None
    if dose is None or dose.standing is not NOT_DONE:
        return
    not_done = ev.course.about(dose.id).not_done
    placement.standing = CANCELLED
    placement.looked = (*placement.set_by, *placement.looked, ev.after(dose.id))
    placement.set_by = (*placement.set_by[:1], *(ev.events(not_done) if not_done is not None else ()))
    placement.reach(dose.latest)


def _dose_followed(ev: Evaluation, placement: BeingPlaced) -> Placement | None:
    """The single dose that a visit counts from, and is after."""
    line, timing = placement.line, placement.timing
    if line.role is not Role.VISIT or timing is None or timing.not_after:
        return None
    if line.sheet is not None:
        return ev.place(ev.plan.timelines[line.sheet.follows.timeline], placement.n)
    moment = timing.moment
    if not isinstance(moment, StartOf) or timing.span is None or timing.sign < 0 or timing.every:
        return None
    treatment = ev.plan.timelines[moment.timeline]
    if treatment.role is Role.VISIT:
        return None
    if not _is_of_single_doses(treatment) and timing.span.hours is None:
        return None
    return in_place(ev, treatment, moment.which) if isinstance(moment.which, int) else ev.place(treatment, placement.n)


def _is_of_single_doses(line: Timeline) -> bool:
    return line.role is Role.TREATMENT and not line.has_days
