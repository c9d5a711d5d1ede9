"""A test that was recorded as a fact about the patient: weight, creatinine clearance, an ejection fraction.

Doses are worked out from such facts, so that staff record a weight as one. For a rule it is the measurement that it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import cast

from scheduler.patient.dose_rules.facts.names import in_unit, test_key
from scheduler.patient.events import Attribute, Measured, parse_amount
from scheduler.patient.log import Fact
from scheduler.vocabulary import laboratory_named


def as_measured(fact: Fact) -> Fact | None:
    """A measurement; a number alone is in the unit of its test. None for any other fact about the patient."""
    event = fact.event
    if isinstance(event, Measured):
        return fact
    test = laboratory_named(cast(Attribute, event).name)
    if test is None:
        return None
    value = cast(Attribute, event).value
    try:
        amount, unit = (value, test.unit) if isinstance(value, Decimal) else parse_amount(str(value))
        measured = Measured(on=event.on, at=event.at, test=test.name, value=amount, unit=unit)
    except ValueError:
        return None
    return Fact(measured, fact.numbers)


def facts_as_measured(facts: Iterable[Fact]) -> dict[int, Fact]:
    """The facts about a patient that are a test's value, by their numbers. One that was measured too that day is none again."""
    known = tuple(facts)
    attributes = [fact for fact in known if type(fact.event) is Attribute]
    told = {fact.number: seen for fact in attributes if (seen := as_measured(fact)) is not None}
    measured = [fact.event for fact in known if type(fact.event) is Measured] if told else []
    return {
        number: seen
        for number, seen in told.items()
        if not any(_are_one(cast(Measured, seen.event), each) for each in measured)
    }


def _are_one(told: Measured, measured: Measured) -> bool:
    if told.on != measured.on or measured.second is not None or test_key(told.test) != test_key(measured.test):
        return False
    return in_unit(measured.value, measured.unit, told.unit, told.test) == told.value
