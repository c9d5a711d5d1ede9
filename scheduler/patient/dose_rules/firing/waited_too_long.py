"""Rules about how long a dose has waited for values: the time runs from its planned day; its last day is in time.

Which day that was, and when the dose came, the calendar says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from scheduler.dates import Day, add_span
from scheduler.patient.dose_rules.facts.values_needed import failing_results
from scheduler.patient.dose_rules.firing.all_rules import complete
from scheduler.patient.dose_rules.so_far.history import History
from scheduler.patient.dose_rules.so_far.reading import Reading, Readings
from scheduler.patient.log import Fact
from scheduler.protocol.plan.rules import WaitingFor


class Wait(NamedTuple):
    """A dose that a value kept waiting: its planned day, what said so, and the day on which it was or will be given."""

    planned: Day
    facts: tuple[Fact, ...]
    ended: Day | None = None


WaitsOf = Callable[[str], Iterable[Wait]]
"""The doses of a treatment, or cycles, that had to wait."""


def read_waits(history: History, waits_of: WaitsOf, readings: Readings) -> None:
    """Add every dose that waited longer than the protocol has it, or will unless a value is good enough in time."""
    for rule, asked in history.index.waits:
        for wait in waits_of(asked.timeline):
            last = add_span(wait.planned, asked.longer_than)
            if wait.ended is None or wait.ended > last:
                complete(history, Reading(rule, wait.facts[0], last + 1, wait.facts), True, WaitingFor, readings)


def waits_there_may_be(history: History) -> Iterator[Reading]:
    """Without the calendar: every result with which a dose may have waited, from its own day on."""
    for rule, asked in history.index.waits:
        line = history.plan.timelines.get(asked.timeline)
        if line is not None and line.goes_on is not None:
            for part in line.goes_on.parts:
                for fact in failing_results(history.values, part):
                    yield Reading(rule, fact, fact.day, (fact,))
