"""Feed links: made for a patient or a site, shown once with a QR code, and revoked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import segno
from fastapi import APIRouter
from markupsafe import Markup as Safe
from starlette.responses import RedirectResponse, Response

from scheduler.exports.of_a_link import Reminder
from scheduler.languages import Language
from scheduler.said import Code, Said, said
from scheduler.store.values import Link
from scheduler.views.reader.audience import Audience, Detail
from scheduler.web.feeds.addresses import as_webcal
from scheduler.web.feeds.instructions import Instruction, instructions_for
from scheduler.web.feeds.links import (
    how_it_stands,
    is_within_reach,
    links_of,
    make_link,
    may_make,
    pages_of,
    revoke_link,
    told_too_much,
    why_not,
)
from scheduler.web.feeds.shown import LONGEST, Shown, more_of
from scheduler.web.guards.languages import CALLED
from scheduler.web.guards.numbers import whole_number
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.guards.roles import AUDIENCES
from scheduler.web.problems import not_allowed
from scheduler.words.saying import say

router = APIRouter(route_class=GuardedRoute)

SUBSCRIBING = said("How to subscribe")
_DETAILS = {
    Detail.NEUTRAL: said("neutral: study visit, study tablets; no drug, trial or disease"),
    Detail.STANDARD: said("standard: what is done at each visit"),
    Detail.FULL: said("full: drugs and doses too"),
}
_NAMED = (
    (said("days and times of visits, tablets and their number, holds"), True, True),
    (said("what a visit is for: infusion, scan, laboratory tests, radiotherapy"), True, True),
    (said("what is done there, such as tumour markers or a pregnancy test"), True, True),
    (said("the study, visits by their names, drugs and doses"), False, True),
)
"""What standard and full detail name of it; neutral names the first alone."""
_REMINDERS = {
    Reminder.TWO_HOURS: said("two hours before a booked time"),
    Reminder.EVENING: said("at 18:00 on the day before"),
    Reminder.DAY: said("a day before; at noon of that day where there is no time"),
}


@dataclass(frozen=True, slots=True)
class NewAddress:
    """An address that was just made: it is shown this once."""

    link: Link
    address: str
    webcal: str
    qr: Safe
    instructions: tuple[Instruction, ...]
    language: Language


@router.get("/links")
def links(visit: Visiting, subject: str = "") -> Response:
    """All links that this person may see, and the form for a new one."""
    return _page(visit, {"subject": subject})


@router.post("/links")
def make(visit: Visiting) -> Response:
    """A new link. Its address is on this page and nowhere else."""
    form = visit.form
    wrong = _what_is_wrong(visit, form)
    if wrong is not None:
        return _page(visit, form, wrong=wrong)
    link, address = make_link(visit, _shown(visit, form), _months(form))
    drawn = segno.make(address, error="m").svg_inline(scale=4, border=2, omitsize=True, svgclass=None, lineclass=None)
    return _page(visit, {}, new=_new(link, address, Safe(drawn)))


def _new(link: Link, address: str, drawn: Safe) -> NewAddress:
    language = Language(link.language)
    told = instructions_for(address, said("Study visits"))
    return NewAddress(link, address, as_webcal(address), drawn, told, language)


@router.post("/links/{link}/revoke")
def revoke(visit: Visiting, link: str) -> Response:
    """The link ends: the feed says so to calendar programs for a time, then it is gone."""
    revoke_link(visit, link, visit.form.get("reason", "").strip()[:500] or None)
    return RedirectResponse("/links", 303)


def _shown(visit: Visit, form: Mapping[str, str]) -> Shown:
    return Shown(
        Audience(form["audience"]),
        form.get("subject"),
        form.get("site"),
        Detail(form.get("detail", "neutral")),
        Language(form.get("language", "en")),
        more_of(
            Reminder(form["remind"]) if form.get("remind") else None,
            form.get("place"),
            form.get("bring"),
            pages_of(visit, form["audience"]),
        ),
    )


def _months(form: Mapping[str, str]) -> int | None:
    said = whole_number(form.get("months"))
    return None if said is None else min(max(said, 1), 120)


def _what_is_wrong(visit: Visit, form: Mapping[str, str]) -> Said | None:
    audience = form.get("audience", "")
    if audience not in list(Audience) or form.get("detail", "neutral") not in list(Detail):
        return said("Choose for whom the feed is, and how much it tells.")
    if form.get("language", "en") not in list(Language):
        return said("Choose a language.")
    if form.get("remind", "") not in ("", *Reminder):
        return said("Choose when to remind.")
    if not may_make(visit, audience):
        raise not_allowed()
    if is_within_reach(visit, _shown(visit, form)):
        shown = _shown(visit, form)
        return told_too_much(visit, shown) or why_not(visit, shown, uncertified="uncertified" in form)
    return said("Choose the patient." if audience == Audience.PATIENT else "Choose the site.")


def _page(
    visit: Visit, form: Mapping[str, str], *, wrong: Said | None = None, new: NewAddress | None = None
) -> Response:
    visit.request.state.shown_once = new is not None
    now = visit.server.clock.now()
    role = visit.who.account.role
    found = sorted(
        links_of(visit), key=lambda each: (how_it_stands(each, now) != "in use", each.created), reverse=False
    )
    return visit.page(
        "links.html",
        status=422 if wrong else 200,
        links=tuple((each, how_it_stands(each, now), may_make(visit, each.audience)) for each in found),
        audiences=tuple(name for name, roles in AUDIENCES.items() if role in roles),
        subjects=tuple(each.subject for each in visit.subjects()),
        sites=visit.sites(),
        details=_DETAILS,
        languages=CALLED,
        reminders=_REMINDERS,
        named=_NAMED,
        longest=LONGEST,
        months=visit.server.settings.feed_months,
        form=form,
        wrong=wrong,
        new=new,
        in_language=lambda words: say(words, new.language) if new is not None else "",
        subscribing=SUBSCRIBING,
        opens=lambda program: (
            say(said("Open {program}", program=Code(program)), new.language) if new is not None else ""
        ),
    )
