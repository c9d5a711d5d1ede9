"""What is there of each lot, and every step that led to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scheduler.stock.movements import RETURNED, STOCK, Deed, LotOf, Movement
from scheduler.stock.products import Item
from scheduler.vocabulary.dosage_forms import Count, as_count

_AWAY = frozenset({Deed.HANDED_OUT, Deed.PREPARED, Deed.DESTROYED, Deed.SENT_BACK})


@dataclass(frozen=True, slots=True)
class Step:
    """One movement, by how much it changed its pile, and what was there after it: the reason of every number.

    ``change`` of a count is what was found too many (above 0) or too few; ``after`` below 0 cannot be.
    """

    movement: Movement
    change: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class LotStock:
    """One lot at a site, by its steps in their order. ``key.lot`` None: handed out without a recorded lot.

    ``expires`` is the last day on which it may be used, as last told; None where nobody said. ``quarantined`` is the day since
    which it is kept apart, with the reason; None where it is not.
    """

    key: LotOf
    item: Item
    steps: tuple[Step, ...]
    expires: date | None
    quarantined: date | None = None
    quarantine_reason: str | None = None

    @property
    def left(self) -> Count:
        """Single units in the stock. Of units without a lot: below 0 what was handed out, which no lot tells."""
        return self._after(STOCK)

    @property
    def left_returned(self) -> Count:
        """Single units that patients brought back and that are still there."""
        return self._after(RETURNED)

    @property
    def packs(self) -> int | None:
        """Whole packs in the stock; None where there are no packs."""
        return self.item.whole_packs(max(self.left, 0))

    @property
    def was_received(self) -> bool:
        """True where the site's log tells that it came, or that it was counted."""
        return any(step.movement.deed in (Deed.RECEIVED, Deed.COUNTED) for step in self.steps)

    def total(self, deed: Deed, pile: str | None = None) -> Count:
        """How many units were moved by that deed, always told as what it is: 56 were handed out."""
        found = (step for step in self.steps if step.movement.deed is deed and pile in (None, step.movement.pile))
        sign = -1 if deed in _AWAY else 1
        return as_count(sum((step.change * sign for step in found), Decimal(0)))

    def is_expired(self, on: date) -> bool:
        """True after its last day."""
        return self.expires is not None and self.expires < on

    def may_be_handed_out(self, on: date) -> bool:
        """True where a pack of it may leave the stock on that day."""
        known = self.key.lot is not None and self.left > 0
        return known and self.quarantined is None and not self.is_expired(on)

    def _after(self, pile: str) -> Count:
        last = [step.after for step in self.steps if step.movement.pile == pile]
        return as_count(last[-1]) if last else 0


def lots_of(movements: Iterable[Movement], items: dict[LotOf, Item], on: date) -> tuple[LotStock, ...]:
    """Every lot with what moved it up to that day, the ones that expire first before the others; what has no lot comes last."""
    by_lot: dict[LotOf, list[Movement]] = {}
    for movement in movements:
        if movement.on <= on:
            by_lot.setdefault(movement.lot, []).append(movement)
    found = [_lot(key, items[key], sorted(several, key=_order)) for key, several in by_lot.items()]
    return tuple(sorted(found, key=_reading_order))


def _lot(key: LotOf, item: Item, movements: Sequence[Movement]) -> LotStock:
    there = {STOCK: Decimal(0), RETURNED: Decimal(0)}
    steps: list[Step] = []
    expires: date | None = None
    since: Movement | None = None
    for each in movements:
        before = there[each.pile]
        there[each.pile] = _after(each, before)
        steps.append(Step(each, there[each.pile] - before, there[each.pile]))
        if each.deed is Deed.QUARANTINED:
            since = each
        elif each.deed is Deed.RELEASED:
            since = None
        elif each.deed is Deed.RELABELLED or (each.deed is Deed.RECEIVED and each.expires is not None):
            # Of two deliveries that say two days, the earlier one is on the safe side.
            two = each.deed is Deed.RECEIVED and expires is not None and each.expires is not None
            expires = min(expires, each.expires) if two and expires and each.expires else each.expires
    if expires is None:
        expires = min((each.expires for each in movements if each.expires is not None), default=None)
    return LotStock(
        key=key,
        item=item,
        steps=tuple(steps),
        expires=expires,
        quarantined=None if since is None else since.on,
        quarantine_reason=None if since is None else since.reason,
    )


def _after(movement: Movement, before: Decimal) -> Decimal:
    if movement.units is None:
        return before
    if movement.deed is Deed.COUNTED:
        return movement.units
    return before - movement.units if movement.deed in _AWAY else before + movement.units


def _order(movement: Movement) -> tuple[date, int, str, int]:
    return movement.order


def _reading_order(lot: LotStock) -> tuple[str, str, bool, date, str]:
    item = lot.key.item
    return (item.product, item.strength or "", lot.key.lot is None, lot.expires or date.max, lot.key.lot or "")
