"""What a measured value is asked to be: in a range, by itself, as a multiple, or by how far it is from the baseline."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


class Basis(Enum):
    """What a laboratory value is a multiple of, or how far it is from the baseline: in a unit, or in percent of the baseline."""

    UPPER_LIMIT = "upper limit"
    BASELINE = "baseline"
    ABSOLUTE = "absolute"
    BELOW = "below baseline"
    ABOVE = "above baseline"
    FROM = "from baseline"
    PERCENT_BELOW = "% below baseline"
    PERCENT_ABOVE = "% above baseline"
    PERCENT_FROM = "% from baseline"

    @property
    def is_change(self) -> bool:
        """True for a distance from the baseline."""
        return self in _CHANGES

    @property
    def is_percent(self) -> bool:
        """True for a distance from the baseline in percent of it."""
        return self.is_change and self.value.startswith("%")

    def of(self, unit: str | None) -> str:
        """What stands behind the number, in words: "x baseline", "G/L", "points below baseline"."""
        if self.is_percent:
            return self.value
        if self.is_change:
            return f"{unit or 'points'} {self.value}"
        return unit or f"x {self.value}"


_CHANGES = frozenset(
    (Basis.BELOW, Basis.ABOVE, Basis.FROM, Basis.PERCENT_BELOW, Basis.PERCENT_ABOVE, Basis.PERCENT_FROM)
)


@dataclass(frozen=True, slots=True)
class ValueIs:
    """A measured value of any of these tests is above ``above`` and at most ``up_to`` times its basis; None leaves a side open.

    ``from_above`` and ``below`` are for tests where less is worse: the value may be exactly ``above``, and must be less than
    ``up_to``. ``at_baseline`` asks for the value that the patient began with instead of the one now. ``unit`` is that of an
    absolute basis or of a change; a change without one is in points, the test's own unit.
    """

    tests: tuple[str, ...]
    above: Decimal | None
    up_to: Decimal | None
    basis: Basis
    unit: str | None = None
    at_baseline: bool = False
    from_above: bool = False
    below: bool = False


@dataclass(frozen=True, slots=True)
class EitherIs:
    """One of these values is in its range: of a blood pressure of at least 160/100 mmHg the systolic or the diastolic one.

    ``words`` are those of the sentence.
    """

    values: tuple[ValueIs, ...]
    words: str
