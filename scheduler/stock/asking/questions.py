"""Asking before something is recorded about a site's stock: what cannot be, and what is likely a slip.

The same three strengths as for a patient's events: refused, asked (a reason in ``confirmed`` lets it stand), said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scheduler.asking import Question, Strength
from scheduler.said import SHORT_DAY, Code, Day, Said, Value, said
from scheduler.stock.account import StockAccount, account_of
from scheduler.stock.events import (
    Counted,
    Destroyed,
    OfLot,
    OfQuantity,
    Prepared,
    Quarantined,
    Received,
    Relabelled,
    Released,
    SentBack,
    StockEvent,
    StockStruck,
)
from scheduler.stock.in_words import name_of_key
from scheduler.stock.log import StockLog, StockRecord
from scheduler.stock.lots import LotStock
from scheduler.stock.movements import STOCK, Deed, LotOf, Movement
from scheduler.stock.products import Item, ItemKey, Stocked
from scheduler.stock.remarks import wrong_with

_FAR = 3660
"""Days: nothing is labelled to last for more than ten years."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The event that is about to be recorded, and the stock without and with it."""

    event: StockEvent
    log: StockLog
    stocked: Stocked
    before: StockAccount
    after: StockAccount

    @property
    def key(self) -> LotOf | None:
        """The lot that it is about; None for a strike, or a product that is not there."""
        if not isinstance(self.event, OfLot):
            return None
        item = self.stocked.key_of(self.event.product, self.event.strength_in_short)
        return None if item is None else LotOf(item, self.event.lot)

    @property
    def lot(self) -> LotStock | None:
        """The lot as it stands now; None where nothing is known of it."""
        return None if self.key is None else self.before.lot(self.key)

    @property
    def units(self) -> Decimal | None:
        """How many single units."""
        if not isinstance(self.event, OfQuantity) or self.key is None:
            return None
        units = self.stocked.items[self.key.item].units(self.event)
        return None if units is None else Decimal(units)


def ask_about(
    log: StockLog, stocked: Stocked, of_patients: tuple[Movement, ...], event: StockEvent, *, today: date
) -> tuple[Question, ...]:
    """All that is asked about one event before it is recorded. ``today`` is the civil date at the site."""
    if event.on > today:
        what = said("{day} has not come yet", day=Day(event.on, SHORT_DAY))
        return (_question(Strength.REFUSED, "in-the-future", what, said("record what has happened"), "on", event),)
    record = StockRecord(log.length + 1, event)
    wrong = tuple(wrong_with(record, log, stocked))
    if wrong:
        field = {"no-such-event": "number", "no-packs": "packs", "unknown-strength": "strength"}
        return tuple(
            Question(
                Strength.REFUSED,
                each.code,
                each.said or each.message,
                None,
                each.said_hint or each.hint,
                0,
                field.get(each.code, "product"),
            )
            for each in wrong
        )
    after = log.with_event(event)
    asked = Asked(
        event,
        log,
        stocked,
        account_of(log, stocked, of_patients, on=today),
        account_of(after, stocked, of_patients, on=today),
    )
    return tuple(question for rule in _RULES for question in rule(asked))


def _question(strength: Strength, code: str, what: Said, hint: Said | None, field: str, event: StockEvent) -> Question:
    can = strength is Strength.ASKED
    return Question(
        strength,
        code,
        what,
        None,
        hint,
        0,
        field,
        answer="confirmed" if can else None,
        reason=event.confirmed if can else None,
    )


def _names(asked: Asked) -> dict[str, Value]:
    event = asked.event
    assert isinstance(event, OfLot), "a lot is named by what is about one"
    title = None if asked.key is None else asked.stocked.items[asked.key.item].title
    return {"lot": Code(event.lot), "product": name_of_key(ItemKey(event.product, event.strength), title)}


def _unknown_lot(asked: Asked) -> Iterator[Question]:
    """Anything but a delivery or a count of a lot that is not there."""
    event = asked.event
    if isinstance(event, OfLot) and not isinstance(event, Received | Counted) and asked.lot is None:
        what = said("there is no lot {lot} of {product} at this site", **_names(asked))
        hint = said("look at the lot's number; what came is recorded as received first")
        yield _question(Strength.REFUSED, "unknown-lot", what, hint, "lot", event)


