"""Whether something has improved in time, counted from its beginning or from the last order in that time."""

from __future__ import annotations

from scheduler.dates import Day, add_span
from scheduler.patient.dose_rules.facts.names import test_key
from scheduler.patient.dose_rules.so_far.history import History
from scheduler.patient.events import DoseChanged, Held, Measured
from scheduler.patient.log import Fact
from scheduler.protocol.plan.rules import GradeIs, NotImproved, Rule


def until(history: History, rule: Rule, asked: NotImproved, trigger: Fact) -> tuple[Day, bool, tuple[Fact, ...]]:
    """The day by which it had to improve, whether it did not, and the facts that say so. That day itself is in time."""
    start = trigger.day
    last = add_span(start, asked.within)
    facts: list[Fact] = []
    for order in _actions(history, rule.treatment, start):
        day = order.day
        if day > last:
            break
        # The order gets the same time again before it counts as having failed.
        last = max(last, add_span(day, asked.within))
        facts.append(order)
    better = _first_improvement(history, rule, trigger, start, last)
    if better is not None:
        return last, False, (*facts, better)
    worse = _out_of_range(history, rule, trigger, last)
    return last, worse is None, (*facts, worse) if worse is not None else tuple(facts)


def _actions(history: History, treatment: str, start: Day) -> list[Fact]:
    ordered = [f for f in history.orders_for(treatment, start) if isinstance(f.event, DoseChanged | Held)]
    decided = [
        fact
        for fact, *_ in history.decisions
        if any(change.fact is fact for change in history.course.levels.get(treatment, ()))
        or any(hold.opened is fact for hold in history.course.holds.get(treatment, ()))
    ]
    return sorted([*ordered, *(f for f in decided if f.day >= start)], key=lambda fact: fact.event.on)


def _first_improvement(history: History, rule: Rule, trigger: Fact, start: Day, last: Day) -> Fact | None:
    """The first fact after the trigger, up to the last day, that says it is better."""
    if isinstance(trigger.event, Measured):
        readings = {test_key(test): value for test, value in trigger.event.readings}
        later = (m for test in readings for m in history.values.by_test.get(test, ()) if start < m.day <= last)
        return next((m.fact for m in later if m.value < readings[m.test]), None)
    seen = history.grade(rule.related_to, rule.attributed, trigger)
    if seen is None:
        return None
    return next((step.fact for step in seen.later if step.day <= last and step.grade < seen.step.grade), None)


def _out_of_range(history: History, rule: Rule, trigger: Fact, last: Day) -> Fact | None:
    """What took the grade above the rule's range meanwhile: another row is for that."""
    own = history.grade(rule.related_to, rule.attributed, trigger)
    asked = next((condition for condition in rule.conditions if isinstance(condition, GradeIs)), None)
    if own is None or asked is None:
        return None
    return next((step.fact for step in own.later if step.day <= last and step.grade > asked.high), None)
