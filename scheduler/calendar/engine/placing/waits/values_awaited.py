"""Doses and cycles that wait for a value: "goes on when ANC at least 1.5 G/L, values within 3 days".

The results of the last days up to the planned day count. One that is missing moves nothing until it comes: a dose that nobody
has recorded is then on the first open day from that result on. One that fails keeps the dose waiting, however old it gets, until
a later result of that test is good enough: then it is on the first open day from that on.
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.calendar.engine.evaluation.being_placed import BeingPlaced
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of
from scheduler.calendar.engine.evaluation.placement import PENDING, Placement
from scheduler.calendar.entries.because import Reason, Unknown
from scheduler.dates import Day
from scheduler.patient.dose_rules.facts.values_needed import Seen, look_at_values, next_result
from scheduler.patient.dose_rules.firing.waited_too_long import Wait
from scheduler.protocol.plan.limits import GoesOn
from scheduler.said import Quoted, said

A_VALUE = "a value of "
"""How a reason begins that waits for a value: "a value of ANC at least 1.5 G/L"."""


def values_asked(placement: Placement | BeingPlaced) -> GoesOn | None:
    """The values that this occurrence waits for; none for the first."""
    goes_on = placement.line.goes_on
    return goes_on.at(placement.n) if goes_on is not None else None


def wait_for_values(ev: Evaluation, placement: BeingPlaced, day: Day, closed_on: Day | None) -> bool:
    """True where a later result raised the floor, so that the day is chosen again. Without one, it waits.

    What was given or written off (``closed_on``) did not wait for what came after.
    """
    goes_on = values_asked(placement)
    if goes_on is None:
        return False
    placement.fails = ()
    last = day if closed_on is None else min(day, closed_on)
    if placement.floor is not None and closed_on is None:
        last = max(last, placement.floor)
    if placement.values_from is None:
        placement.values_from = last - goes_on.within
    failing = _failing(ev, placement, goes_on, last)
    if failing:
        placement.waited = placement.waited or Wait(last, tuple(fact for seen in failing for fact in seen.facts))
    while failing:
        why: tuple[Reason, ...] = (goes_on.clause, *ev.events(*(fact for seen in failing for fact in seen.facts)))
        results = [next_result(ev.values, seen, last, closed_on) for seen in failing]
        later = min((result for result in results if result is not None), key=lambda each: each.day, default=None)
        if later is None:
            _keep_waiting(placement, failing, why, closed_on)
            return False
        last = later.day
        failing = _failing(ev, placement, goes_on, last)
        if not failing:
            placement.reach(latest_of(later.fact))
            placement.raise_floor(later.day, (*why, *ev.events(later.fact)))
            return True
    return closed_on is None and _comes_with_its_value(ev, placement, goes_on, last)


def _comes_with_its_value(ev: Evaluation, placement: BeingPlaced, goes_on: GoesOn, last: Day) -> bool:
    """True where a value that was missing on the planned day has come since: good or not, the dose is not before it.

    Where a later number was recorded, nobody waits for this one.
    """
    if ev.course.highest.get(placement.line.name, 0) > placement.n:
        return False
    missing = [seen for seen in look(ev, placement, goes_on, last - goes_on.within, last) if seen.last is None]
    results = (next_result(ev.values, seen, last, None) for seen in missing)
    came = min((result for result in results if result is not None), key=lambda each: each.day, default=None)
    if came is None:
        return False
    placement.reach(latest_of(came.fact))
    placement.raise_floor(came.day, (goes_on.clause, *ev.events(came.fact)))
    return True


def _failing(ev: Evaluation, placement: BeingPlaced, goes_on: GoesOn, last: Day) -> tuple[Seen, ...]:
    assert placement.values_from is not None
    return tuple(seen for seen in look(ev, placement, goes_on, placement.values_from, last) if seen.fails)


def _keep_waiting(
    placement: BeingPlaced, failing: tuple[Seen, ...], why: tuple[Reason, ...], closed_on: Day | None
) -> None:
    if closed_on is None:
        placement.standing = PENDING
        placement.fails = tuple(dict.fromkeys(seen.as_said() for seen in failing))
        awaited = dict.fromkeys(said("a value of {needed}", needed=Quoted(str(seen.needed))) for seen in failing)
        placement.set_by += (*why, *map(Unknown, awaited))


def look(ev: Evaluation, placement: BeingPlaced, goes_on: GoesOn, first: Day, last: Day) -> tuple[Seen, ...]:
    """The values as they are on a day, cited among what was looked at."""
    seen = look_at_values(ev.values, goes_on, first, last)
    facts = [fact for each in seen for fact in each.facts]
    placement.looked += (goes_on.clause, *ev.events(*facts))
    placement.reach(latest_of(*facts))
    return seen


def waits_of(ev: Evaluation, timeline: str) -> Iterator[Wait]:
    """The doses of a treatment, or the cycles, that a value kept from their planned day, and when they came."""
    for placement in sorted(ev.placed.values(), key=lambda each: each.n):
        if placement.line.name == timeline and placement.waited is not None:
            yield placement.waited._replace(ended=placement.day)
