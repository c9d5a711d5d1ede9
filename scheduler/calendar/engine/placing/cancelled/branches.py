"""Branches: what comes only on a recorded fact about the patient, "only if marrow-14 shows residual leukaemia".

Until the fact is recorded nobody knows, and the occurrence is pending. Once it is recorded, what it calls for is planned, not
before the day of the record, and what it does not call for is not for this patient. The last record of a name holds.
"""

from __future__ import annotations

from scheduler.calendar.engine.dosing.cycle_days import dosing_ranges
from scheduler.calendar.engine.evaluation.branches import Branch, branch_of
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of
from scheduler.calendar.engine.evaluation.placement import BEYOND, CANCELLED, DONE, PENDING, PLANNED, Placement
from scheduler.calendar.entries.because import After, Reason, Unknown
from scheduler.calendar.entries.entry import Flag
from scheduler.dates import Day, civil_date
from scheduler.findings import Finding, Severity
from scheduler.protocol.plan.study import Role

NOT_FOR_PATIENT = "not-for-this-patient"


def wait_for_the_fact(ev: Evaluation, placement: Placement, branch: Branch) -> None:
    """Nothing that a fact calls for is planned before the fact was known; what has days of its own keeps them."""
    line = placement.line
    of_its_own = line.follows is None and not line.pieces
    first = placement.n == line.first_number or line.only_if_of
    if branch.chosen.is_so and of_its_own and first:
        placement.raise_floor(branch.day, branch.events(ev))


def take_branch(ev: Evaluation, placement: Placement, branch: Branch) -> None:
    """Plan what the fact calls for, leave out what it does not, and wait while nobody knows."""
    if placement.standing is BEYOND or (placement.standing is CANCELLED and branch.chosen.is_so is not False):
        return
    events, latest = branch.events(ev), latest_of(*branch.chosen.facts)
    placement.looked += tuple(ev.event(number) for number in branch.struck)
    placement.reach(max((latest, *branch.struck)))
    cited: tuple[Reason, ...] = (branch.only_if.clause, *events)
    if branch.chosen.is_so:
        placement.set_by += cited
        _give_nothing_in_the_past(ev, placement, branch)
    elif branch.chosen.is_so is None:
        placement.standing = PENDING
        asked = tuple(Unknown(fact.record) for fact in branch.chosen.missing)
        placement.set_by += (*cited, *asked)
    else:
        _leave_out(placement, cited)


def _give_nothing_in_the_past(ev: Evaluation, placement: Placement, branch: Branch) -> None:
    """What would have begun before it was known to be called for is not planned any more; a person decides what is given.

    Where it was known not to be so by then, it was not for the patient. What was recorded or booked stands, and so does what has
    a clock of its own: that waits for the day of the record.
    """
    facts = ev.course.about(placement.id)
    spoken_for = any((facts.done, facts.not_done, facts.booked, facts.delayed))
    if placement.line.role is not Role.TREATMENT or placement.standing is not PLANNED or spoken_for:
        return
    begins = _first_dosing_day(placement)
    then = branch_of(ev, placement.line, placement.n, begins) if begins is not None else None
    if then is None or begins is None or then.chosen.is_so:
        return
    if then.chosen.is_so is False:
        _leave_out(placement, (branch.only_if.clause, *then.events(ev), *branch.events(ev)))
        return
    placement.standing = CANCELLED
    later = f"what it hangs on was recorded later: {branch.only_if.clause.text}"
    message = f"{placement.id} was to begin on {civil_date(begins)}, and {later}"
    hint = "it is not planned any more: the investigator decides; record what is given, or book a day for it"
    numbers = tuple(number for fact in branch.chosen.facts for number in fact.numbers)
    placement.findings += (Finding("known-too-late", Severity.WARNING, message, hint, None, placement.id, numbers),)


def _first_dosing_day(placement: Placement) -> Day | None:
    if placement.day is None or not placement.line.has_days:
        return placement.day
    ranges = dosing_ranges(placement.line, placement.n)
    return placement.day + ranges[0][0] - 1 if ranges else placement.day


def _leave_out(placement: Placement, cited: tuple[Reason, ...]) -> None:
    placement.standing = CANCELLED
    placement.looked = (*placement.set_by, *placement.looked)
    placement.set_by = cited
    placement.nominal = placement.ideal = placement.first = placement.last = placement.day = None
    placement.flags, placement.findings, placement.steps = (Flag.NOT_FOR_PATIENT,), (), ()


def left_out_with_another(ev: Evaluation, placement: Placement) -> None:
    """What counts from something that is not for this patient, and from nothing else, is not for this patient either."""
    if placement.standing is CANCELLED and placement.day is None and not placement.not_for_patient:
        others = (ev.placed.get(reason.entry) for reason in placement.set_by if isinstance(reason, After))
        if any(other is not None and other.not_for_patient for other in others):
            placement.flags += (Flag.NOT_FOR_PATIENT,)


def flag_not_called_for(ev: Evaluation, placement: Placement) -> None:
    """Say of what was done that no fact called for it on that day."""
    if placement.standing is not DONE or placement.day is None:
        return
    branch = branch_of(ev, placement.line, placement.n, placement.day)
    if branch is None:
        return
    placement.looked += (branch.only_if.clause, *branch.events(ev), *(ev.event(number) for number in branch.struck))
    placement.reach(max((latest_of(*branch.chosen.facts), *branch.struck)))
    if branch.chosen.is_so:
        return
    done = "given" if placement.line.role is Role.TREATMENT else "done"
    known = "and that is not so" if branch.chosen.is_so is False else "and that was not recorded by then"
    message = f"{placement.id} was {done} on {civil_date(placement.day)}: {branch.only_if.clause.text}, {known}"
    numbers = tuple(number for fact in branch.chosen.facts for number in fact.numbers)
    hint = "record the fact with the day on which it was known, or say why in the record"
    placement.findings += (Finding(NOT_FOR_PATIENT, Severity.WARNING, message, hint, None, placement.id, numbers),)
