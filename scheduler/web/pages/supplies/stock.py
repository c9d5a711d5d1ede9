"""A site's stock: lots with the steps behind every number, how long they last, and recording what comes and goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.responses import Response

from scheduler.errors import Conflict, InvalidText
from scheduler.findings import Finding
from scheduler.said import Said, said
from scheduler.stock.in_words import DEEDS, STATES, event_in_words, name_of_item, outlook_in_words, unit_of_item
from scheduler.stock.lots import LotStock
from scheduler.stock.movements import Deed
from scheduler.stock.tables import state_of
from scheduler.store.values import Record
from scheduler.web.guards.numbers import whole_number
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.guards.roles import TABLE
from scheduler.web.pages.supplies.stock_form import FIELDS, KINDS, NEEDED, event_of, product_value, products_offered
from scheduler.web.pages.worklist import PATIENCE
from scheduler.web.problems import not_ready
from scheduler.web.recording.asking import ASKED_ANEW, SAY_WHY
from scheduler.web.recording.once import Answer, kept, once, redirect, sent_by_form
from scheduler.web.request_log import tell
from scheduler.web.showing.downloads import PATIENCE as FOR_A_FILE
from scheduler.web.showing.downloads import Form, list_as_file
from scheduler.web.stocks import About, about, record, site_wanted, stock_at

router = APIRouter(route_class=GuardedRoute)

MEANWHILE = said("Somebody else recorded about this stock in the meantime: nothing was recorded. Look at it again.")
REFUSED = said("This cannot be recorded as it is.")


@router.get("/stock")
def page(visit: Visiting, site: str = "") -> Response:
    """The stock of a site."""
    place = site_wanted(visit, site)
    found = stock_at(visit, place, PATIENCE)
    role = visit.who.account.role
    return visit.page(
        "stock.html",
        site=place,
        sites=visit.sites(),
        found=found,
        stock=found.stock,
        refresh=found.missing or None,
        may_record=TABLE[("POST", "/stock/record")].allows(role),
        recorded="recorded" in visit.request.query_params,
        deeds=DEEDS,
        states=STATES,
        state_of=state_of,
        kinds=KINDS,
        Deed=Deed,
        name_of_item=name_of_item,
        unit_of_item=unit_of_item,
        outlook_in_words=outlook_in_words,
        event_in_words=event_in_words,
        product_value=product_value,
    )


@router.get("/stock.{form}")
def download(
    visit: Visiting,
    form: Form,
    site: str = "",
    wanted: Annotated[Literal["lots", "movements", "needs"], Query(alias="list")] = "lots",
) -> Response:
    """One list as CSV: the lots, every movement, or every coming line; as a workbook with all three."""
    place = site_wanted(visit, site)
    found = stock_at(visit, place, FOR_A_FILE)
    if found.stock is None:
        raise not_ready()
    tables = dict(zip(("lots", "movements", "needs"), found.stock.tables(), strict=True))
    name = "stock" if wanted == "lots" else f"stock-{wanted}"
    return list_as_file(form, f"{name}-{place.name}-{found.stock.account.on}", tables[wanted], *tables.values())


@router.get("/stock/form")
def empty_form(visit: Visiting, site: str = "", event: str = "") -> Response:
    """The form for one kind of event."""
    return _form(visit, {**visit.request.query_params, "event": event if event in KINDS else "received", "site": site})


@router.post("/stock/preview")
def preview(visit: Visiting) -> Response:
    """What would be recorded, what it changes, and what is asked."""
    if "edit" in visit.form:
        return _form(visit, visit.form)
    asked = _asked(visit)
    return asked if isinstance(asked, Response) else _preview(visit, asked)


@router.post("/stock/record")
def recorded(visit: Visiting) -> Response:
    """Record it, where nothing that is asked is open."""
    sent = sent_by_form(visit)
    return once(visit, sent, lambda: _record(visit))


def _record(visit: Visit) -> Response:
    asked = _asked(visit)
    if isinstance(asked, Response):
        return asked
    if whole_number(visit.form.get("seen")) != asked.found.log.length:
        return _preview(visit, asked, MEANWHILE, 409)
    if asked.is_refused:
        return _preview(visit, asked, REFUSED, 422)
    if not asked.lets_pass(visit.form.get("confirm")):
        anew = visit.form.get("confirm") not in (None, asked.digest)
        return _preview(visit, asked, ASKED_ANEW if anew else SAY_WHY, 409 if anew else 422)
    site = asked.found.site.name

    def done(_: Sequence[Record]) -> Answer:
        return redirect(_address(site, recorded="1"))

    try:
        records = record(visit, asked, kept(sent_by_form(visit), done))
    except Conflict:
        return _preview(visit, asked, MEANWHILE, 409)
    tell("recorded", kind=records[0].kind)
    return done(records).as_response()


def _address(site: str, **more: str) -> str:
    return f"/stock?{urlencode({'site': site, **more})}"


def _asked(visit: Visit) -> About | Response:
    """What is asked about the event of the form; the form again where it says none."""
    place = site_wanted(visit, visit.form.get("site"))
    try:
        event = event_of(visit.form)
    except InvalidText as error:
        return _form(visit, visit.form, error.findings)
    asked = about(visit, place, event, FOR_A_FILE)
    if asked is None:
        raise not_ready()
    return asked


def _form(visit: Visit, form: Mapping[str, str], findings: Sequence[Finding] = ()) -> Response:
    place = site_wanted(visit, form.get("site"))
    found = stock_at(visit, place, PATIENCE)
    kind = form.get("event", "received")
    lots = found.stock.account.lots if found.stock is not None else ()
    named = {name for name in FIELDS.get(kind, ()) for each in findings if each.path and each.path[-1] == name}
    return visit.page(
        "stock_form.html",
        status=422 if findings else 200,
        site=place,
        kind=kind,
        heading=KINDS.get(kind, KINDS["received"]),
        fields=FIELDS.get(kind, ()),
        needed=NEEDED.get(kind, frozenset()),
        form=form,
        findings=findings,
        named=named,
        products=products_offered(found.stocked),
        lots=tuple(dict.fromkeys(lot.key.lot for lot in lots if lot.key.lot is not None)),
        today=visit.server.clock.today(place.zone),
    )


def _preview(visit: Visit, asked: About, wrong: Said | None = None, status: int = 200) -> Response:
    fields = ("event", "on", *FIELDS[asked.event.event])
    return visit.page(
        "stock_preview.html",
        status=status,
        site=asked.found.site,
        asked=asked,
        words=event_in_words(asked.event, asked.found.stocked),
        lots=_before_and_after(asked),
        hidden=tuple((name, visit.form[name]) for name in fields if visit.form.get(name)),
        confirmed=visit.form.get("confirmed", ""),
        wrong=wrong or (REFUSED if asked.is_refused else None),
        struck=_struck(asked),
    )


def _struck(asked: About) -> Said | None:
    number = getattr(asked.event, "number", None)
    found = asked.found.log.record(number) if isinstance(number, int) else None
    return None if found is None else event_in_words(found.event, asked.found.stocked)


def _before_and_after(asked: About) -> tuple[tuple[LotStock, LotStock | None], ...]:
    """The lots that it changes: as they would be, and as they are."""
    if asked.is_refused or asked.found.stock is None:
        return ()
    before = asked.found.stock.account
    both = ((lot, before.lot(lot.key)) for lot in asked.after)
    return tuple((lot, known) for lot, known in both if known is None or _numbers(lot) != _numbers(known))


def _numbers(lot: LotStock) -> tuple[object, ...]:
    return (lot.left, lot.left_returned, lot.quarantined, lot.expires)
