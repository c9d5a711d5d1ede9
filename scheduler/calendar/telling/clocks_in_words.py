"""How long a medicine was above a daily dose, so that it can be counted by hand: each total, the first day, the last in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from scheduler.calendar.telling.dates_in_words import in_words
from scheduler.dates import Day
from scheduler.patient.dose_rules.facts.daily_totals import Clock, DailyTotal, Part
from scheduler.protocol.plan.rules import MedicineFor

_CENT = Decimal("0.01")


def clock_in_words(clock: Clock) -> Iterator[str]:
    """The totals of a day, each from the day on which it began, and how the days are counted."""
    for total in clock.totals:
        yield f"From {_day(total.day)}: {_total(total, clock.asked)}."
    asked = clock.asked
    name = f"{asked.name} or equivalent" if asked.or_equivalent else asked.name
    most = f"above {asked.above:f} {asked.unit} a day" if asked.above is not None else "taken"
    yield f"So {name} is {most} from {_day(clock.since)}; {clock.span} are over with {_day(clock.last)}."


def _total(total: DailyTotal, asked: MedicineFor) -> str:
    if not total.parts:
        return f"no {asked.name} a day"
    parts = " + ".join(_part(part, asked) for part in total.parts)
    whole = f"{asked.name} {_amount(total.known, asked)}"
    return f"{parts} a day" if total.unknown or parts == whole else f"{parts} a day = {whole} a day"


def _part(part: Part, asked: MedicineFor) -> str:
    route = f" {part.event.route}" if part.event.route is not None else ""
    if part.counts_as is None:
        return f"{part.event.name}{route} ({part.what_is_unknown})"
    return f"{part.event.name} {part.event.daily_dose}{route}"


def _amount(amount: Fraction, asked: MedicineFor) -> str:
    rounded = (Decimal(amount.numerator) / Decimal(amount.denominator)).quantize(_CENT)
    return f"{rounded.normalize():f} {asked.unit or ''}".rstrip()


def _day(day: Day) -> str:
    return in_words(date.fromordinal(day))
