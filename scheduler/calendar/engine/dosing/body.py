"""What is known of a patient's body on a day: weight, height and creatinine clearance, with the events that said so.

Attributes are in kg, cm and mL/min. The last one recorded up to the day holds; of weights, those count that the protocol's
sentence says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from scheduler.dates import Day
from scheduler.patient.course import Course
from scheduler.patient.dose_rules.facts.names import attribute_key
from scheduler.patient.events import Attribute, parse_amount
from scheduler.patient.log import Fact
from scheduler.protocol.plan.dosing.calculation import Body, Calculation, Weighed
from scheduler.protocol.plan.dosing.dose_arithmetic import used_weights
from scheduler.vocabulary.units import convert

WEIGHT, HEIGHT, CLEARANCE, AGE = "weight", "height", "creatinine clearance", "age"
"""The names that attributes have in a log."""

UNITS = {WEIGHT: "kg", HEIGHT: "cm", CLEARANCE: "mL/min", AGE: "years"}
_OF_THE_BODY = (WEIGHT, HEIGHT, CLEARANCE)


@dataclass(frozen=True, slots=True)
class Known:
    """The body on a day, and the facts behind each value."""

    body: Body
    facts: dict[str, tuple[Fact, ...]]

    def behind(self, *names: str) -> tuple[Fact, ...]:
        """The facts behind some of the values."""
        return tuple(fact for name in names for fact in self.facts.get(name, ()))


def body_on(course: Course, how: Calculation, day: Day) -> Known:
    """What is known of the body on a day, for one drug's calculation."""
    known: dict[str, list[Fact]] = {}
    for fact in course.of(Attribute):
        name = attribute_key(cast(Attribute, fact.event).name)
        if name in _OF_THE_BODY and fact.day <= day and _value(fact) is not None:
            known.setdefault(name, []).append(fact)
    used: dict[str, tuple[Fact, ...]] = {name: (facts[-1],) for name, facts in known.items()}
    if WEIGHT in known:
        used[WEIGHT] = _weights(known[WEIGHT], how)
    values = {name: _value(facts[-1]) for name, facts in used.items()}
    return Known(Body(values.get(WEIGHT), values.get(HEIGHT), values.get(CLEARANCE)), used)


def days_of_the_body(course: Course) -> set[Day]:
    """The days on which a value was recorded, so that a dose may be another from then on."""
    return {
        fact.day for fact in course.of(Attribute) if attribute_key(cast(Attribute, fact.event).name) in _OF_THE_BODY
    }


def recorded(course: Course, name: str) -> Iterator[tuple[Fact, Decimal]]:
    """Every record of one value that is a number above 0, in the order in which the last one holds."""
    for fact in course.of(Attribute):
        value = _value(fact) if attribute_key(cast(Attribute, fact.event).name) == name else None
        if value is not None:
            yield fact, value


def _weights(facts: list[Fact], how: Calculation) -> tuple[Fact, ...]:
    """The weights that the one in use rests on, itself the last: without any of them another might be in use."""
    rule = how.weight
    if rule is not None and rule.which is Weighed.BASELINE:
        return (facts[0],)
    if rule is None or rule.change is None:
        return (facts[-1],)
    weights = [weight for fact in facts if (weight := _value(fact)) is not None]
    return tuple(facts[number] for number in used_weights(weights, rule.change))


def _value(fact: Fact) -> Decimal | None:
    """A number above 0; anything else is no weight, height or clearance."""
    event = cast(Attribute, fact.event)
    value = event.value if isinstance(event.value, Decimal) else _in_unit(event)
    return value if value is not None and value > 0 else None


def _in_unit(event: Attribute) -> Decimal | None:
    """A value that was written with its unit, such as 95 kg or 1.75 m, in the unit that doses are computed in."""
    try:
        amount, unit = parse_amount(str(event.value))
    except ValueError:
        return None
    return convert(amount, unit, UNITS[attribute_key(event.name)])
