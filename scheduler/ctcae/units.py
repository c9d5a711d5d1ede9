"""Amounts in another unit: the same test is reported in mg/dL here and in umol/L there.

Pint does the arithmetic. It takes half a second to load, so it is loaded when two units really differ.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pint

_PLAIN = {
    "U/L",
    "IU/L",
    "umol/L",
    "mmol/L",
    "mg/dL",
    "g/L",
    "g/dL",
    "G/L",
    "mmHg",
    "ms",
    "mg",
    "g",
    "mcg",
    "ng/L",
    "mU/L",
}
"""Units that are so common that nothing need be loaded to know that they are units."""

_SPELLINGS = {"µmol": "umol", "μmol": "umol", "µg": "mcg", "μg": "mcg", "mcg": "microgram", "IU": "U", "mmHg": "mmHg"}
_PER_LITRE = {
    "G/L": "1e9/L",
    "10e9/L": "1e9/L",
    "x10e9/L": "1e9/L",
    "10^9/L": "1e9/L",
    "10*9/L": "1e9/L",
    "T/L": "1e12/L",
}
_UNIT = re.compile(r"[A-Za-zµμ]{1,12}[0-9]?(?:/[A-Za-zµμ]{1,12}[0-9]?){0,2}")
_DIGITS = Context(prec=12)


def convert(amount: Decimal, unit: str, to: str, molar_mass: Decimal | None = None) -> Decimal | None:
    """The same amount in another unit, or None where the two cannot be compared.

    ``molar_mass``, in g/mol, makes mass and amount of substance comparable: mg/dL and umol/L of one test.
    """
    if unit == to:
        return amount
    start, end = _quantity(unit), _quantity(to)
    if start is None or end is None:
        return None
    ratio = _ratio(start, end, molar_mass)
    return None if ratio is None else (amount * ratio).normalize(_DIGITS)


def is_unit(text: str) -> bool:
    """True where somebody uses this as a unit."""
    return text in _PLAIN or _quantity(text) is not None


@cache
def _registry() -> pint.UnitRegistry[Any]:
    from pint import UnitRegistry

    return UnitRegistry(non_int_type=Decimal, autoconvert_offset_to_baseunit=False)


@cache
def _quantity(unit: str) -> Any:
    """One of this unit, or None where it is none. The text is people's: nothing but names of units goes to pint."""
    if unit not in _PER_LITRE and not _UNIT.fullmatch(unit):
        return None
    spelled = _PER_LITRE.get(unit) or "/".join(_SPELLINGS.get(part, part) for part in unit.split("/"))
    from pint.errors import PintError

    registry = _registry()
    try:
        return registry.Quantity(Decimal(1), "") * registry.parse_expression(spelled)
    except PintError:
        return None


def _ratio(start: Any, end: Any, molar_mass: Decimal | None) -> Decimal | None:
    if start.is_compatible_with(end):
        return Decimal(start.to(end.units).magnitude) / Decimal(end.magnitude)
    if molar_mass is None:
        return None
    mass = _registry().Quantity(molar_mass, "g/mol")
    for other in (start / mass, start * mass):
        if other.is_compatible_with(end):
            return Decimal(other.to(end.units).magnitude) / Decimal(end.magnitude)
    return None
