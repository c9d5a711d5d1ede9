"""What was recorded under a word, in a unit or with a value that a rule reads wrongly or not at all. That looks like "go on".

Recording asks about such words; what stands in a log is never refused, but told until somebody corrects it, or has looked at it
and recorded 'reviewed'.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property

from scheduler.findings import Finding, Severity
from scheduler.patient.dose_rules.facts.body_values import body_values, is_measured_only
from scheduler.patient.dose_rules.facts.daily_totals import reads_medicine
from scheduler.patient.dose_rules.facts.names import BASELINE, attribute_key, term_key, term_keys, test_key
from scheduler.patient.dose_rules.unread.not_counted import not_counted
from scheduler.patient.events import AdverseEvent, Attribute, Measured, Regraded, Reviewed, parse_amount
from scheduler.patient.events.observations import OfMedicine
from scheduler.patient.log import Fact
from scheduler.protocol.plan.rules import AttributeIs, Condition, GradeIs, MedicineFor, Rule, values_in
from scheduler.protocol.plan.study import Plan
from scheduler.said import said
from scheduler.source.ambiguous import plain_amounts, which
from scheduler.vocabulary import (
    ADVERSE_EVENTS,
    LABORATORY_TESTS,
    MEDICINES,
    Either,
    Impossible,
    NoUnit,
    Specified,
    Unread,
    Vocabulary,
    doubt_about,
    grades_of,
    laboratory_named,
    offer,
    two_numbers_of,
)

UNKNOWN_TERM = "unknown-term"
OTHER_TERM = "other-term"
EITHER_TERM = "either-term"
NO_SUCH_GRADE = "no-such-grade"
UNKNOWN_RELATION = "unknown-relation"
UNKNOWN_TEST = "unknown-test"
UNKNOWN_MEDICINE = "unknown-medicine"
UNKNOWN_ATTRIBUTE = "unknown-attribute"
UNREAD_UNIT = "unread-unit"
IMPOSSIBLE_VALUE = "impossible-value"
MEASURED_ONLY = "measured-only"
FACT_ONLY = "fact-only"
ONE_NUMBER = "one-number"

BODY = ("weight", "height", "creatinine clearance")
"""Attributes that doses are worked out from."""


def findings_of_what_is_not_read(plan: Plan, facts: Iterable[Fact]) -> Iterator[Finding]:
    """What of the facts in force no rule reads as it was meant, in the order of the log; a note where somebody looked at it."""
    known = tuple(facts)
    reviewed = {fact.event.number: fact for fact in known if isinstance(fact.event, Reviewed)}
    for finding in _all_of(plan, known):
        review = next((fact for number in finding.events if (fact := reviewed.get(number))), None)
        # What was corrected after somebody looked at it was not looked at.
        if review is not None and max(finding.events) < review.number:
            numbers = (*finding.events, *review.numbers)
            reviewed_one = said("{finding} (reviewed)", finding=finding.told)
            yield Finding.of(finding.code, Severity.NOTE, reviewed_one, events=numbers)
        else:
            yield finding


def _all_of(plan: Plan, facts: tuple[Fact, ...]) -> Iterator[Finding]:
    terms: dict[int, AdverseEvent] = {}
    rules_read = _Read(plan.rules, tuple(fact.name for fact in plan.asked_facts))
    wanted = body_values(plan)
    for fact in facts:
        event = fact.event
        if isinstance(event, Measured) and is_measured_only(wanted, fact, event, facts):
            yield _measured_only(fact, event)
        if isinstance(event, AdverseEvent):
            terms[event.ae] = event
            yield from _of_term(plan, rules_read, fact, event)
            yield from _of_grade(fact, event, event.grade)
            yield from _of_relations(plan, fact, event)
        elif isinstance(event, Regraded) and event.ae in terms and event.grade:
            yield from _of_grade(fact, terms[event.ae], event.grade)
        elif isinstance(event, Attribute) and attribute_key(event.name) in wanted:
            yield from _of_attribute(rules_read, fact, event)
        elif not plan.rules and not (plan.has_branches and isinstance(event, Attribute)):
            continue
        elif isinstance(event, Measured):
            yield from _of_test(rules_read, fact, event)
        elif isinstance(event, Attribute):
            yield from _of_attribute(rules_read, fact, event)
        elif isinstance(event, OfMedicine):
            yield from _of_medicine(rules_read, fact, event)


class _Read:
    """The words that rules have themselves, listed or not: what is recorded by such a word is read."""

    def __init__(self, rules: tuple[Rule, ...], asked: tuple[str, ...] = ()) -> None:
        self.rules, self.asked = rules, asked

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        return tuple(condition for rule in self.rules for condition in rule.conditions)

    @cached_property
    def terms(self) -> frozenset[str]:
        return frozenset(key for keys in self.named for key in keys)

    @cached_property
    def named(self) -> set[frozenset[str]]:
        graded = (each for each in self.conditions if isinstance(each, GradeIs))
        return {term_keys(each.terms) for each in graded if each.terms}

    @cached_property
    def tests(self) -> frozenset[str]:
        values = (value for each in self.conditions for value in values_in(each))
        return frozenset(test_key(test) for each in values for test in each.tests)

    @cached_property
    def medicines(self) -> tuple[MedicineFor, ...]:
        return tuple(each for each in self.conditions if isinstance(each, MedicineFor))

    @cached_property
    def attributes(self) -> Vocabulary:
        named = (each.name for each in self.conditions if isinstance(each, AttributeIs))
        baselines = (f"{BASELINE}{test}" for test in sorted(self.tests))
        return Vocabulary("a fact that rules ask for", tuple(dict.fromkeys((*named, *self.asked, *BODY, *baselines))))


def _of_term(plan: Plan, rules_read: _Read, fact: Fact, event: AdverseEvent) -> Iterator[Finding]:
    known = ADVERSE_EVENTS.known(event.term)
    if known is None and term_key(event.term) not in rules_read.terms:
        unread = "; no rule that names terms reads it" if plan.rules else ""
        message = f"'{event.term}' is not {ADVERSE_EVENTS.what}{unread}"
        hint = offer(ADVERSE_EVENTS.nearest(event.term))
        yield _told(
            UNKNOWN_TERM, fact, message, hint or "correct it to a term, or to '{class} - Other, specify: {what}'"
        )
    elif isinstance(known, Either):
        yield from _of_either(rules_read, fact, known)
    elif isinstance(known, Specified):
        message = f"'{known.words}' is under '{known.term}', because {ADVERSE_EVENTS.what.removeprefix('a term of ')} lacks it"
        hint = offer(ADVERSE_EVENTS.nearest(known.words)) or "look whether a term fits better"
        yield _told(OTHER_TERM, fact, message, hint)


def _of_either(rules_read: _Read, fact: Fact, known: Either) -> Iterator[Finding]:
    """A word that may stand for several terms. Which it is, a person has to say where a rule is about some of them only."""
    keys = {term_key(name) for name in known.names}
    if any(named & keys and not keys <= named for named in rules_read.named):
        names = " or ".join(known.names)
        message = f"'{known.written}' may be {names}; until somebody says which, the rules on any of them read it"
        yield _told(EITHER_TERM, fact, message, f"{names}?")


def _of_grade(fact: Fact, event: AdverseEvent, grade: int) -> Iterator[Finding]:
    grades = grades_of(event.term)
    if grades is not None and grade not in grades:
        message = f"'{event.term}' has no grade {grade} in CTCAE v5.0"
        yield _told(NO_SUCH_GRADE, fact, message, f"its grades are {', '.join(map(str, grades))}")


def _of_relations(plan: Plan, fact: Fact, event: AdverseEvent) -> Iterator[Finding]:
    names = [line.name for line in plan.treatments()]
    names += [give.name for line in plan.treatments() for give in line.gives]
    treatments = Vocabulary("a treatment of this study", tuple(dict.fromkeys(names)))
    for name in event.related:
        nearest = () if name.casefold() in map(str.casefold, names) else treatments.nearest(name)
        if nearest:
            message = f"the event is related to '{name}', which is not {treatments.what}"
            yield _told(UNKNOWN_RELATION, fact, message, offer(nearest))


def _of_test(rules_read: _Read, fact: Fact, event: Measured) -> Iterator[Finding]:
    test = laboratory_named(event.test)
    if two_numbers_of(event.test) is not None:
        yield from _of_two_numbers(fact, event)
    elif test is not None:
        # What is less than can be measured needs no unit, and no least value.
        if event.beyond != "<" or event.unit:
            yield from _of_value(fact, event.test, event.value, event.unit)
    elif test_key(event.test) not in rules_read.tests:
        message = f"'{event.test}' is not {LABORATORY_TESTS.what} known here; no rule reads it"
        yield _told(UNKNOWN_TEST, fact, message, offer(LABORATORY_TESTS.nearest(event.test)))


def _of_two_numbers(fact: Fact, event: Measured) -> Iterator[Finding]:
    for name, value in event.readings:
        yield from _of_value(fact, name, value, event.unit)
    if event.second is None:
        message = f"{event.test} {event.amount} has one number of two, and no rule reads it"
        yield _told(ONE_NUMBER, fact, message, "write both, such as 165/95 mmHg")


def _measured_only(fact: Fact, event: Measured) -> Finding:
    name = test_key(event.test)
    message = (
        f"{name} {event.amount} was recorded as a measurement, and no dose goes by it: doses go by the attribute {name}"
    )
    return _told(MEASURED_ONLY, fact, message, f"record 'attribute' with name: {name} and value: {event.amount}")


def _of_value(fact: Fact, name: str, value: Decimal, unit: str) -> Iterator[Finding]:
    test = laboratory_named(name)
    doubt = doubt_about(test, value, unit) if test is not None else None
    if isinstance(doubt, Unread):
        hint = f"give the value in {doubt.unit}" if doubt.unit else "leave the unit out"
        yield _told(UNREAD_UNIT, fact, f"{name} {doubt.written} is not read: {unit} is no unit of it", hint)
    elif isinstance(doubt, NoUnit):
        yield _told(
            UNREAD_UNIT, fact, f"{name} {doubt.written} has no unit", " or ".join(map(str, doubt.meant)) or None
        )
    elif isinstance(doubt, Impossible):
        message = f"{name} {doubt.written} is beyond what a living person has, {doubt.least} to {doubt.most}"
        meant = " or ".join(map(str, doubt.meant))
        yield _told(IMPOSSIBLE_VALUE, fact, message, f"is {meant} meant?" if meant else "look at the report again")


def _of_attribute(rules_read: _Read, fact: Fact, event: Attribute) -> Iterator[Finding]:
    name = attribute_key(event.name).removeprefix(BASELINE)
    test = laboratory_named(name)
    if test is not None:
        yield from _of_attribute_value(fact, name, event.value, test.unit)
    elif rules_read.attributes.named(event.name) is None and test_key(event.name) in rules_read.tests:
        message = f"{event.name} was recorded as a fact about the patient, and rules read it as a measurement"
        yield _told(FACT_ONLY, fact, message, f"record 'measured' with test: {event.name}, its value and unit")
    elif rules_read.attributes.named(event.name) is None and (near := rules_read.attributes.nearest(event.name)):
        yield _told(UNKNOWN_ATTRIBUTE, fact, f"'{event.name}' is not {rules_read.attributes.what}", offer(near))


def _of_attribute_value(fact: Fact, name: str, value: bool | Decimal | str, own: str) -> Iterator[Finding]:
    """A number without a unit is in the unit that the protocol gives it."""
    if isinstance(value, Decimal):
        yield from _of_value(fact, name, value, own)
        return
    try:
        number, unit = parse_amount(str(value))
    except ValueError:
        hint = which(plain_amounts(str(value)))
        message = f"{name} '{value}' is not read: it is no number with its unit"
        yield _told(UNREAD_UNIT, fact, message, f"write {hint}" if hint else f"write a number and {own or 'no unit'}")
    else:
        yield from _of_value(fact, name, number, unit)


def _of_medicine(rules_read: _Read, fact: Fact, event: OfMedicine) -> Iterator[Finding]:
    counting = [asked for asked in rules_read.medicines if reads_medicine(asked, event.name)]
    if MEDICINES.known(event.name) is None and not counting:
        nearest = MEDICINES.nearest(event.name)
        if nearest:
            yield _told(UNKNOWN_MEDICINE, fact, f"'{event.name}' is no medicine that is listed", offer(nearest))
    for missing in not_counted(event, rules_read.rules):
        yield _told(missing.code, fact, missing.what, missing.hint)


def _told(code: str, fact: Fact, message: str, hint: str | None) -> Finding:
    put_right = f"correct event {fact.number}, or record 'reviewed' where it stands as it is"
    hint = f"{hint} {put_right}" if hint and hint.endswith("?") else f"{hint}; {put_right}" if hint else put_right
    return Finding(
        code, Severity.WARNING, f"{fact.event.on}, event {fact.number}: {message}", hint, events=fact.numbers
    )
