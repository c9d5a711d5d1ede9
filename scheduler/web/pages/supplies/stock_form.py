"""The form of an event of the stock: which fields each kind has, and the event that a filled-in form says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from scheduler.errors import InvalidText
from scheduler.findings import Finding
from scheduler.said import COMMAS, Said, Value, listed, said
from scheduler.source.node import Data
from scheduler.stock.events import StockEvent, parse_stock_event
from scheduler.stock.in_words import name_of_key, unit_of_item
from scheduler.stock.products import ItemKey, Stocked

BETWEEN = "|"

KINDS: Mapping[str, Said] = {
    "received": said("A delivery came"),
    "counted": said("The stock was counted"),
    "prepared": said("Used to prepare a dose"),
    "destroyed": said("Destroyed"),
    "sent back": said("Sent back to the sponsor"),
    "quarantined": said("Kept apart: temperature, recall, damage"),
    "released": said("May be handed out again"),
    "relabelled": said("Has another expiry date"),
    "struck": said("A record that should not be there"),
}
"""What can be recorded, as pages call it; a strike is offered beside what it strikes."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    "received": ("product", "lot", "expires", "packs", "quantity", "shipment", "by"),
    "counted": ("product", "lot", "of", "packs", "quantity", "reason", "by"),
    "prepared": ("product", "lot", "packs", "quantity", "by"),
    "destroyed": ("product", "lot", "of", "packs", "quantity", "reason", "by"),
    "sent back": ("product", "lot", "of", "packs", "quantity", "reason", "by"),
    "quarantined": ("product", "lot", "reason", "by"),
    "released": ("product", "lot", "reason", "by"),
    "relabelled": ("product", "lot", "expires", "reason", "by"),
    "struck": ("number", "reason"),
}

NEEDED: Mapping[str, frozenset[str]] = {
    "quarantined": frozenset({"reason"}),
    "released": frozenset({"reason"}),
    "relabelled": frozenset({"reason", "expires"}),
    "struck": frozenset({"reason"}),
}
"""What has to be filled in beside product, lot and how many."""

_WHOLE = frozenset({"packs", "number"})


def product_value(key: ItemKey) -> str:
    """A product of one strength as a choice of the form."""
    return key.product if key.strength is None else f"{key.product}{BETWEEN}{key.strength}"


def said_by(form: Mapping[str, str]) -> dict[str, Data]:
    """What a filled-in form says, as plain data: what is empty is left out."""
    kind = form.get("event", "")
    said: dict[str, Data] = {"on": form.get("on", "").strip(), "event": kind}
    for name in (*FIELDS.get(kind, ()), "confirmed"):
        text = form.get(name, "").strip()
        if name == "product" and BETWEEN in text:
            said["product"], _, said["strength"] = text.partition(BETWEEN)
        elif text:
            said[name] = int(text) if name in _WHOLE and text.isascii() and text.isdigit() and len(text) < 8 else text
    return said


LABELS: Mapping[str, Said] = {
    "product": said("Product"),
    "lot": said("Lot"),
    "expires": said("Expiry"),
    "reason": said("Why"),
}
"""What the form calls the fields that may be missing."""


def event_of(form: Mapping[str, str]) -> StockEvent:
    """The event that a form says. Raises InvalidText with all that is wrong."""
    try:
        return parse_stock_event(said_by(form))
    except InvalidText as error:
        raise InvalidText(map(_by_its_label, error.findings)) from None


def _by_its_label(finding: Finding) -> Finding:
    """A key that is missing is a field that is not filled in."""
    label = LABELS.get(str(finding.path[-1])) if finding.code == "missing-key" and finding.path else None
    if label is None:
        return finding
    needed = said("{field}: this is needed", field=label)
    return replace(finding, message=str(needed), said=needed)


def products_offered(stocked: Stocked) -> tuple[tuple[str, Value], ...]:
    """Every product of one strength, with what its unit is."""
    return tuple(
        (
            product_value(key),
            listed(name_of_key(ItemKey(key.product, None), item.title), unit_of_item(item), how=COMMAS),
        )
        for key, item in stocked.items.items()
    )
