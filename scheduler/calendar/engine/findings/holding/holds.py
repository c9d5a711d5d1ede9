"""Holds that lasted longer than the protocol allows, and holds recorded again while they last.

The time of a hold runs from the first dosing day missed, and then every day counts. A resume on the last day is in time. A hold
that took no dosing day away, in a week off, has no limit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from scheduler.calendar.entries.entry import HeldPeriod
from scheduler.calendar.entries.spans_in_words import span_in_words
from scheduler.dates import add_span
from scheduler.findings import Finding, Severity
from scheduler.protocol.plan.actions import Strictness
from scheduler.protocol.plan.rules import OnHoldFor
from scheduler.protocol.plan.study import Plan
from scheduler.said import Code, Quoted, Value, said


def last_day_of(plan: Plan | None, hold: HeldPeriod) -> date | None:
    """The last day on which a resume is in time; None where the protocol sets no limit, or no dosing day was missed."""
    line = plan.timelines.get(hold.treatment) if plan is not None else None
    limit = line.limits.hold_at_most if line is not None else None
    if limit is None or hold.missed is None:
        return None
    return date.fromordinal(add_span(hold.missed.toordinal(), limit))


def may_go_on_after(plan: Plan, treatment: str) -> bool:
    """True where a row about such a long hold lets the investigator go on, at the same level or at a lower one."""
    going_on = (Strictness.CONTINUE, Strictness.REDUCE)
    rows = (rule for rule in plan.rules if rule.treatment == treatment)
    return any(
        action.strictness in going_on
        for rule in rows
        if any(isinstance(condition, OnHoldFor) for condition in rule.conditions)
        for action in rule.actions
    )


def held_too_long(plan: Plan, holds: Iterable[HeldPeriod]) -> Iterator[Finding]:
    """A finding for each hold that somebody ended too late."""
    for hold in holds:
        last = last_day_of(plan, hold)
        if last is not None and hold.missed is not None and hold.resumed is not None and hold.resumed > last:
            limit = plan.timelines[hold.treatment].limits.hold_at_most
            assert limit is not None
            lasted = (hold.resumed - hold.missed).days
            message = said(
                "{treatment} was held for {lasted} days from the first day missed, more than {limit}",
                treatment=Code(hold.treatment),
                lasted=lasted,
                limit=span_in_words(limit),
            )
            hint = (
                said("the investigator decides whether to go on")
                if may_go_on_after(plan, hold.treatment)
                else said("the protocol would have ended it")
            )
            numbers = (*hold.events, *hold.goes_on_from)
            yield Finding.of("held-too-long", Severity.WARNING, message, hint, None, None, numbers)


def held_twice(holds: Iterable[HeldPeriod]) -> Iterator[Finding]:
    """A finding for each hold that was recorded again for the same reason while it lasted."""
    for first, again in combinations(holds, 2):
        if first.treatment == again.treatment and first.reason == again.reason and overlap(first, again):
            about: dict[str, Value] = {
                "treatment": Code(again.treatment),
                "first": Code(f"{first.start}"),
                "again": Code(f"{again.start}"),
            }
            message = said("{treatment} is held from {first}, and again from {again}", **about)
            if again.reason is not None:
                message = said(
                    "{treatment} is held for {reason} from {first}, and again from {again}",
                    **about,
                    reason=Quoted(again.reason),
                )
            hint = said("correct or strike one of them; a resume ends both")
            numbers = tuple(sorted({*first.events, *again.events}))
            yield Finding.of("held-twice", Severity.WARNING, message, hint, None, None, numbers)


def overlap(first: HeldPeriod, again: HeldPeriod) -> bool:
    """True where both hold on one day."""
    over = (first.over or date.max, again.over or date.max)
    return max(first.start, again.start) < min(over)
