"""Asks a table of rules what a case calls for, by comparing what both are for. The engine's own evaluation is not used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from scheduler.protocol.checks.rules.boxes import (
    ATTRIBUTED,
    FALSE,
    OCCURRENCE,
    Box,
    Line,
    Stretch,
    box_of,
    contains,
    whole_numbers,
)
from scheduler.protocol.checks.rules.findings import findings_of
from scheduler.protocol.plan.rules import Rule
from scheduler.protocol.plan.values import ValueIs
from scheduler.protocol.sentences.rules.rule import read_row

_UNSAID: dict[str, Stretch] = {
    "attribute": FALSE,
    "worse": FALSE,
    "not improved": Stretch((Decimal(0), 0), (Decimal(0), 1)),
    "value": Stretch((Decimal(0), 0), (Decimal(1), 1)),
}


def answer(rules: Iterable[Rule], treatment: str, finding: str, case: str) -> str:
    """The strictest action for a case, and its rule; the first of the protocol's own where several are as strict."""
    own = [rule for rule in rules if rule.treatment == treatment]
    asked = _case(own, finding, case)
    fitting = [rule for rule in own if _is_about(rule, finding) and contains(_box(rule, finding), asked)]
    if not fitting:
        return "nothing"
    leading = max(fitting, key=lambda rule: rule.strictness)
    return f"{leading.actions[0].words} ({leading.id})"


def _case(rules: list[Rule], finding: str, case: str) -> Box:
    row = read_row(f"{case}: continue (asked)")
    conditions = tuple(
        replace(each, tests=(finding,)) if isinstance(each, ValueIs) and not each.tests else each
        for each in row.conditions
    )
    asked: dict[Line, Stretch] = dict(_box(Rule("asked", "", conditions, row.actions, row.clause), finding))
    asked[ATTRIBUTED] = whole_numbers(1, 1)
    asked.setdefault(OCCURRENCE, whole_numbers(1, 1))
    for rule in rules:
        for line in _box(rule, finding):
            if line[0] in _UNSAID:
                asked.setdefault(line, _UNSAID[line[0]])
    return asked


def _box(rule: Rule, finding: str) -> Box:
    box = box_of(rule, finding)
    assert box is not None
    return box


def _is_about(rule: Rule, finding: str) -> bool:
    return finding in findings_of(rule)
