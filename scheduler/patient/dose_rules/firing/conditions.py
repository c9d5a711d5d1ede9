"""The conditions of a rule on the day of an event, each with the facts that it looked at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import cast

from scheduler.dates import Day
from scheduler.patient.dose_rules.facts.grades import GradeStep, occurrence
from scheduler.patient.dose_rules.facts.names import keys_measured, test_key, test_keys
from scheduler.patient.dose_rules.facts.recovery import grade_of_value
from scheduler.patient.dose_rules.facts.values import Measurement, as_bad, stands_for
from scheduler.patient.dose_rules.facts.yes_or_no import yes_or_no
from scheduler.patient.dose_rules.so_far.history import History
from scheduler.patient.dose_rules.so_far.reading import Look
from scheduler.patient.dose_rules.so_far.rows import is_named
from scheduler.patient.dose_rules.so_far.seen import NO, SeenGrade, SeenValue
from scheduler.patient.events import AdverseEvent, Attribute, Measured, Regraded
from scheduler.patient.log import Fact
from scheduler.protocol.plan.rules import AttributeIs, GradeIs, LevelIs, OccurrenceIs, Rule, values_in
from scheduler.protocol.plan.values import EitherIs, ValueIs
from scheduler.said import Quoted, said, text_of

GRADES = frozenset((AdverseEvent, Regraded))
"""The kinds of event that give a grade. Asking for the type itself is ten times as fast as isinstance."""


def look_at_grade(history: History, rule: Rule, asked: GradeIs, trigger: Fact) -> Look:
    """A grade in the range. The trigger's own term where it is graded by it, else any term of the condition."""
    if type(trigger.event) in GRADES:
        seen = see_grade(history, rule, asked, trigger)
        return NO if seen is None else seen.look(asked)
    day = trigger.day
    facts: list[Fact] = []
    for term, steps in history.grades(rule.related_to, rule.attributed).items():
        past = [step for step in steps if step.day <= day]
        if past and is_named(rule, asked, term):
            facts += (step.fact for step in past)
            if asked.low <= past[-1].grade <= asked.high:
                return Look(True, tuple(facts), True)
    return Look(False, tuple(facts))


def see_grade(history: History, rule: Rule, asked: GradeIs, trigger: Fact) -> SeenGrade | None:
    """What an event shows of a condition: the step of its term, where the condition is about that."""
    seen = history.grade(rule.related_to, rule.attributed, trigger)
    return seen if seen is not None and is_named(rule, asked, seen.term) else None


def look_at_value(history: History, asked: ValueIs, trigger: Fact) -> Look:
    """A value in the range, of any of the tests: its last measurement up to the trigger, while that still stands."""
    return see_value(history, asked, trigger).look(asked)


def look_at_either(history: History, asked: EitherIs, trigger: Fact) -> Look:
    """One of several values in its range; reached before, where one of them was."""
    looks = [look_at_value(history, value, trigger) for value in asked.values]
    facts = tuple(dict.fromkeys(fact for look in looks for fact in look.facts))
    seen = [see_value(history, value, trigger) for value in asked.values]
    reached = any(each.was_reached(value) for each, value in zip(seen, asked.values, strict=True))
    return Look(any(look.holds for look in looks), facts, reached)


def see_value(history: History, asked: ValueIs, trigger: Fact) -> SeenValue:
    """What an event shows of a condition, and of all that differ from it in the range alone."""
    known, key = history.seen_values.of(trigger, dict), (asked.tests, asked.basis, asked.unit, asked.at_baseline)
    if key not in known:
        known[key] = _see_value(history, asked, trigger)
    return known[key]


def _see_value(history: History, asked: ValueIs, trigger: Fact) -> SeenValue:
    place, day = _place(history, trigger), trigger.day
    facts: list[Fact] = []
    now: list[Decimal | None] = []
    before: list[Decimal | None] = []
    # What the trigger did not measure was there before it.
    is_new = type(trigger.event) is Measured and not asked.at_baseline
    values, basis, unit = history.values, asked.basis, asked.unit
    multiple = values.multiple_at_baseline if asked.at_baseline else values.multiple
    for test in _tests(asked, trigger):
        last, earlier = values.up_to(test, place)
        if last is not None and stands_for(last, day):
            number, rests_on = multiple(last, basis, unit)
            facts += rests_on
            now.append(number)
        if is_new and earlier is not None:
            number, rests_on = multiple(earlier, basis, unit)
            facts += rests_on
            before.append(number)
    reached = None if asked.at_baseline else tuple(before if is_new else now)
    others = tuple([fact for fact in facts if fact is not trigger])
    return SeenValue(tuple(now), reached, Look(False, others) if others else NO)


def _tests(asked: ValueIs, trigger: Fact) -> tuple[str, ...]:
    """The tests of a condition; of a baseline only that of the trigger's own test, where it is one of them."""
    tests = test_keys(asked.tests)
    if asked.at_baseline and type(trigger.event) is Measured:
        own = tuple([key for key in keys_measured(trigger.event) if key in tests])
        return own or tests
    return tests


