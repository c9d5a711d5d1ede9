"""All rules of a plan read against all events of a patient.

A rule fires when its findings come up together: at the event that completes them, not again while they last, and not when a
worse one gets better. Of what came up before the first dose only a grade that stands calls for anything, before that dose.
"""

from __future__ import annotations

from scheduler.identity import each_once
from scheduler.patient.dose_rules.facts.names import attribute_key, keys_measured, term_key
from scheduler.patient.dose_rules.firing import conditions, held_for_it, improvement, lasting
from scheduler.patient.dose_rules.firing.at_first_dose import look_at_first_dose
from scheduler.patient.dose_rules.firing.clocks import medicine_readings, since_last_dose
from scheduler.patient.dose_rules.firing.happenings import names_of, readings_before_surgery
from scheduler.patient.dose_rules.firing.levels import no_level_left
from scheduler.patient.dose_rules.firing.steps_up import step_readings
from scheduler.patient.dose_rules.so_far.history import History
from scheduler.patient.dose_rules.so_far.reading import Look, Reading, Readings, Unmeasured
from scheduler.patient.dose_rules.so_far.rows import Rows, asks_for_tests
from scheduler.patient.events import AdverseEvent, Attribute, Measured, Regraded
from scheduler.patient.log import Fact
from scheduler.protocol.plan.rules import (
    AttributeIs,
    BeforeSurgery,
    Condition,
    GradeIs,
    Happened,
    LastsFor,
    LevelIs,
    MedicineFor,
    NotImproved,
    NotRecovered,
    OccurrenceIs,
    Rule,
    SinceLastDose,
    StepUp,
    Worsened,
)
from scheduler.protocol.plan.values import EitherIs, ValueIs


def readings_of(history: History) -> Readings:
    """What came of reading all rules, but those about the length of a hold."""
    readings, order = Readings(), history.index.order
    for fact in history.raising:
        day = fact.day
        may_fire: list[Rule] = []
        for rows in _rows_about(history, fact):
            if rows.are_in_force(day):
                may_fire += _sort_out(history, rows, fact, (fact,), readings)
        may_fire.sort(key=order.__getitem__)
        for rule in may_fire:
            _read(history, rule, fact, readings)
    if history.course.first_dose is not None:
        _by_time(history, readings)
    no_level_left(history, history.index.without_level, readings)
    return readings


def _by_time(history: History, readings: Readings) -> None:
    """The rules that time makes fire, or the day of something planned."""
    for rule, medicine in history.index.medicines if history.medicines else ():
        for reading, is_above in medicine_readings(history, rule, medicine):
            complete(history, reading, is_above, MedicineFor, readings)
    for rule, gap in history.index.last_doses:
        for reading in since_last_dose(history, rule, gap):
            complete(history, reading, True, SinceLastDose, readings)
    for rule, step in history.index.steps:
        for reading, may_go_up in step_readings(history, rule, step):
            complete(history, reading, may_go_up, StepUp, readings)
    for rule, before in history.index.planned_surgery:
        for reading in readings_before_surgery(history, rule, before):
            complete(history, reading, True, BeforeSurgery, readings)


def _rows_about(history: History, fact: Fact) -> tuple[Rows, ...]:
    event = fact.event
    # The event classes answer isinstance slowly.
    if type(event) is Measured:
        keys = keys_measured(event)
        return tuple([rows for key in keys for rows in history.index.about_test(key)])
    if type(event) is AdverseEvent:
        return history.index.about_term(term_key(event.term))
    if type(event) is Regraded:
        term = _term_of(history, event.ae)
        return history.index.about_term(term) if term is not None else ()
    if type(event) is Attribute:
        return history.index.about_attribute(attribute_key(event.name))
    return history.index.about_happenings(names_of(event))


def _term_of(history: History, number: int) -> str | None:
    for fact in history.graded:
        if type(fact.event) is AdverseEvent and fact.event.ae == number:
            return term_key(fact.event.term)
    return None


def _sort_out(
    history: History, rows: Rows, trigger: Fact, looked: tuple[Fact, ...], readings: Readings
) -> tuple[Rule, ...]:
    """The rules whose values and grades an event fulfils. All that compare them in the same place are looked at at once.

    ``looked`` is the trigger and after it what was looked at for their findings so far.
    """
    asked = rows.asked
    if type(asked) is ValueIs:
        value = conditions.see_value(history, asked, trigger)
        if None in value.now:
            readings.unread.append((trigger, rows.rules))
        rules, looked = rows.by_value(value.now), looked + value.no.facts
    elif type(asked) is GradeIs and type(trigger.event) in conditions.GRADES:
        seen = history.grade(rows.related_to, rows.attributed, trigger)
        rules = rows.by_grade(seen.step.grade if seen is not None and rows.are_about(seen.term) else None)
    else:
        return rows.rules
    read = rules.read
    for further in rules.further:
        read += _sort_out(history, further, trigger, looked, readings)
    if len(looked) > 1:
        for for_tests in rules.missed:
            readings.miss(rows.treatment, trigger.day, for_tests, looked)
    return read


