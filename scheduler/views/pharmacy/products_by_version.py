"""What a drug is handed out as for a patient who moved to another version of the protocol, which may have other tablets.

A cycle that was started under the version before is finished with its tablets.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TypeAlias

from scheduler.protocol.plan.dosing.product import Product

Family: TypeAlias = tuple[Product, ...]
"""A drug as one version hands it out: a product for each strength."""


def products_of_all(families: Iterable[Family]) -> tuple[Product | None, ...]:
    """One product for each strength that any version has, by the first of the families that has it; None where there is none.

    Where no version has more than one, it is that of the first family: nobody has to tell them apart on one day.
    """
    known = [family for family in families if family]
    if all(len(family) == 1 for family in known):
        return (known[0][0] if known else None,)
    found: dict[tuple[Decimal, str, str], Product] = {}
    for family in known:
        for product in family:
            found.setdefault(_strength(product), product)
    return tuple(found.values())


def as_in(family: Family, product: Product | None) -> Product | None:
    """A product as one version has it; None where it has none of that strength."""
    if product is None or not family:
        return None
    if len(family) == 1 and not product.strengths:
        return family[0]
    return next((each for each in family if _strength(each) == _strength(product)), None)


def _strength(product: Product) -> tuple[Decimal, str, str]:
    return product.unit_amount, product.unit, product.form
