"""Holds that lasted longer than the protocol allows, and holds recorded again while they last.

The time of a hold runs from the first dosing day missed, and then every day counts. A resume on the last day is in time. A hold
that took no dosing day away, in a week off, has no limit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from scheduler.calendar.entries.entry import HeldPeriod
from scheduler.dates import add_span
from scheduler.findings import Finding, Severity
from scheduler.protocol.plan.study import Plan


def last_day_of(plan: Plan | None, hold: HeldPeriod) -> date | None:
    """The last day on which a resume is in time; None where the protocol sets no limit, or no dosing day was missed."""
    line = plan.timelines.get(hold.treatment) if plan is not None else None
    limit = line.limits.hold_at_most if line is not None else None
    if limit is None or hold.missed is None:
        return None
    return date.fromordinal(add_span(hold.missed.toordinal(), limit))


def held_too_long(plan: Plan, holds: Iterable[HeldPeriod]) -> Iterator[Finding]:
    """A finding for each hold that somebody ended too late."""
    for hold in holds:
        last = last_day_of(plan, hold)
        if last is not None and hold.missed is not None and hold.resumed is not None and hold.resumed > last:
            limit = plan.timelines[hold.treatment].limits.hold_at_most
            lasted = (hold.resumed - hold.missed).days
            message = f"{hold.treatment} was held for {lasted} days from the first day missed, more than {limit}"
            hint = "the protocol would have ended it"
            yield Finding("held-too-long", Severity.WARNING, message, hint, None, None, hold.events)


def held_twice(holds: Iterable[HeldPeriod]) -> Iterator[Finding]:
    """A finding for each hold that was recorded again for the same reason while it lasted."""
    for first, again in combinations(holds, 2):
        if first.treatment == again.treatment and first.reason == again.reason and overlap(first, again):
            why = f" for {again.reason}" if again.reason is not None else ""
            message = f"{again.treatment} is held{why} from {first.start}, and again from {again.start}"
            hint = "correct or strike one of them; a resume ends both"
            numbers = tuple(sorted({*first.events, *again.events}))
            yield Finding("held-twice", Severity.WARNING, message, hint, None, None, numbers)


def overlap(first: HeldPeriod, again: HeldPeriod) -> bool:
    """True where both hold on one day."""
    over = (first.over or date.max, again.over or date.max)
    return max(first.start, again.start) < min(over)
