"""Computing one date, in this order: nominal and floors, window, open day, holds, booking, record, and what ends it.

1. The timing applied to its moment is the *nominal* day. Every wait, delay and failed attempt is a *floor*. The *ideal* day is
   the latest of all these.
2. The *window* runs from nominal less the early days, but not before the floors, to ideal plus the late days.
3. The *planned* day is the open day that the timeline's rule picks inside the window (`choosing`).
4. Inside a hold, the resume is one more floor: again from 1.
5. A *booked* day replaces the planned one; where it breaks a floor or a hold it is void.
6. The *actual* day wins over all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from scheduler.calendar.answers import Answer, State
from scheduler.calendar.because import Reason, Unknown
from scheduler.calendar.choosing import Choice, Fallback, choose_day
from scheduler.calendar.endings import end_or_cancel, is_beyond_its_number
from scheduler.calendar.entry import Flag
from scheduler.calendar.evaluation import Evaluation, latest_of
from scheduler.calendar.moments import edge_answer, nominal, piece_of, wait_answer
from scheduler.calendar.open_days import block_days, together_days
from scheduler.calendar.placement import LAST, Placement, Standing, entry_id
from scheduler.calendar.pulling import occurrences
from scheduler.dates import Day
from scheduler.findings import Finding, Severity
from scheduler.patient.course import EntryFacts, Hold
from scheduler.protocol.moments import Named
from scheduler.protocol.plan import IfClosed, NotDone, Timeline, Timing
from scheduler.site.open_days import OpenDays


@dataclass(slots=True)
class _Floor:
    """The latest of all waits so far, and what set it."""

    day: Day | None = None
    reasons: tuple[Reason, ...] = ()


def place(ev: Evaluation, line: Timeline, n: int, cycle_day: int) -> Placement:
    """Put one occurrence of a timeline where the protocol, the site and the log say."""
    placement = Placement(line, n, cycle_day, entry_id(line, n, cycle_day))
    facts = ev.course.about(placement.id)
    timing = _timing(ev, line, n)
    if timing is None or is_beyond_its_number(ev, placement):
        placement.standing = Standing.BEYOND
    else:
        placement.timing = timing
        _plan(ev, placement, timing, facts)
    if placement.standing in (Standing.PLANNED, Standing.PENDING) and facts.booked is not None:
        _book(ev, placement, facts)
    _record(ev, placement, facts)
    end_or_cancel(ev, placement)
    _look_at_what_was_taken_back(ev, placement, facts)
    return placement


def _timing(ev: Evaluation, line: Timeline, n: int) -> Timing | None:
    if n == LAST:
        return line.last
    timing = line.timing(n)
    if timing is None and line.pieces and n >= line.first_number:
        return piece_of(ev, line, n)[0] if len(line.pieces) > 1 else line.pieces[0]
    return timing


def _plan(ev: Evaluation, placement: Placement, timing: Timing, facts: EntryFacts) -> None:
    """Nominal day, floors, ideal day, window and open day; or what is still unknown."""
    placement.set_by.append(timing.clause)
    floor = _Floor()
    unknown = _wait(ev, placement, timing, floor) if timing.not_before else ()
    rule = nominal(ev, placement.line, timing, placement.n, placement.cycle_day)
    placement.reach(rule.latest)
    placement.looked += rule.looked
    if rule.state is State.NEVER:
        placement.standing = Standing.CANCELLED
        placement.set_by += rule.reasons
    elif rule.state is State.PENDING or unknown:
        placement.standing = Standing.PENDING
        placement.nominal = rule.day if rule.state is State.KNOWN else None
        placement.set_by += (*(rule.reasons if rule.state is State.PENDING else ()), *unknown)
    else:
        placement.nominal = rule.day
        _delay(ev, placement, facts, floor)
        _wait_for_creation(ev, placement, rule, timing)
        _put(ev, placement, timing, rule, floor, facts)


def _wait(ev: Evaluation, placement: Placement, timing: Timing, floor: _Floor) -> tuple[Reason, ...]:
    """Raise the floor to the latest wait. Gives what is unknown of the waits that are still pending."""
    unknown: list[Reason] = []
    for edge in timing.not_before:
        wait = wait_answer(ev, edge, placement.line, placement.n, placement.cycle_day)
        placement.reach(wait.latest)
        placement.looked += wait.looked
        if wait.state is State.PENDING:
            unknown += wait.reasons
        elif wait.state is State.NEVER:
            placement.looked += wait.reasons
        else:
            _raise(placement, floor, wait.day, wait.reasons)
    return tuple(unknown)


def _raise(placement: Placement, floor: _Floor, day: Day, reasons: tuple[Reason, ...]) -> None:
    """Raise the floor; what does not bind was looked at."""
    if floor.day is None or day > floor.day:
        placement.looked += floor.reasons
        floor.day, floor.reasons = day, reasons
    else:
        placement.looked += reasons


def _delay(ev: Evaluation, placement: Placement, facts: EntryFacts, floor: _Floor) -> None:
    """A delay and failed attempts are floors too."""
    if facts.delayed is not None:
        until = cast(Any, facts.delayed.event).until.toordinal()
        placement.reach(latest_of(facts.delayed))
        _raise(placement, floor, until, ev.events(facts.delayed))
    if facts.attempts and placement.line.not_done is NotDone.MOVES:
        last = max(facts.attempts, key=lambda fact: fact.event.on)
        placement.flags.append(Flag.ATTEMPT_FAILED)
        placement.reach(latest_of(*facts.attempts))
        placement.looked += ev.events(*(fact for fact in facts.attempts if fact is not last))
        _raise(placement, floor, last.event.on.toordinal() + 1, ev.events(last))


def _wait_for_creation(ev: Evaluation, placement: Placement, rule: Answer, timing: Timing) -> None:
    """Nothing is planned before the event that creates it; a window that closed before is combined with the visit for it."""
    if rule.created is None:
        return
    placement.created = rule.created
    if timing.late is None or rule.day + timing.late >= rule.created:
        return
    placement.flags.append(Flag.COMBINED)
    visit = _end_of_treatment_visit(ev)
    if visit is not None and visit.day is not None:
        placement.created = visit.day
        placement.reach(visit.latest)
        placement.set_by.append(ev.after(visit.id))


def _end_of_treatment_visit(ev: Evaluation) -> Placement | None:
    for line in ev.plan.timelines.values():
        timing = line.numbered.get(1)
        if timing is not None and timing.moment == Named("end of treatment") and line.single:
            return ev.place(line, 1)
    return None


def _put(ev: Evaluation, placement: Placement, timing: Timing, rule: Answer, floor: _Floor, facts: EntryFacts) -> None:
    """Ideal day, window and open day for what is known now; a hold raises the floor and asks again."""
    if _is_first_dose(ev, timing):
        placement.ideal = placement.day = rule.day
        placement.set_by += rule.reasons
        return
    choice = _out_of_holds(ev, placement, timing, rule, floor, facts)
    if choice is None:
        _set_window(placement, timing, rule.day, floor.day)
    if timing.not_after:
        _respect_ceilings(ev, placement, timing)
        choice = None
    _tell_what_set_it(placement, rule, floor)
    if placement.standing is Standing.PLANNED:
        _take(placement, choice or _choose(ev, placement, timing), _days(ev, placement.line))


def _is_first_dose(ev: Evaluation, timing: Timing) -> bool:
    """A first dose that was given, or planned by a person, stands on its day whatever is closed."""
    if timing.span is not None or timing.every is not None or timing.moment != Named("first dose"):
        return False
    return ev.course.first_dose is not None or ev.course.first_dose_planned is not None


def _set_window(placement: Placement, timing: Timing, day: Day, floor: Day | None) -> None:
    ideal = day if floor is None else max(day, floor)
    placement.ideal = ideal
    if timing.early is not None and timing.late is not None:
        placement.first = day - timing.early if floor is None else max(day - timing.early, floor)
        placement.last = ideal + timing.late


def _out_of_holds(
    ev: Evaluation, placement: Placement, timing: Timing, rule: Answer, floor: _Floor, facts: EntryFacts
) -> Choice | None:
    """Raise the floor past every hold that the planned day falls into. Gives the choice that was made on the way, if any.

    While nobody knows when a hold ends, what would fall into it is pending.
    """
    holds = ev.holds(placement.line)
    if not holds:
        return None
    _set_window(placement, timing, rule.day, floor.day)
    while True:
        choice = _choose(ev, placement, timing)
        day = choice.day
        hold = _hold_on(holds, day) if day is not None else None
        if hold is None:
            break
        placement.reach(latest_of(*hold.facts))
        if hold.end is None:
            if facts.done is None:
                placement.standing = Standing.PENDING
                placement.set_by += (*ev.events(hold.opened), Unknown("when the hold ends"))
            break
        _raise(placement, floor, hold.end, ev.events(*hold.facts))
        _set_window(placement, timing, rule.day, floor.day)
    for hold in holds:
        if day is not None and hold.start <= day:
            placement.looked += ev.events_of_hold(hold)
            placement.reach(latest_of(*hold.facts))
    return choice


def _hold_on(holds: list[Hold], day: Day) -> Hold | None:
    """The hold that a day falls into. One without an end that ends the treatment is no hold but a stop."""
    for hold in holds:
        if hold.start <= day and (day < hold.end if hold.end is not None else not hold.discontinued):
            return hold
    return None


def _respect_ceilings(ev: Evaluation, placement: Placement, timing: Timing) -> None:
    """What must not be after a moment is moved back to it; where that moment never comes, there is nothing to precede."""
    for edge in timing.not_after:
        ceiling = edge_answer(ev, edge, placement.line, placement.n, placement.cycle_day)
        placement.reach(ceiling.latest)
        if ceiling.state is State.NEVER:
            placement.standing = Standing.CANCELLED
            placement.set_by += ceiling.reasons
        elif ceiling.state is State.PENDING or placement.ideal is None or ceiling.day >= placement.ideal:
            placement.looked += ceiling.reasons
            if ceiling.state is State.KNOWN and placement.last is not None:
                placement.last = min(placement.last, ceiling.day)
        else:
            placement.set_by += ceiling.reasons
            placement.ideal = ceiling.day
            placement.last = ceiling.day if placement.last is not None else None
            if placement.first is not None and placement.first > ceiling.day:
                placement.first = ceiling.day


def _tell_what_set_it(placement: Placement, rule: Answer, floor: _Floor) -> None:
    """Of the rule and the floor, the later one set the ideal day; the other was looked at."""
    if floor.day is not None and floor.day > rule.day:
        placement.set_by += floor.reasons
        placement.looked += rule.reasons
    else:
        placement.set_by += rule.reasons
        placement.looked += floor.reasons


def _days(ev: Evaluation, line: Timeline) -> OpenDays:
    """The days on which an occurrence of a timeline can be."""
    found = ev.days.get(line.name)
    if found is None:
        found = ev.site.open_days(line.resource)
        if line.open_days != (1,):
            found = block_days(found, tuple(day - ev.plan.day_one for day in line.open_days))
        if line.together_with is not None:
            other = ev.plan.timelines[line.together_with]
            given_on = frozenset(each.day for each in occurrences(ev, other) if each.day is not None)
            found = together_days(found, given_on, other.name)
        ev.days[line.name] = found
    return found


def _choose(ev: Evaluation, placement: Placement, timing: Timing) -> Choice:
    """The open day for the ideal one, or for the day of the event that created the occurrence, if that is later."""
    assert placement.ideal is not None
    days = _days(ev, placement.line)
    exact = placement.last is None and not timing.open_ended
    last = placement.ideal if exact else placement.last
    first = placement.first if placement.first is not None else placement.ideal
    ideal = placement.ideal
    if placement.created is not None and placement.created > ideal:
        ideal = first = placement.created
        last = max(last, ideal) if last is not None else None
    rule = IfClosed.EARLIER if timing.precedes else placement.line.if_closed
    fallback = Fallback.NONE if timing.precedes else Fallback.BEFORE if timing.not_after else Fallback.AFTER
    return choose_day(days, ideal, first, last, rule, fallback)


def _take(placement: Placement, choice: Choice, days: OpenDays) -> None:
    placement.day = choice.day
    if choice.closed is not None:
        placement.set_by.append(choice.closed)
    if choice.outside:
        placement.findings.append(_no_open_day(placement, choice, days))
        if placement.first is not None and choice.day is not None:
            placement.flags.append(Flag.OUT_OF_WINDOW)
    if choice.day is None:
        placement.standing = Standing.PENDING
        placement.set_by.append(Unknown(f"an open day of {days.resource}"))
    elif days.provisional(choice.day) or (placement.ideal is not None and days.provisional(placement.ideal)):
        placement.flags.append(Flag.PROVISIONAL)


def _no_open_day(placement: Placement, choice: Choice, days: OpenDays) -> Finding:
    where = "in its window" if placement.first is not None else "on its day"
    message = f"no open day of {days.resource} {where}"
    hint = "agree on a day with the site" if choice.day is None else "the nearest open day outside was taken"
    return Finding("no-open-day", Severity.WARNING, message, hint, entry=placement.id)


def _book(ev: Evaluation, placement: Placement, facts: EntryFacts) -> None:
    """A booked day replaces the planned one; outside the window it stands and is flagged; before a floor it is void."""
    fact = facts.booked
    assert fact is not None
    day = cast(Any, fact.event).to.toordinal()
    placement.reach(latest_of(fact))
    obstacle = _obstacle(ev, placement, day)
    if obstacle is not None:
        placement.looked += ev.events(fact)
        message = f"the booking is void: {obstacle}"
        finding = Finding(
            "booking-void", Severity.WARNING, message, "book another day", None, placement.id, fact.numbers
        )
        placement.findings.append(finding)
        return
    placement.standing = Standing.PLANNED
    placement.looked += placement.set_by
    placement.set_by = [*ev.events(fact)]
    placement.day, placement.time = day, fact.event.at
    placement.flags = [flag for flag in placement.flags if flag is not Flag.OUT_OF_WINDOW]
    placement.findings = [finding for finding in placement.findings if finding.code != "no-open-day"]
    placement.flags.append(Flag.BOOKED)
    _flag_outside(placement)


def _obstacle(ev: Evaluation, placement: Placement, day: Day) -> str | None:
    if placement.timing is not None and placement.ideal is not None and placement.nominal is not None:
        earliest = placement.ideal if placement.ideal > placement.nominal else None
        if earliest is not None and day < earliest:
            return "it lies before what this waits for"
        for edge in placement.timing.not_before:
            wait = wait_answer(ev, edge, placement.line, placement.n, placement.cycle_day)
            if wait.state is State.KNOWN and day < wait.day:
                return f"it lies before {edge.words}"
    if _hold_on(ev.holds(placement.line), day) is not None:
        return "it falls into a hold"
    return None


def _record(ev: Evaluation, placement: Placement, facts: EntryFacts) -> None:
    """What was recorded wins over all."""
    if facts.done is not None:
        fact = facts.done
        placement.standing = Standing.DONE
        placement.reach(latest_of(fact))
        placement.looked += placement.set_by
        placement.set_by = [*ev.events(fact)]
        placement.day = fact.event.on.toordinal()
        placement.time = fact.event.at
        placement.findings.clear()
        if placement.flags:
            kept = (Flag.ATTEMPT_FAILED, Flag.COMBINED)
            placement.flags = [flag for flag in placement.flags if flag in kept]
        _flag_outside(placement)
        if _hold_on(ev.holds(placement.line), placement.day) is not None:
            placement.flags.append(Flag.GIVEN_DURING_HOLD)
    elif facts.not_done is not None and placement.line.not_done is not NotDone.MOVES:
        fact = facts.not_done
        placement.standing = Standing.NOT_DONE
        placement.reach(latest_of(fact))
        placement.set_by += ev.events(fact)
        if placement.day is None:
            placement.day = fact.event.on.toordinal()


def _flag_outside(placement: Placement) -> None:
    if placement.day is None or placement.first is None or placement.last is None:
        return
    if not placement.first <= placement.day <= placement.last:
        placement.flags.append(Flag.OUT_OF_WINDOW)


def _look_at_what_was_taken_back(ev: Evaluation, placement: Placement, facts: EntryFacts) -> None:
    """Without the events that struck or corrected something here, the occurrence would stand otherwise."""
    numbers = list(facts.withdrawn)
    day = placement.day
    for gone in ev.course.taken_back:
        bears = gone.treatment in ("", placement.line.name) and (day is None or gone.day <= day)
        if bears:
            numbers += gone.by
    placement.looked += [ev.event(number) for number in numbers]
    if numbers:
        placement.reach(max(numbers))
