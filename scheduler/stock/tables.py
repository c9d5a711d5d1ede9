"""A stock as rows and columns, for CSV, workbooks and other programs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.stock.lots import LotStock
from scheduler.stock.movements import RETURNED, STOCK, Deed
from scheduler.views.table import Cell
from scheduler.vocabulary.dosage_forms import MILLILITRE, as_count

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
    "day",
    "what",
    "of",
    "units",
    "change",
    "after",
    "subject",
    "event",
    "reason",
)


def cells_of_lot(lot: LotStock, on: date) -> tuple[Cell, ...]:
    """One lot under the columns of a list."""
    return (
        lot.key.item.product,
        lot.key.item.strength,
        lot.key.lot,
        lot.expires,
        state_of(lot, on),
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
        MILLILITRE if lot.item.form.is_measured else "units",
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
            lot.key.item.product,
            lot.key.item.strength,
            lot.key.lot,
            each.on,
            each.deed.value,
            "brought back" if each.pile == RETURNED else "stock",
            None if each.units is None else as_count(each.units),
            as_count(step.change),
            as_count(step.after),
            each.subject,
            each.number,
            each.reason,
        )
