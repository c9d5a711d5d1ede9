"""Whether a value is one that a living person has, and what was likely meant where it is not."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scheduler.vocabulary.laboratory import LaboratoryTest
from scheduler.vocabulary.units import convert

_SHIFTS = (Decimal("0.1"), Decimal(10), Decimal("0.01"), Decimal(100), Decimal("0.001"), Decimal(1000))
"""A point that was set wrong, the smallest slip first."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A value with its unit, "" where it has none."""

    value: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{self.value.normalize():f} {self.unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Impossible:
    """A value beyond what a living person has. ``meant`` are readings that would be possible, the likeliest first."""

    written: Measure
    least: Measure
    most: Measure
    meant: tuple[Measure, ...]


def is_readable(test: LaboratoryTest, unit: str) -> bool:
    """True when a value of the test in this unit can be compared with another: the unit converts to the test's own."""
    return convert(Decimal(1), unit, test.unit, test.molar_mass) is not None


def impossible(test: LaboratoryTest, value: Decimal, unit: str) -> Impossible | None:
    """Why a value cannot be meant as it is written; None where it can, or where nobody can tell.

    First another unit of the test is looked for that makes it possible (1.75 m, not cm), then a point that slipped.
    """
    if test.possible is None or not _is_judged(test, value, unit):
        return None
    least, most = test.possible
    bounds = Measure(least, test.unit), Measure(most, test.unit)
    return Impossible(Measure(value, unit), *bounds, _meant(test, value, unit))


def _is_judged(test: LaboratoryTest, value: Decimal, unit: str) -> bool:
    own = convert(value, unit, test.unit, test.molar_mass)
    return own is not None and not _is_possible(test, own)


def _is_possible(test: LaboratoryTest, own: Decimal | None) -> bool:
    if own is None or test.possible is None:
        return False
    least, most = test.possible
    return least <= own <= most


def _meant(test: LaboratoryTest, value: Decimal, unit: str) -> tuple[Measure, ...]:
    others = [other for other in (test.unit, *test.units) if other != unit]
    in_unit = [
        Measure(value, other)
        for other in others
        if _is_possible(test, convert(value, other, test.unit, test.molar_mass))
    ]
    shifted = (value * shift for shift in _SHIFTS)
    moved = (
        Measure(each, unit) for each in shifted if _is_possible(test, convert(each, unit, test.unit, test.molar_mass))
    )
    return tuple(in_unit) or tuple(each for each in [next(moved, None)] if each is not None)
