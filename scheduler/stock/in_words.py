"""How long a stock lasts, in sentences: each number with what makes it."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.calendar.entries.doses_in_words import count_in_words
from scheduler.said import SHORT_DAY, Code, Day, Said, Value, counted, said
from scheduler.stock.outlook import Allotted, Outlook
from scheduler.stock.products import Item


def name_of_item(item: Item) -> Code:
    """The product, with its strength where there are several."""
    return Code(item.key.product if item.key.strength is None else f"{item.key.product} {item.key.strength}")


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


def _how_long(outlook: Outlook, name: Code) -> Said:
    short = outlook.first_short
    if not outlook.needs:
        return said("{product}: nothing is planned until {until}", product=name, until=Day(outlook.until, SHORT_DAY))
    if short is None:
        return said(
            "{product}: enough for all that is planned until {until}", product=name, until=Day(outlook.until, SHORT_DAY)
        )
    return said(
        "{product}: enough until {until}; {subject} needs {needed} on {day}, and {missing} are missing",
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
