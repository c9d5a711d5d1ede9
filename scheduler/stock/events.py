"""What happens to a site's stock, as people write it: one line for each event, about one lot of one product.

{on: 2026-03-01, event: received, product: regorafenib, lot: A7, expires: 2027-05-31, packs: 20, shipment: S-104}
{on: 2026-04-01, event: counted, product: regorafenib, lot: A7, packs: 18, by: Pharm. Example}
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, ConfigDict, Field, PlainSerializer, TypeAdapter, model_validator

from scheduler.errors import InvalidText
from scheduler.patient.events import amount_in_short
from scheduler.patient.events.fields import DoseText, Text, UtcTime
from scheduler.said import said
from scheduler.source.node import Data, Node
from scheduler.source.validation import validate
from scheduler.vocabulary.dosage_forms import Count, as_count
from scheduler.written import IsoDate, Number, Written, fault

MOST_PACKS = 1_000_000


def _not_below_0(number: Decimal) -> Count:
    if number < 0:
        raise fault("below-0", said("{number} is below 0", number=number), hint=said("nothing is 0"))
    return as_count(number)


def _in_digits(count: Count) -> int | str:
    return count if isinstance(count, int) else f"{count:f}"


Units = Annotated[Number, AfterValidator(_not_below_0), PlainSerializer(_in_digits, when_used="json")]
"""How many single units, or mL."""
Packs = Annotated[int, Field(ge=0, le=MOST_PACKS)]
NumberInLog = Annotated[int, Field(ge=1, le=999_999)]
Pile = Literal["stock", "returned"]
"""What is there to be handed out, and what patients brought back: that is kept apart, and is never handed out again."""


class StockEvent(Written):
    """Something that happened to a site's stock."""

    on: IsoDate
    """The day, at the site."""
    event: str
    """What happened."""
    reason: Text | None = None
    """Why."""
    confirmed: Text | None = None
    """Why it stands although it looks like a slip."""
    by: Text | None = None
    """Who did it, and who saw it."""
    recorded: UtcTime | None = None
    """When it was written down, in UTC."""


class OfLot(StockEvent):
    """An event about one lot."""

    product: Text
    """The product or the treatment, by its name in the protocol."""
    strength: DoseText | None = None
    """What one unit holds, such as 20 mg: where the product comes in several strengths."""
    lot: Text
    """The lot (batch) number on the pack."""

    @property
    def strength_in_short(self) -> str | None:
        """The strength as products are told apart by it: "20 mg", however it was written."""
        return amount_in_short(self.strength) if self.strength is not None else None


class OfQuantity(OfLot):
    """An event about so much of a lot: in whole packs, or in single units."""

    packs: Packs | None = None
    """How many whole packs."""
    quantity: Units | None = None
    """How many single units, or mL, where it is not in whole packs."""

    @model_validator(mode="after")
    def _one_number(self) -> OfQuantity:
        if (self.packs is None) == (self.quantity is None):
            both = self.packs is not None
            message = said("packs and single units are told") if both else said("nobody says how many")
            raise fault("how-many", message, hint=said("write either 'packs' or 'quantity', which is in single units"))
        return self


class Received(OfQuantity):
    """A delivery came and was taken into the stock."""

    event: Literal["received"] = "received"
    expires: IsoDate | None = None
    """The last day on which it may be used."""
    shipment: Text | None = None
    """The number of the shipment."""


class Prepared(OfQuantity):
    """Units were used to prepare a dose, such as vials of an infusion: what is not handed out to the patient."""

    event: Literal["prepared"] = "prepared"


class Destroyed(OfQuantity):
    """Units were destroyed at the site: expired, broken, or brought back by patients."""

    event: Literal["destroyed"] = "destroyed"
    of: Pile = "stock"
    """Of the stock, or of what patients brought back."""


class SentBack(OfQuantity):
    """Units went back to the sponsor or the depot."""

    event: Literal["sent back"] = "sent back"
    of: Pile = "stock"
    """Of the stock, or of what patients brought back."""


class Counted(OfQuantity):
    """So many were found when the lot was counted, at the end of that day. From then on this number is what is there."""

    event: Literal["counted"] = "counted"
    of: Pile = "stock"
    """The stock, or what patients brought back."""


class Quarantined(OfLot):
    """The lot is kept apart from that day on and not handed out: a temperature excursion, a recall, damage."""

    event: Literal["quarantined"] = "quarantined"
    reason: Text
    """Why: temperature excursion, 12 °C for 5 hours."""


class Released(OfLot):
    """The lot may be handed out again from that day on."""

    event: Literal["released"] = "released"
    reason: Text
    """By whose word: the sponsor's letter of that day."""


class Relabelled(OfLot):
    """The lot has another expiry date from that day on."""

    event: Literal["relabelled"] = "relabelled"
    expires: IsoDate
    """The last day on which it may be used now."""
    reason: Text
    """By whose word."""


class StockStruck(StockEvent):
    """An earlier event of the same log should not have been recorded."""

    event: Literal["struck"] = "struck"
    number: NumberInLog
    """The number of the event, as the site's log counts them from 1."""
    reason: Text
    """Why it is taken out."""


AnyStockEvent: TypeAlias = Annotated[
    Received | Prepared | Destroyed | SentBack | Counted | Quarantined | Released | Relabelled | StockStruck,
    Field(discriminator="event"),
]
"""Every event that a site's stock can have."""

ANY_STOCK_EVENT: TypeAdapter[StockEvent] = TypeAdapter(AnyStockEvent, config=ConfigDict(defer_build=True))


def parse_stock_event(record: Mapping[str, Data] | Node) -> StockEvent:
    """The event that a record describes. Raises InvalidText with all findings."""
    if isinstance(record, Node):
        return validate(record, ANY_STOCK_EVENT)
    parts: dict[str | int, Node] = {key: Node(value, "event", 1, 1) for key, value in record.items()}
    node = Node(dict(record), "event", 1, 1, dict.fromkeys(record, (1, 1)), parts)
    try:
        return validate(node, ANY_STOCK_EVENT)
    except InvalidText as error:
        raise InvalidText(replace(finding, place=None) for finding in error.findings) from None


def dump_stock_event(event: StockEvent) -> dict[str, Data]:
    """The event as plain data, in one way only: what is not set is left out."""
    data = event.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {"on": data.pop("on"), "event": event.event, **data}


def canonical_stock_text(event: StockEvent) -> str:
    """The event as one line of JSON that is the same for equal events, on every machine."""
    return json.dumps(dump_stock_event(event), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
