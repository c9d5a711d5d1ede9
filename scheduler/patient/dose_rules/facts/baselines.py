"""The baselines that a rule compared values with: which value it was, and of which day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from scheduler.patient.dose_rules.facts.names import test_keys
from scheduler.patient.dose_rules.facts.values import Values
from scheduler.patient.events import Attribute, Measured
from scheduler.patient.log import Fact
from scheduler.protocol.plan.rules import Rule, values_in
from scheduler.protocol.plan.values import Basis
from scheduler.vocabulary import laboratory_named


class Baseline(NamedTuple):
    """What a patient began with: the test, its value with the unit, the civil date of the record and its number."""

    test: str
    amount: str
    day: date
    number: int


def baselines_compared(values: Values, rule: Rule, trigger: Fact) -> tuple[Baseline, ...]:
    """The baselines that a rule looked at for an event, each once; nothing where it compares with none."""
    return tuple(dict.fromkeys(_each(values, rule, trigger)))


def _each(values: Values, rule: Rule, trigger: Fact) -> Iterator[Baseline]:
    for asked in (value for condition in rule.conditions for value in values_in(condition)):
        if not (asked.at_baseline or asked.basis is Basis.BASELINE or asked.basis.is_change):
            continue
        for test in test_keys(asked.tests):
            known = [m for m in values.by_test.get(test, ()) if m.fact.order <= trigger.order]
            value, facts = values.baseline(known[-1]) if known else (None, ())
            if value is not None:
                name = laboratory_named(test)
                fact = facts[0]
                told = _amount(values, test, fact, value, known[-1].unit)
                yield Baseline(name.name if name is not None else test, told, fact.event.on, fact.number)


def _amount(values: Values, test: str, fact: Fact, value: Decimal, unit: str) -> str:
    """The value as it was recorded, with its unit; a number alone is in the unit of what is compared with it."""
    event = fact.event
    if isinstance(event, Attribute) and not isinstance(event.value, Decimal):
        return str(event.value)
    own = next((m for m in values.by_test.get(test, ()) if m.fact is fact), None)
    if own is not None and isinstance(own.fact.event, Measured) and own.fact.event.second is None:
        return own.amount
    return f"{value:f} {unit}".rstrip()
