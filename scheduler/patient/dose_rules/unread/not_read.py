"""What was recorded under a word, in a unit or with a value that a rule reads wrongly or not at all. That looks like "go on".

Recording asks about such words; what stands in a log is never refused, but told until somebody corrects it, or has looked at it
and recorded 'reviewed'.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property

from scheduler.findings import OR, Finding, Severity
from scheduler.patient.dose_rules.facts.body_values import body_values, is_measured_only
from scheduler.patient.dose_rules.facts.daily_totals import reads_medicine
from scheduler.patient.dose_rules.facts.names import BASELINE, attribute_key, term_key, term_keys, test_key
from scheduler.patient.dose_rules.facts.yes_or_no import yes_or_no
from scheduler.patient.dose_rules.unread.not_counted import not_counted
from scheduler.patient.events import AdverseEvent, Attribute, Measured, Regraded, Reviewed, parse_amount
from scheduler.patient.events.observations import OfMedicine
from scheduler.patient.log import Fact
from scheduler.protocol.plan.rules import AttributeIs, Condition, GradeIs, MedicineFor, Rule, values_in
from scheduler.protocol.plan.study import Plan
from scheduler.said import COMMAS, Code, Listed, Name, Quoted, Said, Value, listed, own_words, said, said_of, text_of
from scheduler.source.ambiguous import plain_amounts
from scheduler.vocabulary import (
    ADVERSE_EVENTS,
    LABORATORY_TESTS,
    MEDICINES,
    Either,
    Impossible,
    Known,
    NoUnit,
    Specified,
    Synonym,
    Unread,
    Vocabulary,
    doubt_about,
    grades_of,
    laboratory_named,
    medicines_meant,
    offer_of,
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
NO_ANSWER = "no-answer"

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
        elif not plan.rules and not ((plan.has_branches or wanted) and isinstance(event, Attribute)):
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
    def yes_or_no(self) -> frozenset[str]:
        return frozenset(attribute_key(each.name) for each in self.conditions if isinstance(each, AttributeIs))

    @cached_property
    def attributes(self) -> Vocabulary:
        named = (each.name for each in self.conditions if isinstance(each, AttributeIs))
        baselines = (f"{BASELINE}{test}" for test in sorted(self.tests))
        names = tuple(dict.fromkeys((*named, *self.asked, *BODY, *baselines)))
        return Vocabulary(text_of(said("a fact that rules ask for")), names)


def _of_term(plan: Plan, rules_read: _Read, fact: Fact, event: AdverseEvent) -> Iterator[Finding]:
    known = ADVERSE_EVENTS.known(event.term)
    if known is None and term_key(event.term) not in rules_read.terms:
        message = _is_not(event.term, ADVERSE_EVENTS)
        if plan.rules:
            message = said("{message}; no rule that names terms reads it", message=message)
        hint = offer_of(ADVERSE_EVENTS.nearest(event.term))
        yield _told(UNKNOWN_TERM, fact, message, hint or _TERM_OR_OTHER)
    elif isinstance(known, Either):
        yield from _of_either(rules_read, fact, known)
    elif isinstance(known, Known | Synonym) and known.name in ADVERSE_EVENTS.others:
        message = said("'{term}' does not say what it is", term=Quoted(event.term))
        yield _told(OTHER_TERM, fact, message, said("write it behind a colon"))
    elif isinstance(known, Specified):
        message = said(
            "'{words}' is under '{term}', because {ctcae} lacks it",
            words=Quoted(known.words),
            term=Code(known.term),
            ctcae=Code(ADVERSE_EVENTS.what.removeprefix("a term of ")),
        )
        hint = offer_of(ADVERSE_EVENTS.nearest(known.words)) or said("look whether a term fits better")
        yield _told(OTHER_TERM, fact, message, hint)


_TERM_OR_OTHER = said(
    "correct it to a term, or to its class with what it is, such as {example}",
    example=Code("'Eye disorders - Other, specify: scleritis'"),
)


def _of_either(rules_read: _Read, fact: Fact, known: Either) -> Iterator[Finding]:
    """A word that may stand for several terms. Which it is, a person has to say where a rule is about some of them only."""
    keys = {term_key(name) for name in known.names}
    if any(named & keys and not keys <= named for named in rules_read.named):
        names = _any_of(known.names)
        message = said(
            "'{written}' may be {names}; until somebody says which, the rules on any of them read it",
            written=Quoted(known.written),
            names=names,
        )
        yield _told(EITHER_TERM, fact, message, said("{names}?", names=names))


def _of_grade(fact: Fact, event: AdverseEvent, grade: int) -> Iterator[Finding]:
    grades = grades_of(event.term)
    if grades is not None and grade not in grades:
        message = said("'{term}' has no grade {grade} in CTCAE v5.0", term=Quoted(event.term), grade=grade)
        hint = said("its grades are {grades}", grades=listed(*grades, how=COMMAS))
        yield _told(NO_SUCH_GRADE, fact, message, hint)


def _of_relations(plan: Plan, fact: Fact, event: AdverseEvent) -> Iterator[Finding]:
    for name in event.related:
        nearest = treatments_meant(plan, name)
        if nearest:
            yield _told(UNKNOWN_RELATION, fact, no_treatment(name), offer_of(nearest))


def no_treatment(name: str) -> Said:
    """The event is related to 'regorafinib', which is not a treatment of this study."""
    return said("the event is related to '{name}', which is not {what}", name=Quoted(name), what=_A_TREATMENT)


def treatments_meant(plan: Plan, name: str) -> tuple[str, ...]:
    """The treatments or drugs that are likely meant by a name that none of them has: misspelt, cut short, or their title."""
    names = names_of_treatments(plan)
    written = name.casefold()
    if written in map(str.casefold, names):
        return ()
    titles = {line.name: _texts_of(own_words(line.title)) for line in plan.treatments()}
    called = [each for each, texts in titles.items() if written in map(str.casefold, texts)]
    begun = [each for each in names if len(written) >= _SHORTEST and each.casefold().startswith(written)]
    treatments = Vocabulary(text_of(_A_TREATMENT), names)
    return tuple(dict.fromkeys((*called, *begun, *treatments.nearest(name))))


def names_of_treatments(plan: Plan) -> tuple[str, ...]:
    """What an adverse event can be related to: the treatments of a plan and their drugs."""
    names = [line.name for line in plan.treatments()]
    names += [give.name for line in plan.treatments() for give in line.gives]
    return tuple(dict.fromkeys(names))


def _texts_of(title: Value) -> tuple[str, ...]:
    return tuple(text for _, text in title.by_language) if isinstance(title, Name) else (str(title),)


_A_TREATMENT = said("a treatment of this study")
_SHORTEST = 3
"""So many letters of a name say which one is meant."""


def _of_test(rules_read: _Read, fact: Fact, event: Measured) -> Iterator[Finding]:
    test = laboratory_named(event.test)
    if two_numbers_of(event.test) is not None:
        yield from _of_two_numbers(fact, event)
    elif test is not None:
        # What is less than can be measured needs no unit, and no least value.
        if event.beyond != "<" or event.unit:
            yield from _of_value(fact, event.test, event.value, event.unit)
    elif test_key(event.test) not in rules_read.tests:
        message = said(
            "'{text}' is not {what} known here; no rule reads it",
            text=Quoted(event.test),
            what=said_of(LABORATORY_TESTS.what),
        )
        yield _told(UNKNOWN_TEST, fact, message, offer_of(LABORATORY_TESTS.nearest(event.test)))


def _of_two_numbers(fact: Fact, event: Measured) -> Iterator[Finding]:
    for name, value in event.readings:
        yield from _of_value(fact, name, value, event.unit)
    if event.second is None:
        message = said(
            "{test} {amount} has one number of two, and no rule reads it",
            test=Quoted(event.test),
            amount=Code(event.amount),
        )
        yield _told(ONE_NUMBER, fact, message, said("write both, such as 165/95 mmHg"))


def _measured_only(fact: Fact, event: Measured) -> Finding:
    name, amount = Quoted(test_key(event.test)), Code(event.amount)
    message = said(
        "{name} {amount} was recorded as a measurement, and no dose goes by it: doses go by the attribute {name}",
        name=name,
        amount=amount,
    )
    hint = said("record 'attribute' with name: {name} and value: {amount}", name=name, amount=amount)
    return _told(MEASURED_ONLY, fact, message, hint)


def _of_value(fact: Fact, name: str, value: Decimal, unit: str) -> Iterator[Finding]:
    test = laboratory_named(name)
    doubt = doubt_about(test, value, unit) if test is not None else None
    if doubt is None:
        return
    written, own_name = Code(str(doubt.written)), Quoted(name)
    if isinstance(doubt, Unread):
        hint = said("give the value in {unit}", unit=Code(doubt.unit)) if doubt.unit else said("leave the unit out")
        message = said(
            "{test} {amount} is not read: {unit} is no unit of it", test=own_name, amount=written, unit=Quoted(unit)
        )
        yield _told(UNREAD_UNIT, fact, message, hint)
        return
    meant = _any_of(map(str, doubt.meant))
    if isinstance(doubt, NoUnit):
        message = said("{test} {amount} has no unit", test=own_name, amount=written)
        yield _told(UNREAD_UNIT, fact, message, meant if doubt.meant else None)
    elif isinstance(doubt, Impossible):
        message = said(
            "{test} {amount} is beyond what a living person has, {least} to {most}",
            test=own_name,
            amount=written,
            least=Code(str(doubt.least)),
            most=Code(str(doubt.most)),
        )
        again = said("look at the report again")
        yield _told(IMPOSSIBLE_VALUE, fact, message, said("is {meant} meant?", meant=meant) if doubt.meant else again)


def _of_attribute(rules_read: _Read, fact: Fact, event: Attribute) -> Iterator[Finding]:
    name = attribute_key(event.name).removeprefix(BASELINE)
    test = laboratory_named(name)
    if test is not None:
        yield from _of_attribute_value(fact, name, event.value, test.unit)
    elif attribute_key(event.name) in rules_read.yes_or_no and yes_or_no(event.value) is None:
        message = said(
            "'{answer}' does not say whether: {fact}; rules read it as no",
            answer=Quoted(str(event.value)),
            fact=Quoted(event.name),
        )
        yield _told(NO_ANSWER, fact, message, said("write true or false"))
    elif rules_read.attributes.named(event.name) is None and test_key(event.name) in rules_read.tests:
        message = said(
            "{name} was recorded as a fact about the patient, and rules read it as a measurement",
            name=Quoted(event.name),
        )
        hint = said("record 'measured' with test: {test}, its value and unit", test=Quoted(event.name))
        yield _told(FACT_ONLY, fact, message, hint)
    elif rules_read.attributes.named(event.name) is None and (near := rules_read.attributes.nearest(event.name)):
        yield _told(UNKNOWN_ATTRIBUTE, fact, _is_not(event.name, rules_read.attributes), offer_of(near))


def _of_attribute_value(fact: Fact, name: str, value: bool | Decimal | str, own: str) -> Iterator[Finding]:
    """A number without a unit is in the unit that the protocol gives it."""
    if isinstance(value, Decimal):
        yield from _of_value(fact, name, value, own)
        return
    try:
        number, unit = parse_amount(str(value))
    except ValueError:
        readings = plain_amounts(str(value))
        message = said(
            "{name} '{written}' is not read: it is no number with its unit",
            name=Quoted(name),
            written=Quoted(str(value)),
        )
        if len(readings) > 1:
            hint = said("write {readings}, whichever is meant", readings=_any_of(readings))
        elif readings:
            hint = said("write {readings}", readings=_any_of(readings))
        else:
            hint = said("write a number and {unit}", unit=Code(own) if own else said("no unit"))
        yield _told(UNREAD_UNIT, fact, message, hint)
    else:
        yield from _of_value(fact, name, number, unit)


def _of_medicine(rules_read: _Read, fact: Fact, event: OfMedicine) -> Iterator[Finding]:
    counting = [asked for asked in rules_read.medicines if reads_medicine(asked, event.name)]
    if MEDICINES.known(event.name) is None and not counting:
        nearest = medicines_meant(event.name)
        if nearest:
            message = said("'{name}' is no medicine that is listed", name=Quoted(event.name))
            yield _told(UNKNOWN_MEDICINE, fact, message, offer_of(nearest))
    for missing in not_counted(event, rules_read.rules):
        yield _told(missing.code, fact, missing.what, missing.hint)


def _is_not(text: str, known: Vocabulary) -> Said:
    return said("'{text}' is not {what}", text=Quoted(text), what=said_of(known.what))


def _any_of(names: Iterable[str]) -> Listed:
    return listed(*map(Code, names), how=OR)


def _told(code: str, fact: Fact, message: Said, hint: Said | Listed | None) -> Finding:
    put_right = said("correct event {number}, or record 'reviewed' where it stands as it is", number=fact.number)
    if hint is not None and str(hint).endswith("?"):
        put_right = said("{question} {put_right}", question=hint, put_right=put_right)
    elif hint is not None:
        put_right = said("{hint}; {put_right}", hint=hint, put_right=put_right)
    whole = said("{day}, event {number}: {what}", day=Code(f"{fact.event.on}"), number=fact.number, what=message)
    return Finding.of(code, Severity.WARNING, whole, put_right, events=fact.numbers)
