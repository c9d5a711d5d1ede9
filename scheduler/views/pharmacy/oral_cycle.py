"""One cycle of one oral drug as the pharmacy sees it: what each day calls for, what was taken, what should be left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import TypeAlias

from scheduler.calendar.engine.dosing.cycle_days import dosing_ranges, gives_on_day
from scheduler.calendar.engine.dosing.dose_in_force import doses_on, omitting
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.moments.limits_by_date import last_dosing_day
from scheduler.calendar.entries.entry import Dose, Entry, Flag, Kind, Status
from scheduler.identity import Same
from scheduler.patient.supply import Supply, run_down
from scheduler.protocol.plan.dosing.give import Give
from scheduler.protocol.plan.dosing.product import Product
from scheduler.protocol.plan.study import HeldDays, Timeline
from scheduler.said import Code, said, text_of
from scheduler.views.pharmacy.extra_days import ExtraDay
from scheduler.views.pharmacy.units_of_dose import Units, report_is_silent, units_a_day, units_taken
from scheduler.vocabulary.dosage_forms import Count, as_count

CivilDate: TypeAlias = date

GONE = (Status.PLANNED, Status.DONE)
"""Days whose tablets are reckoned as taken once they have passed: reported, or presumed."""


@dataclass(frozen=True, slots=True)
class DosingDay:
    """One dosing day of a cycle: its number in the cycle, its civil date, how it stands, and its doses as they stand now."""

    number: int
    date: CivilDate
    status: Status
    doses: tuple[Dose, ...]
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class HandedOut:
    """Units presumed to have been handed out on a day, because the list asked for them."""

    day: date
    units: Count


@dataclass(frozen=True, eq=False)
class OralCycle:
    """One cycle of one oral drug: what is asked about it again and again is worked out once.

    ``supply`` are the recorded facts about its units; ``alone`` when it is the treatment's only drug, so that these facts are
    about it. ``start`` is day 1. ``extra`` are its tablets on days without a planned dose. ``ordered_by``: it is overdue, and
    goes by orders that came after its day, up to that one. ``as_planned``: it is to come, and somebody asks what it will need
    where all goes as planned. ``known`` are the units of doses that were worked out before, for any cycle of this drug and
    product.
    """

    ev: Evaluation
    line: Timeline
    entry: Entry
    drug: str
    product: Product | None
    supply: Supply
    alone: bool
    start: date
    days: tuple[DosingDay, ...]
    extra: tuple[ExtraDay, ...] = ()
    ordered_by: date | None = None
    as_planned: bool = False
    known: dict[Same, Units] = field(default_factory=dict)
    _known_orders: dict[tuple[int, CivilDate], tuple[tuple[Dose, Units], ...]] = field(init=False, default_factory=dict)
    _known_units: dict[tuple[int, CivilDate], Units] = field(init=False, default_factory=dict)

    @property
    def is_left_out(self) -> bool:
        """True for an overdue cycle whose drug was left out by an order that came since: who starts it now takes none."""
        come = None if self.supply.facts else self.ordered_by
        return come is not None and omitting(self.ev, self.line, come.toordinal()) is not None

    def dose_ordered(self, number: int, known_on: date) -> Dose | None:
        """The dose of one day of the cycle by the orders in force on a date; None where the drug is not given on that day."""
        return next((dose for dose, _ in self._ordered(number, known_on)), None)

    def ordered(self, number: int, known_on: date) -> Units:
        """The units of one day of the cycle by the orders in force on a date; 0 where the drug is not given on that day."""
        key = (self._alike.get(number, number), known_on)
        found = self._known_units.get(key)
        if found is None:
            parts = [units for _, units in self._ordered(number, known_on)]
            found = self._known_units[key] = parts[0] if len(parts) == 1 else _together(parts)
        return found

    def needed(self, known_on: date, after: int = 0) -> Units:
        """The units of the dosing days after a day of the cycle, up to the last that is handed out for with the next one.

        By the orders in force on a date.
        """
        gone = self._taken_away()
        last = self.last_supplied(after + 1)
        return _together(
            self.ordered(number, known_on) for number in self.numbers if after < number <= last and number not in gone
        )

    @cached_property
    def on_day_one(self) -> Units:
        """The units that day 1 provides for, by the orders in force on it."""
        if self.line.every_day and self.supplied_days is None and last_dosing_day(self.ev, self.line) is None:
            return Units(
                None, text_of(said("it is given every day, and nobody knows until when: ask for how long to hand out"))
            )
        return _together(self.ordered(number, self.start) for number in self.numbers_on_day_one)

    @cached_property
    def numbers_on_day_one(self) -> tuple[int, ...]:
        """The numbers of the dosing days that day 1 provides for: the whole cycle, or as long as is handed out at a time."""
        numbers = self.numbers
        last = self.last_supplied(numbers[0]) if numbers else 0
        return tuple(number for number in numbers if number <= last)

    @property
    def supplied_days(self) -> int | None:
        """For how many days it is handed out at a time; None for the whole cycle."""
        every = self.product.handed_out_every if self.product is not None else None
        return every.in_days if every is not None else None

    def last_supplied(self, number: int) -> int:
        """The last day of the cycle that is handed out for together with a day."""
        if self.supplied_days is None:
            last = max((each.number for each in self.days), default=number)
            return max(last, number, self.line.last_day(self.entry.counts_as) if not self.line.every_day else number)
        return ((number - 1) // self.supplied_days + 1) * self.supplied_days

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the cycle's dosing days that its day 1 is to provide for, whatever became of them.

        A cycle that takes up an earlier one begins later than its day 1. Of a cycle that is still planned, the days on which
        another one will have begun are none of its days: nobody takes the tablets of both.
        """
        begin = self.days[0].number if self.days else 1
        gone = self._taken_away() if self.entry.status is not Status.DONE else frozenset()
        # What is given every day has the days that the calendar knows.
        end = max((each.number for each in self.days), default=0) if self.line.every_day else None
        found: list[int] = []
        for first, upto in dosing_ranges(self.line, self.entry.counts_as):
            last = upto if end is None else min(upto, end)
            found += [number for number in range(max(first, begin), last + 1) if number not in gone]
        return tuple(found)

    @property
    def first_number(self) -> int:
        """The number of the day on which its tablets are first taken."""
        return self.numbers[0] if self.numbers else 1

    @cached_property
    def _alike(self) -> dict[int, int]:
        """For each dosing day the first of those on which the same is given; none where doses count anew after a rest."""
        ranges = () if self.line.restarts else dosing_ranges(self.line, self.entry.counts_as)
        return {number: first for first, last in ranges for number in range(first, last + 1)}

    def days_from(self, day: date) -> tuple[DosingDay, ...]:
        """The dosing days of that date and later."""
        return tuple(each for each in self.days if each.date >= day)

    def last_day_to_take(self, day: date) -> CivilDate | None:
        """The last day, from that one on, on which its tablets are to be taken; None where there is none."""
        return max((each.date for each in self.days_from(day) if each.status in (*GONE, Status.NOT_DONE)), default=None)

    def taken(self, before: date) -> list[tuple[CivilDate, Units]]:
        """The days before a date whose tablets are gone, reported, presumed or taken beside the plan, with their units."""
        status = GONE if not self.line.as_needed else (Status.DONE,)
        planned = [(day.date, self._units_of(day)) for day in self.days if day.date < before and day.status in status]
        beside = [(day.date, day.units) for day in self.extra if day.date < before]
        return sorted([*planned, *beside], key=lambda each: each[0])

    def left(self, day: date, presumed: Iterable[HandedOut] | None) -> Units:
        """What the patient should still have at the start of a day, of this cycle.

        ``presumed`` is what the list had asked for: it counts where nobody recorded a dispensing; None where even that is
        unknown. What came back is gone: it is never handed out again. Of a cycle that nobody recorded as started nothing is
        presumed taken, so that no number can be told; nor of what is taken as needed, because a diary may leave a dose out.
        """
        if self.line.as_needed and day > self.start:
            return Units(None, text_of(said("{name} is taken as needed: count what is left", name=Code(self.drug))))
        if self.entry.status is not Status.DONE and day > self.start and not self.as_planned:
            return Units(None, text_of(said("nobody recorded that the cycle was started")))
        known = self.supply.before(day)
        handed = known.dispensed
        if handed is not None and not self.alone:
            return Units(
                None,
                text_of(said("what was handed out is recorded for all of {name} together", name=Code(self.line.name))),
            )
        if handed is None:
            if presumed is None:
                return Units(None, text_of(said("nobody recorded what was handed out")))
            handed = sum(each.units for each in presumed if each.day < day)
        gone = _together(units for _, units in self.taken(day))
        if gone.count is None:
            return gone
        return Units(max(0, handed - (known.returned or 0) - (known.lost or 0) - gone.count))

    def too_old(self, day: date, known_on: date) -> Count:
        """Of what should be left, the units in the opened pack that will have expired before they would be taken."""
        taken = [(on, units.count) for on, units in self.taken(day) if units.count]
        if self.product is None or self.product.per_pack is None or not taken:
            return 0
        opened = run_down(((on, count) for on, count in taken), self.product)
        if opened.discard is None:
            return 0
        in_time = [self.ordered(each.number, known_on) for each in self.days_from(day) if opened.usable(each.date)]
        return max(0, opened.left - (_together(in_time).count or 0))

    def _taken_away(self) -> frozenset[int]:
        """The numbers of the days that are cancelled: another cycle has begun, or the treatment is over."""
        return frozenset(day.number for day in self.days if day.status is Status.CANCELLED)

    def _units_of(self, day: DosingDay) -> Units:
        gives = gives_on_day(self.line, self.entry.counts_as, day.number)
        if len(gives) != len(day.doses):
            return Units(None, report_is_silent(day.date))
        # A report that states an amount states no level.
        return _together(
            self._units_taken(dose, give, reported=day.status is Status.DONE and dose.is_as_reported)
            for give, dose in zip(gives, day.doses, strict=True)
            if give.name == self.drug
        )

    def _units_taken(self, dose: Dose, give: Give, *, reported: bool) -> Units:
        key = Same(dose, give, reported, units_taken)
        if key not in self.known:
            self.known[key] = units_taken(dose, give, self.product, reported=reported)
        return self.known[key]

    def _ordered(self, number: int, known_on: date) -> tuple[tuple[Dose, Units], ...]:
        key = (self._alike.get(number, number), known_on)
        found = self._known_orders.get(key)
        if found is None:
            found = self._known_orders[key] = tuple(self._orders(number, known_on))
        return found

    def _orders(self, number: int, known_on: date) -> Iterator[tuple[Dose, Units]]:
        day, line, n = known_on.toordinal(), self.line, self.entry.n
        ordered = day
        if self.ordered_by is not None and not self.supply.facts:
            # Nothing was handed out for it yet, nor was it started: it is handed out by the orders that came since.
            ordered = max(day, self.ordered_by.toordinal())
        doses, _ = doses_on(self.ev, line, n, number, day, ordered)
        for give, dose in zip(gives_on_day(self.line, self.entry.counts_as, number), doses, strict=False):
            if give.name == self.drug:
                key = Same(dose, give, units_a_day)
                if key not in self.known:
                    self.known[key] = units_a_day(dose, give, self.product, Kind.ORAL)
                yield dose, self.known[key]


def dosing_days(line: Timeline, entry: Entry) -> tuple[DosingDay, ...]:
    """The dosing days of a cycle with their dates.

    Where the calendar was cut in the middle of the cycle, its other days are counted on as planned: half a cycle on a list
    would be a wrong number of tablets. What is given every day has no end of its own to be counted on to.
    """
    days = [
        DosingDay(number, run.first_date + timedelta(days=number - run.first_day), run.status, run.doses, run.flags)
        for run in entry.runs
        for number in range(run.first_day, run.last_day + 1)
    ]
    if days and line.held_days is HeldDays.LOST and not line.every_day:
        end = days[-1]
        status = Status.PLANNED if end.status in (Status.DONE, Status.NOT_DONE) else end.status
        for first, last in dosing_ranges(line, entry.counts_as):
            for number in range(max(first, end.number + 1), last + 1):
                on = end.date + timedelta(days=number - end.number)
                days.append(DosingDay(number, on, status, end.doses, end.flags))
    return tuple(days)


def _together(parts: Iterable[Units]) -> Units:
    total: Count = 0
    for units in parts:
        if units.count is None:
            return units
        total += units.count
    return Units(as_count(Decimal(total)))
