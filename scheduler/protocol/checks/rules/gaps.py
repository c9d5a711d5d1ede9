"""What a decision table leaves open: a grade, a time or a range of values that no row is for.

A table that says what is to be done at grade 2 also says that nothing is to be done at grade 1; silence is not an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from scheduler.findings import Finding
from scheduler.protocol.checks.protocol import Protocol
from scheduler.protocol.checks.rules.boxes import (
    ATTRIBUTED,
    GRADE,
    OCCURRENCE,
    Box,
    Line,
    Stretch,
    box_of,
    left_over,
    line_of,
    range_of,
    whole_numbers,
)
from scheduler.protocol.checks.rules.cases import case_in_words
from scheduler.protocol.checks.rules.findings import ANY_OTHER, Group, all_rules, index
from scheduler.protocol.plan.rules import GradeIs, Rule
from scheduler.protocol.plan.values import Basis, ValueIs
from scheduler.vocabulary import OTHER, TERMS, laboratory_named

_MOST_TOLD = 4
About: TypeAlias = Mapping[tuple[str, str], Group]


def check_rule_gaps(protocol: Protocol) -> Iterator[Finding]:
    """Cases that a table is on and that none of its treatment's rules is for."""
    rules = all_rules(protocol)
    about = index(rules)
    for name, table in protocol.text.rules.items():
        own = [rule for rule in rules if rule.table == name]
        any_other = OTHER in (each.casefold() for each in table.on)
        cases = [*_grades_left_open(own, about, any_other), *_values_left_open(table.on, own, about)]
        if cases:
            told = "; ".join(cases[:_MOST_TOLD]) + ("; and more" if len(cases) > _MOST_TOLD else "")
            at = protocol.root.below("rules", name)
            yield at.warning("rule-gap", f"no row is for {told}", "write a row for it, such as: continue (label)")


def _grades_left_open(own: Sequence[Rule], about: About, any_other: bool) -> Iterator[str]:
    """Terms that have the same grades and the same rules are looked at once."""
    told: dict[str, None] = {}
    seen: set[tuple[int, ...]] = set()
    for term in dict.fromkeys(term for rule in own for term in _terms(rule, any_other)):
        group, known = about[own[0].treatment, term], TERMS.get(term)
        grades = [grade for grade in (known.grades if known else (1, 2, 3, 4)) if grade < 5]
        if (group.number, *grades) not in seen:
            seen.add((group.number, *grades))
            told |= dict.fromkeys(_open_cases({GRADE: whole_numbers(min(grades), max(grades))}, group, term))
    yield from told


def _terms(rule: Rule, any_other: bool) -> Iterator[str]:
    """The terms whose grades a rule asks for; a grade of nothing is another check's business."""
    for asked in rule.conditions:
        if isinstance(asked, GradeIs) and not asked.of_its_own:
            yield from asked.terms or ((ANY_OTHER,) if any_other else ())


def _values_left_open(on: Sequence[str], own: Sequence[Rule], about: About) -> Iterator[str]:
    for test in (known.name for each in on if (known := laboratory_named(each)) is not None):
        lines: dict[Line, list[Stretch]] = {}
        for rule in own:
            for asked in rule.conditions:
                if isinstance(asked, ValueIs) and test in asked.tests and not asked.at_baseline:
                    lines.setdefault(line_of(asked, test), []).append(range_of(asked))
        if len(lines) == 1:  # values on two different lines cannot be added up
            line, stretches = next(iter(lines.items()))
            yield from _open_cases({line: _expected(line, stretches)}, about[own[0].treatment, test], test)


def _expected(line: Line, stretches: Sequence[Stretch]) -> Stretch:
    """The values that a table should have a row for: all that are not normal, on the side that its rows look at."""
    low, high = min(each.low for each in stretches), max(each.high for each in stretches)
    if any(each.open_below for each in stretches):
        return Stretch(low, high)
    if line[2] == Basis.UPPER_LIMIT.value:
        low = min(low, (Decimal(1), 1))
    return Stretch(low)


def _open_cases(universe: Box, group: Group, finding: str) -> Iterator[str]:
    if group.too_many:
        return
    boxes = [box for rule in group.rules if (box := box_of(rule, finding)) is not None]
    every_time = whole_numbers(1, None)
    asked = [{line: stretch for line, stretch in box.items() if line != ATTRIBUTED} for box in boxes]
    left = left_over({**universe, OCCURRENCE: every_time}, asked)
    if left is None:
        yield "more cases than can be told apart"
        return
    for case in left:
        whole = case[OCCURRENCE] == every_time
        yield case_in_words({line: stretch for line, stretch in case.items() if line != OCCURRENCE or not whole})
