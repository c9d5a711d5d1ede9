"""When cycles that give nothing themselves stand still, and when they end: both follow from the drugs in them.

A cycle begins while one of its drugs may be given, so the hold of one drug leaves the others their days. The protocol can name
drugs that the cycles wait for: then the hold of one of these is enough. When every drug has ended, the cycles have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scheduler.calendar.engine.evaluation.ended_early import Stop, stop_of_treatment
from scheduler.dates import Day
from scheduler.patient.course import Course, Hold
from scheduler.patient.log import Fact
from scheduler.protocol.plan.study import Plan, Timeline

_NEVER = 10**7
"""A day that is later than any: nobody knows when a hold ends."""


def drugs_of(plan: Plan, clock: Timeline, n: int | None = None) -> tuple[str, ...]:
    """The drugs of the n-th cycle; without a number, those of any. All of them where a cycle has none."""
    drugs = plan.drugs.get(clock.name, ())
    lines = (plan.timelines[name] for name in drugs)
    of_cycle = tuple(
        line.name for line in lines if n is None or (line.follows is not None and line.follows.includes(n))
    )
    return of_cycle or drugs


def end_of_cycles(course: Course, drugs: Sequence[str]) -> Stop | None:
    """What ended the last of the drugs; None while one of them goes on."""
    stops = [stop_of_treatment(course, name) for name in drugs]
    last: Stop | None = None
    for stop in stops:
        if stop is None:
            return None
        if last is None or stop.day > last.day:
            last = stop
    if last is None:
        return None
    others = tuple(dict.fromkeys(fact for stop in stops if stop is not None for fact in stop.facts))
    return Stop(last.day, last.decided, last.fact, tuple(fact for fact in others if fact is not last.fact))


def holds_of_cycles(course: Course, clock: Timeline, drugs: Sequence[str]) -> list[Hold]:
    """The days on which no cycle begins: those on which every drug is held or has ended, and one that is waited for is held."""
    found = list(_all_at_once(course, drugs))
    for name in clock.held_with:
        if name in drugs:
            found += [hold for hold in course.holds.get(name, ()) if not hold.discontinued]
    return sorted(found, key=lambda hold: hold.start)


class _Out(NamedTuple):
    """Days on which a drug cannot be given, the first and the one after the last, and what says so."""

    start: Day
    end: Day
    hold: Hold


def _all_at_once(course: Course, drugs: Sequence[str]) -> Iterator[Hold]:
    """The stretches in which every drug is out, one of them only held: all ended is the end of the cycles, and no hold."""
    by_drug = [[_Out(hold.start, hold.end or _NEVER, hold) for hold in course.holds.get(name, ())] for name in drugs]
    if not by_drug or not all(by_drug):
        return
    days = sorted({day for outs in by_drug for out in outs for day in (out.start, out.end)})
    opened: list[_Out] = []
    start = 0
    for day in days:
        out = [next((each for each in outs if each.start <= day < each.end), None) for outs in by_drug]
        here = [each for each in out if each is not None]
        held = len(here) == len(by_drug) and any(not each.hold.discontinued for each in here)
        if held and not opened:
            start = day
        elif not held and opened:
            yield _together(start, day, opened)
            opened = []
        opened = [*opened, *(each for each in here if each not in opened)] if held else opened


def _together(start: Day, end: Day, out: list[_Out]) -> Hold:
    last = max(out, key=lambda each: each.start)
    closing = next((each.hold.closed for each in out if each.end == end), None)
    facts = dict.fromkeys(fact for each in out for fact in each.hold.facts)
    others: tuple[Fact, ...] = tuple(fact for fact in facts if fact not in (last.hold.opened, closing))
    return Hold(start, end if end < _NEVER else None, last.hold.opened, closing, others=others)
