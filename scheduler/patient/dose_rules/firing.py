"""All rules of a plan read against all events of a patient.

A rule fires when its findings come up together: at the event that completes them, not again while they last, and not when a
worse one gets better. What came up before the first dose of anything calls for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.patient.dose_rules import conditions, improvement
from scheduler.patient.dose_rules.clocks import medicine_readings, since_last_dose
from scheduler.patient.dose_rules.history import History
from scheduler.patient.dose_rules.index import Index, index_of
from scheduler.patient.dose_rules.levels import no_level_left
from scheduler.patient.dose_rules.names import attribute_key, term_key, test_key
from scheduler.patient.dose_rules.reading import Look, Reading
from scheduler.patient.events import AdverseEvent, Attribute, Measured, Regraded
from scheduler.patient.log import Fact
from scheduler.protocol.rules import (
    AttributeIs,
    Condition,
    GradeIs,
    LevelIs,
    MedicineFor,
    NotImproved,
    OccurrenceIs,
    Rule,
    SinceLastDose,
    ValueIs,
    Worsened,
)


def readings_of(history: History) -> list[Reading]:
    """The readings of a history, in the order of their days."""
    index = index_of(history.plan.rules)
    found: dict[str, Reading] = {}
    for reading in _all(history, index):
        if reading.rule.is_in_force(reading.trigger.event.on.toordinal()):
            _keep(found, reading)
    for reading in no_level_left(history, index.without_level, list(found.values())):
        _keep(found, reading)
    return sorted(found.values(), key=lambda reading: reading.day)


def _keep(found: dict[str, Reading], reading: Reading) -> None:
    """Of two readings of one rule against one event, the one that fires."""
    known = found.get(reading.id)
    if known is None or (reading.fires and not known.fires):
        found[reading.id] = reading


_RAISES = frozenset((AdverseEvent, Regraded, Measured, Attribute))
"""The kinds of event that a rule can be read against."""


def _all(history: History, index: Index) -> Iterator[Reading]:
    first_dose = history.course.first_dose
    assert first_dose is not None
    start = first_dose.event.on
    for fact in history.course.facts:
        event = fact.event
        if type(event) in _RAISES and event.on >= start:
            for rule in _rules_about(history, index, fact):
                yield from _read(history, rule, fact)
    for rule, medicine in index.medicines:
        for reading in medicine_readings(history, rule, medicine):
            yield from complete(history, reading, MedicineFor)
    for rule, gap in index.last_doses:
        for reading in since_last_dose(history, rule, gap):
            yield from complete(history, reading, SinceLastDose)


def _rules_about(history: History, index: Index, fact: Fact) -> list[Rule]:
    event = fact.event
    if isinstance(event, AdverseEvent):
        return [*index.terms.get(term_key(event.term), ()), *index.other_terms]
    if isinstance(event, Regraded):
        term = _term_of(history, event.ae)
        return [*index.terms.get(term, ()), *index.other_terms] if term is not None else []
    if isinstance(event, Measured):
        return index.tests.get(test_key(event.test), [])
    if isinstance(event, Attribute):
        return index.attributes.get(attribute_key(event.name), [])
    return []


def _term_of(history: History, number: int) -> str | None:
    for fact in history.graded:
        if isinstance(fact.event, AdverseEvent) and fact.event.ae == number:
            return term_key(fact.event.term)
    return None


def _read(history: History, rule: Rule, trigger: Fact) -> Iterator[Reading]:
    """The reading of a rule against an event, unless the event alone says that the rule is not about it."""
    facts: dict[Fact, None] = {trigger: None}
    assumed: list[str] = []
    looks = _look_until_no(history, rule, trigger)
    for look in looks:
        facts |= dict.fromkeys(look.facts)
        assumed += [look.assumed] if look.assumed is not None else []
    holds = looks[-1].holds and _comes_up(rule, looks)
    day, reached_by = trigger.event.on.toordinal(), None
    slow = next((condition for condition in rule.conditions if isinstance(condition, NotImproved)), None)
    if holds and slow is not None:
        day, holds, more = improvement.until(history, rule, slow, trigger)
        facts |= dict.fromkeys(more)
        reached_by = reached_on(history, day)
    end = ended_by(history, rule.treatment, day) if holds else None
    if end is not None:
        holds, facts = False, {**facts, end: None}
    if holds:
        yield Reading(rule, trigger, day, tuple(facts), True, tuple(assumed), reached_by)
    elif len(facts) > 1:
        yield Reading(rule, trigger, day, tuple(facts), False, tuple(assumed), reached_by)


def _look_until_no(history: History, rule: Rule, trigger: Fact) -> list[Look]:
    """The conditions in their order, up to the first that does not hold."""
    looks: list[Look] = []
    for condition in rule.conditions:
        looks.append(look_at(history, rule, condition, trigger))
        if not looks[-1].holds:
            break
    return looks


def _comes_up(rule: Rule, looks: list[Look]) -> bool:
    """True when what was found was not all there before the event; a worsening always is new."""
    if any(isinstance(condition, Worsened) for condition in rule.conditions):
        return True
    return not all(look.reached for look in looks if look.reached is not None) or all(
        look.reached is None for look in looks
    )


def look_at(history: History, rule: Rule, condition: Condition, trigger: Fact) -> Look:
    """One condition on the day of the trigger. What time alone decides holds here, and is looked at elsewhere."""
    match condition:
        case GradeIs():
            return conditions.look_at_grade(history, rule, condition, trigger)
        case ValueIs():
            return conditions.look_at_value(history, condition, trigger)
        case OccurrenceIs():
            return conditions.look_at_occurrence(history, rule, condition, trigger)
        case Worsened():
            return conditions.look_at_worsening(history, rule, trigger)
        case AttributeIs():
            return conditions.look_at_attribute(history, condition, trigger)
        case LevelIs():
            return conditions.look_at_level(history, rule, condition, trigger)
        case _:
            return Look(True)


def complete(history: History, reading: Reading, clock: type[Condition]) -> Iterator[Reading]:
    """A reading of a clock, with the rule's other conditions looked at and the log asked whether the day has come."""
    facts, fires, assumed = dict.fromkeys(reading.facts), reading.fires, list[str]()
    for condition in reading.rule.conditions:
        if fires and not isinstance(condition, clock):
            look = look_at(history, reading.rule, condition, reading.trigger)
            facts |= dict.fromkeys(look.facts)
            fires = look.holds
            assumed += [look.assumed] if look.assumed is not None else []
    end = ended_by(history, reading.rule.treatment, reading.day)
    if end is not None:
        fires, facts = False, {**facts, end: None}
    reached_by = reached_on(history, reading.day)
    yield Reading(reading.rule, reading.trigger, reading.day, tuple(facts), fires, tuple(assumed), reached_by)


def reached_on(history: History, day: int) -> Fact | None:
    """The first fact of that day or a later one: it shows that the day has come."""
    return next((fact for fact in history.course.facts if fact.event.on.toordinal() >= day), None)


def ended_by(history: History, treatment: str, day: int) -> Fact | None:
    """What had ended the treatment before a day, if anything did: then nothing is left to decide."""
    course = history.course
    ends = [fact for fact in (course.end_of_treatment, course.died, *course.withdrew) if fact is not None]
    ends += [
        hold.opened
        for hold in course.holds.get(treatment, ())
        if hold.discontinued and (hold.end is None or day < hold.end)
    ]
    return next((fact for fact in ends if fact.event.on.toordinal() < day), None)