def _more_than_there_is(asked: Asked) -> Iterator[Question]:
    """What leaves nothing but a number below 0."""
    event, lot, units = asked.event, asked.lot, asked.units
    if not isinstance(event, Destroyed | SentBack | Prepared) or lot is None or units is None or asked.key is None:
        return
    if _worse(asked):
        pile = event.of if isinstance(event, Destroyed | SentBack) else STOCK
        there = lot.left if pile == STOCK else lot.left_returned
        what = said(
            "{units} are more than there were of lot {lot} of {product} on that day; {there} are there now",
            units=units,
            there=there,
            **_names(asked),
        )
        hint = said("look at the number; or record first what was received, or count the lot")
        yield _question(Strength.REFUSED, "more-than-there-is", what, hint, "quantity", event)


def _below_0_later(asked: Asked) -> Iterator[Question]:
    """A strike or a count that makes what was recorded later impossible."""
    if isinstance(asked.event, StockStruck | Counted) and _worse(asked):
        what = said("with it, more was handed out or destroyed later than was there")
        hint = said("look at what was recorded after that day")
        yield _question(Strength.ASKED, "below-0-later", what, hint, "on", asked.event)


def _worse(asked: Asked) -> bool:
    """True where some lot falls below 0 with the event that did not without it, or falls further."""
    return any(falls_further(asked.before.lot(lot.key), lot) for lot in asked.after.lots if lot.key.lot is not None)


def falls_further(before: LotStock | None, after: LotStock | None) -> bool:
    """True where a lot falls below 0 at any time that did not before, or falls further."""
    then, now = (
        min((step.after for step in lot.steps), default=Decimal(0)) if lot is not None else Decimal(0)
        for lot in (before, after)
    )
    return now < min(then, Decimal(0))


def _expiry(asked: Asked) -> Iterator[Question]:
    """A delivery that has expired, lasts beyond belief, or says another day than the lot has."""
    event = asked.event
    if not isinstance(event, Received) or event.expires is None:
        return
    expires = Day(event.expires, SHORT_DAY)
    if event.expires < event.on:
        what = said("the lot had expired on {expires} when it came", expires=expires)
        yield _question(Strength.ASKED, "received-expired", what, said("look at the day on the pack"), "expires", event)
    elif (event.expires - event.on).days > _FAR:
        what = said("{expires} is more than ten years away", expires=expires)
        yield _question(Strength.ASKED, "expires-far", what, said("look at the year on the pack"), "expires", event)
    known = asked.lot.expires if asked.lot is not None else None
    if known is not None and known != event.expires:
        what = said(
            "lot {lot} of {product} has another expiry date, {expires}", expires=Day(known, SHORT_DAY), **_names(asked)
        )
        yield _question(Strength.ASKED, "two-expiries", what, said("look at the day on the pack"), "expires", event)


def _no_expiry(asked: Asked) -> Iterator[Question]:
    """A delivery of which nobody says how long it may be used."""
    event = asked.event
    if isinstance(event, Received) and event.expires is None and (asked.lot is None or asked.lot.expires is None):
        what = said("nobody says until when lot {lot} of {product} may be used", **_names(asked))
        yield _question(Strength.ASKED, "no-expiry", what, said("write the expiry date on the pack"), "expires", event)


def _twice(asked: Asked) -> Iterator[Question]:
    """The same delivery, recorded a second time."""
    event = asked.event
    if not isinstance(event, Received):
        return
    for each in asked.log.in_force():
        one = each.event
        if isinstance(one, Received) and _as_a_delivery(one) == _as_a_delivery(event):
            what = said("event {number} is the same delivery", number=each.number)
            yield _question(Strength.ASKED, "received-twice", what, said("was it recorded already?"), "lot", event)
            return


def _as_a_delivery(event: Received) -> tuple[object, ...]:
    return (event.on, event.product, event.strength_in_short, event.lot, event.packs, event.quantity, event.shipment)


def _part_of_a_pack(asked: Asked) -> Iterator[Question]:
    """Units that came and are no number of whole packs."""
    event, units = asked.event, asked.units
    per_pack = asked.stocked.items[asked.key.item].per_pack if asked.key is not None else None
    if isinstance(event, Received) and units is not None and per_pack and units % per_pack:
        what = said("{units} are no number of whole packs of {pack}", units=units, pack=per_pack)
        hint = said("look whether packs were counted, or single units")
        yield _question(Strength.ASKED, "part-of-a-pack", what, hint, "quantity", event)


def is_part_of_a_unit(item: Item, units: Decimal) -> bool:
    """Half a vial; half a tablet that is not scored. A liquid is measured."""
    return not item.form.is_measured and bool(units % item.step)


