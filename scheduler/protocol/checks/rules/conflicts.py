"""Rules held against each other: two that contradict, and one that can never lead.

All rules that fit a case are shown and the strictest leads. So a rule for a narrower case may be stricter than the one for the
wider; but where both ask about the same things, two answers to one case are a mistake, and a milder rule inside a stricter one
is never followed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from scheduler.findings import Finding
from scheduler.protocol.checks.protocol import Protocol
from scheduler.protocol.checks.rules.boxes import Box, box_of, contains, overlap
from scheduler.protocol.checks.rules.cases import case_in_words
from scheduler.protocol.checks.rules.findings import MOST_RULES, all_rules, by_finding, findings_of, place_of
from scheduler.protocol.plan.actions import Action
from scheduler.protocol.plan.rules import Rule


def check_impossible_rules(protocol: Protocol) -> Iterator[Finding]:
    """A rule whose own conditions exclude each other."""
    for rule in all_rules(protocol):
        if all(box_of(rule, finding) is None for finding in findings_of(rule)):
            message = "this rule can never fit: its conditions exclude each other"
            yield place_of(protocol, rule).finding("unreachable-rule", message, "leave one of them out")


def check_rule_pairs(protocol: Protocol) -> Iterator[Finding]:
    """Two rules about the same case that contradict each other, or of which one is never followed."""
    told: set[tuple[str, str]] = set()
    for finding, group in by_finding(all_rules(protocol)):
        if group.too_many:
            message = f"there are more than {MOST_RULES} rules about {finding or 'any other adverse event'}"
            yield place_of(protocol, group.rules[0]).finding("too-many-rules", message, "write fewer, wider ones")
            continue
        boxes = [(rule, box) for rule in group.rules if (box := box_of(rule, finding)) is not None]
        for (earlier, one), (later, other) in combinations(boxes, 2):
            found = _compare(protocol, earlier, one, later, other)
            if found is not None and (earlier.id, later.id) not in told:
                told.add((earlier.id, later.id))
                yield found


def _compare(protocol: Protocol, earlier: Rule, one: Box, later: Rule, other: Box) -> Finding | None:
    common = overlap(one, other)
    if common is None:
        return None
    if one.keys() == other.keys() and _essence(earlier) != _essence(later):
        message = (
            f"{later.id} contradicts {earlier.id} in line {earlier.clause.line}: both are for {case_in_words(common)}, "
            f"one says '{_said(later)}', the other '{_said(earlier)}'"
        )
        return place_of(protocol, later).finding("contradictory-rules", message, "let one end where the other begins")
    for inner, box, outer, wider in ((later, other, earlier, one), (earlier, one, later, other)):
        if not contains(wider, box):
            continue
        if inner.strictness < outer.strictness:
            stricter = f"{outer.id} in line {outer.clause.line} fits too and is stricter"
            message = f"{inner.id} is never followed: wherever it fits, {stricter}"
            hint = "leave it out, or let the stricter one say when it does not hold"
            return place_of(protocol, inner).finding("unreachable-rule", message, hint)
        if _essence(inner) == _essence(outer):
            message = f"{inner.id} says nothing that {outer.id} in line {outer.clause.line} does not say already"
            return place_of(protocol, inner).warning("repeated-rule", message, "leave it out")
    return None


def _essence(rule: Rule) -> tuple[Action, ...]:
    return tuple(replace(action, words="") for action in rule.actions)


def _said(rule: Rule) -> str:
    return " or ".join(action.words for action in rule.actions)
