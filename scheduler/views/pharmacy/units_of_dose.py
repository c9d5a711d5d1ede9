"""How many units of a product make a dose: tablets exactly or not at all, vials rounded up to whole ones.

Of a drug in several strengths a product counts only its own part of the dose.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from scheduler.calendar.entries.doses_in_words import count_in_words, dose_in_words, often_in_words
from scheduler.calendar.entries.entry import Dose, Kind
from scheduler.protocol.plan.dosing.give import Give
from scheduler.protocol.plan.dosing.product import Product
from scheduler.protocol.plan.dosing.products_in_words import all_units_in_words, product_in_words
from scheduler.protocol.plan.dosing.strengths import sum_at_least
from scheduler.protocol.plan.times.frequency import doses_a_day, most_as_needed
from scheduler.protocol.sentences.dosing.giving import convert
from scheduler.said import Code, Text, named, said, said_of, text_of
from scheduler.vocabulary.dosage_forms import Count, as_count

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Units:
    """Units of a product for one day. ``count`` is None where no number can be told, and ``why`` says why."""

    count: Count | None
    why: str | None = None


_NOT_PRESCRIBED = Units(None, text_of(said("the dose is not prescribed")))


def units_a_day(dose: Dose, give: Give, product: Product | None, kind: Kind, *, reported: bool = False) -> Units:
    """The units that one day's dose takes. Never a rounded number of tablets, and never a guess.

    A report (``reported``) says the amount of the whole day, an order that of each dose of the day. Of what is taken as needed
    it is the most that a day may take.
    """
    if product is None:
        # What is missing first: without a prescription nothing is prepared, whatever it would be made of.
        if give.prescribed and dose.amount is None and not dose.needs:
            return _NOT_PRESCRIBED
        return Units(None, text_of(said("the protocol names no product for {name}", name=Code(give.name))))
    if dose.amount is None:
        if dose.needs:
            return Units(None, text_of(dose_in_words(replace(dose, of=None, often=None))))
        return _NOT_PRESCRIBED
    if dose.unit == "AUC" or "/" in dose.unit:
        if dose.unit == "AUC":
            return Units(None, text_of(said("the dose is by AUC: the patient's own dose is not known here")))
        per = Code(dose.unit.partition("/")[2])
        return Units(None, text_of(said("the dose is per {unit}: the patient's own dose is not known here", unit=per)))
    if give.high is not None and not give.prescribed:
        return Units(None, text_of(said("the protocol gives a range: the dose is not known here")))
    times = doses_a_day(give.frequency) or most_as_needed(give.frequency)
    if reported:
        return _of_report(dose, product, kind, times)
    if times is None:
        often = often_in_words(str(give.frequency))
        return Units(None, text_of(said("'{often}' does not say how many doses a day takes", often=often)))
    return _whole_units(dose, product, kind, times)


def units_taken(dose: Dose, give: Give, product: Product | None, *, reported: bool) -> Units:
    """The units that were taken on a day that is reported or presumed; what is taken as needed is never presumed."""
    if most_as_needed(give.frequency) is not None and not reported:
        name = Code(give.name)
        told = said("{name} is taken as needed, and nobody recorded how much was: count what is left", name=name)
        return Units(None, text_of(told))
    return units_a_day(dose, give, product, Kind.ORAL, reported=reported)


def band_in_words(dose: Dose | None) -> str | None:
    """The band that a dose is of, with the value and its day; None where it is of none."""
    if dose is None or dose.by_band is None:
        return None
    return text_of(said("by band: {band}", band=said_of(dose.by_band)))


def _of_report(dose: Dose, product: Product, kind: Kind, times: int | None) -> Units:
    """The units in the amount of a whole day; of several strengths only where it tells how many of each there were."""
    amount = convert(dose.amount, dose.unit, product.unit) if dose.amount is not None else None
    if not product.strengths or not amount or kind is not Kind.ORAL:
        return _whole_units(dose, product, kind, 1)
    count = product.units_in_taken(amount, times)
    if count is None:
        told = said(
            "{dose} on a day does not say how many of the {products} were taken",
            dose=dose_in_words(dose),
            products=all_units_in_words(product),
        )
        return Units(None, text_of(told))
    return Units(count)


def _whole_units(dose: Dose, product: Product, kind: Kind, times: int) -> Units:
    assert dose.amount is not None
    amount = convert(dose.amount, dose.unit, product.unit)
    if amount is None:
        unit = product_in_words(product)
        told = said("{dose} cannot be compared with a {unit}", dose=dose_in_words(dose), unit=unit)
        return Units(None, text_of(told))
    if kind is not Kind.ORAL and product.of_form.is_measured:
        return _drawn_up(dose, amount, product)
    if kind is not Kind.ORAL:
        # Of vials the least is left over; of two ways to do that, the one with the fewest vials.
        amount = sum_at_least(amount, product.sizes) or amount
    count = product.units_in(amount)
    if count is None and amount > 0:
        products = all_units_in_words(product)
        told = said("{dose} cannot be made of {products}", dose=dose_in_words(dose), products=products)
        return Units(None, text_of(told))
    return Units(as_count(Decimal((count or 0) * times)))


def _drawn_up(dose: Dose, amount: Decimal, product: Product) -> Units:
    """The volume that is drawn up at the site, exactly; none is told that does not end after two decimals."""
    volume = amount / product.unit_amount
    if volume != volume.quantize(_HUNDREDTH):
        told = said(
            "{dose} is no volume of {product} that ends after two decimals",
            dose=dose_in_words(dose),
            product=product_in_words(product),
        )
        return Units(None, text_of(told))
    return Units(as_count(volume))


def report_is_silent(day: date) -> Text:
    """A report of a day that does not tell its drugs apart."""
    on = Code(day.isoformat())
    return text_of(said("the report of {day} does not say how much of which drug was taken", day=on))


def unit_name(product: Product) -> str:
    """One unit of a product: "40 mg tablet"."""
    return text_of(product.shown)


def number_of(number: int, word: str) -> str:
    """A number with its word: 1 day, 42 days, 2 boxes."""
    return f"{number} {word}" if number == 1 else f"{number} {word}{'es' if word.endswith(('x', 's', 'ch')) else 's'}"


def drawn_from(count: Count, product: Product) -> str:
    """What is taken for a dose: 3 100 mg vials, 2.5 mL of 40 mg/mL solution."""
    form = product.of_form
    if form.is_measured:
        return text_of(
            said("{count} of {product}", count=count_in_words(form, count), product=product_in_words(product))
        )
    units = product if count == 1 else str(product).removesuffix(form.name) + form.plural
    _, chinese = product.shown.within("zh")
    return named({"en": f"{form.number(count)} {units}", "zh": f"{form.number(count)} × {chinese}"})
