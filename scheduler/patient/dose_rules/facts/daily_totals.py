"""What a patient takes of a medicine in a day, with what counts as much, summed over routes: one clock for all of it.

What acts in one place only is left out. A dose that nobody recorded, or in a unit that cannot be compared, is unknown: never 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from scheduler.dates import Day, Span, add_span
from scheduler.patient.episodes.medicines import medicines_of
from scheduler.patient.events import parse_amount
from scheduler.patient.events.observations import OfMedicine
from scheduler.patient.log import Fact
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.rules import MedicineFor
from scheduler.said import Quoted, said, text_of
from scheduler.vocabulary import generic_name
from scheduler.vocabulary.units import convert


class Part(NamedTuple):
    """One medicine by one route: the record that says so, and what its daily dose counts as; None where that is not known."""

    fact: Fact
    counts_as: Fraction | None

    @property
    def event(self) -> OfMedicine:
        """What was recorded."""
        assert isinstance(self.fact.event, OfMedicine)
        return self.fact.event

    @property
    def what_is_unknown(self) -> str:
        """Why nobody knows what it counts as."""
        dose = self.event.daily_dose
        if dose is None:
            return text_of(said("daily dose not recorded"))
        return text_of(said("'{dose}' a day cannot be compared", dose=Quoted(str(dose))))


class DailyTotal(NamedTuple):
    """What is taken a day from a day on."""

    day: Day
    parts: tuple[Part, ...]

    @property
    def known(self) -> Fraction:
        """The sum of what is known."""
        return sum((part.counts_as for part in self.parts if part.counts_as is not None), Fraction(0))

    @property
    def unknown(self) -> tuple[Part, ...]:
        """What nobody knows the amount of."""
        return tuple(part for part in self.parts if part.counts_as is None)

    def is_above(self, most: Decimal | None) -> bool:
        """True above an amount; of None, where anything is taken. What nobody knows counts as above."""
        return bool(self.unknown) or self.known > (most or 0)


class Clock(NamedTuple):
    """How long the daily total of a medicine has been above an amount, in a row.

    ``since`` is the first day above, ``last`` the last day that is in time, ``until`` the first day that is not above. ``began``
    is the record that it began with. ``totals`` are those from its first day to the last in time.
    """

    asked: MedicineFor
    began: Fact
    since: Day
    last: Day
    until: Day | None
    totals: tuple[DailyTotal, ...]

    @property
    def runs_out(self) -> bool:
        """True where the total was above on every day that is in time."""
        return self.until is None or self.until > self.last

    @property
    def clause(self) -> Clause | None:
        """The sentence that says what counts as much."""
        return self.asked.equivalents.clause if self.asked.equivalents is not None else None

    @property
    def span(self) -> Span:
        """How long it may be above."""
        return self.asked.longer_than


def reads_medicine(asked: MedicineFor, name: str) -> bool:
    """True where a condition counts a medicine of that name."""
    if generic_name(name) == generic_name(asked.name):
        return True
    return asked.equivalents is not None and name in asked.equivalents


def clocks_of(facts: Iterable[Fact], asked: MedicineFor) -> Iterator[Clock]:
    """Each stretch of days above the amount that a condition asks for, the first first."""
    began: DailyTotal | None = None
    totals = daily_totals(facts, asked)
    for at, total in enumerate(totals):
        above = total.is_above(asked.above)
        if above and began is None:
            began = total
        if began is not None and (not above or at + 1 == len(totals)):
            last = add_span(began.day, asked.longer_than)
            within = tuple(each for each in totals if began.day <= each.day <= last)
            yield Clock(asked, _first_of(began), began.day, last, None if above else total.day, within)
            began = None


def _first_of(total: DailyTotal) -> Fact:
    """The record of that day with which the total came to be above: the last that adds to it."""
    return max((part.fact for part in total.parts), key=lambda fact: fact.order)


def daily_totals(facts: Iterable[Fact], asked: MedicineFor) -> list[DailyTotal]:
    """The totals of a day in what the condition names, each from the day on which it begins to hold."""
    courses = [course for course in medicines_of(facts).courses if not course.is_local]
    days = {day for course in courses for day in (course.fact.day, course.end) if day is not None}
    return [
        DailyTotal(day, tuple(_part(course.fact, asked) for course in courses if course.covers(day)))
        for day in sorted(days)
    ]


def _part(fact: Fact, asked: MedicineFor) -> Part:
    return Part(fact, counts_as(_event(fact), asked))


def counts_as(event: OfMedicine, asked: MedicineFor) -> Fraction | None:
    """What the daily dose of a record counts as, in what the condition names and in its unit; None where that is not known."""
    if event.daily_dose is None:
        return None
    amount, unit = parse_amount(event.daily_dose)
    if asked.equivalents is None:
        return _in_unit(Fraction(amount), unit, asked.unit or unit)
    of_medicine, its_unit = asked.equivalents.dose_of(event.name)
    of_asked, asked_unit = asked.equivalents.dose_of(asked.name)
    in_its_unit = _in_unit(Fraction(amount), unit, its_unit)
    if in_its_unit is None:
        return None
    return _in_unit(in_its_unit * Fraction(of_asked) / Fraction(of_medicine), asked_unit, asked.unit or asked_unit)


def _in_unit(amount: Fraction, unit: str, to: str) -> Fraction | None:
    if unit == to:
        return amount
    one = convert(Decimal(1), unit, to)
    return None if one is None else amount * Fraction(one)


def _event(fact: Fact) -> OfMedicine:
    assert isinstance(fact.event, OfMedicine)
    return fact.event
