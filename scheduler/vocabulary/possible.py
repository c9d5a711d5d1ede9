"""Whether a measured value can be used as it was written, and what was likely meant where it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

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
class NoUnit:
    """A value without the unit that its test needs. ``meant`` are the units in which a living person may have it."""

    written: Measure
    meant: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A value in a unit that the test is not measured in, so that no rule reads it. ``unit`` is the test's own."""

    written: Measure
    unit: str


@dataclass(frozen=True, slots=True)
class Impossible:
    """A value beyond what a living person has, ``least`` to ``most``. ``meant`` are readings that are possible, the likeliest
    first."""

    written: Measure
    least: Measure
    most: Measure
    meant: tuple[Measure, ...]


Doubt: TypeAlias = NoUnit | Unread | Impossible


def doubt_about(test: LaboratoryTest, value: Decimal, unit: str) -> Doubt | None:
    """Why a value of a test cannot be used as it is written; None where it can.

    ``unit`` is "" where none was written, as for INR. A value beyond what a living person has is looked at in the test's other
    units first (1.75 m, not cm), then with its point one, two or three places off.
    """
    written = Measure(value, unit)
    if not unit and test.unit:
        return NoUnit(written, tuple(_in_other_units(test, written)))
    own = _in_own_unit(test, written)
    if own is None:
        return Unread(written, test.unit)
    if test.possible is None or _is_possible(test, written):
        return None
    least, most = (Measure(each, test.unit) for each in test.possible)
    meant = tuple(_in_other_units(test, written)) or tuple(_with_another_point(test, written))[:1]
    return Impossible(written, least, most, meant)


def is_readable(test: LaboratoryTest, unit: str) -> bool:
    """True when a value of the test in this unit can be compared with another: the unit converts to the test's own."""
    return _in_own_unit(test, Measure(Decimal(1), unit)) is not None


def _in_own_unit(test: LaboratoryTest, measure: Measure) -> Decimal | None:
    return convert(measure.value, measure.unit, test.unit, test.molar_mass)


def _is_possible(test: LaboratoryTest, measure: Measure) -> bool:
    own = _in_own_unit(test, measure)
    if own is None or test.possible is None:
        return False
    least, most = test.possible
    return least <= own <= most and not (test.ordinal and own % 1)


def _in_other_units(test: LaboratoryTest, written: Measure) -> Iterator[Measure]:
    """The same number in the units that the test is reported in, where a living person may have it."""
    for unit in (test.unit, *test.units):
        measure = Measure(written.value, unit)
        if unit != written.unit and _is_possible(test, measure):
            yield measure


def _with_another_point(test: LaboratoryTest, written: Measure) -> Iterator[Measure]:
    for shift in () if test.ordinal else _SHIFTS:
        measure = Measure(written.value * shift, written.unit)
        if _is_possible(test, measure):
            yield measure
