"""Amounts and lengths of time with units of UCUM; a unit that UCUM has no code for is told in words, without one."""

from __future__ import annotations

from decimal import Decimal

from scheduler.dates import Span, Unit
from scheduler.protocol.plan.dosing.infusion_time import InfusionTime
from scheduler.standards.fhir.resource import Resource

UCUM = "http://unitsofmeasure.org"

_CODES = {
    "mcg": "ug",
    "mg": "mg",
    "g": "g",
    "mL": "mL",
    "Gy": "Gy",
    "IU": "[iU]",
    "U": "U",
    "MU": "10*6.[iU]",
    "mmol": "mmol",
    "kBq": "kBq",
    "MBq": "MBq",
    "GBq": "GBq",
    "cells": "{cells}",
    "drop": "[drp]",
}
"""U is what is counted as the enzyme unit; MU, of interferon and the like, are a million international units."""

_COUNTED = (
    "tablet",
    "capsule",
    "puff",
    "spray",
    "patch",
    "sachet",
    "vial",
    "ampoule",
    "bottle",
    "lozenge",
    "suppository",
)

_SPANS = {Unit.HOURS: "h", Unit.DAYS: "d", Unit.WEEKS: "wk", Unit.MONTHS: "mo", Unit.YEARS: "a"}
_TIMES = {"minute": "min", "hour": "h", "day": "d"}


def quantity(amount: Decimal | int, unit: str) -> Resource:
    """An exact amount with its unit."""
    told: Resource = {"value": amount}
    if unit:
        told["unit"] = unit
    code = _CODES.get(unit) or (f"{{{unit}}}" if unit in _COUNTED else None)
    return told if code is None else told | {"system": UCUM, "code": code}


def duration(span: Span) -> Resource:
    """A length of time as it is written: months and years are the calendar's."""
    code = _SPANS[span.unit]
    return {"value": span.amount, "unit": span.unit.value, "system": UCUM, "code": code}


def days(number: int) -> Resource:
    """So many days, below 0 before."""
    return {"value": number, "unit": "days", "system": UCUM, "code": "d"}


def over_time(over: InfusionTime) -> Resource:
    """Over how long a dose is given, as part of a Timing."""
    return {"duration": over.number, "durationUnit": _TIMES[over.unit.removesuffix("s")]}
