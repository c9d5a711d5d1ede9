"""What a proposal counted with, so that it can be counted by hand: the daily totals of a medicine, and the baseline of a value.

Of a medicine each total, the first day above and the last day in time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from scheduler.calendar.entries.spans_in_words import span_in_words
from scheduler.patient.dose_rules.facts.baselines import Baseline
from scheduler.patient.dose_rules.facts.daily_totals import Clock, DailyTotal, Part
from scheduler.patient.events.kind import CHOICE
from scheduler.protocol.plan.rules import MedicineFor
from scheduler.said import BESIDE, Amount, Code, Quoted, Said, Value, listed, said

_CENT = Decimal("0.01")


def clock_in_words(clock: Clock) -> Iterator[Said]:
    """The totals of a day, each from the day on which it began, and how the days are counted."""
    for total in clock.totals:
        yield said("From {day}: {total}.", day=date.fromordinal(total.day), total=_total(total, clock.asked))
    asked, since, last = clock.asked, date.fromordinal(clock.since), date.fromordinal(clock.last)
    name: Value = Quoted(asked.name)
    if asked.or_equivalent:
        name = said("{medicine} or equivalent", medicine=name)
    span = span_in_words(clock.span)
    if asked.above is None:
        yield said(
            "So {medicine} is taken from {day}; {span} are over with {last}.",
            medicine=name,
            day=since,
            span=span,
            last=last,
        )
    else:
        yield said(
            "So {medicine} is above {amount} a day from {day}; {span} are over with {last}.",
            medicine=name,
            amount=Amount(asked.above, str(asked.unit)),
            day=since,
            span=span,
            last=last,
        )


def baseline_in_words(baseline: Baseline) -> Said:
    """What a value was compared with: its amount and its day."""
    return said(
        "Compared with the baseline, {test} {amount} of {day} (event {number}).",
        test=Quoted(baseline.test, "en"),
        amount=Quoted(baseline.amount, "en"),
        day=baseline.day,
        number=Code(f"{baseline.number}"),
    )


def _total(total: DailyTotal, asked: MedicineFor) -> Said:
    if not total.parts:
        return said("no {medicine} a day", medicine=Quoted(asked.name))
    told = tuple(_part(part, asked) for part in total.parts)
    parts = listed(*told, how=BESIDE)
    whole = said("{medicine} {amount}", medicine=Quoted(asked.name), amount=_amount(total.known, asked))
    if total.unknown or str(parts) == str(whole):
        return said("{parts} a day", parts=parts)
    return said("{parts} a day = {whole} a day", parts=parts, whole=whole)


def _part(part: Part, asked: MedicineFor) -> Said:
    name, route = Quoted(part.event.name), part.event.route
    if part.counts_as is None:
        unknown = Quoted(part.what_is_unknown, "en")
        if route is None:
            return said("{medicine} ({unknown})", medicine=name, unknown=unknown)
        return said("{medicine} {route} ({unknown})", medicine=name, route=_route(route), unknown=unknown)
    dose = Quoted(str(part.event.daily_dose))
    if route is None:
        return said("{medicine} {amount}", medicine=name, amount=dose)
    return said("{medicine} {amount} {route}", medicine=name, amount=dose, route=_route(route))


def _route(route: str) -> Said:
    return Said(route, (), None, CHOICE)


def _amount(amount: Fraction, asked: MedicineFor) -> Value:
    rounded = (Decimal(amount.numerator) / Decimal(amount.denominator)).quantize(_CENT).normalize()
    return Amount(rounded, asked.unit) if asked.unit else rounded
