"""How long something has been as bad as a row says: "grade 4 neutropenia for more than 7 days".

The time runs from the day on which it came to be so; its last day is in time. A grade stands until another is recorded. A value
says how it is on its own day alone: the first one after the time says that it has lasted, where all between are as bad.
"""

from __future__ import annotations

from typing import NamedTuple

from scheduler.dates import Day, add_span
from scheduler.patient.dose_rules.facts.names import keys_measured
from scheduler.patient.dose_rules.firing import conditions
from scheduler.patient.dose_rules.so_far.history import History
from scheduler.patient.events import Measured
from scheduler.patient.log import Fact
from scheduler.protocol.plan.rules import GradeIs, LastsFor, Rule
from scheduler.protocol.plan.values import EitherIs, ValueIs


class Lasted(NamedTuple):
    """Whether it lasted that long, None while no value says so; the first day on which it has; and what says so."""

    day: Day
    so: bool | None
    facts: tuple[Fact, ...] = ()


def look(history: History, rule: Rule, asked: LastsFor, trigger: Fact) -> Lasted:
    """Whether what came up with an event lasted for longer than a rule says."""
    last = add_span(trigger.day, asked.longer_than)
    if isinstance(trigger.event, Measured):
        return _of_value(history, rule, trigger, trigger.event, last)
    seen = history.grade(rule.related_to, rule.attributed, trigger)
    graded = next((condition for condition in rule.conditions if isinstance(condition, GradeIs)), None)
    if seen is None or graded is None:
        return Lasted(last + 1, False)
    for step in seen.later:
        if step.day <= last and not graded.low <= step.grade <= graded.high:
            return Lasted(last + 1, False, (step.fact,))
    return Lasted(last + 1, True)


def _of_value(history: History, rule: Rule, trigger: Fact, event: Measured, last: Day) -> Lasted:
    place, tests = history.places[trigger.number], keys_measured(event)
    later = {m.place: m.fact for test in tests for m in history.values.by_test.get(test, ()) if m.place > place}
    for _, fact in sorted(later.items()):
        if not _is_so(history, rule, fact):
            return Lasted(last + 1, False, (fact,))
        if fact.day > last:
            return Lasted(fact.day, True, (fact,))
    return Lasted(last + 1, None, tuple(later.values()))


def _is_so(history: History, rule: Rule, fact: Fact) -> bool:
    """True where a later value is as the row has it."""
    for condition in rule.conditions:
        if isinstance(condition, ValueIs) and not conditions.look_at_value(history, condition, fact).holds:
            return False
        if isinstance(condition, EitherIs) and not conditions.look_at_either(history, condition, fact).holds:
            return False
    return True
