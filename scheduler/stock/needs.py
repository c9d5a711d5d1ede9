"""What the next weeks need of each product, from the pharmacy's list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scheduler.stock.products import ItemKey, Stocked
from scheduler.views.pharmacy.dispensing import NOT_SURE
from scheduler.views.pharmacy.dispensing_line import DispensingLine, LineStatus
from scheduler.vocabulary.dosage_forms import Count


@dataclass(frozen=True, slots=True)
class Need:
    """What one line of the pharmacy's list needs: so many units of a product on a day, that may not expire before ``last``.

    ``units`` is None where nobody can tell how many; ``packs`` where it is not handed out in packs. ``on`` is today for a line
    whose day is over and that is not done; ``due`` is the day in the list. ``sure`` is False for what waits for a decision, is on
    hold or provisional.
    """

    item: ItemKey
    on: date
    due: date
    last: date
    units: Count | None
    packs: int | None
    subject: str
    entry: str
    sure: bool

    @property
    def order(self) -> tuple[date, bool, date, str, str]:
        """By day; what is sure before what is not."""
        return (self.on, not self.sure, self.due, self.subject, self.entry)


def needs_of(lines: Iterable[DispensingLine], stocked: Stocked, *, on: date) -> tuple[Need, ...]:
    """What is still to be handed out or prepared by these lines, in the order of days. What has no date yet is not in it."""
    found: list[Need] = []
    for line in lines:
        sure = line.status is LineStatus.PLANNED
        item = stocked.key_of(line.treatment, line.strength)
        if not (sure or line.status in NOT_SURE) or item is None or line.date is None or line.units == 0:
            continue
        day = max(line.date, on)
        last = max(day, line.covers[1]) if line.covers is not None else day
        units = line.in_packs if line.in_packs is not None else line.units
        found.append(Need(item, day, line.date, last, units, line.packs, line.subject, line.entry, sure))
    return tuple(sorted(found, key=lambda need: need.order))


def without_record(lines: Iterable[DispensingLine], stocked: Stocked, item: ItemKey) -> tuple[DispensingLine, ...]:
    """Lines of cycles that were started while nobody recorded what was handed out: the stock may hold less than it says."""
    return tuple(
        line
        for line in lines
        if line.status is LineStatus.NO_RECORD and stocked.key_of(line.treatment, line.strength) == item
    )
