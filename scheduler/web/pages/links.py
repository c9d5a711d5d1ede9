"""Feed links: made for a patient or a site, shown once with a QR code, and revoked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import segno
from fastapi import APIRouter
from markupsafe import Markup as Safe
from starlette.responses import RedirectResponse, Response

from scheduler.store.values import Act, Link
from scheduler.views.audience import Audience, Detail, Language
from scheduler.web.feed_addresses import address_of, as_webcal
from scheduler.web.feeds.making import new_link
from scheduler.web.feeds.shown import Shown
from scheduler.web.guard import GuardedRoute, Visit, Visiting
from scheduler.web.pages.enrolling import sites_of
from scheduler.web.problems import not_allowed, not_found
from scheduler.web.roles import AUDIENCES

router = APIRouter(route_class=GuardedRoute)

_LANGUAGES = {Language.ENGLISH: "English", Language.CHINESE: "Chinese"}
_DETAILS = {
    Detail.NEUTRAL: "neutral: study visit, study tablets; no drug, trial or disease",
    Detail.STANDARD: "standard: what is done at each visit",
    Detail.FULL: "full: drugs and doses too",
}


@dataclass(frozen=True, slots=True)
class NewAddress:
    """An address that was just made: it is shown this once."""

    link: Link
    address: str
    webcal: str
    qr: Safe


@router.get("/links")
def links(visit: Visiting, subject: str = "") -> Response:
    """All links that this person may see, and the form for a new one."""
    return _page(visit, {"subject": subject})


@router.post("/links")
def make(visit: Visiting) -> Response:
    """A new link. Its address is on this page and nowhere else."""
    form, server = visit.form, visit.server
    wrong = _what_is_wrong(visit, form)
    if wrong is not None:
        return _page(visit, form, wrong=wrong)
    shown = Shown(
        Audience(form["audience"]),
        form.get("subject"),
        form.get("site"),
        Detail(form.get("detail", "neutral")),
        Language(form.get("language", "en")),
    )
    now = server.clock.now()
    link, token = new_link(shown, now, _months(form, server.settings.feed_months))
    server.store.add_link(link, Act(visit.who.who, now))
    address = address_of(token, visit.request, server.settings.public_url)
    drawn = segno.make(address, error="m").svg_inline(scale=4, border=2, omitsize=True, svgclass=None, lineclass=None)
    return _page(visit, {}, new=NewAddress(link, address, as_webcal(address), Safe(drawn)))


@router.post("/links/{link}/revoke")
def revoke(visit: Visiting, link: str) -> Response:
    """The link ends: the feed says so to calendar programs for a time, then it is gone."""
    found = next((each for each in _mine(visit) if each.id == link), None)
    if found is None:
        raise not_found()
    if visit.who.account.role not in AUDIENCES[found.audience]:
        raise not_allowed()
    reason = visit.form.get("reason", "").strip()[:500] or None
    visit.server.store.revoke_link(link, Act(visit.who.who, visit.server.clock.now(), reason))
    return RedirectResponse("/links", 303)


def _months(form: Mapping[str, str], otherwise: int) -> int:
    said = form.get("months", "")
    return min(max(int(said), 1), 120) if said.isdigit() and len(said) < 5 else otherwise


def _what_is_wrong(visit: Visit, form: Mapping[str, str]) -> str | None:
    audience = form.get("audience", "")
    if audience not in list(Audience) or form.get("detail", "neutral") not in list(Detail):
        return "Choose for whom the feed is, and how much it tells."
    if form.get("language", "en") not in list(Language):
        return "Choose a language."
    if visit.who.account.role not in AUDIENCES[audience]:
        raise not_allowed()
    if audience == Audience.PATIENT:
        numbers = {each.subject for each in visit.subjects()}
        return None if form.get("subject") in numbers else "Choose the patient."
    return None if form.get("site") in sites_of(visit) else "Choose the site."


def _mine(visit: Visit) -> Iterator[Link]:
    """The links of patients and sites that this person may see."""
    account = visit.who.account
    numbers = {each.subject for each in visit.subjects()}
    for link in visit.server.store.links():
        if link.subject in numbers if link.subject is not None else account.may_see(link.site):
            yield link


def _stands(link: Link, now: datetime) -> str:
    if link.revoked is not None:
        return "revoked"
    return "ended" if link.expires is not None and link.expires <= now else "in use"


def _page(
    visit: Visit, form: Mapping[str, str], *, wrong: str | None = None, new: NewAddress | None = None
) -> Response:
    now = visit.server.clock.now()
    role = visit.who.account.role
    found = sorted(_mine(visit), key=lambda each: (_stands(each, now) != "in use", each.created), reverse=False)
    return visit.page(
        "links.html",
        status=422 if wrong else 200,
        links=tuple((each, _stands(each, now), role in AUDIENCES[each.audience]) for each in found),
        audiences=tuple(name for name, roles in AUDIENCES.items() if role in roles),
        subjects=tuple(each.subject for each in visit.subjects()),
        sites=sites_of(visit),
        details=_DETAILS,
        languages=_LANGUAGES,
        months=visit.server.settings.feed_months,
        form=form,
        wrong=wrong,
        new=new,
    )
