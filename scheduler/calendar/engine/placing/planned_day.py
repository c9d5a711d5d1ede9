"""The planned day: ideal day and window, out of every hold, under every ceiling, on an open day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from scheduler.calendar.engine.evaluation.answers import Answer
from scheduler.calendar.engine.evaluation.being_placed import BeingPlaced
from scheduler.calendar.engine.evaluation.circumstances import Bearing, hold_on, is_held_until_after
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of, look_at_holds
from scheduler.calendar.engine.evaluation.one_chain import is_unused
from scheduler.calendar.engine.evaluation.placement import CANCELLED, PENDING, PLANNED
from scheduler.calendar.engine.moments.answering import answer, edge_answer
from scheduler.calendar.engine.placing.cancelled.left_out import leave_out_while_held, on_a_clock
from scheduler.calendar.engine.placing.choosing import Choice, Fallback, choose_day
from scheduler.calendar.engine.placing.waits.early_fractions import began_with_another, miss_what_had_to_precede
from scheduler.calendar.engine.placing.waits.values_awaited import values_asked, wait_for_values
from scheduler.calendar.engine.placing.window import earliest_day, latest_day
from scheduler.calendar.entries.because import Reason, Step, Unknown
from scheduler.calendar.entries.entry import Flag
from scheduler.dates import Day, Unit, civil_date
from scheduler.findings import Finding, Severity
from scheduler.patient.course import EntryFacts, Hold
from scheduler.protocol.plan.study import IfClosed, NotDone
from scheduler.protocol.plan.times.moments import Edge, Named
from scheduler.protocol.plan.times.timing import Timing
from scheduler.said import Code, Quoted, Said, said
from scheduler.site.open_days import OpenDays

NO_DAY_LEFT = "no-day-left"
"""What may not be before one day and not after an earlier one: no day keeps both."""

_FIRST_DOSE = Named("first dose")
_EARLIER = IfClosed.EARLIER
_LOST = NotDone.LOST
_PROVISIONAL = Flag.PROVISIONAL
_NONE, _BEFORE, _AFTER = Fallback.NONE, Fallback.BEFORE, Fallback.AFTER


def put_on_planned_day(
    ev: Evaluation,
    placement: BeingPlaced,
    timing: Timing,
    nominal: Day,
    rule: tuple[Reason, ...],
    facts: EntryFacts,
    bearing: Bearing,
) -> None:
    """Ideal day, window and open day for what is known now; a hold raises the floor and asks again."""
    placement.stands = timing.span is None and _is_first_dose(ev, timing)
    _set_window(placement, timing, nominal, ev.site.usual)
    if _rests_on_unpublished(ev, placement, timing) and not bearing.days.provisional(placement.ideal or nominal):
        placement.flags += (_PROVISIONAL,)
    holds = () if on_a_clock(ev, placement) else bearing.holds
    if not timing.not_after and facts.booked is None and _is_free(placement, bearing):
        placement.day = placement.ideal
        if bearing.holds:
            look_at_holds(ev, placement, bearing.holds, placement.ideal or nominal)
        _tell_what_set_it(placement, rule, nominal)
        if bearing.days.provisional(placement.ideal or nominal):
            placement.flags += (_PROVISIONAL,)
        return
    waits = bool(holds) or values_asked(placement) is not None
    leave = _leave_holds(ev, placement, timing, nominal, facts, bearing, holds) if waits else None
    choice = leave or _choose(placement, timing, bearing.days)
    if timing.not_after:
        _respect_ceilings(ev, placement, timing)
        choice = _choose(placement, timing, bearing.days)
    _tell_what_set_it(placement, rule, nominal)
    if placement.standing is PLANNED:
        _take(placement, choice, bearing.days)
    if bearing.holds and not holds and facts.done is None:
        leave_out_while_held(ev, placement, bearing.holds)


def _is_first_dose(ev: Evaluation, timing: Timing) -> bool:
    """A first dose that was given, or planned by a person, stands on its day whatever is closed."""
    if timing.every is not None or timing.moment != _FIRST_DOSE:
        return False
    return ev.course.first_dose is not None or ev.course.first_dose_planned is not None


def _is_free(placement: BeingPlaced, bearing: Bearing) -> bool:
    """True where the ideal day is open and in no hold, so that there is nothing to choose."""
    ideal = placement.ideal
    if (
        ideal is None
        or values_asked(placement) is not None
        or placement.created is not None
        or not bearing.days.is_open(ideal)
    ):
        return False
    return not bearing.holds or hold_on(bearing.holds, ideal) is None


def _rests_on_unpublished(ev: Evaluation, placement: BeingPlaced, timing: Timing) -> bool:
    """True where working days are counted into a year whose public holidays are not published."""
    counts = timing.in_open_days or (timing.span is not None and timing.span.unit is Unit.WORKING_DAYS)
    last = placement.last if placement.last is not None else placement.ideal
    return counts and last is not None and ev.site.usual.provisional(last)


def _set_window(placement: BeingPlaced, timing: Timing, day: Day, working_days: OpenDays) -> None:
    """The window runs from nominal less the early days, but not before the floor, to ideal plus the late days."""
    floor = placement.floor
    placement.ideal = ideal = day if floor is None or day > floor else floor
    early, late = placement.window_days or (timing.early, timing.late)
    if early is not None and late is not None:
        earliest = earliest_day(timing, day, early, working_days)
        placement.first = earliest if floor is None or earliest > floor else floor
        placement.last = latest_day(timing, ideal, late, working_days)


def _leave_holds(
    ev: Evaluation,
    placement: BeingPlaced,
    timing: Timing,
    nominal: Day,
    facts: EntryFacts,
    bearing: Bearing,
    holds: Sequence[Hold],
) -> Choice:
    """Raise the floor past every hold that the planned day falls into, then past every value that fails; choose the day then.

    While nobody knows when a hold ends, what would fall into it is pending. What was given or written off before a hold
    ended did not wait for it.
    """
    closed = facts.done if facts.done is not None else facts.not_done if placement.line.not_done is _LOST else None
    closed_on = closed.day if closed is not None else None
    booked = cast(Any, facts.booked.event).to.toordinal() if facts.booked is not None and closed is None else None
    while True:
        choice = _choose(placement, timing, bearing.days)
        day = choice.day
        if (
            holds
            and day is not None
            and booked is not None
            and booked > day
            and hold_on(bearing.holds, booked) is not None
        ):
            # A booking that falls into a hold is void: it had put the occurrence off, so it is not planned before the hold.
            day, booked = booked, None
        hold = hold_on(bearing.holds, day) if holds and day is not None else None
        if hold is None:
            kept = booked if booked is not None and booked >= (placement.floor or booked) else day
            if kept is None or not wait_for_values(ev, placement, kept, closed_on):
                break
            _set_window(placement, timing, nominal, ev.site.usual)
            continue
        placement.reach(latest_of(*hold.facts))
        if closed_on is not None and is_held_until_after(bearing.holds, day or 0, closed_on):
            break
        if hold.end is None:
            placement.standing = PENDING
            placement.set_by += (*ev.events(hold.opened), Unknown(said("when the hold ends")))
            break
        placement.raise_floor(hold.end, ev.events_of_hold(hold))
        _set_window(placement, timing, nominal, ev.site.usual)
    if holds and day is not None:
        look_at_holds(ev, placement, bearing.holds, day)
    return choice


def _respect_ceilings(ev: Evaluation, placement: BeingPlaced, timing: Timing) -> None:
    """What must not be after a moment is moved back to it; where that moment never comes, there is nothing to precede."""
    for edge in timing.not_after:
        ceiling = edge_answer(ev, edge, placement.line, placement.n, placement.cycle_day)
        took_place = answer(ev, edge.moment, placement.n).day
        began = began_with_another(ev, edge, placement.line, ceiling)
        if began is not None:
            ceiling, took_place = began, began.counted.start if began.counted is not None else began.day
            placement.looked += began.looked
        placement.reach(ceiling.latest)
        if ceiling.day is not None:
            placement.steps += (Step(edge.moment, ceiling.reasons, ceiling.counted, ceiling.day, edge.words),)
        if ceiling.never and is_given_up(ev, edge):
            placement.looked += ceiling.reasons
        elif ceiling.never:
            placement.standing = CANCELLED
            placement.set_by += ceiling.reasons
        elif ceiling.day is None or placement.ideal is None or ceiling.day >= placement.ideal:
            placement.looked += ceiling.reasons
            if ceiling.day is not None and placement.last is not None:
                placement.last = min(placement.last, ceiling.day)
        else:
            _come_by(ev, placement, edge, ceiling, took_place)


def _come_by(ev: Evaluation, placement: BeingPlaced, edge: Edge, ceiling: Answer, took_place: Day | None) -> None:
    """Come by a day that is earlier than the ideal one: on it, unless it is too late for that, or too early."""
    latest = cast(Day, ceiling.day)
    is_limit = edge.span is not None and edge.sign > 0
    # How long after something is the latest: that took place before, so there is nothing to precede.
    if not is_limit and miss_what_had_to_precede(ev, placement, ceiling, took_place):
        return
    earliest = placement.first if is_limit and placement.first is not None else placement.floor
    if earliest is not None and earliest > latest and _awaits_a_day(ev, placement, earliest, edge, ceiling):
        return
    placement.set_by += ceiling.reasons
    placement.ideal = latest
    placement.last = latest if placement.last is not None else None
    if placement.first is not None and placement.first > latest:
        placement.first = latest


def _awaits_a_day(ev: Evaluation, placement: BeingPlaced, earliest: Day, edge: Edge, ceiling: Answer) -> bool:
    """Whether a person decides: what may not be before one day and not after an earlier one has no day that is allowed."""
    facts = ev.course.about(placement.id)
    if facts.done is not None or facts.booked is not None or facts.not_done is not None:
        return False
    first, last = Code(str(civil_date(earliest))), Code(str(civil_date(cast(Day, ceiling.day))))
    days = said("not before {first}, and not after {edge}, {last}", first=first, edge=Quoted(edge.words), last=last)
    binding = placement.floor_reasons if earliest == placement.floor else ()
    placement.standing = PENDING
    placement.set_by += (*binding, *ceiling.reasons, Unknown(said("a decision about its day: {days}", days=days)))
    what = placement.line.name if placement.line.name in ev.plan.dates else placement.id
    message = said("no day is left for {what}: {days}", what=Code(what), days=days)
    hint = said("the investigator decides: record its day once it is agreed or done, or why it is left out")
    placement.findings += (Finding.of(NO_DAY_LEFT, Severity.WARNING, message, hint, entry=placement.id),)
    return True


def is_given_up(ev: Evaluation, edge: Edge) -> bool:
    """True when what must be preceded never comes because its treatment ended: until that day, this is still planned.

    A number that no dose has never comes either, but the dose that took its place did: there is nothing left to precede.
    """
    timeline, which = getattr(edge.moment, "timeline", None), getattr(edge.moment, "which", None)
    if timeline is None or ev.stop(ev.plan.timelines[timeline]) is None:
        return False
    return not isinstance(which, int) or not is_unused(ev.place(ev.plan.timelines[timeline], which))


def _tell_what_set_it(placement: BeingPlaced, rule: tuple[Reason, ...], nominal: Day) -> None:
    """Of the rule and the floor, the later one set the ideal day; the other was looked at, and both where a value fails."""
    if placement.floor is not None and placement.floor > nominal:
        placement.set_by += placement.floor_reasons
        placement.looked += rule
    elif placement.fails:
        placement.looked += (*rule, *placement.floor_reasons)
        return
    else:
        placement.set_by += rule
        placement.looked += placement.floor_reasons
    if placement.combined_with is not None:
        placement.set_by += (placement.combined_with,)


def _choose(placement: BeingPlaced, timing: Timing, days: OpenDays) -> Choice:
    """The open day for the ideal one, or for the day of the event that created the occurrence, if that is later."""
    ideal = placement.ideal
    assert ideal is not None
    if _ideal_is_open(placement, days):
        return Choice(ideal)
    exact = placement.last is None and not timing.open_ended
    last = ideal if exact else placement.last
    first = placement.first if placement.first is not None else ideal
    if placement.created is not None and placement.created > first:
        first = placement.created
        ideal = max(ideal, first)
        last = max(last, ideal) if last is not None else None
    if days.is_open(ideal) or (placement.stands and ideal == placement.nominal):
        return Choice(ideal)
    rule = _EARLIER if timing.precedes else placement.line.if_closed
    fallback = _NONE if timing.precedes else _BEFORE if timing.not_after else _AFTER
    return choose_day(days, ideal, first, last, rule, fallback)


def _ideal_is_open(placement: BeingPlaced, days: OpenDays) -> bool:
    """True where there is nothing to choose. What an event creates is not planned before that event."""
    return placement.created is None and placement.ideal is not None and days.is_open(placement.ideal)


def _take(placement: BeingPlaced, choice: Choice, days: OpenDays) -> None:
    placement.day = choice.day
    if choice.closed is not None:
        placement.set_by += (choice.closed,)
    if choice.outside:
        placement.findings += (_no_open_day(placement, choice, days),)
        if placement.first is not None and choice.day is not None:
            placement.flags += (Flag.OUT_OF_WINDOW,)
    if choice.day is None:
        placement.standing = PENDING
        placement.set_by += (Unknown(said("an open day of {resource}", resource=Code(days.resource))),)
    elif days.provisional(choice.day) or (choice.closed is not None and days.provisional(placement.ideal or 0)):
        placement.flags += (_PROVISIONAL,)


def _no_open_day(placement: BeingPlaced, choice: Choice, days: OpenDays) -> Finding:
    message = _where_all_is_closed(placement, choice, days)
    return Finding.of(
        "no-open-day", Severity.WARNING, message, _which_day_was_taken(placement, choice), entry=placement.id
    )


def _where_all_is_closed(placement: BeingPlaced, choice: Choice, days: OpenDays) -> Said:
    """The days that were asked: a start that is never early asks none before its ideal day, though they may be open."""
    ideal, last, resource = placement.ideal, placement.last, Code(placement.line.resource)
    if placement.first is None or ideal is None:
        return said("no open day of {resource} on its day", resource=resource)
    if days.first_open(placement.first, ideal if last is None else last) is None:
        return said("no open day of {resource} in its window", resource=resource)
    if placement.created is not None and placement.created > ideal:
        return said("no open day of {resource} in what is left of its window", resource=resource)
    if choice.day is None or choice.day > ideal:
        return said("no open day of {resource} in its window from its ideal day on", resource=resource)
    return said("no open day of {resource} in its window up to its ideal day", resource=resource)


def _which_day_was_taken(placement: BeingPlaced, choice: Choice) -> Said:
    if choice.day is None or placement.ideal is None:
        return said("agree on a day with the site")
    if choice.day > placement.ideal:
        return said("the first open day after it was taken")
    return said("the last open day before it was taken")
