"""The rules of a plan by what they look at, so that an event meets only those that it can make fire. Made once for a plan."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from scheduler.dates import Day
from scheduler.patient.dose_rules.names import attribute_key, term_key, term_keys, test_key
from scheduler.patient.dose_rules.same import Same
from scheduler.protocol.rules import (
    AttributeIs,
    Condition,
    GradeIs,
    MedicineFor,
    NoLevelLeft,
    OnHoldFor,
    Rule,
    SinceLastDose,
    ValueIs,
)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rules for one treatment whose first finding is looked for in the same place: they differ in how bad it has to be.

    ``for_tests``: they ask for extra tests.
    """

    treatment: str
    first: Condition
    for_tests: bool
    rules: tuple[Rule, ...]

    def are_in_force(self, day: Day) -> bool:
        """True on the days of the protocol version that has these rules."""
        return self.rules[0].is_in_force(day)


@dataclass(slots=True)
class Index:
    """The rules by CTCAE term, by test, by attribute that has to be so, and those that time makes fire."""

    terms: dict[str, list[Rule]] = field(default_factory=dict)
    other_terms: list[Rule] = field(default_factory=list)
    tests: dict[str, list[Rule]] = field(default_factory=dict)
    attributes: dict[str, list[Rule]] = field(default_factory=dict)
    medicines: list[tuple[Rule, MedicineFor]] = field(default_factory=list)
    last_doses: list[tuple[Rule, SinceLastDose]] = field(default_factory=list)
    holds: list[tuple[Rule, OnHoldFor]] = field(default_factory=list)
    without_level: list[Rule] = field(default_factory=list)
    _by_term: dict[str, tuple[Rows, ...]] = field(default_factory=dict)
    _by_test: dict[str, tuple[Rows, ...]] = field(default_factory=dict)
    _by_attribute: dict[str, tuple[Rows, ...]] = field(default_factory=dict)

    def about_term(self, term: str) -> tuple[Rows, ...]:
        """The rules about a grade of a term: those that name it, and those for all that no table names."""
        found = self._by_term.get(term)
        if found is None:
            rules = (*self.terms.get(term, ()), *self.other_terms)
            found = self._by_term[term] = _rows(rule for rule in rules if _may_be_about(rule, term))
        return found

    def about_test(self, test: str) -> tuple[Rows, ...]:
        """The rules about a value of a test."""
        found = self._by_test.get(test)
        if found is None:
            found = self._by_test[test] = _rows(self.tests.get(test, ()))
        return found

    def about_attribute(self, name: str) -> tuple[Rows, ...]:
        """The rules for which an attribute has to be so."""
        found = self._by_attribute.get(name)
        if found is None:
            found = self._by_attribute[name] = _rows(self.attributes.get(name, ()))
        return found


def index_of(rules: tuple[Rule, ...]) -> Index:
    """The index of these rules."""
    return _made_once(Same(rules))


@lru_cache(maxsize=64)
def _made_once(same: Same) -> Index:
    index = Index()
    (rules,) = same.parts
    assert isinstance(rules, tuple)
    for rule in rules:
        for condition in rule.conditions:
            _file(index, rule, condition)
    return index


def _file(index: Index, rule: Rule, condition: Condition) -> None:
    """Put a rule where one of its findings is looked for."""
    match condition:
        case GradeIs(terms=()):
            index.other_terms.append(rule)
        case GradeIs():
            _add(index.terms, {term_key(term) for term in condition.terms}, rule)
        case ValueIs(at_baseline=False):
            _add(index.tests, {test_key(test) for test in condition.tests}, rule)
        case MedicineFor():
            index.medicines.append((rule, condition))
        case SinceLastDose():
            index.last_doses.append((rule, condition))
        case OnHoldFor():
            index.holds.append((rule, condition))
        case NoLevelLeft():
            index.without_level.append(rule)
        case AttributeIs() if condition.value is not False:
            _add(index.attributes, {attribute_key(condition.name)}, rule)


def _add(rules: dict[str, list[Rule]], keys: set[str], rule: Rule) -> None:
    """Put a rule under each key, once."""
    for key in keys:
        known = rules.setdefault(key, [])
        if rule not in known[-1:]:
            known.append(rule)


def is_named(rule: Rule, asked: GradeIs, term: str) -> bool:
    """True when a condition is about a term: named, or left to it by the other tables of the treatment."""
    if asked.terms:
        return term in term_keys(asked.terms)
    return term not in term_keys(rule.except_for)


def asks_for_tests(rule: Rule) -> bool:
    """True when one of the rule's actions adds tests."""
    return any(action.monitor for action in rule.actions)


def _may_be_about(rule: Rule, term: str) -> bool:
    first = rule.conditions[0]
    return not isinstance(first, GradeIs) or is_named(rule, first, term)


def _rows(rules: Iterable[Rule]) -> tuple[Rows, ...]:
    found: dict[Hashable, list[Rule]] = {}
    for rule in rules:
        found.setdefault(_what_rows_share(rule), []).append(rule)
    return tuple(
        Rows(first.treatment, first.conditions[0], asks_for_tests(first), (first, *others))
        for first, *others in found.values()
    )


def _what_rows_share(rule: Rule) -> Hashable:
    first = rule.conditions[0]
    shared = (rule.treatment, rule.since, rule.until, asks_for_tests(rule))
    match first:
        case GradeIs():
            return (*shared, rule.attributed, first.terms, rule.except_for)
        case ValueIs():
            return (*shared, first.tests, first.basis, first.unit, first.at_baseline)
        case _:
            return (*shared, first)
