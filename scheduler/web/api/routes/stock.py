"""A site's stock: every lot with the steps behind its numbers, how long it lasts, and recording about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import Depends, Query
from pydantic import Field
from starlette.responses import Response

from scheduler.errors import Conflict
from scheduler.patient.events.fields import Text
from scheduler.stock.events import AnyStockEvent
from scheduler.stock.told import Stock, StockRecorded, tell_stock
from scheduler.store.values import Record
from scheduler.web.api.answers import answer, has_already, tag_of_all, unchanged
from scheduler.web.api.bodies import BodyOf, Key, said_in
from scheduler.web.api.problems import as_bytes, asked_first, moved_on, refused_when_asked
from scheduler.web.api.rules import router_for
from scheduler.web.guards.requests import Visit, Visiting
from scheduler.web.problems import not_ready
from scheduler.web.recording.asking import Asking
from scheduler.web.recording.once import Answer, Sent, kept, once, sent_by_program
from scheduler.web.showing.downloads import PATIENCE
from scheduler.web.stocks import about, record, site_wanted, stock_at
from scheduler.written import IsoDate, Written

router = router_for("lists")

Weeks = Annotated[int, Query(ge=1, le=52, description="How many weeks to look ahead.")]


class StockEventToRecord(Written):
    """One event of a site's stock, and how many events of it the program has seen."""

    site: Text
    """The site."""
    seen: Annotated[int, Field(ge=0, le=2**31)]
    """How many events the site's log had when it was read: `events` of `GET /api/stock`."""
    event: AnyStockEvent
    """What happened."""
    confirm: Annotated[str | None, Field(max_length=100)] = None
    """The digest of the questions that the event's `confirmed` answers."""


@router.get("/stock", response_model=Stock)
def stock(
    visit: Visiting,
    site: Annotated[str | None, Query(description="The site; the first that you may see without it.")] = None,
    on: Annotated[IsoDate | None, Query(description="The day; today without it.", examples=["2026-05-21"])] = None,
    weeks: Weeks = 12,
) -> Response:
    """Every lot of a site with the movements that make its numbers, and how long each product lasts."""
    place = site_wanted(visit, site)
    day = on or visit.server.clock.today(place.zone)
    tag = tag_of_all(visit, "stock", place.name, day, weeks)
    if has_already(visit.request, tag):
        return unchanged(tag)
    found = stock_at(visit, place, PATIENCE, on=day, weeks=weeks)
    if found.stock is None:
        raise not_ready()
    return answer(tell_stock(found.stock), tag=tag)


@router.post("/stock/events", status_code=201, response_model=StockRecorded)
def append(
    visit: Visiting, body: Annotated[StockEventToRecord, Depends(BodyOf(StockEventToRecord))], key: Key = None
) -> Response:
    """Record one event of a site's stock. What is asked about is recorded with a reason in its `confirmed`, and the digest."""
    sent = sent_by_program(visit, key, said_in(body))
    return once(visit, sent, lambda: _append(visit, body, sent))


def _append(visit: Visit, body: StockEventToRecord, sent: Sent | None) -> Response:
    asked = about(visit, site_wanted(visit, body.site), body.event, PATIENCE)
    if asked is None:
        raise not_ready()
    length = asked.found.log.length
    if body.seen != length:
        raise moved_on(409, length)
    asking = Asking(asked.questions, asked.digest, ())
    if asked.is_refused:
        raise refused_when_asked(asking)
    if not asked.lets_pass(body.confirm):
        raise asked_first(asking, body.confirm)
    told = StockRecorded(asked.found.site.name, length + 1)

    def done(_: Sequence[Record]) -> Answer:
        return Answer(201, as_bytes(told).decode("utf-8"))

    try:
        record(visit, asked, kept(sent, done))
    except Conflict as error:
        raise moved_on(409, error.length) from None
    return answer(told, status=201)
