"""Branches: what comes only on a recorded fact about the patient, "only if marrow-14 shows residual leukaemia".

Until the fact is recorded nobody knows, and the occurrence is pending. Once it is recorded, what it calls for is planned, not
before the day of the record, and what it does not call for is not for this patient. The last record of a name holds.
"""

from __future__ import annotations

from datetime import date

from scheduler.calendar.engine.evaluation.branches import Branch, branch_of
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of
from scheduler.calendar.engine.evaluation.placement import BEYOND, CANCELLED, DONE, PENDING, Placement
from scheduler.calendar.entries.because import After, Reason, Unknown
from scheduler.calendar.entries.entry import Flag
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
    elif branch.chosen.is_so is None:
        placement.standing = PENDING
        asked = tuple(Unknown(fact.record) for fact in branch.chosen.missing)
        placement.set_by += (*cited, *asked)
    else:
        _leave_out(placement, cited)


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
    message = f"{placement.id} was {done} on {date.fromordinal(placement.day)}: {branch.only_if.clause.text}, {known}"
    numbers = tuple(number for fact in branch.chosen.facts for number in fact.numbers)
    hint = "record the fact with the day on which it was known, or say why in the record"
    placement.findings += (Finding(NOT_FOR_PATIENT, Severity.WARNING, message, hint, None, placement.id, numbers),)
