"""A site's stock on a day: every lot with what moved it, and everything that does not add up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scheduler.findings import Finding
from scheduler.said import Code, said, text_of
from scheduler.stock.log import StockLog
from scheduler.stock.lots import LotStock, lots_of
from scheduler.stock.movements import LotOf, Movement, movements_of_log
from scheduler.stock.products import Item, ItemKey, Stocked
from scheduler.stock.remarks import remarks_of
from scheduler.stock.tables import LOT_COLUMNS, STEP_COLUMNS, cells_of_lot, cells_of_steps
from scheduler.views.table import Table


@dataclass(frozen=True, slots=True)
class StockAccount:
    """The stock of one site on a day, from the site's own log and the logs of its patients.

    ``begins`` is the day of the log's first event, None while it is empty. What was handed out before, of a lot that the log does
    not have, is not counted. ``length`` is how many events the site's log had.
    """

    site: str
    on: date
    lots: tuple[LotStock, ...]
    findings: tuple[Finding, ...]
    begins: date | None
    length: int

    def of(self, item: ItemKey) -> tuple[LotStock, ...]:
        """The lots of one product."""
        return tuple(lot for lot in self.lots if lot.key.item == item)

    def lot(self, key: LotOf) -> LotStock | None:
        """One lot, None where nothing is known of it."""
        return next((lot for lot in self.lots if lot.key == key), None)

    @property
    def items(self) -> tuple[Item, ...]:
        """The products of which there is anything to tell, in the order of the lots."""
        return tuple(dict.fromkeys(lot.item for lot in self.lots))

    def table(self) -> Table:
        """Every lot."""
        title = said("Stock of {site} on {day}", site=Code(self.site), day=Code(f"{self.on}"))
        return Table(text_of(title), LOT_COLUMNS, tuple(cells_of_lot(lot, self.on) for lot in self.lots))

    def table_of_steps(self) -> Table:
        """Every movement with what was there after it."""
        rows = (row for lot in self.lots for row in cells_of_steps(lot))
        title = said("Movements at {site} up to {day}", site=Code(self.site), day=Code(f"{self.on}"))
        return Table(text_of(title), STEP_COLUMNS, tuple(rows))


def account_of(log: StockLog, stocked: Stocked, of_patients: Iterable[Movement], *, on: date) -> StockAccount:
    """The site's stock at the end of that day.

    ``of_patients`` is what patients of the site were given and brought back (`movements_of_patients`).
    """
    own = tuple(movements_of_log(log, stocked))
    begins = min((each.on for each in own), default=None)
    known = {each.lot for each in own}
    counted = [each for each in of_patients if each.lot in known or (begins is not None and each.on >= begins)]
    items = {each.lot: _item(each.lot.item, stocked) for each in (*own, *counted)}
    lots = lots_of((*own, *counted), items, on)
    return StockAccount(log.site, on, lots, remarks_of(log, stocked, lots, on), begins, log.length)


def _item(key: ItemKey, stocked: Stocked) -> Item:
    """The product; of units that nobody told the strength of, one of its strengths, counted apart."""
    found = stocked.items.get(key)
    if found is None:
        first = next(each for of, each in stocked.items.items() if of.product == key.product)
        found = Item(key, first.unit, first.amount, first.form, None, None)
    return found
