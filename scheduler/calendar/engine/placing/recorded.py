"""What people made of the plan: a booked day replaces the planned one, and what was recorded wins over all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from scheduler.calendar.engine.dosing.first_tablets import day_one_by, day_one_by_appointment
from scheduler.calendar.engine.evaluation.being_placed import BeingPlaced
from scheduler.calendar.engine.evaluation.branches import branch_of
from scheduler.calendar.engine.evaluation.circumstances import Bearing, hold_on
from scheduler.calendar.engine.evaluation.ended_early import Stop
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of, look_at_holds
from scheduler.calendar.engine.evaluation.occurrences import counts_from_previous
from scheduler.calendar.engine.evaluation.placement import DONE, NOT_DONE, PLANNED
from scheduler.calendar.engine.moments.fractions_of_a_day import (
    before_it,
    goes_on_the_day_before,
    has_room,
    makes_one_up,
)
from scheduler.calendar.engine.moments.waits import wait_answer
from scheduler.calendar.engine.placing.by_the_clock import last_over
from scheduler.calendar.engine.placing.cancelled.cancelling import transfers_of
from scheduler.calendar.engine.placing.routine_care import mark_routine_care
from scheduler.calendar.entries.entry import Flag
from scheduler.dates import Day, civil_date
from scheduler.findings import Finding, Severity
from scheduler.patient.course import EntryFacts
from scheduler.patient.log import Fact
from scheduler.protocol.plan.study import NotDone, Role
from scheduler.said import Code, Quoted, Said, Value, said

_MOVES = NotDone.MOVES
_TREATMENT = Role.TREATMENT


def book(ev: Evaluation, placement: BeingPlaced, facts: EntryFacts, bearing: Bearing) -> None:
    """A booked day replaces the planned one; outside the window it stands and is flagged; before a floor it is void."""
    fact = facts.booked
    assert fact is not None
    day = day_one_by_appointment(ev, placement.line, placement.n, fact)
    placement.reach(latest_of(fact))
    obstacle = _obstacle(ev, placement, day, bearing) or _too_soon(placement, day, fact.event.at)
    if obstacle is not None:
        placement.looked += ev.events(fact)
        message, hint = said("the booking is void: {obstacle}", obstacle=obstacle), said("book another day")
        finding = Finding.of("booking-void", Severity.WARNING, message, hint, None, placement.id, fact.numbers)
        placement.findings += (finding,)
        return
    placement.standing = PLANNED
    look_at_holds(ev, placement, bearing.holds, day)
    placement.looked = (*placement.set_by, *placement.looked)
    placement.set_by = ev.events(fact)
    placement.day, placement.time = day, fact.event.at
    last = last_over(placement, day)
    placement.earliest = last.time if last is not None and placement.time is None else None
    placement.flags = tuple(flag for flag in placement.flags if flag is not Flag.OUT_OF_WINDOW)
    placement.findings = tuple(finding for finding in placement.findings if finding.code != "no-open-day")
    placement.flags += (Flag.BOOKED,)
    flag_outside(placement)
    placement.findings += tuple(_closed_at_another_site(ev, placement, fact, bearing))


def _closed_at_another_site(
    ev: Evaluation, placement: BeingPlaced, booked: Fact, bearing: Bearing
) -> Iterator[Finding]:
    """An appointment that was made before the patient came to another site, which is closed on that day."""
    day = placement.day or 0
    since = [fact for fact in transfers_of(ev) if fact.number > booked.number and fact.day <= day]
    if not since or bearing.days.is_open(day):
        return
    following = bearing.days.first_open(day)
    message = said(
        "{entry} was booked for {day} before the patient came to another site, which is closed on that day",
        entry=Code(placement.id),
        day=Code(f"{civil_date(day)}"),
    )
    hint = (
        said("book another day; the next open day is {day}", day=Code(f"{civil_date(following)}"))
        if following is not None
        else said("book another day")
    )
    numbers = (*booked.numbers, *since[-1].numbers)
    yield Finding.of("booked-where-closed", Severity.WARNING, message, hint, None, placement.id, numbers)


def stay_on_booked_day(ev: Evaluation, placement: BeingPlaced, fact: Fact) -> None:
    """What was booked and will not be, because its chain has ended, stays on its booked day: somebody may come."""
    placement.day, placement.time, placement.earliest = cast(Any, fact.event).to.toordinal(), fact.event.at, None
    placement.flags += (Flag.BOOKED,)
    placement.looked += ev.events(fact)
    placement.reach(latest_of(fact))


def _obstacle(ev: Evaluation, placement: BeingPlaced, day: Day, bearing: Bearing) -> Value | None:
    branch = branch_of(ev, placement.line, placement.n)
    if branch is not None and branch.chosen.missing:
        return said("it waits for {what}", what=Quoted(branch.chosen.missing[0].record, "en"))
    waits = _what_it_waits_for(ev, placement, day)
    if waits is not None:
        return waits
    delayed = ev.course.about(placement.id).delayed
    if delayed is not None and day < cast(Any, delayed.event).until.toordinal():
        return said("it lies before the day that the start was put off to")
    if counts_from_previous(placement.line, placement.n):
        previous = ev.place(placement.line, placement.n - 1)
        first = previous.day + (0 if _has_room(ev, placement) else 1) if previous.day is not None else day
        if day < first:
            return said("it does not lie after {entry}", entry=Code(previous.id))
    hold = hold_on(bearing.holds, day)
    if hold is not None:
        placement.looked += ev.events_of_hold(hold)
        placement.reach(latest_of(*hold.facts))
        return said("it falls into a hold")
    return None


def _too_soon(placement: BeingPlaced, day: Day, at: str | None) -> Said | None:
    last = last_over(placement, day)
    if last and at and at < last.time:
        return said("it lies before {time}, until when it has to wait", time=Code(last.time))
    return None


def _what_it_waits_for(ev: Evaluation, placement: BeingPlaced, day: Day) -> Value | None:
    """A floor, a wait or a value that an appointment on that day would break."""
    if placement.timing is not None:
        if placement.ideal is not None and placement.nominal is not None and day < placement.ideal > placement.nominal:
            return said("it lies before what this waits for")
        for edge in placement.timing.not_before:
            wait = wait_answer(ev, edge, placement.line, placement.n, placement.cycle_day)
            if wait.day is not None and day < wait.day:
                return said("it lies before {moment}", moment=Quoted(edge.words, "en"))
            if wait.is_pending and placement.line.role is _TREATMENT:
                return said("nobody knows yet when it is {moment}", moment=Quoted(edge.words, "en"))
    return placement.fails[0] if placement.fails else _what_its_cycle_waits_for(ev, placement, day)


def _what_its_cycle_waits_for(ev: Evaluation, placement: BeingPlaced, day: Day) -> Value | None:
    """The same of the cycle that a drug is timed on: its values are those of all its drugs."""
    follows = placement.line.follows
    parent = ev.plan.timelines[follows.timeline] if follows is not None else None
    if parent is None or parent.role is not Role.CYCLES or not parent.goes_on:
        return None
    cycle = ev.place(parent, placement.n)
    if cycle.standing is DONE:
        return None
    if cycle.fails:
        return cycle.fails[0]
    waited = cycle.ideal is not None and cycle.nominal is not None and cycle.ideal > cycle.nominal
    if waited and cycle.ideal is not None and day < cycle.ideal:
        return said("it lies before what {cycle} waits for", cycle=Code(cycle.id))
    return None


def _has_room(ev: Evaluation, placement: BeingPlaced) -> bool:
    line, timing = placement.line, placement.timing
    if makes_one_up(ev, placement):
        return True
    return (
        timing is not None and goes_on_the_day_before(line, timing) and has_room(line, before_it(ev, line, placement.n))
    )


def record(ev: Evaluation, placement: BeingPlaced, facts: EntryFacts, bearing: Bearing) -> None:
    """What was recorded as done wins over all; what was not done closes the occurrence on its planned day."""
    if facts.done is not None:
        _done(ev, placement, facts, bearing)
    elif facts.not_done is not None and placement.line.not_done is not _MOVES:
        fact = facts.not_done
        placement.earliest = None
        placement.standing = NOT_DONE
        placement.reach(latest_of(fact))
        placement.set_by = (*ev.events(fact), *placement.set_by)
        if placement.day is None:
            placement.day = fact.day
        elif _waited_until_the_end(ev, placement, fact, bearing.stop):
            placement.day, placement.ideal, placement.first, placement.last = fact.day, None, None, None
            placement.looked = (*placement.set_by, *placement.looked)
            placement.set_by = ev.events(fact)


def _waited_until_the_end(ev: Evaluation, placement: BeingPlaced, fact: Fact, stop: Stop | None) -> bool:
    """True for what was written off while nobody knew its day, and whose wait only the end of its treatment ended."""
    if stop is None or placement.day is None or placement.day < stop.day or fact.day >= stop.decided:
        return False
    return any(event in placement.floor_reasons for event in ev.events(stop.fact))


def _done(ev: Evaluation, placement: BeingPlaced, facts: EntryFacts, bearing: Bearing) -> None:
    fact, others = _that_counts(placement, facts)
    placement.standing = DONE
    placement.reach(latest_of(fact, *others))
    placement.looked = (*placement.set_by, *placement.looked, *ev.events(*others))
    placement.set_by = ev.events(fact, *facts.rest)
    placement.reach(latest_of(*facts.rest))
    placement.day = day_one_by(ev, placement.line, placement.n, fact)
    placement.time, placement.earliest = fact.event.at, None
    placement.findings = ()
    if placement.flags:
        kept = (Flag.ATTEMPT_FAILED, Flag.COMBINED)
        placement.flags = tuple(flag for flag in placement.flags if flag in kept)
    flag_outside(placement)
    if placement.line.before_consent is not None:
        mark_routine_care(ev, placement, fact)
    hold = hold_on(bearing.holds, fact.day) if bearing.holds else None
    if hold is not None:
        placement.flags += (Flag.AFTER_END if hold.is_end else Flag.GIVEN_DURING_HOLD,)
        placement.looked += ev.events_of_hold(hold)
        placement.reach(latest_of(*hold.facts))
    if bearing.holds:
        look_at_holds(ev, placement, bearing.holds, fact.day)


def _that_counts(placement: BeingPlaced, facts: EntryFacts) -> tuple[Fact, tuple[Fact, ...]]:
    """What was done, and what was done before: of the scans of several screenings the last in the window is the baseline."""
    assert facts.done is not None
    if not facts.done_before:
        return facts.done, ()
    done = (*facts.done_before, facts.done)
    first, last = placement.first, placement.last
    valid = [each for each in done if first is not None and last is not None and first <= each.day <= last]
    counts = (valid or done)[-1]
    return counts, tuple(each for each in done if each is not counts)


def flag_outside(placement: BeingPlaced) -> None:
    """Flag what lies outside its window."""
    if placement.day is None or placement.first is None or placement.last is None:
        return
    if not placement.first <= placement.day <= placement.last:
        placement.flags += (Flag.OUT_OF_WINDOW,)
