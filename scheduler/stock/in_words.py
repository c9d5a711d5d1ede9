"""How long a stock lasts, in sentences: each number with what makes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scheduler.calendar.entries.doses_in_words import count_in_words
from scheduler.said import SHORT_DAY, Code, Day, Name, Quoted, Said, Text, Value, counted, said, said_as
from scheduler.stock.events import (
    Counted,
    Destroyed,
    OfLot,
    OfQuantity,
    Relabelled,
    SentBack,
    StockEvent,
    StockStruck,
)
from scheduler.stock.movements import RETURNED
from scheduler.stock.outlook import Allotted, Outlook
from scheduler.stock.products import Item, ItemKey, Stocked


def name_of_item(item: Item) -> Value:
    """The product, with its strength where there are several; in the reader's language where the protocol has it in that."""
    return name_of_key(item.key, item.title)


def name_of_key(key: ItemKey, title: str | None) -> Value:
    """The same of a product that goes by its id in English and on lists."""
    strength = "" if key.strength is None else f" {key.strength}"
    own = Code(f"{key.product}{strength}")
    told = title.said if isinstance(title, Text) else None
    others = [each for each in told.by_language if each[0] != "en"] if isinstance(told, Name) else []
    if not others:
        return own
    return Name((("en", own.text), *((language, f"{name}{strength}") for language, name in others)))


def unit_of_item(item: Item) -> Value:
    """One unit with what it holds: 40 mg tablet."""
    return Name((("en", item.unit), ("zh", item.unit.removesuffix(item.form.name) + item.form.chinese)))


def outlook_in_words(outlook: Outlook) -> Iterator[Said]:
    """Until when it is enough and why not longer, what expires before, and what may make it less."""
    name = name_of_item(outlook.item)
    if outlook.differs:
        yield said(
            "{product}: versions of the protocol have other tablets or packs of it, and nobody can tell which lot is for whom",
            product=name,
        )
        return
    yield _how_long(outlook, name)
    for apart in outlook.kept_apart:
        yield said(
            "{product}: {units} of lot {lot} are not counted, kept apart since {since}: {reason}",
            product=name,
            units=count_in_words(outlook.item.form, apart.units),
            lot=Code(apart.lot),
            since=Day(apart.since, SHORT_DAY),
            reason=Quoted(apart.reason or ""),
        )
    short = outlook.first_short_with_unsure
    if short is not None and outlook.first_short is None:
        yield said(
            "{product}: if all that is not sure yet is needed too, enough until the day before {day}",
            product=name,
            day=Day(short.need.on, SHORT_DAY),
        )
    for each in outlook.unused:
        yield said(
            "{product}: {units} of lot {lot} are left when it expires on {expires}",
            product=name,
            units=count_in_words(outlook.item.form, each.units),
            lot=Code(each.lot),
            expires=Day(each.expires, SHORT_DAY),
        )
    if outlook.unknown:
        yield counted(
            "{product}: {n} coming line has no number yet, so it may be less",
            "{product}: {n} coming lines have no number yet, so it may be less",
            outlook.unknown,
            product=name,
        )
    if outlook.unrecorded:
        yield counted(
            "{product}: {n} cycle has begun and nobody recorded what was handed out, so it may be less",
            "{product}: {n} cycles have begun and nobody recorded what was handed out, so it may be less",
            outlook.unrecorded,
            product=name,
        )


def _how_long(outlook: Outlook, name: Value) -> Said:
    short = outlook.first_short
    if not outlook.needs:
        return said("{product}: nothing is planned until {until}", product=name, until=Day(outlook.until, SHORT_DAY))
    if short is None:
        return said(
            "{product}: enough for all that is planned until {until}", product=name, until=Day(outlook.until, SHORT_DAY)
        )
    return said(
        "{product}: enough until {until}; {subject} needs {needed} on {day}, short by {missing}",
        product=name,
        until=Day(outlook.enough_until, SHORT_DAY),
        subject=Code(short.need.subject),
        needed=_needed(short, outlook.item),
        day=Day(short.need.on, SHORT_DAY),
        missing=count_in_words(outlook.item.form, short.missing),
    )


def _needed(allotted: Allotted, item: Item) -> Value:
    units = count_in_words(item.form, allotted.need.units or 0)
    packs = allotted.need.packs
    if packs is None or item.pack is None:
        return units
    return counted("{n} pack ({units})", "{n} packs ({units})", packs, units=units)


DEEDS: Mapping[str, Said] = {
    "received": said_as("a deed of the stock", "received"),
    "handed out": said_as("a deed of the stock", "handed out"),
    "brought back": said_as("a deed of the stock", "brought back"),
    "prepared": said_as("a deed of the stock", "prepared"),
    "destroyed": said_as("a deed of the stock", "destroyed"),
    "sent back": said_as("a deed of the stock", "sent back"),
    "counted": said_as("a deed of the stock", "counted"),
    "quarantined": said_as("a deed of the stock", "kept apart"),
    "released": said_as("a deed of the stock", "released"),
    "relabelled": said_as("a deed of the stock", "given another expiry date"),
    "struck": said_as("a deed of the stock", "struck"),
}
"""What happened, by the word of the event."""

STATES: Mapping[str, Said] = {
    "no lot recorded": said_as("a state of the stock", "no lot recorded"),
    "below 0": said_as("a state of the stock", "below 0"),
    "used up": said_as("a state of the stock", "used up"),
    "in quarantine": said_as("a state of the stock", "kept apart"),
    "expired": said_as("a state of the stock", "expired"),
    "in use": said_as("a state of the stock", "in use"),
}
"""How a lot stands, by the word that programs get."""


def event_in_words(event: StockEvent, stocked: Stocked) -> Said:
    """One event as a sentence, without its day."""
    if isinstance(event, StockStruck):
        return said("event {number} is struck: it should not have been recorded", number=event.number)
    assert isinstance(event, OfLot), "everything but a strike is about a lot"
    key = stocked.key_of(event.product, event.strength_in_short)
    name = name_of_key(ItemKey(event.product, event.strength), None if key is None else stocked.items[key].title)
    what, lot = DEEDS[event.event], Code(event.lot)
    if isinstance(event, Relabelled):
        return said(
            "{product}, lot {lot}: may be used until {expires}",
            product=name,
            lot=lot,
            expires=Day(event.expires, SHORT_DAY),
        )
    if not isinstance(event, OfQuantity):
        return said("{product}, lot {lot}: {what}", product=name, lot=lot, what=what)
    if isinstance(event, Destroyed | SentBack | Counted) and event.of == RETURNED:
        what = said("{what}, of what patients brought back", what=what)
    if event.packs is not None:
        return counted(
            "{product}, lot {lot}: {n} pack {what}",
            "{product}, lot {lot}: {n} packs {what}",
            event.packs,
            product=name,
            lot=lot,
            what=what,
        )
    units = event.quantity if event.quantity is not None else 0
    return counted(
        "{product}, lot {lot}: {n} single unit {what}",
        "{product}, lot {lot}: {n} single units {what}",
        units,
        product=name,
        lot=lot,
        what=what,
    )
