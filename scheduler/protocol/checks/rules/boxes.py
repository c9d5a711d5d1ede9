"""The cases that a rule is for, as a box: a stretch of each thing that its conditions ask about, so that rules can be compared.

Whatever is asked (a grade, a value, which time it is, an attribute) is laid on a line of its own. Two boxes have cases in common
when they overlap on every line; a line that a rule does not ask about is taken whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from scheduler.dates import Span, Unit
from scheduler.protocol.plan.rules import (
    AttributeIs,
    Attribution,
    BeforeSurgery,
    Condition,
    GradeIs,
    Happened,
    LastsFor,
    LevelIs,
    MedicineFor,
    NoLevelLeft,
    NotImproved,
    OccurrenceIs,
    OnHoldFor,
    Rule,
    SinceLastDose,
    StepUp,
    Worsened,
)
from scheduler.protocol.plan.values import EitherIs, ValueIs

Cut: TypeAlias = tuple[Decimal, int]
"""A point between numbers: just before a number (0) or just after it (1)."""
Line: TypeAlias = tuple[str, ...]
"""What a stretch is a stretch of: ("grade",), ("value", "ALT", "upper limit", "", "now"), ("attribute", "liver tumour")."""

_LOWEST: Cut = (Decimal("-Infinity"), 0)
_HIGHEST: Cut = (Decimal("Infinity"), 1)
_DAYS_OF = {Unit.DAYS: 1, Unit.WEEKS: 7, Unit.MONTHS: 30, Unit.YEARS: 365, Unit.WORKING_DAYS: 1}
_ATTRIBUTED = {Attribution.THIS: 1, Attribution.THIS_OR_NOTHING: 2}

GRADE: Line = ("grade",)
OCCURRENCE: Line = ("time",)
ATTRIBUTED: Line = ("attributed",)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Everything between two cuts."""

    low: Cut = _LOWEST
    high: Cut = _HIGHEST

    @property
    def empty(self) -> bool:
        """True when there is nothing in it."""
        return self.low >= self.high

    def both(self, other: Stretch) -> Stretch:
        """What is in both."""
        return Stretch(max(self.low, other.low), min(self.high, other.high))

    def within(self, other: Stretch) -> bool:
        """True when all of it is in the other."""
        return other.low <= self.low and self.high <= other.high

    @property
    def open_below(self) -> bool:
        """True when it has no lower end."""
        return self.low == _LOWEST

    @property
    def open_above(self) -> bool:
        """True when it has no upper end."""
        return self.high == _HIGHEST


WHOLE = Stretch()
TRUE, FALSE = Stretch(low=(Decimal(0), 1)), Stretch(high=(Decimal(0), 1))
Box: TypeAlias = Mapping[Line, Stretch]


def whole_numbers(first: int, last: int | None) -> Stretch:
    """From a whole number to another, both included; without a last one, all from the first on."""
    return Stretch((Decimal(first - 1), 1), _HIGHEST if last is None else (Decimal(last), 1))


def range_of(value: ValueIs) -> Stretch:
    """The stretch that a range of values takes."""
    low = _LOWEST if value.above is None else (value.above, 0 if value.from_above else 1)
    high = _HIGHEST if value.up_to is None else (value.up_to, 0 if value.below else 1)
    return Stretch(low, high)


def line_of(value: ValueIs, test: str) -> Line:
    """The line that a value of this test is laid on."""
    return ("value", test, value.basis.value, value.unit or "", "baseline" if value.at_baseline else "now")


def box_of(rule: Rule, finding: str) -> Box | None:
    """The cases of a rule about one finding, a CTCAE term or a test; None where its conditions exclude each other."""
    box: dict[Line, Stretch] = {ATTRIBUTED: whole_numbers(1, _ATTRIBUTED.get(rule.attributed))}
    for condition in rule.conditions:
        for line, stretch in _stretches(condition, finding):
            box[line] = box.get(line, WHOLE).both(stretch)
    return None if any(stretch.empty for stretch in box.values()) else box


def _stretches(condition: Condition, finding: str) -> Iterator[tuple[Line, Stretch]]:  # noqa: C901 - one kind, one line
    match condition:
        case GradeIs(_, low, high):
            yield GRADE, whole_numbers(low, high)
        case ValueIs(tests=tests):
            test = finding if finding in tests else " or ".join(tests)
            yield line_of(condition, test), range_of(condition)
        case EitherIs(words=words):
            yield ("either", words), TRUE
        case OccurrenceIs(first, last):
            yield OCCURRENCE, whole_numbers(first, last)
        case NotImproved(within):
            yield ("not improved",), whole_numbers(_days(within), None)
        case LastsFor(longer_than):
            yield ("lasts",), Stretch(low=(Decimal(_days(longer_than)), 1))
        case Worsened():
            yield ("worse",), TRUE
        case AttributeIs(name, value):
            yield ("attribute", name), TRUE if value else FALSE
        case LevelIs(None, None):
            yield ("lowest level",), TRUE
        case LevelIs(low, high):
            yield ("level",), whole_numbers(low if low is not None else -99, high)
        case OnHoldFor(longer_than):
            yield ("on hold",), Stretch(low=(Decimal(_days(longer_than)), 1))
        case SinceLastDose(longer_than):
            yield ("since the last dose",), Stretch(low=(Decimal(_days(longer_than)), 1))
        case StepUp(cycle, day):
            yield ("step up", str(cycle), str(day)), TRUE
        case NoLevelLeft():
            yield ("no level left",), TRUE
        case MedicineFor(name, longer_than, above, unit):
            yield ("medicine", name, "time"), Stretch(low=(Decimal(_days(longer_than)), 1))
            yield ("medicine", name, unit or ""), WHOLE if above is None else Stretch(low=(above, 1))
        case Happened(what):
            yield ("happened", what), TRUE
        case BeforeSurgery(within):
            yield ("before surgery",), Stretch(high=(Decimal(_days(within)), 0))


def _days(span: Span) -> int:
    return span.amount * _DAYS_OF[span.unit]


def overlap(one: Box, other: Box) -> Box | None:
    """The cases that two boxes have in common; None where there are none."""
    both = {line: one.get(line, WHOLE).both(other.get(line, WHOLE)) for line in {**one, **other}}
    return None if any(stretch.empty for stretch in both.values()) else both


def contains(outer: Box, inner: Box) -> bool:
    """True when every case of the inner box is one of the outer."""
    return all(inner.get(line, WHOLE).within(stretch) for line, stretch in outer.items())


_MOST_PIECES = 500


def left_over(universe: Box, boxes: Iterable[Box]) -> tuple[Box, ...] | None:
    """The cases of the universe that no box is for; None where they are too many to tell apart."""
    left: list[Box] = [universe]
    for box in boxes:
        left = [piece for case in left for piece in _without(case, box)]
        if len(left) > _MOST_PIECES:
            return None
    return tuple(left)


def _without(case: Box, box: Box) -> Iterator[Box]:
    if overlap(case, box) is None:
        yield case
        return
    rest = dict(case)
    for line, taken in box.items():
        here = rest.get(line, WHOLE)
        for outside in (Stretch(here.low, min(here.high, taken.low)), Stretch(max(here.low, taken.high), here.high)):
            if not outside.empty:
                yield {**rest, line: outside}
        rest[line] = here.both(taken)
