"""What a site's own stock log has of an article on the day from which it is looked ahead, in place of what the rates say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from scheduler.calendar.entries.doses_in_words import count_in_words
from scheduler.forecasting.amounts import Counted
from scheduler.forecasting.expecting.rates import Lot, Supply
from scheduler.said import LONG_DAY, SHORT_DAY, SPACES, Code, Day, Listed, Quoted, Said, Value, listed, said
from scheduler.stock.account import StockAccount
from scheduler.stock.lots import LotStock
from scheduler.stock.products import ItemKey, Stocked


@dataclass(frozen=True, slots=True)
class OnHand:
    """What the log has on a day: the lots that may be handed out, those that may not, and what is on the way and overdue.

    ``instead`` is what the rates say is in stock where they say it: then that counts, and not the log. ``differs``: versions of
    the protocol have other units or packs of it, so that nobody can tell which lot is for whom, and the log counts for nothing.
    """

    on: date
    there: tuple[LotStock, ...]
    not_counted: tuple[LotStock, ...]
    overdue: tuple[Lot, ...] = ()
    instead: int | None = None
    differs: bool = False

    @property
    def packs_or_units(self) -> int:
        """Whole packs that may be handed out, or whole units of what comes in none."""
        return sum(map(_whole, self.there))

    def in_words(self, how: Counted) -> Listed:
        """Whose number the stock is, as of which day, and what of it is not counted."""
        return listed(*self._sentences(how), how=SPACES)

    def _sentences(self, how: Counted) -> Iterator[Said]:
        day, there = Day(self.on, LONG_DAY), how.ordered(Decimal(self.packs_or_units))
        if self.instead is not None:
            yield said(
                "The rates say that {told} are in stock, and this stands in place of the site's stock log, which has {there} "
                "that may be handed out on {day}.",
                told=how.ordered(Decimal(self.instead)),
                there=there,
                day=day,
            )
            return
        if self.differs:
            yield said(
                "Versions of the protocol have other units or packs of it: the site's stock log is not counted. Say in the rates "
                "what is in stock."
            )
            return
        if not self.there:
            yield said("The site's stock log has nothing that may be handed out on {day}.", day=day)
        else:
            lots = listed(*(_lot(each, how) for each in self.there))
            yield said(
                "The site's stock log has {there} that may be handed out on {day}: {lots}.",
                there=there,
                day=day,
                lots=lots,
            )
        for each in self.not_counted:
            yield _why_not(each)
        for coming in self.overdue:
            assert coming.arrives is not None, "what is on the way comes on a day"
            yield said(
                "{quantity} were on the way for {day}: they count once the log has them as received.",
                quantity=how.ordered(Decimal(coming.quantity)),
                day=Day(coming.arrives, SHORT_DAY),
            )


def by_the_log(supply: Supply, account: StockAccount | None, stocked: Stocked) -> tuple[Supply, OnHand | None]:
    """The supply with the lots that the site's log has, and what it has; as it is where the site keeps no log.

    Only whole packs count, and what neither is kept apart nor has expired. What the rates say is in stock goes before the log.
    What is on the way comes from the rates; where its day is past, it is in the log, or has not come.
    """
    key = ItemKey(supply.drug, supply.strength)
    item = stocked.items.get(key)
    if account is None or account.begins is None or item is None:
        return supply, None
    lots = [each for each in account.of(key) if each.left]
    there = tuple(each for each in lots if each.may_be_handed_out(account.on))
    rest = tuple(each for each in lots if each not in there)
    if supply.says_stock:
        instead = sum(each.quantity for each in supply.lots if each.arrives is None)
        return supply, OnHand(account.on, there, rest, instead=instead, differs=item.differs)
    coming = [each for each in supply.lots if each.arrives is not None]
    later = [each for each in coming if each.arrives is not None and each.arrives > account.on]
    overdue = tuple(each for each in coming if each not in later)
    counted = () if item.differs else tuple(Lot(_whole(each), each.expires) for each in there)
    found = OnHand(account.on, there, rest, overdue, differs=item.differs)
    return replace(supply, lots=(*counted, *later)), found


def accounts_by_site(accounts: Iterable[StockAccount]) -> dict[str, StockAccount]:
    """The stock of each site that keeps a log."""
    return {each.site: each for each in accounts}


def _whole(lot: LotStock) -> int:
    if lot.packs is not None:
        return lot.packs
    return int(Decimal(lot.left).to_integral_value(ROUND_FLOOR))


def _lot(lot: LotStock, how: Counted) -> Said:
    values: dict[str, Value] = {"quantity": how.ordered(Decimal(_whole(lot))), "lot": Code(lot.key.lot or "")}
    if lot.expires is None:
        return said("{quantity} of lot {lot}", **values)
    return said("{quantity} of lot {lot}, to use by {day}", day=Day(lot.expires, SHORT_DAY), **values)


def _why_not(lot: LotStock) -> Said:
    units = count_in_words(lot.item.form, lot.left if lot.left > 0 else -lot.left)
    number = Code(lot.key.lot or "")
    if lot.key.lot is None:
        return said("{units} were handed out without a lot: as many fewer may be there.", units=units)
    if lot.left < 0:
        return said("Of lot {lot}, {units} more went out than came: count it.", lot=number, units=units)
    if lot.quarantined is not None:
        return said(
            "Not counted: {units} of lot {lot}, kept apart since {since}: {reason}.",
            units=units,
            lot=number,
            since=Day(lot.quarantined, SHORT_DAY),
            reason=Quoted(lot.quarantine_reason or ""),
        )
    assert lot.expires is not None, "what may not be handed out otherwise has expired"
    return said(
        "Not counted: {units} of lot {lot}, expired after {day}.",
        units=units,
        lot=number,
        day=Day(lot.expires, SHORT_DAY),
    )
