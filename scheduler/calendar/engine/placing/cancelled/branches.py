"""Branches: what comes only on a recorded fact about the patient, "only if marrow-14 shows residual leukaemia".

Until the fact is recorded nobody knows, and the occurrence is pending. Once it is recorded, what it calls for is planned, not
before the day of the record, and what it does not call for is not for this patient. Each day is judged by the last record up to
it: a later one never changes what was for the patient, and what was not, on a day that is over.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import cast

from scheduler.calendar.engine.dosing.cycle_days import dosing_ranges
from scheduler.calendar.engine.evaluation.being_placed import BeingPlaced
from scheduler.calendar.engine.evaluation.branches import Branch, became_so, branch_of, no_longer_so
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of
from scheduler.calendar.engine.evaluation.occurrences import counts_from_previous
from scheduler.calendar.engine.evaluation.placement import BEYOND, CANCELLED, DONE, PENDING, PLANNED, Placement
from scheduler.calendar.entries.because import After, Reason, Unknown
from scheduler.calendar.entries.entry import Flag
from scheduler.dates import Day, civil_date
from scheduler.findings import Finding, Severity
from scheduler.patient.events import Booked
from scheduler.protocol.plan.study import Role
from scheduler.protocol.plan.times.moments import Relative
from scheduler.said import Code, Quoted, Said, Value, said

NOT_FOR_PATIENT = "not-for-this-patient"


def plan_from_the_fact_on(ev: Evaluation, placement: BeingPlaced, branch: Branch, plan: Callable[[], None]) -> None:
    """Plan it where its own rule puts it, or on the day on which it became known to be called for, whichever is later.

    What has days of its own keeps them, but a visit whose window is still open. A number, as an age, says what is so on a day:
    what was not for the patient on its only day does not come later; nor what a later number was given instead of.
    """
    before = copy(placement)
    plan()
    then = _then(ev, placement)
    waits = _waits_for_its_fact(placement)
    if waits and then is not None and then.chosen.is_so is False and _is_over(ev, placement, branch):
        return
    for since in became_so(ev, placement.line, placement.n):
        if not waits and not _can_still_be_made(placement, then, since):
            continue
        placement.become(before)
        placement.raise_floor(since.day, since.events(ev))
        _look_at_what_was_known_before(ev, placement, since)
        plan()
        then = _then(ev, placement)
        if then is None or then.chosen.is_so:
            return


def _look_at_what_was_known_before(ev: Evaluation, placement: BeingPlaced, since: Branch) -> None:
    """Without a record that said otherwise, it would have been called for earlier."""
    earlier = branch_of(ev, placement.line, placement.n, since.day - 1)
    if earlier is not None and earlier.chosen.is_so is False:
        placement.looked += earlier.events(ev)
        placement.reach(latest_of(*earlier.chosen.facts))


def _waits_for_its_fact(placement: BeingPlaced) -> bool:
    """True for what is put off to the day of the record: the first of a timeline, and what counts from the one before."""
    line = placement.line
    of_its_own = line.follows is None and not line.pieces
    first = placement.n == line.first_number or bool(line.only_if_of)
    return of_its_own and (first or counts_from_previous(line, placement.n))


def _is_over(ev: Evaluation, placement: BeingPlaced, branch: Branch) -> bool:
    """True for what was left out for good: it had one day only, or a later number was given in its place."""
    line = placement.line
    if branch.only_if.by_value and not counts_from_previous(line, placement.n + 1):
        return True
    numbers = range(placement.n + 1, ev.course.highest.get(line.name, 0) + 1)
    given = (ev.course.about(f"{line.name}.{number}").done for number in numbers)
    later = next((fact for fact in given if fact is not None), None)
    if later is None:
        return False
    placement.looked += ev.events(later)
    placement.reach(latest_of(later))
    return True


def _can_still_be_made(placement: BeingPlaced, then: Branch | None, since: Branch) -> bool:
    """True for a visit of which nobody knew on its day, while its window is open."""
    if placement.line.role is Role.TREATMENT or then is None or then.chosen.is_so is not None:
        return False
    return placement.day is not None and placement.last is not None and placement.day < since.day <= placement.last


def _day_to_judge(ev: Evaluation, placement: BeingPlaced) -> Day | None:
    """The day that it is booked for, else the first on which anything is given or done; None while it has no day."""
    booked = ev.course.about(placement.id).booked
    return cast(Booked, booked.event).to.toordinal() if booked is not None else _first_dosing_day(placement)


def _then(ev: Evaluation, placement: BeingPlaced) -> Branch | None:
    """What it hangs on as it was known on its day; None while it has no day."""
    day = _day_to_judge(ev, placement)
    return branch_of(ev, placement.line, placement.n, day) if day is not None else None


def come_after_what_was_left_out(ev: Evaluation, placement: BeingPlaced) -> None:
    """Where a fact left out the number before it, this one is the next: not before that was known."""
    line, n = placement.line, placement.n
    timing = line.timing(n) if line.only_if_of else None
    if timing is None or getattr(timing.moment, "which", None) is not Relative.PREVIOUS:
        return
    while n > line.first_number and (before := ev.place(line, n - 1)).not_for_patient:
        branch = _what_left_it_out(ev, before)
        if branch is not None:
            placement.raise_floor(branch.day, branch.events(ev))
        placement.looked += (ev.after(before.id),)
        placement.reach(before.latest)
        n -= 1


def _what_left_it_out(ev: Evaluation, before: Placement) -> Branch | None:
    """What was known on its day, where that said no; else the first record since then that says it: said again, it is not new."""
    judged = before.judged_on
    then = branch_of(ev, before.line, before.n, judged) if judged is not None else None
    if then is not None and then.chosen.is_so is False:
        return then
    return no_longer_so(ev, before.line, before.n, judged or 0)


def take_branch(ev: Evaluation, placement: BeingPlaced, branch: Branch) -> None:
    """Plan what was called for on its day, leave out what was not, and wait while nobody knows."""
    day = _day_to_judge(ev, placement)
    then = (
        branch_of(ev, placement.line, placement.n, day) if placement.standing is PLANNED and day is not None else None
    )
    is_so = branch.chosen.is_so if then is None or then.chosen.is_so is None else then.chosen.is_so
    if placement.standing is BEYOND:
        return
    if placement.standing is CANCELLED and is_so is not False:
        # It ended for another reason; by what was recorded before, it may not have been for this patient at all.
        placement.looked += (*branch.events(ev), *(ev.event(number) for number in branch.struck))
        placement.reach(max((latest_of(*branch.chosen.facts), *branch.struck)))
        return
    by = branch if then is None or then.chosen.is_so is None else then
    placement.looked += tuple(ev.event(number) for number in branch.struck)
    placement.reach(max((latest_of(*by.chosen.facts), *branch.struck)))
    cited: tuple[Reason, ...] = (branch.only_if.clause, *by.events(ev))
    if is_so:
        placement.set_by += cited
        if by is not then and day is not None:
            _give_nothing_in_the_past(ev, placement, branch, day)
    elif is_so is None:
        placement.standing = PENDING
        asked = tuple(Unknown(Quoted(fact.record, "en")) for fact in branch.chosen.missing)
        placement.set_by += (*cited, *asked)
    else:
        _leave_out(placement, cited)
        placement.judged_on = day


def _give_nothing_in_the_past(ev: Evaluation, placement: BeingPlaced, branch: Branch, day: Day) -> None:
    """What was due before it was known to be called for is not planned any more; a person decides what is done.

    What was recorded or booked stands, and so does what has a clock of its own: that waits for the day of the record.
    """
    facts = ev.course.about(placement.id)
    spoken_for = any((facts.done, facts.not_done, facts.booked, facts.delayed))
    if placement.standing is not PLANNED or spoken_for:
        return
    placement.standing, placement.judged_on = CANCELLED, day
    about: dict[str, Value] = {
        "entry": Code(placement.id),
        "day": Code(f"{civil_date(day)}"),
        "rule": Quoted(branch.only_if.clause.text, "en"),
    }
    if placement.line.role is Role.TREATMENT:
        message = said("{entry} was to begin on {day}, and what it hangs on was recorded later: {rule}", **about)
        hint = said("it is not planned any more: the investigator decides: record what is given, or book a day for it")
    else:
        message = said("{entry} was due on {day}, and what it hangs on was recorded later: {rule}", **about)
        hint = said("it is not planned any more: record it where it was done all the same, or book a day for it")
    numbers = tuple(number for fact in branch.chosen.facts for number in fact.numbers)
    placement.findings += (Finding.of("known-too-late", Severity.WARNING, message, hint, None, placement.id, numbers),)


def _first_dosing_day(placement: BeingPlaced) -> Day | None:
    if placement.day is None or not placement.line.has_days:
        return placement.day
    ranges = dosing_ranges(placement.line, placement.n)
    return placement.day + ranges[0][0] - 1 if ranges else placement.day


def _leave_out(placement: BeingPlaced, cited: tuple[Reason, ...]) -> None:
    placement.cancel(*cited)
    placement.lose_its_dates()
    placement.flags = (Flag.NOT_FOR_PATIENT,)


def left_out_with_another(ev: Evaluation, placement: BeingPlaced) -> None:
    """What counts from something that is not for this patient, and from nothing else, is not for this patient either."""
    if placement.standing is CANCELLED and placement.day is None and not placement.not_for_patient:
        others = (ev.placed.get(reason.entry) for reason in placement.set_by if isinstance(reason, After))
        if any(other is not None and other.not_for_patient for other in others):
            placement.flags += (Flag.NOT_FOR_PATIENT,)


def flag_not_called_for(ev: Evaluation, placement: BeingPlaced) -> None:
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
    message = _was_not_called_for(
        placement.line.role is Role.TREATMENT,
        branch.chosen.is_so is False,
        entry=Code(placement.id),
        day=Code(f"{civil_date(placement.day)}"),
        rule=Quoted(branch.only_if.clause.text, "en"),
    )
    numbers = tuple(number for fact in branch.chosen.facts for number in fact.numbers)
    hint = said("record the fact with the day on which it was known, or say why in the record")
    placement.findings += (Finding.of(NOT_FOR_PATIENT, Severity.WARNING, message, hint, None, placement.id, numbers),)


def _was_not_called_for(is_dose: bool, is_not_so: bool, **about: Value) -> Said:
    if is_dose and is_not_so:
        return said("{entry} was given on {day}: {rule}, and that is not so", **about)
    if is_dose:
        return said("{entry} was given on {day}: {rule}, and that was not recorded by then", **about)
    if is_not_so:
        return said("{entry} was done on {day}: {rule}, and that is not so", **about)
    return said("{entry} was done on {day}: {rule}, and that was not recorded by then", **about)
