"""Rules that ask for the same findings and differ in how bad each has to be: a value or grade sorts them all at once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from scheduler.dates import Day
from scheduler.identity import by_identity
from scheduler.patient.dose_rules.facts.names import rule_key, term_keys, terms_left_out
from scheduler.patient.dose_rules.facts.values import in_range
from scheduler.protocol.plan.rules import Attribution, Condition, GradeIs, Rule
from scheduler.protocol.plan.values import ValueIs


class Sorted(NamedTuple):
    """Rules by whether a finding is as they ask: those with nothing more to compare, those that compare more, and the others.

    ``missed`` says of the others whether they ask for extra tests: empty where there are none, two where some do.
    """

    read: tuple[Rule, ...]
    further: tuple[Rows, ...]
    missed: tuple[bool, ...]


@dataclass(slots=True)
class Rows:
    """Rules for one treatment that look for a finding in the same place, the one numbered ``at`` of each.

    What a value or grade has sorted once is kept.
    """

    rules: tuple[Rule, ...]
    at: int
    treatment: str = field(init=False)
    related_to: tuple[str, ...] = field(init=False)
    attributed: Attribution = field(init=False)
    asked: Condition = field(init=False)
    _terms: frozenset[str] = field(init=False)
    _bounds: list[Decimal] = field(init=False)
    _sorted: dict[Hashable, Sorted] = field(default_factory=dict)

    def __post_init__(self) -> None:
        first = self.rules[0]
        self.treatment, self.attributed, self.asked = first.treatment, first.attributed, first.conditions[self.at]
        self.related_to = first.related_to
        self._terms = _terms_of(first, self.asked)
        asked = [rule.conditions[self.at] for rule in self.rules]
        bounds = [bound for each in asked if isinstance(each, ValueIs) for bound in (each.above, each.up_to)]
        self._bounds = sorted({bound for bound in bounds if bound is not None})

    def are_in_force(self, day: Day) -> bool:
        """True on the days of the protocol version that has these rules."""
        since, until = self.rules[0].since, self.rules[0].until
        return (since is None or day >= since) and (until is None or day < until)

    def are_about(self, term: str) -> bool:
        """True when they ask for the grade of a term."""
        asked = self.asked
        return type(asked) is GradeIs and (rule_key(term) in self._terms) is bool(asked.terms)

    def by_value(self, numbers: tuple[Decimal | None, ...]) -> Sorted:
        """The rules by whether one of some values is in their range."""
        # What lies between the same two bounds, or on the same one, is in the same ranges.
        where = tuple([bisect_left(self._bounds, n) + bisect_right(self._bounds, n) for n in numbers if n is not None])
        in_order = self._sorted.get(where)
        if in_order is None:
            asked = [(rule, rule.conditions[self.at]) for rule in self.rules]
            holds = [
                rule for rule, each in asked if isinstance(each, ValueIs) and any(in_range(n, each) for n in numbers)
            ]
            in_order = self._sorted[where] = self._sort(holds)
        return in_order

    def by_grade(self, grade: int | None) -> Sorted:
        """The rules by whether a grade is in their range; without a grade none is fulfilled."""
        in_order = self._sorted.get(grade)
        if in_order is None:
            asked = [(rule, rule.conditions[self.at]) for rule in self.rules]
            holds = [
                rule
                for rule, each in asked
                if isinstance(each, GradeIs) and grade is not None and each.low <= grade <= each.high
            ]
            in_order = self._sorted[grade] = self._sort(holds)
        return in_order

    def _sort(self, holds: list[Rule]) -> Sorted:
        known = by_identity(holds)
        further = [rule for rule in holds if _compares(rule, self.at + 1)]
        read = tuple(rule for rule in holds if not _compares(rule, self.at + 1))
        missed = {asks_for_tests(rule) for number, rule in by_identity(self.rules).items() if number not in known}
        return Sorted(read, rows_of(further, self.at + 1), tuple(missed))


def rows_of(rules: Iterable[Rule], at: int = 0) -> tuple[Rows, ...]:
    """Rules put together where they look for their finding number ``at`` in the same place."""
    found: dict[Hashable, list[Rule]] = {}
    for rule in rules:
        found.setdefault(_place_looked_at(rule, at), []).append(rule)
    return tuple(Rows(tuple(same), at) for same in found.values())


def is_named(rule: Rule, asked: GradeIs, term: str) -> bool:
    """True when a condition is about a term: named, or left to it by the other tables of the treatment."""
    return (rule_key(term) in _terms_of(rule, asked)) is bool(asked.terms)


def _terms_of(rule: Rule, asked: Condition) -> frozenset[str]:
    """The terms that a condition names; where it names none, those that the other tables name."""
    if isinstance(asked, GradeIs) and asked.terms:
        return term_keys(asked.terms)
    return terms_left_out(rule.except_for)


def asks_for_tests(rule: Rule) -> bool:
    """True when one of the rule's actions adds tests."""
    for action in rule.actions:  # noqa: SIM110 - a generator takes three times as long
        if action.monitor:
            return True
    return False


def _compares(rule: Rule, at: int) -> bool:
    """True when a rule's next finding is a value or a grade."""
    return at < len(rule.conditions) and isinstance(rule.conditions[at], ValueIs | GradeIs)


def _place_looked_at(rule: Rule, at: int) -> Hashable:
    asked = rule.conditions[at]
    shared = (rule.related_to, rule.since, rule.until)
    match asked:
        case GradeIs():
            return (*shared, rule.attributed, asked.terms, rule.except_for)
        case ValueIs():
            return (*shared, asked.tests, asked.basis, asked.unit, asked.at_baseline)
        case _:
            return (*shared, rule.id)
