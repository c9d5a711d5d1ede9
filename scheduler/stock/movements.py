"""What moved a lot at a site: events of the site's own log, and what patients there were given and brought back.

Within a day the order is: deliveries, releases and new labels, then what patients were given and brought back, then what was
prepared, destroyed or sent back, then counts. A count is of the end of its day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from scheduler.patient.course import Course
from scheduler.patient.events import Dispensed, OfUnits, Returned, SiteTransferred
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
)
from scheduler.stock.log import StockLog
from scheduler.stock.products import ItemKey, Stocked
from scheduler.views.patients import Patient


class LotOf(NamedTuple):
    """One lot of one product. ``lot`` is None for what a patient was given without a recorded lot."""

    item: ItemKey
    lot: str | None


class Deed(StrEnum):
    """What moved it."""

    RECEIVED = "received"
    HANDED_OUT = "handed out"
    BROUGHT_BACK = "brought back"
    PREPARED = "prepared"
    DESTROYED = "destroyed"
    SENT_BACK = "sent back"
    COUNTED = "counted"
    QUARANTINED = "quarantined"
    RELEASED = "released"
    RELABELLED = "relabelled"


STOCK, RETURNED = "stock", "returned"


@dataclass(frozen=True, slots=True)
class Movement:
    """One thing that happened to one lot. ``units`` is how many: of a count how many were found; None where nobody can tell.

    ``pile`` is whose number it changes: the stock, or what patients brought back. ``number`` is the event's number in the site's
    log, or in that of the patient ``subject``. ``expires`` is what the event says of the lot's expiry.
    """

    on: date
    deed: Deed
    lot: LotOf
    pile: str
    units: Decimal | None
    number: int
    subject: str | None = None
    expires: date | None = None
    reason: str | None = None

    @property
    def order(self) -> tuple[date, int, str, int]:
        """By day, and within a day as told above."""
        return (self.on, _RANK[self.deed], self.subject or "", self.number)


_RANK = {
    Deed.RECEIVED: 0,
    Deed.RELEASED: 1,
    Deed.RELABELLED: 1,
    Deed.HANDED_OUT: 2,
    Deed.BROUGHT_BACK: 2,
    Deed.PREPARED: 3,
    Deed.DESTROYED: 3,
    Deed.SENT_BACK: 3,
    Deed.COUNTED: 4,
    Deed.QUARANTINED: 5,
}

_DEEDS: dict[type[StockEvent], Deed] = {
    Received: Deed.RECEIVED,
    Prepared: Deed.PREPARED,
    Destroyed: Deed.DESTROYED,
    SentBack: Deed.SENT_BACK,
    Counted: Deed.COUNTED,
    Quarantined: Deed.QUARANTINED,
    Released: Deed.RELEASED,
    Relabelled: Deed.RELABELLED,
}


def movements_of_log(log: StockLog, stocked: Stocked) -> Iterator[Movement]:
    """What the site's own log says. An event about no known product is left out: it has its finding."""
    for record in log.in_force():
        event = record.event
        key = stocked.key_of(event.product, event.strength_in_short) if isinstance(event, OfLot) else None
        if not isinstance(event, OfLot) or key is None:
            continue
        units = stocked.items[key].units(event) if isinstance(event, OfQuantity) else None
        yield Movement(
            on=event.on,
            deed=_DEEDS[type(event)],
            lot=LotOf(key, event.lot),
            pile=event.of if isinstance(event, Destroyed | SentBack | Counted) else STOCK,
            units=None if units is None else Decimal(units),
            number=record.number,
            expires=event.expires if isinstance(event, Received | Relabelled) else None,
            reason=event.reason,
        )


@dataclass(frozen=True, slots=True)
class AtSite:
    """A patient, and the site at which the patient came in."""

    patient: Patient
    first_site: str | None

    def site_on(self, day: date) -> str | None:
        """Where the patient came on a day."""
        return site_on(self.patient.course, self.first_site, day)


def site_on(course: Course, first_site: str | None, day: date) -> str | None:
    """Where a patient came on a day who came in at that site."""
    site = first_site
    for fact in course.transfers:
        if isinstance(fact.event, SiteTransferred) and fact.event.on <= day:
            site = fact.event.site
    return site


def movements_of_patients(patients: Iterable[AtSite], site: str, stocked: Stocked) -> Iterator[Movement]:
    """What patients were given and brought back while they came to that site. What they lost was never the site's again."""
    for each in patients:
        yield from movements_of_course(each.patient.course, each.patient.subject, each.first_site, site, stocked)


def movements_of_course(
    course: Course, subject: str, first_site: str | None, site: str, stocked: Stocked
) -> Iterator[Movement]:
    """The same of one patient, who came in at ``first_site``."""
    for fact in course.facts:
        event = fact.event
        if not isinstance(event, Dispensed | Returned) or site_on(course, first_site, event.on) != site:
            continue
        key = _item_of(event, stocked)
        if key is not None:
            given = isinstance(event, Dispensed)
            yield Movement(
                on=event.on,
                deed=Deed.HANDED_OUT if given else Deed.BROUGHT_BACK,
                lot=LotOf(key, event.lot),
                pile=STOCK if given else RETURNED,
                units=Decimal(event.quantity),
                number=fact.number,
                subject=subject,
                expires=event.expires,
            )


def _item_of(event: OfUnits, stocked: Stocked) -> ItemKey | None:
    """What was handed out. Without its strength, where there are several, it is nobody's: counted apart, under no strength."""
    product = stocked.names.get(event.treatment)
    if product is None:
        return None
    return stocked.key_of(event.treatment, event.strength_in_short) or ItemKey(product, None)
