"""How many units of a product make a dose: tablets exactly or not at all, vials rounded up to whole ones."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.calendar.entries.entry import Dose, Kind
from scheduler.protocol.plan.frequency import doses_a_day
from scheduler.protocol.plan.study import Give, Product
from scheduler.protocol.sentences.giving import convert


@dataclass(frozen=True, slots=True)
class Units:
    """Units of a product for one day. ``count`` is None where no number can be told, and ``why`` says why."""

    count: int | None
    why: str | None = None


def units_a_day(dose: Dose, give: Give, product: Product | None, kind: Kind, *, reported: bool = False) -> Units:
    """The units that one day's dose takes. Never a rounded number of tablets, and never a guess.

    A report (``reported``) says the amount of the whole day, an order that of each dose of the day.
    """
    if product is None:
        return Units(None, f"the protocol names no product for {give.name}")
    if dose.amount is None:
        return Units(None, "the dose is not prescribed")
    if dose.unit == "AUC" or "/" in dose.unit:
        per = "by AUC" if dose.unit == "AUC" else f"per {dose.unit.partition('/')[2]}"
        return Units(None, f"the dose is {per}: the patient's own dose is not known here")
    if give.high is not None:
        return Units(None, "the protocol gives a range: the dose is not known here")
    times = 1 if reported else doses_a_day(give.frequency)
    if times is None:
        return Units(None, f"'{give.frequency}' does not say how many doses a day takes")
    return _whole_units(dose, product, kind, times)


def _whole_units(dose: Dose, product: Product, kind: Kind, times: int) -> Units:
    assert dose.amount is not None
    amount = convert(dose.amount, dose.unit, product.unit)
    if amount is None:
        return Units(None, f"{dose} cannot be compared with a {unit_name(product)}")
    whole, rest = divmod(amount, product.unit_amount)
    if rest == 0:
        return Units(int(whole) * times)
    if kind is Kind.ORAL:
        return Units(None, f"{dose} cannot be made of {unit_name(product)}s")
    return Units((int(whole) + 1) * times)


def unit_name(product: Product) -> str:
    """One unit of a product: "40 mg tablet"."""
    return f"{product.unit_amount.normalize():f} {product.unit} {product.form}"


def counted(number: int, word: str) -> str:
    """A number with its word: 1 tablet, 42 tablets."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
