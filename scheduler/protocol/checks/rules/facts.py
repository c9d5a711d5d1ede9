"""Dose rules against what there is: CTCAE grades, dose levels, units, and the limits that the treatment itself states."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scheduler.dates import Span
from scheduler.findings import Finding
from scheduler.protocol.checks.protocol import Protocol
from scheduler.protocol.checks.rules.findings import all_rules, place_of
from scheduler.protocol.plan.actions import Recovery
from scheduler.protocol.plan.dosing.give import Ladder
from scheduler.protocol.plan.limits import Limits
from scheduler.protocol.plan.rules import (
    GradeIs,
    LevelIs,
    MedicineFor,
    NoLevelLeft,
    OnHoldFor,
    SinceLastDose,
    values_in,
)
from scheduler.protocol.plan.values import ValueIs
from scheduler.protocol.text.sentence_place import At
from scheduler.vocabulary import TERMS, TESTS
from scheduler.vocabulary.units import convert, is_unit

_EVERY_GRADE = (1, 4)
_ONE = Decimal(1)


def check_grades_exist(protocol: Protocol) -> Iterator[Finding]:
    """A grade that CTCAE does not have for any of the terms: hand-foot grade 4."""
    for rule in all_rules(protocol):
        for asked in rule.conditions:
            known = [TERMS[term] for term in asked.terms if term in TERMS] if isinstance(asked, GradeIs) else []
            if not isinstance(asked, GradeIs) or len(known) < len(asked.terms) or not known:
                continue
            grades = sorted({grade for term in known for grade in term.grades if grade < 5})
            missing = [grade for grade in dict.fromkeys((asked.low, asked.high)) if grade not in grades]
            if missing and (asked.low, asked.high) != _EVERY_GRADE:
                what = known[0].name if len(known) == 1 else "none of these terms"
                has = f"has no grade {missing[0]}" if len(known) == 1 else f"has a grade {missing[0]}"
                hint = f"CTCAE v5.0 has grades {', '.join(map(str, grades))}"
                yield place_of(protocol, rule).finding("no-such-grade", f"{what} {has}", hint, word="grade")


def check_rule_levels(protocol: Protocol) -> Iterator[Finding]:
    """Dose levels that no arm's ladder has, and a reduction of what is never reduced."""
    for rule in all_rules(protocol):
        ladders = _ladders(protocol, rule.treatment)
        at = place_of(protocol, rule)
        down = max(action.most_down for action in rule.actions)
        asks = any(isinstance(asked, LevelIs | NoLevelLeft) for asked in rule.conditions)
        if not ladders:
            if down > 0 or asks:
                hint = f"give {rule.treatment} 'levels', or leave the dose as it is"
                yield at.finding("no-levels", f"{rule.treatment} has no dose levels", hint, word="level")
            continue
        if any(action.re_escalation for action in rule.actions) and all(ladder.kept for ladder in ladders):
            message = f"the levels of {rule.treatment} say that a lower level is kept"
            yield at.finding("raised-though-kept", message, "leave one of the two out", word="re-escalate")
        longest = max(len(ladder.amounts) for ladder in ladders)
        lowest = 1 - longest
        if down >= longest:
            hint = f"its levels are {_levels_in_words(lowest)}"
            yield at.finding("unknown-level", f"{rule.treatment} has no level {-down}", hint, word=str(down))
        for asked in rule.conditions:
            if isinstance(asked, LevelIs) and asked.low is not None and asked.low < lowest:
                hint = f"its levels are {_levels_in_words(lowest)}"
                yield at.finding(
                    "unknown-level", f"{rule.treatment} has no level {asked.low}", hint, word=str(asked.low)
                )


def check_floor(protocol: Protocol) -> Iterator[Finding]:
    """A treatment whose rules reduce the dose, and none says what happens at the lowest level."""
    rules = all_rules(protocol)
    for treatment in dict.fromkeys(rule.treatment for rule in rules):
        own = [rule for rule in rules if rule.treatment == treatment]
        reducing = next((rule for rule in own if any(action.most_down > 0 for action in rule.actions)), None)
        floor = any(isinstance(asked, NoLevelLeft | LevelIs) for rule in own for asked in rule.conditions)
        if reducing is not None and _ladders(protocol, treatment) and not floor:
            message = f"no rule says what follows when {treatment} is at its lowest level"
            hint = "write: no lower level is left: discontinue (label)"
            yield place_of(protocol, reducing).warning("no-floor", message, hint)