def _read(history: History, rule: Rule, trigger: Fact, readings: Readings) -> None:
    """Read one rule, unless the event alone says that it is not about it."""
    looks = _look_until_no(history, rule, trigger)
    day, reached_by = trigger.day, None
    facts = [fact for look in looks for fact in look.facts if fact is not trigger]
    holds = looks[-1].holds and _comes_up(looks)
    if holds:
        at_start = look_at_first_dose(history, rule, trigger)
        holds = at_start.holds
        facts += at_start.facts
    slow = next((condition for condition in rule.conditions if type(condition) is NotImproved), None) if holds else None
    if slow is not None:
        day, holds, more = improvement.until(history, rule, slow, trigger)
        facts += more
        reached_by = history.reached_on(day)
    long = next((condition for condition in rule.conditions if type(condition) is LastsFor), None) if holds else None
    if long is not None:
        lasted = lasting.look(history, rule, long, trigger)
        day, holds = lasted.day, lasted.so is True
        facts += lasted.facts
        reached_by = history.reached_on(day)
        if lasted.so is None and history.ended_by(rule.treatment, day) is None:
            readings.unmeasured.append(Unmeasured(trigger, day, rule, reached_by is not None))
    unless = (
        next((condition for condition in rule.conditions if type(condition) is NotRecovered), None) if holds else None
    )
    if unless is not None:
        day, holds, more = held_for_it.until(history, rule, unless, trigger)
        facts += more
        reached_by = history.reached_on(day)
    end = history.ended_by(rule.treatment, day) if holds else None
    if holds and end is None:
        facts += history.taken_up_again(rule.treatment, day)
        assumed = tuple([look.assumed for look in looks if look.assumed is not None])
        readings.fire(Reading(rule, trigger, day, each_once((trigger, *facts)), assumed, reached_by))
        return
    facts += [fact for fact in (end, reached_by) if fact is not None]
    if facts:
        readings.miss(rule.treatment, day, asks_for_tests(rule), (trigger, *facts))


def _look_until_no(history: History, rule: Rule, trigger: Fact) -> list[Look]:
    """The conditions in their order, up to the first that does not hold."""
    looks: list[Look] = []
    for condition in rule.conditions:
        looks.append(look_at(history, rule, condition, trigger))
        if not looks[-1].holds:
            break
    return looks


def _comes_up(looks: list[Look]) -> bool:
    """True when what was found was not all there before the event."""
    reached = [look.reached for look in looks if look.reached is not None]
    return not reached or not all(reached)


def look_at(history: History, rule: Rule, condition: Condition, trigger: Fact) -> Look:
    """One condition on the day of the trigger. What time alone decides holds here, and is looked at elsewhere."""
    match condition:
        case GradeIs():
            return conditions.look_at_grade(history, rule, condition, trigger)
        case ValueIs():
            return conditions.look_at_value(history, condition, trigger)
        case EitherIs():
            return conditions.look_at_either(history, condition, trigger)
        case OccurrenceIs():
            return conditions.look_at_occurrence(history, rule, condition, trigger)
        case Worsened():
            return conditions.look_at_worsening(history, rule, trigger)
        case AttributeIs():
            return conditions.look_at_attribute(history, condition, trigger)
        case Happened():
            return Look(condition.what in names_of(trigger.event))
        case LevelIs():
            return conditions.look_at_level(history, rule, condition, trigger)
        case _:
            return Look(True)


def complete(history: History, reading: Reading, fires: bool, clock: type[Condition], readings: Readings) -> None:
    """Keep a reading of a clock, with the rule's other conditions looked at and the log asked whether the day has come."""
    rule, facts, assumed = reading.rule, [*reading.facts], [*reading.assumed]
    if not rule.is_in_force(reading.trigger.day):
        return
    for condition in rule.conditions:
        if fires and not isinstance(condition, clock):
            look = look_at(history, rule, condition, reading.trigger)
            facts += look.facts
            fires = look.holds
            assumed += [look.assumed] if look.assumed is not None else []
    end = history.ended_by(rule.treatment, reading.day)
    reached_by = history.reached_on(reading.day)
    if fires and end is None:
        facts += history.taken_up_again(rule.treatment, reading.day)
        readings.fire(reading._replace(facts=each_once(facts), assumed=tuple(assumed), reached_by=reached_by))
    else:
        facts += [fact for fact in (end, reached_by) if fact is not None]
        readings.miss(rule.treatment, reading.day, asks_for_tests(rule), facts)
