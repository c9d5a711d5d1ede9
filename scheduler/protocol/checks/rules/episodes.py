"""Rows that count times, and when a time is over: doses that go on before that would meet no second time."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scheduler.findings import Finding
from scheduler.protocol.checks.protocol import Protocol
from scheduler.protocol.checks.rules.findings import all_rules
from scheduler.protocol.plan.actions import Recovery
from scheduler.protocol.plan.rules import OccurrenceIs, Rule, values_in
from scheduler.protocol.plan.values import Basis
from scheduler.vocabulary import laboratory_named
from scheduler.vocabulary.laboratory import grade_of
from scheduler.vocabulary.units import convert

_JUST = Decimal("0.0001")
"""A value "below 3" is this part of it lower, one "above 3" higher."""


def check_episodes_end(protocol: Protocol) -> Iterator[Finding]:
    """Times of a table without 'episode ends', where the first is not over when doses go on, or nothing says when it is.

    It counts as over at grade 0-1. Nobody but the protocol can say whether what falls again before that is another time.
    """
    for name, table in protocol.text.rules.items():
        own = [rule for rule in all_rules(protocol) if rule.table == name]
        times = [rule for rule in own if any(isinstance(asked, OccurrenceIs) for asked in rule.conditions)]
        if not times or "episode_ends" in table.model_fields_set:
            continue
        at = protocol.root.below("rules", name)
        ends = [(grade, recovery.words) for rule in own for recovery, grade in _ends_of_holds(rule)]
        worst, words = max(ends, key=lambda end: end[0], default=(0, ""))
        if worst > 1:
            message = f"a time counts as over at grade 0-1, and a hold ends with {words}, which may be grade {worst}"
            message += ": what gets worse again before grade 1 is no further time"
            hint = f"write episode ends: grade 0-{worst}; or grade 0-1, where that is meant"
            yield at.warning("episode-ends", message, hint)
        elif not ends and (test := _graded_test(times)) is not None:
            message = f"no row says when a time of {test} is over: it is read as grade 0-1"
            yield at.warning(
                "episode-ends", message, "write episode ends: grade 0-1, or the grade that the protocol says"
            )


def _ends_of_holds(rule: Rule) -> Iterator[tuple[Recovery, int]]:
    """What ends the holds of a row, with the worst CTCAE grade that is good enough for it."""
    tests = [test for asked in rule.conditions for value in values_in(asked) for test in value.tests]
    for action in rule.actions:
        if action.recovery is None:
            continue
        grades = [action.recovery.grade, *(_grade_at(action.recovery, test) for test in tests)]
        known = [grade for grade in grades if grade is not None]
        if known:
            yield action.recovery, max(known)


def _grade_at(recovery: Recovery, name: str) -> int | None:
    """The grade of a test at the value that ends a hold; None where it has none, or hangs on the patient's own baseline."""
    test = laboratory_named(name)
    if test is None or recovery.times is None or recovery.basis not in (Basis.ABSOLUTE, Basis.UPPER_LIMIT):
        return None
    sign = 0 if recovery.at_least else 1 if recovery.above else -1
    times = recovery.times + sign * _JUST * recovery.times
    if recovery.basis is Basis.UPPER_LIMIT:
        return grade_of(test, times, Decimal(1)) if test.over_upper else None
    value = convert(times, recovery.unit or test.unit, test.unit, test.molar_mass)
    return grade_of(test, value) if value is not None else None


def _graded_test(rules: list[Rule]) -> str | None:
    """A laboratory test whose times rows count, and which CTCAE grades."""
    asked = [value for rule in rules for each in rule.conditions for value in values_in(each) if not value.at_baseline]
    tests = [test for each in asked for name in each.tests if (test := laboratory_named(name)) is not None]
    return next((test.name for test in tests if test.under or test.from_value or test.over_upper), None)
