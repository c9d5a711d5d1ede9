"""What does not add up in a site's stock, as findings: each names the events that it is about.

``entry`` of a finding is the lot; ``events`` are the numbers of the site's own log.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from scheduler.calendar.entries.doses_in_words import count_in_words
from scheduler.findings import Finding, Severity, nearest_known
from scheduler.said import SHORT_DAY, Code, Day, Quoted, Said, Value, listed, said
from scheduler.stock.events import OfLot, OfQuantity, StockStruck
from scheduler.stock.in_words import name_of_item
from scheduler.stock.log import StockLog, StockRecord
from scheduler.stock.lots import LotStock, Step
from scheduler.stock.movements import Deed
from scheduler.stock.products import Stocked
from scheduler.vocabulary.dosage_forms import as_count


def remarks_of(log: StockLog, stocked: Stocked, lots: Sequence[LotStock], on: date) -> tuple[Finding, ...]:
    """All that is to say about the log and the lots, on a day."""
    return (
        *(found for record in log.records for found in wrong_with(record, log, stocked)),
        *(found for lot in lots for found in _of_lot(lot, on)),
    )


def wrong_with(record: StockRecord, log: StockLog, stocked: Stocked) -> Iterator[Finding]:
    """What is wrong with one event by itself: it is not counted, or cannot be."""
    event = record.event
    if isinstance(event, StockStruck):
        struck = log.record(event.number)
        if struck is None or struck.number >= record.number or isinstance(struck.event, StockStruck):
            yield _about(
                record,
                "no-such-event",
                said("there is no event {number} before it that could be struck", number=event.number),
                said("name the number of an earlier event that is no strike itself"),
            )
        return
    if not isinstance(event, OfLot):
        return
    key = stocked.key_of(event.product, event.strength_in_short)
    if key is None:
        yield _about(record, *_unknown_product(event, stocked))
    elif isinstance(event, OfQuantity) and stocked.items[key].units(event) is None:
        yield _about(
            record,
            "no-packs",
            said("the protocol does not say how many units a pack of {product} has", product=Code(event.product)),
            said("write 'quantity', in single units"),
        )


def _unknown_product(event: OfLot, stocked: Stocked) -> tuple[str, Said, Said | None]:
    name = stocked.names.get(event.product)
    if name is None:
        message = said("the protocol has no product {product}", product=Quoted(event.product))
        return "unknown-product", message, nearest_known(event.product, stocked.names)
    strengths: list[Value] = [Code(each) for each in stocked.strengths_of(name) if each is not None]
    if not strengths:
        message = said("{product} comes in one strength", product=Code(name))
        return "unknown-strength", message, said("leave the strength out")
    message = said("{product} comes in {strengths}", product=Code(name), strengths=listed(*strengths))
    return "unknown-strength", message, said("write one of them as 'strength'")


def _about(record: StockRecord, code: str, message: Said, hint: Said | None) -> Finding:
    return Finding.of(code, Severity.ERROR, message, hint, record.place, events=(record.number,))


def _of_lot(lot: LotStock, on: date) -> Iterator[Finding]:
    if lot.key.lot is None:
        yield from _without_lot(lot)
        return
    negative = next((step for step in lot.steps if step.after < 0), None)
    if not lot.was_received:
        yield _of(
            lot,
            "never-received",
            said("nothing tells that lot {lot} of {product} came to the site", **_names(lot)),
            said("record what was received, or look at the lot's number"),
            (),
        )
    elif negative is not None:
        yield _negative(lot, negative)
    for step in lot.steps:
        yield from _of_step(lot, step)
    yield from _left_over(lot, on)
    yield from _expiries(lot)


def _without_lot(lot: LotStock) -> Iterator[Finding]:
    product, form = _names(lot)["product"], lot.item.form
    hint = said("correct the event in the patient's log: write the lot, and the strength where there are several")
    if lot.left < 0:
        units = count_in_words(form, -lot.left)
        message = said(
            "{units} of {product} were handed out without a lot, so a lot may hold fewer than it says",
            units=units,
            product=product,
        )
        yield _of(lot, "no-lot", message, hint, (), Severity.WARNING)
    if lot.left_returned > 0:
        units = count_in_words(form, lot.left_returned)
        message = said("{units} of {product} were brought back without a lot", units=units, product=product)
        yield _of(lot, "back-without-lot", message, hint, (), Severity.WARNING)


def _negative(lot: LotStock, step: Step) -> Finding:
    return _of(
        lot,
        "below-0",
        said(
            "on {day} more of lot {lot} of {product} was gone than was there: {after}",
            day=Day(step.movement.on, SHORT_DAY),
            after=as_count(step.after),
            **_names(lot),
        ),
        said("look at what was received and handed out up to that day, or count the lot"),
        _own(step),
    )


def _of_step(lot: LotStock, step: Step) -> Iterator[Finding]:
    each = step.movement
    day = Day(each.on, SHORT_DAY)
    if each.deed in (Deed.HANDED_OUT, Deed.PREPARED):
        if lot.expires is not None and lot.expires < each.on:
            expires = Day(lot.expires, SHORT_DAY)
            message = said(
                "lot {lot} of {product} was used on {day}, after its last day, {expires}",
                day=day,
                expires=expires,
                **_names(lot),
            )
            yield _of(lot, "expired-used", message, said("tell the investigator and the sponsor"), _own(step))
        since = _in_quarantine(lot, step)
        if since is not None:
            message = said(
                "lot {lot} of {product} was used on {day}, while it was kept apart since {since}",
                day=day,
                since=Day(since, SHORT_DAY),
                **_names(lot),
            )
            yield _of(lot, "used-in-quarantine", message, said("tell the investigator and the sponsor"), _own(step))
    elif each.deed is Deed.COUNTED and step.change and each.reason is None and _is_explained_by_nothing(lot, step):
        message = said(
            "{found} of lot {lot} of {product} were found on {day}, and {wanted} should have been there",
            found=as_count(step.after),
            wanted=as_count(step.after - step.change),
            day=day,
            **_names(lot),
        )
        yield _of(lot, "difference", message, said("find out why, and record the count with its reason"), _own(step))


def _is_explained_by_nothing(lot: LotStock, step: Step) -> bool:
    """A count of what nobody ever received begins the log, and explains itself."""
    return any(each is not step and each.movement.pile == step.movement.pile for each in lot.steps)


def _in_quarantine(lot: LotStock, step: Step) -> date | None:
    """Since when the lot was kept apart at a step."""
    since: date | None = None
    for each in lot.steps:
        if each is step:
            break
        if each.movement.deed is Deed.QUARANTINED:
            since = each.movement.on
        elif each.movement.deed is Deed.RELEASED:
            since = None
    return since


def _left_over(lot: LotStock, on: date) -> Iterator[Finding]:
    if lot.left > 0 and lot.expires is not None and lot.expires < on:
        message = said(
            "{units} of lot {lot} of {product} expired on {expires} and are still in the stock",
            units=count_in_words(lot.item.form, lot.left),
            expires=Day(lot.expires, SHORT_DAY),
            **_names(lot),
        )
        hint = said("destroy them or send them back, and record it")
        yield _of(lot, "expired-in-stock", message, hint, (), Severity.WARNING)


def _expiries(lot: LotStock) -> Iterator[Finding]:
    """Other days on the packs that were handed out than on those that came."""
    told = {
        step.movement.expires
        for step in lot.steps
        if step.movement.expires is not None and step.movement.deed is not Deed.RELABELLED
    }
    relabelled = any(step.movement.deed is Deed.RELABELLED for step in lot.steps)
    if len(told) > 1 and not relabelled:
        days: list[Value] = [Day(day, SHORT_DAY) for day in sorted(told)]
        message = said(
            "lot {lot} of {product} has more than one expiry date: {days}", days=listed(*days), **_names(lot)
        )
        yield _of(lot, "two-expiries", message, said("look at the pack, and correct the other"), (), Severity.WARNING)


def _own(step: Step) -> tuple[int, ...]:
    return () if step.movement.subject is not None else (step.movement.number,)


def _names(lot: LotStock) -> dict[str, Value]:
    return {"lot": Code(lot.key.lot or ""), "product": name_of_item(lot.item)}


def _of(
    lot: LotStock,
    code: str,
    message: Said,
    hint: Said,
    events: tuple[int, ...],
    severity: Severity = Severity.ERROR,
) -> Finding:
    return Finding.of(code, severity, message, hint, entry=lot.key.lot, events=events)
