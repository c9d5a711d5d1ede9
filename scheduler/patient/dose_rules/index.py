"""The rules of a plan by what they look at, so that an event meets only those that it can make fire. Made once for a plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from scheduler.patient.dose_rules.names import attribute_key, term_key, test_key
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


def index_of(rules: tuple[Rule, ...]) -> Index:
    """The index of these rules."""
    return _made_once(_Same(rules))


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """Rules known by being the same object: comparing a hundred of them costs more than reading them."""

    rules: tuple[Rule, ...]

    def __hash__(self) -> int:
        return id(self.rules)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.rules is other.rules


@lru_cache(maxsize=64)
def _made_once(same: _Same) -> Index:
    index = Index()
    for rule in same.rules:
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
