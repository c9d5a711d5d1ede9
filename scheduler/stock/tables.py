"""A stock as rows and columns, for CSV, workbooks and other programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from scheduler.said import Code, Said, Text, said, said_as, text_of, told_as
from scheduler.stock.in_words import DEEDS, STATES, name_of_key
from scheduler.stock.lots import LotStock
from scheduler.stock.movements import RETURNED, STOCK, Deed
from scheduler.stock.outlook import Outlook
from scheduler.stock.products import Item, ItemKey
from scheduler.views.table import Cell, Table
from scheduler.vocabulary.dosage_forms import MILLILITRE, as_count

_DAY = told_as("day", Said("date", (), None, "column"))

LOT_COLUMNS = (
    "product",
    "strength",
    "lot",
    "expires",
    "state",
    "received",
    "handed out",
    "prepared",
    "destroyed",
    "sent back",
    "difference when counted",
    "left",
    "whole packs left",
    "brought back",
    "brought back and still there",
    "unit",
)

STEP_COLUMNS = (
    "product",
    "strength",
    "lot",
    _DAY,
    "what",
    "of",
    "units",
    "change",
    "after",
    "subject",
    "event",
    "reason",
)

NEED_COLUMNS = (
    "product",
    "strength",
    _DAY,
    "subject",
    "entry",
    "units",
    "packs",
    "lots",
    "missing",
    "sure",
)


_STOCK = said_as("of the stock", "stock")
_BROUGHT_BACK = said_as("of the stock", "brought back")


def cells_of_lot(lot: LotStock, on: date) -> tuple[Cell, ...]:
    """One lot under the columns of a list."""
    return (
        _product(lot.item),
        lot.key.item.strength,
        lot.key.lot,
        lot.expires,
        told_as(state := state_of(lot, on), STATES[state]),
        lot.total(Deed.RECEIVED),
        lot.total(Deed.HANDED_OUT),
        lot.total(Deed.PREPARED),
        lot.total(Deed.DESTROYED),
        lot.total(Deed.SENT_BACK),
        lot.total(Deed.COUNTED, STOCK),
        lot.left,
        lot.packs,
        lot.total(Deed.BROUGHT_BACK),
        lot.left_returned,
        MILLILITRE if lot.item.form.is_measured else text_of(said_as("in the column of the unit", "units")),
    )


def state_of(lot: LotStock, on: date) -> str:
    """How a lot stands, in one word for programs."""
    if lot.key.lot is None:
        return "no lot recorded"
    if lot.left <= 0:
        return "below 0" if lot.left < 0 else "used up"
    if lot.quarantined is not None:
        return "in quarantine"
    return "expired" if lot.is_expired(on) else "in use"


def cells_of_steps(lot: LotStock) -> Iterator[tuple[Cell, ...]]:
    """Every step of one lot. ``event`` is the number in the patient's log where there is a subject, else in the site's."""
    for step in lot.steps:
        each = step.movement
        yield (
            _product(lot.item),
            lot.key.item.strength,
            lot.key.lot,
            each.on,
            told_as(each.deed.value, DEEDS[each.deed.value]),
            text_of(_BROUGHT_BACK if each.pile == RETURNED else _STOCK),
            None if each.units is None else as_count(each.units),
            as_count(step.change),
            as_count(step.after),
            each.subject,
            each.number,
            each.reason,
        )


def table_of_needs(site: str, outlooks: Iterable[Outlook], *, until: date) -> Table:
    """Every coming line with the lots that it would take."""
    rows: list[tuple[Cell, ...]] = []
    for outlook in outlooks:
        for each in outlook.in_order:
            need = each.need
            rows.append(
                (
                    _product(outlook.item),
                    need.item.strength,
                    need.due,
                    need.subject,
                    need.entry,
                    need.units,
                    need.packs,
                    ", ".join(f"{lot}: {units}" for lot, units in each.lots) or None,
                    each.missing or None,
                    text_of(said("yes") if need.sure else said("no")),
                )
            )
    title = said("What {site} needs up to {until}", site=Code(site), until=Code(f"{until}"))
    return Table(text_of(title), NEED_COLUMNS, tuple(rows))


def _product(item: Item) -> Text:
    """A product by its id, and for readers of other languages by its name; the strength stands beside it."""
    return told_as(item.key.product, name_of_key(ItemKey(item.key.product, None), item.title))
