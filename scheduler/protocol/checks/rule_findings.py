"""The dose rules of a protocol under examination: all of them, what each is about, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.protocol.at import At
from scheduler.protocol.checks.protocol import Protocol
from scheduler.protocol.rules import GradeIs, Rule, ValueIs

ANY_OTHER = ""
"""What a rule is about that takes any adverse event which no table names."""
ITSELF = "the treatment itself"
"""What a rule is about that asks for no adverse event and no value."""


def all_rules(protocol: Protocol) -> tuple[Rule, ...]:
    """Every rule of every arm, each once, in the order of the text."""
    found = {rule.id: rule for plan in protocol.version.arms.values() for rule in plan.rules}
    return tuple(sorted(found.values(), key=lambda rule: rule.clause.line))


def place_of(protocol: Protocol, rule: Rule) -> At:
    """Where a rule stands."""
    return protocol.root.below("rules", rule.table, "rows", int(rule.id.rpartition(".")[2]) - 1)


def findings_of(rule: Rule) -> tuple[str, ...]:
    """What a rule is about: CTCAE terms and tests, any other adverse event, or the treatment itself."""
    found: list[str] = []
    for condition in rule.conditions:
        if isinstance(condition, GradeIs):
            found += condition.terms or (ANY_OTHER,)
        elif isinstance(condition, ValueIs) and not condition.at_baseline:
            found += condition.tests
    return tuple(dict.fromkeys(found)) or (ITSELF,)


def index(rules: tuple[Rule, ...]) -> dict[tuple[str, str], list[Rule]]:
    """The rules by their treatment and what they are about."""
    found: dict[tuple[str, str], list[Rule]] = {}
    for rule in rules:
        for finding in findings_of(rule):
            found.setdefault((rule.treatment, finding), []).append(rule)
    return found


def by_finding(rules: tuple[Rule, ...]) -> Iterator[tuple[str, tuple[Rule, ...]]]:
    """The rules of one treatment about one finding; findings that have the same rules are told once."""
    seen: set[tuple[str, ...]] = set()
    for (_, finding), group in index(rules).items():
        ids = tuple(rule.id for rule in group)
        if ids not in seen:
            seen.add(ids)
            yield finding, tuple(group)
