"""The values with which a dose goes on, said so that a coordinator sees which result counted: the last of its days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.calendar.entries.entry import Entry
from scheduler.calendar.telling.dates_in_words import in_words
from scheduler.patient.dose_rules.facts.values_needed import Seen, look_at_values, values_of
from scheduler.patient.log import Log
from scheduler.patient.replaying.replay import replay
from scheduler.protocol.plan.limits import GoesOn
from scheduler.protocol.plan.study import Plan, Timeline


def values_in_words(plan: Plan, log: Log, entry: Entry) -> Iterator[str]:
    """A sentence for each value that a dose or a cycle waits for: "Of ANC counts 2 G/L on Tuesday 24 March 2026."."""
    goes_on = _goes_on(plan, plan.timelines.get(entry.timeline), entry.n)
    if goes_on is None or entry.date is None:
        return
    day = entry.date.toordinal()
    for seen in look_at_values(values_of(replay(log)), goes_on, day - goes_on.within, day):
        if seen.last is not None:
            yield _said(seen)


def _goes_on(plan: Plan, line: Timeline | None, n: int) -> GoesOn | None:
    """What the dose waits for itself, or with the cycle that it is in."""
    if line is not None and line.goes_on is None and line.follows is not None:
        line = plan.timelines.get(line.follows.timeline)
    goes_on = line.goes_on if line is not None else None
    return goes_on if goes_on is not None and goes_on.first is not None and n >= goes_on.first else None


def _said(seen: Seen) -> str:
    assert seen.last is not None
    day, needed = in_words(date.fromordinal(seen.last.day)), seen.needed
    return f"Of {needed.test} counts {seen.last.amount} on {day}; {needed.words} is asked for."