def check_rule_units(protocol: Protocol) -> Iterator[Finding]:
    """Units that are none, or in which the test cannot be measured."""
    for rule in all_rules(protocol):
        at = place_of(protocol, rule)
        values = [value for asked in rule.conditions for value in values_in(asked)]
        tests = tuple(dict.fromkeys(test for value in values for test in value.tests))
        for value in values:
            yield from check_units(value, at)
        for asked in rule.conditions:
            if isinstance(asked, MedicineFor) and asked.unit is not None and convert(_ONE, asked.unit, "mg") is None:
                yield at.finding("unit", f"'{asked.unit}' is no unit of a daily dose", "such as mg", word=asked.unit)
        for action in rule.actions:
            for recovery in (action.recovery, action.monitor_recovery):
                yield from _check_recovery(recovery, tests, at)


def check_units(asked: ValueIs, at: At) -> Iterator[Finding]:
    """A unit that is none or that a test is not measured in; points of what has a unit; percent of what is in percent."""
    if asked.unit is not None:
        yield from check_unit(asked.unit, asked.tests, at)
        return
    for test in (TESTS[name] for name in asked.tests if name in TESTS):
        if asked.basis.is_percent and test.unit == "%":
            points = f"{_said(asked)} points {asked.basis.value.removeprefix('% ')}"
            message = f"{test.name} is measured in %, so that percent of the baseline may be read as points"
            hint = f"write: {points}; or as a part of it, such as: below 0.9 x baseline"
            yield at.finding("percent-of-percent", message, hint, word="baseline")
        elif asked.basis.is_change and not asked.basis.is_percent and test.unit not in ("%", ""):
            hint = f"write: {_said(asked)} {test.unit} {asked.basis.value}"
            yield at.finding("unit", f"{test.name} is measured in {test.unit}, not in points", hint, word="points")


def _said(asked: ValueIs) -> str:
    """The numbers of a range of distances, without what they are of."""
    if asked.above is None:
        return f"{'less than' if asked.below else 'up to'} {asked.up_to}"
    low = f"{'at least' if asked.from_above else 'more than'} {asked.above}"
    return low if asked.up_to is None else f"{low} to {'less than ' if asked.below else ''}{asked.up_to}"


def check_unit(unit: str, tests: tuple[str, ...], at: At) -> Iterator[Finding]:
    """A unit that is none, or that a test is not measured in."""
    if not is_unit(unit):
        yield at.finding("unit", f"'{unit}' is not a unit", "write it like umol/L, mg/dL, U/L or G/L", word=unit)
        return
    for name in tests:
        test = TESTS.get(name)
        if test is not None and convert(_ONE, unit, test.unit, test.molar_mass) is None:
            message = f"{name} cannot be measured in {unit}: it does not convert to {test.unit}"
            yield at.finding("unit", message, f"write the limit in {test.unit}", word=unit)


def _check_recovery(recovery: Recovery | None, tests: tuple[str, ...], at: At) -> Iterator[Finding]:
    if recovery is None or recovery.times is None:
        return
    tests = (recovery.test,) if recovery.test is not None else tests
    if not tests:
        yield at.finding(
            "no-subject", f"'{recovery.words}' of what?", "the row names no test", word=recovery.words.split()[0]
        )
        return
    if recovery.basis is not None:
        yield from check_units(_recovery_range(recovery, tests[:1]), at)
    yield from _check_recovery(recovery.also if recovery.test is None else None, tests, at)


def _recovery_range(recovery: Recovery, tests: tuple[str, ...]) -> ValueIs:
    """The range that a value has to come back to."""
    assert recovery.basis is not None
    lower = recovery.above or recovery.at_least
    return ValueIs(
        tests,
        recovery.times if lower else None,
        None if lower else recovery.times,
        recovery.basis,
        recovery.unit,
        from_above=recovery.at_least,
        below=not lower and not recovery.at_most,
    )


def check_limits_agree(protocol: Protocol) -> Iterator[Finding]:
    """A rule about the longest hold or gap, and the treatment's own limit, that name different times."""
    limits = {line.name: line.limits for _, line in protocol.treatments()}
    for rule in all_rules(protocol):
        own = limits.get(rule.treatment, Limits())
        for asked in rule.conditions:
            if isinstance(asked, OnHoldFor):
                yield from _compare("hold at most", own.hold_at_most, asked.longer_than, place_of(protocol, rule))
            elif isinstance(asked, SinceLastDose):
                yield from _compare("gap at most", own.gap_at_most, asked.longer_than, place_of(protocol, rule))


def _compare(key: str, limit: Span | None, said: Span, at: At) -> Iterator[Finding]:
    if limit is not None and limit != said:
        message = f"the treatment says '{key}: {limit}', this rule {said}"
        yield at.warning("limits-differ", message, "let both say the same", word=str(said.amount))


def _ladders(protocol: Protocol, treatment: str) -> list[Ladder]:
    return [line.ladder for _, line in protocol.treatments() if line.name == treatment and line.ladder is not None]


def _levels_in_words(lowest: int) -> str:
    return ", ".join(str(level) for level in range(0, lowest - 1, -1))
