"""Which products a site has in stock: those of the protocol, one for each strength, by every name that people know them by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal
from typing import NamedTuple

from scheduler.protocol.plan.dosing.product import WHOLE, Product
from scheduler.protocol.plan.study import StudyVersion
from scheduler.stock.events import OfQuantity
from scheduler.vocabulary.dosage_forms import Count, DosageForm, form_called


class ItemKey(NamedTuple):
    """What is counted by itself: tablets of two strengths have no sum."""

    product: str
    strength: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """One product of one strength. ``unit`` is what one unit is, "40 mg tablet", and ``amount`` what it holds, "40 mg".

    ``per_pack`` is None where the protocol names no packs.

    ``title`` is what it is called, in several languages. ``step`` is the least part of a unit that can be given: half a tablet
    where it is scored.

    ``differs``: versions of the protocol have other units or packs of it, so that a lot of one cannot stand for a lot of another.
    """

    key: ItemKey
    unit: str
    amount: str
    form: DosageForm
    per_pack: int | None
    pack: str | None
    step: Decimal = WHOLE
    differs: bool = False
    title: str | None = None

    def units(self, event: OfQuantity) -> Count | None:
        """How many single units an event is about; None where it counts packs and the protocol does not say what is in one."""
        if event.quantity is not None:
            return event.quantity
        return None if self.per_pack is None or event.packs is None else event.packs * self.per_pack

    def whole_packs(self, units: Count) -> int | None:
        """How many whole packs so many units are; None where there are no packs."""
        if self.per_pack is None:
            return None
        return int((Decimal(units) / self.per_pack).to_integral_value(ROUND_FLOOR))


@dataclass(frozen=True, slots=True)
class Stocked:
    """All products of a study. ``names`` leads from every name of a product, drug or treatment to the product's own."""

    items: Mapping[ItemKey, Item]
    names: Mapping[str, str]

    def strengths_of(self, product: str) -> tuple[str | None, ...]:
        """The strengths in which a product comes; one None where it comes in one."""
        return tuple(key.strength for key in self.items if key.product == product)

    def key_of(self, name: str, strength: str | None) -> ItemKey | None:
        """What that name and strength are; None where there is no such product, or its strength has to be told."""
        product = self.names.get(name)
        if product is None:
            return None
        strengths = self.strengths_of(product)
        if strengths == (None,):
            only = ItemKey(product, None)
            return only if strength in (None, self.items[only].amount) else None
        return ItemKey(product, strength) if strength in strengths else None


def stocked_in(versions: Iterable[StudyVersion]) -> Stocked:
    """The products of all these versions of the protocol."""
    items: dict[ItemKey, Item] = {}
    names: dict[str, str] = {}
    for plan in (plan for version in versions for plan in version.arms.values()):
        for name, products in plan.products.items():
            names.setdefault(name, name)
            for product in products:
                key = ItemKey(name, product.strength)
                items[key] = _both(items.get(key), _item(key, product))
        for treatment, line in plan.timelines.items():
            drugs = {give.name for give in line.gives}
            found = drugs.pop() if len(drugs) == 1 else None
            own = found if found in plan.products else treatment
            if found is not None and own in plan.products:
                names.setdefault(treatment, own)
                names.setdefault(found, own)
    return Stocked(items, names)


def _item(key: ItemKey, product: Product) -> Item:
    amount = f"{product.unit_amount.normalize():f} {product.unit}"
    return Item(
        key,
        str(product),
        amount,
        form_called(product.form),
        product.per_pack,
        product.pack,
        product.step,
        title=product.title,
    )


def _both(before: Item | None, item: Item) -> Item:
    """The newer one; marked where it is another than the one before."""
    if before is None:
        return item
    same = (before.unit, before.per_pack) == (item.unit, item.per_pack)
    return replace(item, differs=before.differs or not same)
