"""How many tablets of which strength make a dose, found by trying every number of each: what outputs are held against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product

from scheduler.calendar.entries.entry import Calendar, Dose, Kind
from scheduler.calendar.entries.unplanned import is_unplanned
from scheduler.protocol.plan.dosing.product import Product
from scheduler.protocol.plan.study import Plan

Counts = dict[Decimal, int]
"""So many of each strength, the largest first."""


def products_of(plan: Plan | None, treatment: str, dose: Dose) -> tuple[Product, ...]:
    """The products that a dose is made of, the largest first."""
    found = plan.products.get(dose.of or treatment, ()) if plan is not None else ()
    return tuple(sorted(found, key=lambda each: -each.unit_amount))


def tablets_of(products: Sequence[Product], dose: Dose, *, reported: bool = False) -> Counts | None:
    """The fewest tablets that make the dose, of as many the larger ones; None where there are none.

    Of a report nobody knows how it was made up, but where there is one way only.
    """
    if not products or not dose.amount or any(each.unit != dose.unit for each in products):
        return None
    ways = sorted(
        _ways(dose.amount, [each.unit_amount for each in products]), key=lambda way: (sum(way), _smaller(way))
    )
    if not ways or (reported and len(ways) > 1):
        return None
    return {each.unit_amount: count for each, count in zip(products, ways[0], strict=True)}


def _ways(amount: Decimal, strengths: list[Decimal]) -> Iterator[tuple[int, ...]]:
    for way in product(*(range(int(amount // each) + 1) for each in strengths)):
        if sum((count * each for count, each in zip(way, strengths, strict=True)), Decimal(0)) == amount:
            yield way


def _smaller(way: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(-count for count in way)


def in_words(counts: Counts, products: Sequence[Product]) -> str:
    """2 tablets; 1 x 20 mg + 3 x 15 mg tablets."""
    form = products[0].form
    if len(products) == 1:
        (count,) = counts.values()
        return f"{count} {form}{'' if count == 1 else 's'}"
    told = [f"{count} x {strength.normalize():f} {products[0].unit}" for strength, count in counts.items() if count]
    return f"{' + '.join(told)} {form}{'' if sum(counts.values()) == 1 else 's'}"


def study_form(plan: Plan | None, treatments: set[str]) -> str:
    """What a neutral text calls what the patient has of some treatments: their form where all have that one."""
    found = {form_of(plan, name) for name in treatments}
    (form,) = found if len(found) == 1 else {None}
    return f"Study {form}s" if form is not None else "Study medicine"


def form_of(plan: Plan | None, treatment: str) -> str | None:
    forms = {each.form for each in plan.products.get(treatment, ())} if plan is not None else set()
    return forms.pop() if len(forms) == 1 else None


def at_home(calendar: Calendar) -> set[str]:
    """The treatments that the patient takes at home."""
    return {each.timeline for each in calendar.entries if each.kind is Kind.ORAL and not is_unplanned(each)}
