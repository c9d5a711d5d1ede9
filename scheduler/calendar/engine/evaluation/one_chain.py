"""One chain of numbers: where a number skips, the calendar goes on from what was given, and the numbers between stay unused.

A number that nobody recorded is unused when a later one was given on its planned day or before: that dose was the next one,
whatever it was called. One that was planned for an earlier day stays: nobody knows yet whether it was given; unless that is
the day of an attempt that failed under a lower number.
"""

from __future__ import annotations

from scheduler.calendar.engine.evaluation.being_placed import BeingPlaced
from scheduler.calendar.engine.evaluation.circumstances import Bearing
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of
from scheduler.calendar.engine.evaluation.occurrences import counts_from_previous
from scheduler.calendar.engine.evaluation.placement import CANCELLED, DONE, PLANNED, Placement
from scheduler.calendar.entries.entry import Flag
from scheduler.patient.course import EntryFacts
from scheduler.patient.log import Fact
from scheduler.protocol.plan.study import Timeline


def leave_unused(ev: Evaluation, placement: BeingPlaced, facts: EntryFacts, bearing: Bearing) -> bool:
    """Take away a number that a later one has overtaken; True where it is so."""
    later = _given_later(placement, bearing)
    if later is None:
        return False
    day, number, fact = later
    failed = _failed_on_its_day(ev, placement)
    if placement.standing is PLANNED and placement.day is not None and placement.day < day and not failed:
        return False
    if not counts_from_previous(placement.line, number):
        return False
    placement.cancel(*ev.events(fact, *failed))
    placement.reach(latest_of(fact, *failed))
    placement.flags, placement.findings = (Flag.NUMBER_UNUSED,), ()
    if facts.booked is None and not placement.line.has_days:
        # On that day the later one was given: nobody is to see a cancelled visit beside it.
        placement.day = None
    return True


def _failed_on_its_day(ev: Evaluation, placement: BeingPlaced) -> list[Fact]:
    """The attempts of lower numbers that failed on the day for which this one is planned."""
    told = (ev.course.about(f"{placement.line.name}.{number}") for number in range(1, placement.n))
    return [
        facts.not_done
        for facts in told
        if facts.not_done is not None and facts.done is None and facts.not_done.day == placement.day
    ]


def is_unused(placement: Placement) -> bool:
    """True for a number that no dose has."""
    return placement.standing is CANCELLED and Flag.NUMBER_UNUSED in placement.flags


def unused_before(ev: Evaluation, line: Timeline, n: int, gaps: tuple[int, ...]) -> list[Placement]:
    """The numbers below one that no dose has: what comes after them takes their place in the protocol's count."""
    return [placement for number in gaps if number < n and is_unused(placement := ev.place(line, number))]


def in_place(ev: Evaluation, line: Timeline, number: int) -> Placement:
    """The dose that the protocol means by a number: where numbers are unused, those after them take their places."""
    placement = ev.place(line, number)
    # Of a patient who moved to another version, by that which the dose is placed by.
    bearing = ev.bearings.get(placement.line)
    for gap in bearing.gaps if bearing is not None else ():
        if gap <= number and is_unused(ev.place(line, gap)):
            number += 1
    return placement if number == placement.n else ev.place(line, number)


def last_given(ev: Evaluation, before: Placement, n: int) -> Placement:
    """What the n-th counts from: the one below it, else where numbers were given out of order the last that was given before."""
    line, bearing = before.line, ev.bearings.get(before.line)
    if bearing is None or not bearing.out_of_order or before.day is None:
        return before
    done = ev.course.about(f"{line.name}.{n}").done
    lower = [start for start in bearing.starts if start[1] < n and (done is None or start[:2] < (done.day, n))]
    last = max(lower, key=lambda start: start[:2], default=None)
    if last is None or (last[0] <= before.day if done is None else before.day <= done.day):
        return before
    return ev.place(line, last[1])


def flag_skipped(ev: Evaluation, placement: BeingPlaced, bearing: Bearing) -> None:
    """Say of a dose whose number skips that the numbers before it are unused; it and those after it hang on them."""
    if bearing.out_of_order and placement.n > placement.line.first_number:
        # What counts from the last that was given looks at the one below it, too.
        below = ev.place(placement.line, placement.n - 1)
        placement.looked += (ev.after(below.id),)
        placement.reach(below.latest)
    if not bearing.gaps:
        return
    unused = unused_before(ev, placement.line, placement.n, bearing.gaps)
    placement.looked += tuple(ev.after(each.id) for each in unused)
    placement.reach(max((each.latest for each in unused), default=0))
    # A number that was said not to be done keeps its place: else it would be unused as well.
    told = (ev.course.about(f"{placement.line.name}.{number}") for number in range(1, placement.n))
    kept = [facts.not_done for facts in told if facts.not_done is not None and facts.done is None]
    placement.looked += ev.events(*kept)
    placement.reach(latest_of(*kept))
    if placement.standing is DONE and any(each.n == placement.n - 1 for each in unused):
        placement.flags += (Flag.NUMBER_SKIPPED,)


def _given_later(placement: BeingPlaced, bearing: Bearing) -> tuple[int, int, Fact] | None:
    """The first recorded dose with a higher number."""
    return min((each for each in bearing.starts if each[1] > placement.n), key=lambda each: each[:2], default=None)
