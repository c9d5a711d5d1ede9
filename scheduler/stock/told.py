"""A site's stock as other programs are told it: one JSON, of the API and of the command."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.stock.in_words import outlook_in_words
from scheduler.stock.lots import LotStock
from scheduler.stock.movements import STOCK, Deed
from scheduler.stock.outlook import Allotted, Outlook
from scheduler.stock.site_stock import SiteStock
from scheduler.stock.tables import state_of
from scheduler.views.shapes.finding import Finding, tell_findings
from scheduler.views.shapes.shape import CivilDate, Shape
from scheduler.vocabulary.dosage_forms import Count, as_count


@dataclass(frozen=True, slots=True)
class StockStep(Shape):
    """One movement of a lot."""

    on: CivilDate
    """The day."""
    what: str
    """What happened: received, handed out, brought back, prepared, destroyed, sent back, counted, and so on."""
    of: str
    """Whose number it changes: "stock", or "returned", what patients brought back."""
    change: Count
    """By how many units."""
    after: Count
    """How many were there then; below 0 cannot be, and has a finding."""
    subject: str | None
    """The patient; null for an event of the site's own log, "another site" for a patient whom this account may not see."""
    event: int
    """The number of the event, in the patient's log or in the site's."""
    reason: str | None
    """Why, where somebody said it."""


@dataclass(frozen=True, slots=True)
class StockLot(Shape):
    """One lot at a site."""

    product: str
    """The product."""
    strength: str | None
    """Its strength, where it comes in several."""
    lot: str | None
    """The lot; null for what patients were given without a recorded lot."""
    expires: CivilDate | None
    """The last day on which it may be used."""
    state: str
    """In use, used up, expired, in quarantine, below 0, or no lot recorded."""
    left: Count
    """Single units, or mL, that are there."""
    packs: int | None
    """Whole packs of them."""
    received: Count
    """Units that came."""
    handed_out: Count
    """Units that patients were given."""
    prepared: Count
    """Units that doses were prepared of."""
    destroyed: Count
    """Units that were destroyed."""
    sent_back: Count
    """Units that were sent back."""
    difference: Count
    """Units found too many when the lot was counted; below 0, too few."""
    brought_back_left: Count
    """Units that patients brought back and that are still there."""
    steps: tuple[StockStep, ...]
    """Every movement, in its order: the reason of every number."""


@dataclass(frozen=True, slots=True)
class StockNeed(Shape):
    """One coming line, with the lots that it would take."""

    on: CivilDate
    """The day in the pharmacy's list."""
    subject: str
    """The patient."""
    entry: str
    """What it is for."""
    units: Count | None
    """Single units, or mL."""
    packs: int | None
    """Whole packs, where it is handed out in packs."""
    sure: bool
    """False for what waits for a decision, is on hold or provisional."""
    lots: dict[str, Count]
    """Units by lot."""
    missing: Count
    """Units that are not there for it."""


@dataclass(frozen=True, slots=True)
class StockKeptApart(Shape):
    """A lot that is there and is not handed out."""

    lot: str
    """The lot."""
    since: CivilDate
    """The day since which it is kept apart."""
    units: Count
    """Single units of it that are there."""
    reason: str | None
    """Why."""


@dataclass(frozen=True, slots=True)
class StockOutlook(Shape):
    """How long one product lasts."""

    product: str
    """The product."""
    strength: str | None
    """Its strength, where it comes in several."""
    until: CivilDate
    """The last day that was looked at."""
    enough_until: CivilDate | None
    """The last day up to which it is enough; null where versions of the protocol have other units of it."""
    first_short: str | None
    """The patient for whom it falls short first."""
    units_needed: Count
    """Units that are planned until then."""
    units_missing: Count
    """Units of these that are not there."""
    packs_missing: int | None
    """The same in whole packs."""
    why: tuple[str, ...]
    """The same in sentences, with what may make it less."""
    kept_apart: tuple[StockKeptApart, ...]
    """Lots that are kept apart, which are not handed out."""
    needs: tuple[StockNeed, ...]
    """Every coming line, in the order of days."""


@dataclass(frozen=True, slots=True)
class Stock(Shape):
    """The stock of a site at the end of a day."""

    site: str
    """The site."""
    on: CivilDate
    """The day."""
    events: int
    """How many events the site's log has: what `seen` is, when something is recorded."""
    lots: tuple[StockLot, ...]
    """Every lot, what expires first before the others."""
    outlooks: tuple[StockOutlook, ...]
    """How long each product lasts."""
    findings: tuple[Finding, ...]
    """What does not add up."""


@dataclass(frozen=True, slots=True)
class StockRecorded(Shape):
    """What was recorded about a stock."""

    site: str
    """The site."""
    events: int
    """How many events its log has now: the number of the last one."""


def tell_stock(found: SiteStock) -> Stock:
    """A site's stock for programs."""
    return Stock(
        site=found.log.site,
        on=found.account.on,
        events=found.log.length,
        lots=tuple(_lot(lot, found) for lot in found.account.lots),
        outlooks=tuple(_outlook(outlook) for outlook in found.outlooks),
        findings=tell_findings(found.account.findings),
    )


def _lot(lot: LotStock, found: SiteStock) -> StockLot:
    return StockLot(
        product=lot.key.item.product,
        strength=lot.key.item.strength,
        lot=lot.key.lot,
        expires=lot.expires,
        state=state_of(lot, found.account.on),
        left=lot.left,
        packs=lot.packs,
        received=lot.total(Deed.RECEIVED),
        handed_out=lot.total(Deed.HANDED_OUT),
        prepared=lot.total(Deed.PREPARED),
        destroyed=lot.total(Deed.DESTROYED),
        sent_back=lot.total(Deed.SENT_BACK),
        difference=lot.total(Deed.COUNTED, STOCK),
        brought_back_left=lot.left_returned,
        steps=tuple(
            StockStep(
                on=step.movement.on,
                what=step.movement.deed.value,
                of=step.movement.pile,
                change=as_count(step.change),
                after=as_count(step.after),
                subject=step.movement.subject,
                event=step.movement.number,
                reason=step.movement.reason,
            )
            for step in lot.steps
        ),
    )


def _outlook(outlook: Outlook) -> StockOutlook:
    short = outlook.first_short
    return StockOutlook(
        product=outlook.item.key.product,
        strength=outlook.item.key.strength,
        until=outlook.until,
        enough_until=None if outlook.differs else outlook.enough_until,
        first_short=None if short is None else short.need.subject,
        units_needed=outlook.units_needed,
        units_missing=outlook.units_missing,
        packs_missing=outlook.packs_missing,
        why=tuple(str(sentence) for sentence in outlook_in_words(outlook)),
        kept_apart=tuple(StockKeptApart(each.lot, each.since, each.units, each.reason) for each in outlook.kept_apart),
        needs=tuple(_need(each) for each in outlook.in_order),
    )


def _need(each: Allotted) -> StockNeed:
    need = each.need
    return StockNeed(
        need.due, need.subject, need.entry, need.units, need.packs, need.sure, dict(each.lots), each.missing
    )
