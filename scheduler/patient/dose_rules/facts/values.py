"""Measured values as rules see them: multiples of the upper limit of normal, of the patient's own baseline, or plain.

The upper limit is the measurement's own, else the last one that was recorded for the test. The baseline is the
recorded attribute ``baseline {test}``, in the unit of the measurement, else the last measurement up to the day of the first dose;
one of that day that was taken later than the dose, by the times of both, is none.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from operator import neg, pos
from typing import NamedTuple, cast

from scheduler.dates import Day
from scheduler.identity import each_once
from scheduler.patient.dose_rules.facts.names import BASELINE, in_unit, test_key
from scheduler.patient.events import Attribute, Measured, Taken, parse_amount
from scheduler.patient.log import Fact
from scheduler.protocol.plan.values import Basis, ValueIs

_ABSOLUTE, _UPPER_LIMIT, _BASELINE = Basis.ABSOLUTE, Basis.UPPER_LIMIT, Basis.BASELINE

LATEST_FOR = 7
"""Two tests count together when the earlier was taken at most this many days before the later. One value stands for a week."""


class Multiple(NamedTuple):
    """A value by its basis, with the facts that say so; no number where the basis is not known."""

    number: Decimal | None
    facts: tuple[Fact, ...]


class Measurement(NamedTuple):
    """One measured value, its place among all, and its upper limit. ``of_limit`` says how many times the limit it is."""

    fact: Fact
    place: int
    day: Day
    test: str
    value: Decimal
    unit: str
    limit: Decimal | None
    of_limit: Multiple

    @property
    def amount(self) -> str:
        """The value with its unit: "62 U/L"."""
        return cast(Measured, self.fact.event).amount


def measurements_by_test(facts: Iterable[Fact]) -> dict[str, list[Measurement]]:
    """All measurements, by test, in the order they count."""
    by_test: dict[str, list[Measurement]] = {}
    for place, fact in enumerate(facts):
        event = cast(Measured, fact.event)
        for name, value in event.readings:
            test = test_key(name)
            measured = _measurement(fact, place, test, value, by_test.get(test, []))
            by_test.setdefault(test, []).append(measured)
    return by_test


def _measurement(fact: Fact, place: int, test: str, value: Decimal, earlier: list[Measurement]) -> Measurement:
    """One value with its upper limit: its own, else the last one of the earlier values."""
    event = cast(Measured, fact.event)
    limit = event.upper_limit
    limit_from: tuple[Fact, ...] = (fact,)
    if limit is None:
        known = next((m for m in reversed(earlier) if m.limit is not None), None)
        if known is not None and known.limit is not None:
            limit, limit_from = in_unit(known.limit, known.unit, event.unit, test), (fact, *known.of_limit.facts)
    of_limit = Multiple(value / limit if limit else None, limit_from)
    return Measurement(fact, place, event.on.toordinal(), test, value, event.unit, limit, of_limit)


@dataclass(slots=True)
class Values:
    """All measurements of a patient, the attributes, and the first dose that makes a baseline one.

    ``ctcae_grades`` keeps the grades of those that were graded, by their places and tests.
    """

    by_test: Mapping[str, list[Measurement]]
    attributes: Mapping[str, list[Fact]]
    first_dose: Fact | None
    first_day: Day | None
    ctcae_grades: dict[tuple[int, str], int | None] = field(default_factory=dict)
    _places: dict[str, list[int]] = field(init=False)
    _baselines: dict[tuple[str, str], tuple[Decimal | None, tuple[Fact, ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._places = {test: [measured.place for measured in found] for test, found in self.by_test.items()}

    def multiple(self, measured: Measurement, basis: Basis, unit: str | None = None) -> Multiple:
        """A measurement as a multiple of its basis."""
        if basis is _UPPER_LIMIT:
            return measured.of_limit
        if basis is _ABSOLUTE:
            return Multiple(in_unit(measured.value, measured.unit, unit, measured.test), (measured.fact,))
        value, facts = self.baseline(measured)
        if basis.is_change:
            return Multiple(_change(measured, value, basis, unit), (measured.fact, *facts))
        return Multiple(measured.value / value if value else None, (measured.fact, *facts))

    def multiple_at_baseline(self, measured: Measurement, basis: Basis, unit: str | None = None) -> Multiple:
        """What the patient began with, by the same basis."""
        value, facts = self.baseline(measured)
        if value is None or basis is _BASELINE:
            return Multiple(value if value is None else Decimal(1), facts)
        if basis is _ABSOLUTE:
            return Multiple(in_unit(value, measured.unit, unit, measured.test), facts)
        number = value / measured.limit if measured.limit else None
        return Multiple(number, each_once((*facts, *measured.of_limit.facts)))

    def baseline(self, measured: Measurement) -> tuple[Decimal | None, tuple[Fact, ...]]:
        """What the patient began with in the unit of a measurement, and the facts that say so; None where nobody knows."""
        key = (measured.test, measured.unit)
        found = self._baselines.get(key)
        if found is None:
            found = self._baselines[key] = self._baseline(measured)
        return found

    def _baseline(self, measured: Measurement) -> tuple[Decimal | None, tuple[Fact, ...]]:
        recorded = self.attributes.get(f"{BASELINE}{measured.test}")
        if recorded:
            return _in_unit_of(measured, cast(Attribute, recorded[-1].event).value), (recorded[-1],)
        if self.first_dose is None or self.first_day is None:
            return None, ()
        day, dose = self.first_day, self.first_dose
        before = [m for m in self.by_test.get(measured.test, ()) if m.day <= day and not is_after_dose(m.fact, dose)]
        if not before:
            return None, (self.first_dose,)
        last = before[-1]
        return in_unit(last.value, last.unit, measured.unit, last.test), (last.fact, self.first_dose)

    def latest(self, test: str, place: int, day: Day) -> Measurement | None:
        """The last measurement of a test up to a place in the log, while it still stands for the day."""
        found = self.before(test, place + 1)
        return found if found is not None and stands_for(found, day) else None

    def up_to(self, test: str, place: int) -> tuple[Measurement | None, Measurement | None]:
        """The last measurement of a test up to a place in the log, and the last before that place, however old both are."""
        known = self.by_test.get(test)
        if known is None:
            return None, None
        count = bisect_right(self._places[test], place)
        last = known[count - 1] if count else None
        if last is None or last.place < place:
            return last, last
        return last, known[count - 2] if count > 1 else None

    def before(self, test: str, place: int) -> Measurement | None:
        """The last measurement of a test before a place in the log, however old."""
        known = self.by_test.get(test)
        if known is None:
            return None
        count = bisect_left(self._places[test], place)
        return known[count - 1] if count else None


def is_after_dose(fact: Fact, dose: Fact) -> bool:
    """True for what the clock says was later than the dose of its day; without both times it may have been before."""
    at, event = fact.event.at, dose.event
    if not isinstance(event, Taken):
        return bool(at and event.at and fact.day == dose.day and at > event.at)
    taken = event.all_times
    return bool(at and taken and fact.event.on == event.from_ and at > taken[0])


def _change(measured: Measurement, baseline: Decimal | None, basis: Basis, unit: str | None) -> Decimal | None:
    """How far a measured value is from its baseline, to the side that the basis names."""
    change = change_from(baseline, measured.value, basis) if baseline is not None else None
    return change if change is None or basis.is_percent else in_unit(change, measured.unit, unit, measured.test)


def change_from(baseline: Decimal, value: Decimal, basis: Basis) -> Decimal | None:
    """How far a value is from a baseline in the same unit, or in percent of it; None in percent of a baseline of 0."""
    change = _SIDES[basis](value - baseline)
    if not basis.is_percent:
        return change
    return change * 100 / baseline if baseline else None


_SIDES: Mapping[Basis, Callable[[Decimal], Decimal]] = {
    Basis.BELOW: neg,
    Basis.ABOVE: pos,
    Basis.FROM: abs,
    Basis.PERCENT_BELOW: neg,
    Basis.PERCENT_ABOVE: pos,
    Basis.PERCENT_FROM: abs,
}


def _in_unit_of(measured: Measurement, value: bool | Decimal | str) -> Decimal | None:
    """A recorded baseline in the unit of a measurement: a number is in it already, and "62 U/L" says its own."""
    if isinstance(value, Decimal):
        return value
    try:
        amount, unit = parse_amount(str(value))
    except ValueError:
        return None
    return in_unit(amount, unit, measured.unit, measured.test)


def stands_for(measured: Measurement, day: Day) -> bool:
    """True when a value still counts on a later day."""
    return day - measured.day <= LATEST_FOR


def in_range(number: Decimal | None, asked: ValueIs) -> bool:
    """True when a multiple lies in the range that a condition asks for."""
    if number is None:
        return False
    if asked.above is not None and not (number >= asked.above if asked.from_above else number > asked.above):
        return False
    return asked.up_to is None or (number < asked.up_to if asked.below else number <= asked.up_to)


def as_bad(number: Decimal | None, asked: ValueIs) -> bool:
    """True when a multiple is in the range or beyond it on the worse side: it had been reached already."""
    if number is None:
        return False
    less_is_worse = not asked.basis.is_change and (asked.above is None or asked.below or asked.from_above)
    if less_is_worse and asked.up_to is not None:
        return number < asked.up_to if asked.below else number <= asked.up_to
    return asked.above is None or (number >= asked.above if asked.from_above else number > asked.above)
