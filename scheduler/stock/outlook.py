"""How long the stock lasts: what each coming line takes from which lot, what is missing, and which lots expire before use.

What expires first is handed out first, and nothing is handed out that expires before the last day for which it is meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from scheduler.stock.lots import LotStock
from scheduler.stock.needs import Need
from scheduler.stock.products import Item
from scheduler.vocabulary.dosage_forms import Count, as_count


@dataclass(frozen=True, slots=True)
class Allotted:
    """A need with the lots that it takes, each with its units, and what is missing of it."""

    need: Need
    lots: tuple[tuple[str, Count], ...]
    missing: Count


@dataclass(frozen=True, slots=True)
class Unused:
    """What is left of a lot that expires before the horizon when all needs have taken theirs."""

    lot: str
    expires: date
    units: Count


@dataclass(frozen=True, slots=True)
class KeptApart:
    """Units of a lot that are there and are not handed out, since a day."""

    lot: str
    since: date
    units: Count
    reason: str | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What becomes of one product's stock up to and with the day ``until``.

    ``needs`` are the sure ones and ``unsure`` what may come on top, each with its lots. ``unknown`` is how many lines there are
    whose number nobody can tell, ``unrecorded`` how many cycles have begun without a record of what was handed out: while these
    are not 0, it may last shorter. ``differs``: versions of the protocol have other units of it, and nobody can tell which lot is
    for whom; then nothing is worked out. ``kept_apart`` is what would be there but for its quarantine.
    """

    item: Item
    until: date
    needs: tuple[Allotted, ...]
    unsure: tuple[Allotted, ...]
    unused: tuple[Unused, ...]
    unknown: int
    unrecorded: int
    kept_apart: tuple[KeptApart, ...] = ()

    @property
    def in_order(self) -> tuple[Allotted, ...]:
        """All that is needed, by day; what is sure before what is not."""
        return tuple(sorted((*self.needs, *self.unsure), key=lambda each: each.need.order))

    @property
    def differs(self) -> bool:
        """True where nothing could be worked out."""
        return self.item.differs

    @property
    def first_short(self) -> Allotted | None:
        """The first line for which it is not enough; None where it is enough for all."""
        return next((each for each in self.needs if each.missing), None)

    @property
    def first_short_with_unsure(self) -> Allotted | None:
        """The same where everything that is not sure comes to be needed too."""
        return next((each for each in self.in_order if each.missing), None)

    @property
    def enough_until(self) -> date:
        """The last day up to which it is enough: the day before the first that falls short, else the last that was looked at."""
        short = self.first_short
        return self.until if short is None else short.need.on - timedelta(days=1)

    @property
    def units_needed(self) -> Count:
        """Units of all sure lines."""
        return as_count(sum((Decimal(each.need.units or 0) for each in self.needs), Decimal(0)))

    @property
    def units_missing(self) -> Count:
        """Units that sure lines need and that are not there."""
        return as_count(sum((Decimal(each.missing) for each in self.needs), Decimal(0)))

    @property
    def packs_missing(self) -> int | None:
        """The same in whole packs; None where there are no packs."""
        if self.item.per_pack is None:
            return None
        return sum(_packs(each.missing, self.item.per_pack) for each in self.needs)


def outlook_of(
    item: Item, lots: Iterable[LotStock], needs: Sequence[Need], *, on: date, until: date, unrecorded: int = 0
) -> Outlook:
    """How long one product lasts from a day on. ``needs`` are those of this product up to ``until``, in their order.

    What is not sure takes from what the sure needs leave. Lots in quarantine and what has no lot are not handed out.
    """
    lots = tuple(lots)
    known = [each for each in needs if each.units is not None]
    unknown = len(needs) - len(known)
    apart = tuple(_kept_apart(lots, on))
    if item.differs:
        return Outlook(item, until, (), (), (), unknown, unrecorded, apart)
    shelf = _Shelf(item, [lot for lot in lots if lot.may_be_handed_out(on)])
    sure = tuple(shelf.take(need) for need in known if need.sure)
    left = shelf.expiring(until)
    unsure = tuple(shelf.take(need) for need in known if not need.sure)
    return Outlook(item, until, sure, unsure, left, unknown, unrecorded, apart)


def _kept_apart(lots: Iterable[LotStock], on: date) -> Iterator[KeptApart]:
    """What is left of lots in quarantine that have not expired."""
    for lot in lots:
        if lot.quarantined is not None and lot.key.lot is not None and lot.left > 0 and not lot.is_expired(on):
            yield KeptApart(lot.key.lot, lot.quarantined, lot.left, lot.quarantine_reason)


class _Shelf:
    """Lots that are emptied, need by need."""

    def __init__(self, item: Item, lots: Sequence[LotStock]) -> None:
        self._item = item
        self._lots = sorted(lots, key=lambda lot: (lot.expires or date.max, lot.key.lot or ""))
        self._left = {lot.key.lot or "": Decimal(lot.left) for lot in lots}

    def take(self, need: Need) -> Allotted:
        """What this need gets, in whole packs where it is handed out in packs."""
        wanted = Decimal(need.units or 0)
        step = Decimal(self._item.per_pack) if need.packs is not None and self._item.per_pack else None
        taken: list[tuple[str, Count]] = []
        for lot in self._lots:
            name = lot.key.lot or ""
            if not wanted or (lot.expires is not None and lot.expires < need.last):
                continue
            units = min(wanted, self._left[name])
            if step is not None:
                units -= units % step
            if units > 0:
                self._left[name] -= units
                wanted -= units
                taken.append((name, as_count(units)))
        return Allotted(need, tuple(taken), as_count(wanted))

    def expiring(self, until: date) -> tuple[Unused, ...]:
        """What is left now of lots whose last day comes before the end of what is looked at."""
        return tuple(
            Unused(name, lot.expires, as_count(self._left[name]))
            for lot in self._lots
            if (name := lot.key.lot or "") and lot.expires is not None and lot.expires < until and self._left[name] > 0
        )


def _packs(units: Count, per_pack: int) -> int:
    return int((Decimal(units) / per_pack).to_integral_value(ROUND_CEILING))
