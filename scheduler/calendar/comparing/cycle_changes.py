"""What is different in the dosing days of one cycle: stretches of days, and tablets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias

from scheduler.calendar.comparing.change import What
from scheduler.calendar.comparing.change_in_words import days_stand, instead, status_word, units_are
from scheduler.calendar.comparing.folding import Difference
from scheduler.calendar.entries.doses_in_words import count_in_words, doses_in_words
from scheduler.calendar.entries.entry import Entry, Flag, Kind, Run, Status
from scheduler.findings import said_together
from scheduler.protocol.plan.dosing.product import Product
from scheduler.protocol.plan.times.frequency import doses_a_day
from scheduler.said import ALL_OF, COMMAS, Code, Quoted, Said, Value, in_english, listed, said, said_as
from scheduler.vocabulary.dosage_forms import Count, as_count

OneDay: TypeAlias = tuple[date, Value]
"""The date of a cycle's day and how it stands, in words."""

_NO_DAY = said("no dosing day")


def changes_of_days(before: Entry, after: Entry, cut: bool) -> Iterator[Difference]:
    """Days of the cycle that stand otherwise, told by stretches. That all of them moved with the cycle is told elsewhere.

    ``cut``: the calendar ends in this cycle, so the days that only one side has say nothing.
    """
    shift = after.date - before.date if before.date is not None and after.date is not None else timedelta()
    old = {number: (day + shift, how) for number, (day, how) in _days(before).items()}
    new = _days(after)
    numbers = [number for number in sorted(old | new) if old.get(number) != new.get(number)]
    if cut and shift:
        numbers = [number for number in numbers if number in old and number in new]
    if (
        after.status is Status.DONE
        and before.status is not Status.DONE
        and numbers
        and _only_taken(old, new, numbers[0])
    ):
        numbers = numbers[1:]
    shown = _days(after, shown=True)
    for stretch in _stretches(numbers, old, new):
        first, last = stretch[0], stretch[-1]
        was, now = _told(old.get(first)), _told(shown.get(first))
        day, _ = new.get(first) or old[first]
        told = days_stand(first, last, now or _NO_DAY, was or _NO_DAY, day if was == _told(new.get(first)) else None)
        yield Difference(after.id, after.timeline, after.n, What.DAYS, _english(was), _english(now), told, day, told)


def _english(how: Value | None) -> str | None:
    return None if how is None else in_english(how)


def _only_taken(old: dict[int, OneDay], new: dict[int, OneDay], number: int) -> bool:
    """True for the first day of a cycle that was started as planned: its status tells it."""
    planned = _told(old.get(number))
    return number == min(new) and planned is not None and _told(new[number]) == _as_taken(planned)


def changes_of_tablets(
    before: Entry | None, after: Entry | None, products: Mapping[str, tuple[Product, ...]]
) -> Iterator[Difference]:
    """How many units of each strength the cycle takes, where that is another number.

    ``products`` are those of the version that the cycle goes by.
    """
    entry = after or before
    if entry is None or entry.kind is not Kind.ORAL or entry.timeline not in products:
        return
    for product in products[entry.timeline]:
        was, now = _units(before, product), _units(after, product)
        if was != now and was is not None and now is not None:
            form = product.of_form
            of = Quoted(product.strength) if product.strength is not None else None
            told = units_are(count_in_words(form, now), Code(form.number(was)), of)
            yield Difference(
                entry.id, entry.timeline, entry.n, What.TABLETS, str(was), str(now), told, entry.date, told
            )


def changes_of_strengths(entry: Entry, was: tuple[Product, ...], now: tuple[Product, ...]) -> Iterator[Difference]:
    """Other tablets than before: of an amendment that has other strengths. Their numbers are not of one thing."""
    if entry.kind is not Kind.ORAL or not (was and now) or was == now:
        return
    before, after = (said_together(dict.fromkeys(str(each) for each in family)) for family in (was, now))
    if before != after:
        told = instead(_together(now), _together(was))
        yield Difference(entry.id, entry.timeline, entry.n, What.TABLETS, before, after, told, entry.date, told)


def _together(family: tuple[Product, ...]) -> Value:
    return listed(*dict.fromkeys(each.shown for each in family), how=ALL_OF)


def _days(entry: Entry, shown: bool = False) -> dict[int, OneDay]:
    """Each day of a cycle, how it stands; with ``shown`` as it is told: no dose is named where a decision is awaited."""
    return {
        run.first_day + step: (run.first_date + timedelta(days=step), _how(run, shown))
        for run in entry.runs
        for step in range(run.last_day - run.first_day + 1)
    }


def _how(run: Run, shown: bool) -> Value:
    """Dose, or status where none is taken, and what a reader must know beside."""
    match run.status:
        case Status.PLANNED:
            how = doses_in_words(run.doses)
        case Status.DONE:
            how = _as_taken(doses_in_words(run.doses))
        case Status.NOT_DONE:
            how = said_as("a dosing day", "not taken")
        case _:
            how = status_word(run.status)
    flags = tuple(Said(flag.value, context="flag") for flag in run.flags)
    if shown and run.status is Status.PLANNED and Flag.AWAITING_DECISION in run.flags:
        return listed(*flags, how=COMMAS)
    return listed(how, *flags, how=COMMAS) if flags else how


def _as_taken(doses: Value) -> Value:
    return said("{doses}, taken", doses=doses)


def _told(day: OneDay | None) -> Value | None:
    return None if day is None else day[1]


def _stretches(numbers: list[int], old: dict[int, OneDay], new: dict[int, OneDay]) -> Iterator[list[int]]:
    """Consecutive days with the same difference."""
    stretch: list[int] = []
    for number in numbers:
        alike = stretch and (
            number == stretch[-1] + 1
            and _told(old.get(number)) == _told(old.get(stretch[-1]))
            and _told(new.get(number)) == _told(new.get(stretch[-1]))
        )
        if stretch and not alike:
            yield stretch
            stretch = []
        stretch.append(number)
    if stretch:
        yield stretch


def _units(entry: Entry | None, product: Product) -> Count | None:
    """The units for all days that are or were taken; None where a dose cannot be made of whole ones."""
    count: Count = 0
    for run in entry.runs if entry is not None else ():
        if run.status not in (Status.PLANNED, Status.DONE):
            continue
        for dose in run.doses:
            # A dose says how often where its amount is not the whole day's.
            times = doses_a_day(dose.often)
            amount = dose.amount if dose.unit == product.unit else None
            reported = run.status is Status.DONE and dose.is_as_reported
            of = product.units_in_taken if reported else product.units_in
            units = of(amount) if amount is not None else None
            if units is None or times is None:
                return None
            count += units * times * (run.last_day - run.first_day + 1)
    return as_count(Decimal(count))
