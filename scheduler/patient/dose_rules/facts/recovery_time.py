"""How long a recovery took, where the level of a resume depends on it: "if recovered within 28 days, else 1 level lower".

The time runs from the day of the finding; the last day of each time is in time. What only a person can see ("controlled") has
recovered on the day of the resume; so has what nobody recorded as recovered.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias, cast

from scheduler.dates import Day, add_span
from scheduler.patient.course import Course
from scheduler.patient.dose_rules.facts.as_measured import facts_as_measured
from scheduler.patient.dose_rules.facts.grades import courses_by_term
from scheduler.patient.dose_rules.facts.names import attribute_key, test_key
from scheduler.patient.dose_rules.facts.recovery import is_recovered
from scheduler.patient.dose_rules.facts.values import Values, measurements_by_test
from scheduler.patient.events import AdverseEvent, Attribute, Measured, OfAdverseEvent, Regraded, Resolved
from scheduler.patient.log import Fact
from scheduler.protocol.plan.actions import Action, Recovery
from scheduler.protocol.plan.rules import Rule, values_in
from scheduler.protocol.plan.study import Plan


class Took(NamedTuple):
    """How many levels lower dosing goes on after a recovery, None where treatment ends; and what shows when it came."""

    down: int | None
    facts: tuple[Fact, ...] = ()


def last_days_in_time(action: Action, trigger: Fact) -> tuple[tuple[Day, int], ...]:
    """The last day of each time, with the levels that dosing goes on lower; nothing where the level does not depend on it."""
    return tuple((add_span(trigger.day, within), down) for within, down in action.by_time)


def down_after(action: Action, trigger: Fact, recovered: Day) -> int | None:
    """How many levels lower dosing goes on after a recovery on a day; None where treatment ends."""
    in_time = (down for last, down in last_days_in_time(action, trigger) if recovered <= last)
    return next(in_time, None if action.ends_if_later else action.down_if_later)


def recovery_of(plan: Plan, course: Course, rule: Rule, action: Action, trigger: Fact, resumed: Day) -> Took:
    """How long the recovery took, for a resume on a day."""
    if not action.by_time:
        return Took(action.levels_down)
    recovered = recovered_by(plan, course, rule, action.recovery, trigger, resumed)
    if recovered is None:
        return Took(down_after(action, trigger, resumed), (trigger,))
    return Took(down_after(action, trigger, recovered.day), (trigger, recovered))


def recovered_by(
    plan: Plan, course: Course, rule: Rule, asked: Recovery | None, trigger: Fact, day: Day
) -> Fact | None:
    """What shows that it has recovered up to a day; None where nothing does."""
    recovered: Fact | None = None
    for fact, well in _seen(plan, course, rule, asked, trigger):
        if trigger.day <= fact.day <= day:
            # What came back has not recovered until it has once more.
            recovered = (recovered or fact) if well else None
    return recovered


_Seen: TypeAlias = Iterator[tuple[Fact, bool]]


def _seen(plan: Plan, course: Course, rule: Rule, asked: Recovery | None, trigger: Fact) -> _Seen:
    """What was seen of it after the finding, in the order of days, and whether it was good enough."""
    if asked is None:
        return
    if isinstance(trigger.event, AdverseEvent | OfAdverseEvent) and asked.grade is not None:
        yield from _at_grade(plan, course, rule, asked.grade, trigger)
    elif isinstance(trigger.event, Measured):
        yield from _at_value(course, rule, asked, trigger)


def _at_grade(plan: Plan, course: Course, rule: Rule, grade: int, trigger: Fact) -> _Seen:
    lines = [plan.timelines[name] for name in rule.related_to]
    names = {name.casefold() for line in lines for name in (line.name, *(give.name for give in line.gives))}
    graded = course.of(AdverseEvent, Regraded, Resolved)
    for steps in courses_by_term(graded, names, rule.attributed).values():
        at = next((index for index, step in enumerate(steps) if step.fact is trigger), None)
        if at is not None:
            yield from ((step.fact, step.grade <= grade) for step in steps[at + 1 :])


def _at_value(course: Course, rule: Rule, asked: Recovery, trigger: Fact) -> _Seen:
    attributes: dict[str, list[Fact]] = {}
    for fact in course.of(Attribute):
        attributes.setdefault(attribute_key(cast(Attribute, fact.event).name), []).append(fact)
    told = course.of(Measured, Attribute)
    as_measured = facts_as_measured(told)
    measured = (as_measured.get(fact.number, fact) for fact in told)
    by_test = measurements_by_test(fact for fact in measured if type(fact.event) is Measured)
    values = Values(by_test, attributes, course.first_dose, course.first_day)
    tests = {test_key(test) for each in rule.conditions for value in values_in(each) for test in value.tests}
    later = [found for test in tests for found in by_test.get(test, ()) if found.fact.number != trigger.number]
    for found in sorted(later, key=lambda each: (each.day, each.place)):
        yield found.fact, is_recovered(values, found, asked)
