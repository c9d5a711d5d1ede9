"""What there is to notice on a day, each thing with a key by which it is the same tomorrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from scheduler.calendar.engine.findings.holding.holds import last_day_of
from scheduler.patient.events import SiteTransferred
from scheduler.said import SHORT_DAY, Code, Day, Said, Value, said, said_as, value_of
from scheduler.stock.account import StockAccount
from scheduler.stock.in_words import name_of_item
from scheduler.views.coordinator.worklist import Worklist
from scheduler.views.patients import Patient

WINDOW_DAYS = 2
"""Days before a window closes."""
HOLD_DAYS = 7
"""Days before the last day on which a resume is in time."""
LOT_DAYS = 30
"""Days before a lot expires of which there is something left."""
TRANSFER_DAYS = 14
"""Days after a patient came from another site."""


class Kind(StrEnum):
    """What is noticed."""

    DECISION = "decision"
    WINDOW = "window"
    HOLD = "hold"
    LOT = "lot"
    TRANSFERRED = "transferred"


KINDS = {
    Kind.DECISION: said_as("what one is told", "a decision waits"),
    Kind.WINDOW: said_as("what one is told", "a window closes"),
    Kind.HOLD: said_as("what one is told", "a hold nears its limit"),
    Kind.LOT: said_as("what one is told", "a lot expires"),
    Kind.TRANSFERRED: said_as("what one is told", "a patient came from another site"),
}
"""The kinds as pages call them."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to notice: about a patient, or about the stock of a site. ``what`` is a sentence for the page, never for a mail.

    ``key`` stays the same as long as it is the same thing: by it nobody is told twice.
    """

    kind: Kind
    site: str | None
    subject: str | None
    about: str
    what: Said

    @property
    def key(self) -> str:
        """What it is known by."""
        return "|".join((self.kind.value, self.subject or f"site {self.site}", self.about))


def notices_of_patient(patient: Patient, work: Worklist, site: str | None, on: date) -> Iterator[Notice]:
    """What there is to notice about one patient, who comes to that site, by the worklist of that day."""
    for line in work.decisions:
        about = line.entry or str(line.title)
        what = said("{what}: {to_do}", what=_title(line.title), to_do=line.to_do)
        yield _of(Kind.DECISION, patient, site, f"{about} {line.title}", what)
    for line in work.closing:
        if line.window is not None and line.days_left is not None and line.days_left <= WINDOW_DAYS:
            last = Day(line.window[1], SHORT_DAY)
            what = said("the window of {what} closes on {day}", what=_title(line.title), day=last)
            yield _of(Kind.WINDOW, patient, site, f"{line.entry} {line.window[1]}", what)
    yield from _holds(patient, site, on)
    yield from _transfers(patient, site, on)


def _holds(patient: Patient, site: str | None, on: date) -> Iterator[Notice]:
    for hold in patient.calendar.holds:
        last = last_day_of(patient.plan, hold)
        if last is None or (hold.over is not None and hold.over <= on) or last - on > timedelta(days=HOLD_DAYS):
            continue
        what = said(
            "{treatment} is on hold since {start}; a resume is in time up to {last}",
            treatment=Code(hold.treatment),
            start=Day(hold.start, SHORT_DAY),
            last=Day(last, SHORT_DAY),
        )
        yield _of(Kind.HOLD, patient, site, f"{hold.treatment} {hold.start}", what)


def _transfers(patient: Patient, site: str | None, on: date) -> Iterator[Notice]:
    for fact in patient.course.transfers:
        event = fact.event
        if (
            isinstance(event, SiteTransferred)
            and event.site == site
            and timedelta(0) <= on - event.on <= timedelta(days=TRANSFER_DAYS)
        ):
            what = said("comes from another site since {day}", day=Day(event.on, SHORT_DAY))
            yield _of(Kind.TRANSFERRED, patient, site, str(fact.number), what)


def notices_of_stock(account: StockAccount) -> Iterator[Notice]:
    """The lots of a site that expire soon, or have expired, while there is something left of them."""
    for lot in account.lots:
        if lot.key.lot is None or lot.expires is None or lot.left <= 0:
            continue
        if lot.expires - account.on <= timedelta(days=LOT_DAYS):
            day = Day(lot.expires, SHORT_DAY)
            name = name_of_item(lot.item)
            what = said("lot {lot} of {product} expires on {day}", lot=Code(lot.key.lot), product=name, day=day)
            about = f"{name} {lot.key.lot} {lot.expires}"
            yield Notice(Kind.LOT, account.site, None, about, what)


def news(noticed: Iterable[Notice], told: Iterable[str]) -> tuple[Notice, ...]:
    """What was not told yet, each thing once, in its order. ``told`` are the keys of what was."""
    known = set(told)
    found: dict[str, Notice] = {}
    for notice in noticed:
        if notice.key not in known:
            found.setdefault(notice.key, notice)
    return tuple(found.values())


def _title(title: object) -> Value:
    return value_of(title) if not isinstance(title, str) else Code(title)  # type: ignore[arg-type]


def _of(kind: Kind, patient: Patient, site: str | None, about: str, what: Said) -> Notice:
    return Notice(kind, site, patient.subject, about, what)
