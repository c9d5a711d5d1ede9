"""How much of a cycle's tablets to hand out, in units and whole packs, and the words that say how it was reckoned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from math import ceil

from scheduler.calendar.entries.doses_in_words import count_in_words
from scheduler.patient.supply import Supply, packs_for
from scheduler.protocol.plan.dosing.product import Product
from scheduler.said import COMMAS, SEMICOLONS, Code, Name, Quoted, Said, Value, counted, joined, listed, said, text_of
from scheduler.views.pharmacy.oral_cycle import OralCycle
from scheduler.views.pharmacy.units_of_dose import Units, number_of
from scheduler.vocabulary.dosage_forms import MEDICINE, Count, as_count


@dataclass(frozen=True, slots=True)
class Quantity:
    """What to hand out: units, and whole packs where the product comes in packs. None where the number cannot be told."""

    units: Count | None = None
    packs: int | None = None

    def handed_out(self, product: Product | None) -> Count | None:
        """The units in hand when whole packs are handed out."""
        if self.packs is None or product is None or product.per_pack is None:
            return self.units
        return self.packs * product.per_pack


def nothing_of(product: Product | None) -> Quantity:
    """Nothing is handed out: a number that is known to be 0."""
    return Quantity(0, 0 if product is not None and product.per_pack is not None else None)


def on_day_one(cycle: OralCycle) -> Quantity:
    """The units of what day 1 provides for, at the level in force on it: the whole cycle, where nothing else is said.

    The packs are more than the units fill where an opened pack expires before it is empty.
    """
    units = cycle.on_day_one
    if units.count is None or cycle.product is None:
        return Quantity()
    start = cycle.start.toordinal()
    numbers = cycle.numbers_on_day_one
    by_day = [(date.fromordinal(start + n - 1), cycle.ordered(n, cycle.start).count or 0) for n in numbers]
    return Quantity(units.count, packs_for(by_day, cycle.product))


def short_on(cycle: OralCycle, day: date, need: Units, left: Units) -> Quantity:
    """What is short on a day inside the cycle: what is still needed, less what the patient should have and may still use."""
    if need.count is None or left.count is None:
        return Quantity()
    units = as_count(Decimal(max(0, need.count - max(0, left.count - cycle.too_old(day, day)))))
    per_pack = cycle.product.per_pack if cycle.product is not None else None
    return Quantity(units, None if per_pack is None else ceil(units / per_pack))


def on_day_one_in_words(cycle: OralCycle, quantity: Quantity) -> str:
    """ "2 tablets x 21 days; 2 bottles of 28, surplus 14"; where there is no number, why."""
    product = cycle.product
    if quantity.units is None or product is None:
        return cycle.on_day_one.why or ""
    if quantity.units == 0 and product.strength is not None:
        strength, form = Code(product.strength), product.of_form
        things = Name((("en", form.plural), ("zh", form.chinese)))
        return text_of(
            said("no dose is made of {things} of {strength}: hand out none", things=things, strength=strength)
        )
    words = _daily_in_words(cycle, product)
    if cycle.line.as_needed:
        words = said("as needed, at most {doses}", doses=words)
    if quantity.packs is None or product.per_pack is None:
        return text_of(words)
    surplus = quantity.packs * product.per_pack - quantity.units
    form = product.of_form
    of: Value = count_in_words(form, product.per_pack) if form.is_measured else product.per_pack
    over: Value = count_in_words(form, surplus) if form.is_measured else Code(form.number(surplus))
    packs = packs_in_words(quantity.packs, product.pack or "pack")
    return text_of(said("{doses}; {packs} of {of}, surplus {over}", doses=words, packs=packs, of=of, over=over))


_MOST_STRETCHES = 6
"""Doses that change more often than that are no sentence: the days alone are counted."""


def _daily_in_words(cycle: OralCycle, product: Product) -> Value:
    """2 tablets x 21 days; where a dose goes up or down, 1 tablet on days 15-21, 2 tablets on days 22-28."""
    numbers = cycle.numbers_on_day_one
    daily = [(number, cycle.ordered(number, cycle.start).count or 0) for number in numbers]
    if len({count for _, count in daily}) == 1:
        return said("{units} x {days}", units=units_said(daily[0][1], product), days=_days(len(numbers)))
    in_a_row = groupby(enumerate(daily), key=lambda each: (each[1][1], each[1][0] - each[0]))
    stretches = [(count, [number for _, (number, _) in days]) for (count, _), days in in_a_row if count]
    if len(stretches) > _MOST_STRETCHES:
        return said("for {days}", days=_days(len(numbers)))
    return listed(*(_stretch(units_said(count, product), days) for count, days in stretches), how=COMMAS)


def _days(number: int) -> Said:
    return counted("{n} day", "{n} days", number)


def _stretch(units: Value, days: list[int]) -> Said:
    if len(days) == 1:
        return said("{units} on day {day}", units=units, day=days[0])
    return said("{units} on days {first}-{last}", units=units, first=days[0], last=days[-1])


def packs_in_words(number: int, word: str) -> Value:
    """1 bottle, 2 boxes, by the protocol's own word for a pack."""
    match word:
        case "pack":
            return counted("{n} pack", "{n} packs", number)
        case "bottle":
            return counted("{n} bottle", "{n} bottles", number)
        case "box":
            return counted("{n} box", "{n} boxes", number)
        case "blister":
            return counted("{n} blister", "{n} blisters", number)
    return Quoted(number_of(number, word), "en")


def difference_in_words(facts: Supply, quantity: Quantity, product: Product | None) -> str | None:
    """What was handed out, where somebody recorded another number than the list asks for."""
    asked = quantity.handed_out(product)
    if facts.dispensed is None or facts.dispensed == asked:
        return None
    form = product.of_form if product is not None else MEDICINE
    handed = Code(form.number(facts.dispensed))
    if asked is None:
        return text_of(said("handed out: {number}", number=handed))
    return text_of(said("handed out: {number}, not {asked}", number=handed, asked=Code(form.number(asked))))


def expired_in_words(facts: Supply, last: date | None) -> str | None:
    """What was handed out and may not be used up to the last day that it is for. The day of handing out says nothing."""
    late = [] if last is None else facts.expiring_before(last)
    told = dict.fromkeys(
        text_of(
            said(
                "{what} expires on {day}, before {last}, the last day that it is for",
                what=said("lot {lot}", lot=Quoted(event.lot)) if event.lot else said("what was handed out"),
                day=Code(f"{event.expires}"),
                last=Code(f"{last}"),
            )
        )
        for event in late
    )
    return joined(told, SEMICOLONS) if told else None


def units_in_words(number: Count, product: Product | None) -> str:
    """1 tablet, 42 tablets, 10½ tablets, 52.5 mL; 42 tablets of 20 mg where there are other strengths."""
    return str(units_said(number, product))


def units_said(number: Count, product: Product | None) -> Value:
    """The same for a reader of any language."""
    words = count_in_words(product.of_form if product is not None else MEDICINE, number)
    if product is None or product.strength is None:
        return words
    return said("{count} of {strength}", count=words, strength=Code(product.strength))