def _place(history: History, trigger: Fact) -> int:
    """Where a trigger stands among the measurements; after all of its day and before, where it is none itself."""
    place = history.places.get(trigger.number)
    if place is not None:
        return place
    return bisect_right(history.measured, trigger.event.on, key=lambda fact: fact.event.on) - 1


def look_at_occurrence(history: History, rule: Rule, asked: OccurrenceIs, trigger: Fact) -> Look:
    """The number of the episode: of the term at the rule's lowest grade or above, or of the value in the rule's range."""
    for condition in rule.conditions:
        if isinstance(condition, GradeIs):
            seen = see_grade(history, rule, condition, trigger)
            if seen is not None:
                since, start = _since(history, rule, seen)
                number = occurrence(seen.steps, seen.at, condition.low, rule.episode_ends, since)
                return Look(_is_nth(asked, number), (*seen.facts, *start))
        elif (values := values_in(condition)) and not values[0].at_baseline and type(trigger.event) is Measured:
            return _occurrence_of_value(history, rule, values, asked, trigger)
    return Look(_is_nth(asked, 1))


def _since(history: History, rule: Rule, seen: SeenGrade) -> tuple[Day, tuple[Fact, ...]]:
    """The day from which episodes count: the treatment's first dose, where the patient began with the event."""
    start = history.first_dose_of(rule.treatment)
    if start is None or not seen.steps[0].day < start.day <= seen.step.day:
        return 0, ()
    return start.day, (start.fact,)


def _is_nth(asked: OccurrenceIs, number: int) -> bool:
    return asked.first <= number and (asked.last is None or number <= asked.last)


def _occurrence_of_value(
    history: History, rule: Rule, values: tuple[ValueIs, ...], asked: OccurrenceIs, trigger: Fact
) -> Look:
    """An episode of a value begins in or beyond the range, and is over when all its tests are back at the table's grade."""
    number, running, facts = 0, set[str](), list[Fact]()
    place = _place(history, trigger)
    for _, together in groupby(_measured(history, values, place), key=lambda each: each[0].place):
        over: set[str] = set()
        for measured, value in together:
            found = history.values.multiple(measured, value.basis, value.unit)
            facts += found.facts
            if as_bad(found.number, value):
                number += not running
                running.add(measured.test)
            elif _is_over(history, rule, measured):
                over.add(measured.test)
            elif running and len(values) > 1:
                # The other number of two keeps it going.
                running.add(measured.test)
        running -= over
    return Look(_is_nth(asked, number), tuple(facts))


def _measured(history: History, values: tuple[ValueIs, ...], place: int) -> Iterator[tuple[Measurement, ValueIs]]:
    tests = {test_key(test): value for value in values for test in value.tests}
    found = [
        (m, value) for test, value in tests.items() for m in history.values.by_test.get(test, ()) if m.place <= place
    ]
    yield from sorted(found, key=lambda each: each[0].place)


def _is_over(history: History, rule: Rule, measured: Measurement) -> bool:
    """An episode of a value is over at the grade that the table says; where CTCAE grades no such value, out of the range."""
    grade = grade_of_value(history.values, measured)
    return grade is None or grade <= rule.episode_ends


def look_at_worsening(history: History, rule: Rule, trigger: Fact) -> Look:
    """The adverse event itself had a lower grade before."""
    step = own_step(history, rule, trigger)
    worse = step is not None and step.own > step.own_before > 0
    # A worsening always is new.
    return Look(worse, (trigger,), False)


def own_step(history: History, rule: Rule, trigger: Fact) -> GradeStep | None:
    """The step that an event makes in its term."""
    seen = history.grade(rule.related_to, rule.attributed, trigger)
    return seen.step if seen is not None else None


def look_at_attribute(history: History, asked: AttributeIs, trigger: Fact) -> Look:
    """An attribute in force on the trigger's day. What nobody recorded counts as false, and that is told."""
    known = history.attributes_until(asked.name, trigger)
    if not known:
        holds = asked.value is False
        read_as_no = text_of(said("{attribute}: not recorded, read as no", attribute=Quoted(asked.name)))
        return Look(holds, assumed=read_as_no if holds else None)
    if known[-1] is not trigger:
        return Look(_is_so(known[-1], asked), (known[-1],))
    before = _is_so(known[-2], asked) if len(known) > 1 else asked.value is False
    return Look(_is_so(trigger, asked), tuple(known[-2:]), before)


def _is_so(fact: Fact, asked: AttributeIs) -> bool:
    value = cast(Attribute, fact.event).value
    if isinstance(asked.value, bool):
        return (yes_or_no(value) is True) is asked.value
    return str(value).casefold() == asked.value.casefold()


def look_at_level(history: History, rule: Rule, asked: LevelIs, trigger: Fact) -> Look:
    """The dose level that the trigger came up under; the ladder's last where the condition names none."""
    change = history.level_before(rule.treatment, trigger.day)
    start = history.plan.start_level(rule.treatment)
    level, facts = (change.level, (change.fact,)) if change is not None else (start, ())
    if asked.low is None and asked.high is None:
        ladder = history.ladder(rule.treatment)
        return Look(ladder is not None and level <= 1 - len(ladder.amounts), facts)
    above_low = asked.low is None or asked.low <= level
    return Look(above_low and (asked.high is None or level <= asked.high), facts)