def _part_of_a_unit(asked: Asked) -> Iterator[Question]:
    """Half a vial: nobody has it."""
    event, units = asked.event, asked.units
    if asked.key is None or units is None or not isinstance(event, OfLot):
        return
    if is_part_of_a_unit(asked.stocked.items[asked.key.item], units):
        product = _names(asked)["product"]
        what = said("{units} of {product} are no whole number of units", units=units, product=product)
        hint = said("look at the number: it counts single units")
        yield _question(Strength.ASKED, "part-of-a-unit", what, hint, "quantity", event)


def _relabelled(asked: Asked) -> Iterator[Question]:
    """A new expiry date before a day on which the lot was used: what was given then had expired."""
    event, lot = asked.event, asked.lot
    if not isinstance(event, Relabelled) or lot is None:
        return
    used = [step.movement.on for step in lot.steps if step.movement.deed in (Deed.HANDED_OUT, Deed.PREPARED)]
    late = [day for day in used if day > event.expires and not (lot.expires is not None and lot.expires < day)]
    if late:
        what = said(
            "lot {lot} of {product} was used on {day}, after its last day, {expires}",
            day=Day(min(late), SHORT_DAY),
            expires=Day(event.expires, SHORT_DAY),
            **_names(asked),
        )
        hint = said("look at the day on the label; if it is right, tell the investigator and the sponsor")
        yield _question(Strength.ASKED, "used-after-expiry", what, hint, "expires", event)


def _nothing(asked: Asked) -> Iterator[Question]:
    """None of it."""
    if isinstance(asked.event, OfQuantity) and not isinstance(asked.event, Counted) and asked.units == 0:
        hint = said("write how many; nothing is not recorded")
        yield _question(Strength.REFUSED, "nothing", said("0 is nothing"), hint, "quantity", asked.event)


def _difference(asked: Asked) -> Iterator[Question]:
    """A count that finds another number than the events say, without a word why."""
    event = asked.event
    if not isinstance(event, Counted) or event.reason is not None or asked.key is None:
        return
    number, lot = asked.log.length + 1, asked.after.lot(asked.key)
    steps = lot.steps if lot is not None else ()
    own = next((each for each in steps if each.movement.number == number and each.movement.subject is None), None)
    before = asked.lot is not None
    if own is not None and own.change and before:
        wanted = own.after - own.change
        what = said(
            "{wanted} should be there by what is recorded, and {found} were found", wanted=wanted, found=own.after
        )
        hint = said("count again; or write the reason of the difference")
        yield _question(Strength.ASKED, "difference", what, hint, "quantity", event)


def _quarantine(asked: Asked) -> Iterator[Question]:
    """A lot that is kept apart already, or is released and was not."""
    event, lot = asked.event, asked.lot
    if lot is None or not isinstance(event, Quarantined | Released):
        return
    if isinstance(event, Quarantined) and lot.quarantined is not None:
        since = Day(lot.quarantined, SHORT_DAY)
        what = said("lot {lot} of {product} is kept apart since {since} already", since=since, **_names(asked))
        yield _question(Strength.REFUSED, "kept-apart-already", what, None, "lot", event)
    elif isinstance(event, Released) and (lot.quarantined is None or lot.quarantined > event.on):
        what = said("lot {lot} of {product} was not kept apart on that day", **_names(asked))
        yield _question(Strength.REFUSED, "not-kept-apart", what, None, "lot", event)


def _used(asked: Asked) -> Iterator[Question]:
    """A dose that is prepared of an expired lot, or of one that is kept apart."""
    event, lot = asked.event, asked.lot
    if not isinstance(event, Prepared) or lot is None:
        return
    if lot.is_expired(event.on) and lot.expires is not None:
        what = said("lot {lot} of {product} expired on {expires}", expires=Day(lot.expires, SHORT_DAY), **_names(asked))
        yield _question(Strength.ASKED, "expired-lot", what, said("was it another lot?"), "lot", event)
    if lot.quarantined is not None and lot.quarantined <= event.on:
        since = Day(lot.quarantined, SHORT_DAY)
        what = said("lot {lot} of {product} is kept apart since {since}", since=since, **_names(asked))
        yield _question(Strength.ASKED, "lot-kept-apart", what, said("was it another lot?"), "lot", event)


_RULES: tuple[Callable[[Asked], Iterator[Question]], ...] = (
    _unknown_lot,
    _nothing,
    _more_than_there_is,
    _below_0_later,
    _expiry,
    _no_expiry,
    _twice,
    _part_of_a_pack,
    _part_of_a_unit,
    _relabelled,
    _difference,
    _quarantine,
    _used,
)
