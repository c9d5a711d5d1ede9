"""Amounts in another unit: the same test is reported in mg/dL here and in umol/L there.

Pint does the arithmetic. It takes half a second to load, so it is loaded when two units really differ.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal
from functools import cache, lru_cache
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
    "%",
    "/min",
    "degC",
    "copies/mL",
}
"""Units that are so common that nothing need be loaded to know that they are units."""

_SPELLINGS = {
    "µmol": "umol",
    "μmol": "umol",
    "µg": "mcg",
    "μg": "mcg",
    "mcg": "microgram",
    "mmHg": "mmHg",
    "copies": "count",
}
_SAME = {"°C": "degC", "℃": "degC", "°F": "degF", "℉": "degF", "bpm": "/min", "beats/min": "/min"}
"""Other names of units that pint is not asked for."""
_DEGREES = frozenset(("degC", "degF"))
_COUNT = re.compile(
    r"(?:(?P<many>[xX×]? ?(?:10(?:\^|\*\*?|[eE])?|1[eE])(?P<power>[0-9]{1,2})|G|T|[kK]|Tsd|cells|Zellen)? ?/ ?)"
    r"(?P<volume>[uµμ]?[lL]|m[lL]|mm3|mm\^3|mm³|cmm)"
)
"""Cells in a volume: G/L, 10^9/L, x10*3/uL, K/uL, cells/mm3, /uL."""

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MANY = {"G": 9, "T": 12, "k": 3, "K": 3, "Tsd": 3}
_PER_LITRE = {"l": 0, "ml": 3}
_INTERNATIONAL = re.compile(r"([muµμnk]?)IU")
_UNIT = re.compile(r"[A-Za-zµμ]{1,12}[0-9]?(?:/[A-Za-zµμ]{1,12}[0-9]?){0,2}")
_DIGITS = Context(prec=12)


def convert(amount: Decimal, unit: str, to: str, molar_mass: Decimal | None = None) -> Decimal | None:
    """The same amount in another unit, or None where the two cannot be compared.

    ``molar_mass``, in g/mol, makes mass and amount of substance comparable: mg/dL and umol/L of one test.
    """
    unit = _SAME.get(unit, unit)
    if unit == to:
        return amount
    if {unit, to} == _DEGREES:
        return Decimal(_registry().Quantity(amount, unit).to(to).magnitude).normalize(_DIGITS)
    ratio = _ratio(unit, to, molar_mass)
    return None if ratio is None else (amount * ratio).normalize(_DIGITS)


def is_unit(text: str) -> bool:
    """True where somebody uses this as a unit."""
    return text in _PLAIN or text in _SAME or text in _DEGREES or _quantity(text) is not None


@cache
def _registry() -> pint.UnitRegistry[Any]:
    from pint import UnitRegistry

    return UnitRegistry(non_int_type=Decimal, autoconvert_offset_to_baseunit=False)


@cache
def _quantity(unit: str) -> Any:
    """One of this unit, or None where it is none. The text is people's: nothing but names of units goes to pint."""
    count = _count(unit)
    if count is None and not _UNIT.fullmatch(unit):
        return None
    spelled = count or "/".join(_spelled(part) for part in unit.split("/"))
    from pint.errors import PintError

    registry = _registry()
    try:
        return registry.Quantity(Decimal(1), "") * registry.parse_expression(spelled)
    except PintError:
        return None


def _count(unit: str) -> str | None:
    """A number of cells in a volume as pint reads it, "1e9/L"; None for every other unit."""
    found = _COUNT.fullmatch(unit if unit.endswith("mm³") else unit.translate(_RAISED))
    if found is None:
        return None
    many, power, volume = found["many"], found["power"], found["volume"].lower()
    tens = int(power) if power else _MANY.get(many or "", 0)
    return f"1e{tens + _PER_LITRE.get(volume, 6)}/L"


def _spelled(part: str) -> str:
    """A unit's part as pint knows it: micro in letters, and international units as units."""
    international = _INTERNATIONAL.fullmatch(part)
    if international is not None:
        return f"{international[1].replace('µ', 'u').replace('μ', 'u')}U"
    return _SPELLINGS.get(part, part)


@lru_cache(maxsize=1024)
def _ratio(unit: str, to: str, molar_mass: Decimal | None) -> Decimal | None:
    """How many of the one unit are one of the other."""
    start, end = _quantity(unit), _quantity(to)
    if start is None or end is None:
        return None
    if start.is_compatible_with(end):
        return Decimal(start.to(end.units).magnitude) / Decimal(end.magnitude)
    if molar_mass is None:
        return None
    mass = _registry().Quantity(molar_mass, "g/mol")
    for other in (start / mass, start * mass):
        if other.is_compatible_with(end):
            return Decimal(other.to(end.units).magnitude) / Decimal(end.magnitude)
    return None
