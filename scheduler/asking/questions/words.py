"""Words, grades, units and limits that no rule could read: a misspelt term, a test that nobody knows, a value without its unit.

What a word means is asked of the vocabulary; here it is put as a question, beside what the protocol says about what was meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scheduler.asking.candidate import Candidate, Told
from scheduler.findings import Finding
from scheduler.patient.dose_rules.facts.daily_totals import reads_medicine
from scheduler.patient.dose_rules.facts.names import attribute_key, term_keys, test_key
from scheduler.patient.dose_rules.unread.not_read import (
    findings_of_what_is_not_read,
    names_of_treatments,
    no_treatment,
    treatments_meant,
)
from scheduler.patient.events import AdverseEvent, Attribute, Measured
from scheduler.patient.events.observations import OfMedicine
from scheduler.patient.words import words_of
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.rules import GradeIs, MedicineFor, Rule, values_in
from scheduler.protocol.plan.values import EitherIs, ValueIs
from scheduler.said import COMMAS, Code, Listed, Said, listed, said
from scheduler.vocabulary import ADVERSE_EVENTS, MEDICINES, offer_of

Asks = Callable[[Candidate], Iterator[Told]]
_FIELDS = {
    "unknown-term": "term",
    "not-specified": "term",
    "no-such-grade": "grade",
    "unknown-test": "test",
    "unknown-medicine": "name",
    "unknown-end-reason": "reason",
    "no-unit": "unit",
    "unread-unit": "unit",
    "impossible-value": "value",
    "one-number": "second",
    "not-a-value": "value",
}
_WORDS = ("term", "grade", "test", "name")


def word(code: str) -> Asks:
    """What is to say about the words of an event under one code."""

    def asks(candidate: Candidate) -> Iterator[Told]:
        """Words that rules read wrongly or not at all."""
        for finding in words_of(candidate.event, candidate.before):
            if finding.code == code and not (code.startswith("unknown-") and _is_in_a_rule(candidate)):
                yield Told(finding.told, _field(candidate, finding), finding.what_to_do, _clause(candidate, code))

    return asks


def _field(candidate: Candidate, finding: Finding) -> str:
    fields = candidate.event.kind.fields
    named = _FIELDS.get(finding.code)
    if named in fields:
        return str(named)
    if isinstance(candidate.event, Attribute):
        return "name" if finding.code == "read-as" else "value"
    wanted = ("amount", "dose") if finding.code == "ambiguous-amount" else _WORDS
    return next((name for name in wanted if name in fields), "value" if "value" in fields else "event")


def _is_in_a_rule(candidate: Candidate) -> bool:
    """True for a word that a rule of the protocol has itself, listed or not."""
    event = candidate.event
    for condition in (each for plan in candidate.plans() for rule in plan.rules for each in rule.conditions):
        match condition, event:
            case GradeIs(), AdverseEvent() if term_keys((event.term,)) & term_keys(condition.terms):
                return True
            case ValueIs() | EitherIs(), Measured() if _asks_for(condition, event):
                return True
            case MedicineFor(), OfMedicine() if reads_medicine(condition, event.name):
                return True
    return False


def _asks_for(condition: ValueIs | EitherIs, event: Measured) -> bool:
    return any(test_key(event.test) in map(test_key, value.tests) for value in values_in(condition))


def _clause(candidate: Candidate, code: str) -> Clause | None:
    """The row of the protocol's tables about what was likely meant by a term, of that grade."""
    event = candidate.event
    if code != "unknown-term" or not isinstance(event, AdverseEvent):
        return None
    rules = [rule for plan in candidate.plans() for rule in plan.rules]
    for name in ADVERSE_EVENTS.nearest(event.term):
        for rule in rules:
            if _is_about(rule, term_keys((name,)), event.grade):
                return rule.clause
    return None


def _is_about(rule: Rule, meant: frozenset[str], grade: int) -> bool:
    graded = [each for each in rule.conditions if isinstance(each, GradeIs)]
    return any(each.low <= grade <= each.high and term_keys(each.terms) & meant for each in graded)


def no_number(candidate: Candidate) -> Iterator[Told]:
    """A weight in words, or with a comma: no dose goes by it. What a branch hangs on is asked in its own words."""
    event = candidate.event
    facts = (fact for plan in candidate.plans() for fact in plan.asked_facts)
    if isinstance(event, Attribute) and attribute_key(event.name) not in {attribute_key(fact.name) for fact in facts}:
        yield from word("not-a-value")(candidate)


def unread(code: str) -> Asks:
    """What the calendar would tell of words that no rule reads, or of a value that no dose goes by, under one code."""

    def asks(candidate: Candidate) -> Iterator[Told]:
        """What is recorded so that nothing reads it."""
        for finding in _unread(candidate):
            if finding.code == code:
                field = next(name for name in ("name", "test") if name in candidate.event.kind.fields)
                # The right way to say it, without how a record that stands is put right.
                hint = _part(finding.what_to_do, "question") or _part(finding.what_to_do, "hint")
                yield Told(_part(finding.told, "what") or finding.told, field, hint)

    return asks


def _part(words: object, name: str) -> Said | Listed | None:
    part = dict(words.values).get(name) if isinstance(words, Said) else None
    return part if isinstance(part, Said | Listed) else None


def _unread(candidate: Candidate) -> Iterator[Finding]:
    for plan in candidate.plans()[:1]:
        for finding in findings_of_what_is_not_read(plan, candidate.course_after.facts):
            if candidate.number in finding.events:
                yield finding


def related_to_no_treatment(candidate: Candidate) -> Iterator[Told]:
    """An adverse event related to what no treatment is called: rules of the one that is meant do not read it."""
    event, plans = candidate.event, candidate.plans()
    if not isinstance(event, AdverseEvent) or not plans:
        return
    known = {name.casefold() for plan in plans for name in names_of_treatments(plan)}
    for name in event.related:
        if name.casefold() in known or name.casefold() in _NO_TREATMENT or MEDICINES.known(name) is not None:
            continue
        meant = tuple(dict.fromkeys(each for plan in plans for each in treatments_meant(plan, name)))
        names = listed(*map(Code, sorted(names_of_treatments(plans[0]))), how=COMMAS)
        hint = offer_of(meant) or said("the treatments are {names}; leave out what is none of them", names=names)
        yield Told(no_treatment(name), "related", hint)


_NO_TREATMENT = ("disease", "underlying disease", "other", "none", "procedure", "study procedure")
"""What an event is related to that is no treatment, and is not meant as one."""


def limit_of_zero(candidate: Candidate) -> Iterator[Told]:
    """Nothing is a multiple of an upper limit of 0."""
    event = candidate.event
    if isinstance(event, Measured) and event.upper_limit is not None and event.upper_limit <= 0:
        hint = said(
            "write the laboratory's upper limit of normal in the unit of the value, or leave it out where it has none"
        )
        yield Told(
            said(
                "{test}: an upper limit of normal of {upper_limit} cannot be",
                test=Code(f"{event.test}"),
                upper_limit=Code(f"{event.upper_limit:f}"),
            ),
            "upper_limit",
            hint,
        )
