"""The dose rules of a protocol under examination: all of them, what each is about, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.protocol.checks.protocol import Protocol
from scheduler.protocol.plan.rules import GradeIs, NotRecovered, Rule, StepUp, WaitingFor, values_in
from scheduler.protocol.text.sentence_place import At

ANY_OTHER = ""
"""What a rule is about that takes any adverse event which no table names."""
ITSELF = "the treatment itself"
"""What a rule is about that asks for no adverse event and no value."""


def all_rules(protocol: Protocol) -> tuple[Rule, ...]:
    """Every rule of every arm that stands in a table, each once, in the order of the text."""
    rules = (rule for plan in protocol.version.arms.values() for rule in plan.rules)
    found = {rule.id: rule for rule in rules if not isinstance(rule.conditions[-1], WaitingFor | StepUp | NotRecovered)}
    return tuple(sorted(found.values(), key=lambda rule: rule.clause.line))


def place_of(protocol: Protocol, rule: Rule) -> At:
    """Where a rule stands."""
    return protocol.root.below("rules", rule.table, "rows", int(rule.id.rpartition(".")[2]) - 1)


def findings_of(rule: Rule) -> tuple[str, ...]:
    """What a rule is about: CTCAE terms and tests, any other adverse event, or the treatment itself."""
    broken: list[str] = []
    for condition in rule.conditions:
        if isinstance(condition, GradeIs):
            broken += condition.terms or (ANY_OTHER,)
        broken += [test for value in values_in(condition) if not value.at_baseline for test in value.tests]
    return tuple(dict.fromkeys(broken)) or (ITSELF,)


MOST_RULES = 200
"""So many rules about one finding are compared with each other; no protocol needs more."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rules that are about the same things. ``number`` tells groups apart; two findings with the same rules share one."""

    number: int
    rules: tuple[Rule, ...]

    @property
    def too_many(self) -> bool:
        """True where they are more than can be compared with each other."""
        return len(self.rules) > MOST_RULES


def index(rules: tuple[Rule, ...]) -> dict[tuple[str, str], Group]:
    """The rules by their treatment and what they are about."""
    places: dict[tuple[str, str], list[int]] = {}
    for place, rule in enumerate(rules):
        for finding in findings_of(rule):
            places.setdefault((rule.treatment, finding), []).append(place)
    groups: dict[tuple[int, ...], Group] = {}
    for found in places.values():
        groups.setdefault(tuple(found), Group(len(groups), tuple(rules[place] for place in found)))
    return {about: groups[tuple(found)] for about, found in places.items()}


def by_finding(rules: tuple[Rule, ...]) -> Iterator[tuple[str, Group]]:
    """Each group of rules once, with the first thing that it is about."""
    seen: set[int] = set()
    for (_, finding), group in index(rules).items():
        if group.number not in seen:
            seen.add(group.number)
            yield finding, group
