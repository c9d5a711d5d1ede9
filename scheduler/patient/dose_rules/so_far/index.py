"""The rules of a plan by what they look at, so that an event meets only those that it can make fire. Made once for a plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import dropwhile

from scheduler.identity import Memo, Same, by_identity, each_once
from scheduler.patient.dose_rules.facts.names import attribute_key, rule_key, term_keys, test_key
from scheduler.patient.dose_rules.so_far.rows import Rows, is_named, rows_of
from scheduler.protocol.plan.rules import (
    AttributeIs,
    BeforeSurgery,
    Condition,
    GradeIs,
    Happened,
    MedicineFor,
    NoLevelLeft,
    OnHoldFor,
    Rule,
    SinceLastDose,
    StepUp,
    WaitingFor,
    values_in,
)
from scheduler.protocol.plan.values import EitherIs, ValueIs


@dataclass(slots=True)
class Index:
    """The rules by CTCAE term, by test, by attribute that has to be so, by what happened, and those that time makes fire.

    ``order`` is the order in which rules are read. ``values_late`` are those that compare a value only after
    something else than values and grades. Of two versions of a protocol both rules of an id are here.
    """

    terms: dict[str, list[Rule]] = field(default_factory=dict)
    other_terms: list[Rule] = field(default_factory=list)
    tests: dict[str, list[Rule]] = field(default_factory=dict)
    attributes: dict[str, list[Rule]] = field(default_factory=dict)
    medicines: list[tuple[Rule, MedicineFor]] = field(default_factory=list)
    last_doses: list[tuple[Rule, SinceLastDose]] = field(default_factory=list)
    holds: list[tuple[Rule, OnHoldFor]] = field(default_factory=list)
    waits: list[tuple[Rule, WaitingFor]] = field(default_factory=list)
    steps: list[tuple[Rule, StepUp]] = field(default_factory=list)
    without_level: list[Rule] = field(default_factory=list)
    happenings: dict[str, list[Rule]] = field(default_factory=dict)
    planned_surgery: list[tuple[Rule, BeforeSurgery]] = field(default_factory=list)
    order: Memo[Rule, int] = field(default_factory=Memo)
    values_late: list[Rule] = field(default_factory=list)
    by_id: dict[str, list[Rule]] = field(default_factory=dict)
    _by_term: dict[str, tuple[Rows, ...]] = field(default_factory=dict)
    _by_test: dict[str, tuple[Rows, ...]] = field(default_factory=dict)
    _by_attribute: dict[str, tuple[Rows, ...]] = field(default_factory=dict)

    def about_term(self, term: str) -> tuple[Rows, ...]:
        """The rules about a grade of a term: those that name it, and those for all that no table names."""
        found = self._by_term.get(term)
        if found is None:
            rules = (*self.terms.get(rule_key(term), ()), *self.other_terms)
            found = self._by_term[term] = rows_of(rule for rule in rules if _may_be_about(rule, term))
        return found

    def about_test(self, test: str) -> tuple[Rows, ...]:
        """The rules about a value of a test."""
        found = self._by_test.get(test)
        if found is None:
            found = self._by_test[test] = rows_of(self.tests.get(test, ()))
        return found

    def about_attribute(self, name: str) -> tuple[Rows, ...]:
        """The rules for which an attribute has to be so."""
        found = self._by_attribute.get(name)
        if found is None:
            found = self._by_attribute[name] = rows_of(self.attributes.get(name, ()))
        return found

    def about_happenings(self, names: Iterable[str]) -> tuple[Rows, ...]:
        """The rules about what happened to the patient, by all its names: an operation may be major and an emergency."""
        return rows_of(rule for name in names for rule in self.happenings.get(name, ()))


def index_of(rules: tuple[Rule, ...]) -> Index:
    """The index of these rules."""
    return _made_once(Same(rules))


@lru_cache(maxsize=64)
def _made_once(same: Same) -> Index:
    index = Index()
    (rules,) = same.parts
    assert isinstance(rules, tuple)
    for rule in rules:
        index.by_id.setdefault(rule.id, []).append(rule)
        for condition in rule.conditions:
            _file(index, rule, condition)
        if any(values_in(condition) for condition in _after_comparing(rule)):
            index.values_late.append(rule)
    # What names a term is read before what is for all other terms.
    others = by_identity(index.other_terms)
    named = [rule for number, rule in by_identity(rules).items() if number not in others]
    index.order = Memo((rule, place) for place, rule in enumerate(each_once((*named, *index.other_terms))))
    return index


def _after_comparing(rule: Rule) -> Iterable[Condition]:
    """The conditions from the first on that is neither a value nor a grade."""
    return dropwhile(lambda condition: isinstance(condition, ValueIs | GradeIs), rule.conditions)


def _file(index: Index, rule: Rule, condition: Condition) -> None:  # noqa: C901 - one kind, one line
    """Put a rule where one of its findings is looked for."""
    match condition:
        case GradeIs(terms=()):
            index.other_terms.append(rule)
        case GradeIs():
            _add(index.terms, term_keys(condition.terms), rule)
        case ValueIs(at_baseline=False) | EitherIs():
            _add(index.tests, {test_key(test) for value in values_in(condition) for test in value.tests}, rule)
        case MedicineFor():
            index.medicines.append((rule, condition))
        case SinceLastDose():
            index.last_doses.append((rule, condition))
        case OnHoldFor():
            index.holds.append((rule, condition))
        case WaitingFor():
            index.waits.append((rule, condition))
        case StepUp():
            index.steps.append((rule, condition))
        case NoLevelLeft():
            index.without_level.append(rule)
        case Happened(what):
            _add(index.happenings, (what,), rule)
        case BeforeSurgery():
            index.planned_surgery.append((rule, condition))
        case AttributeIs() if condition.value is not False:
            _add(index.attributes, {attribute_key(condition.name)}, rule)


def _add(rules: dict[str, list[Rule]], keys: Iterable[str], rule: Rule) -> None:
    """Put a rule under each key, once."""
    for key in keys:
        known = rules.setdefault(key, [])
        if rule not in known[-1:]:
            known.append(rule)


def _may_be_about(rule: Rule, term: str) -> bool:
    first = rule.conditions[0]
    return not isinstance(first, GradeIs) or is_named(rule, first, term)
