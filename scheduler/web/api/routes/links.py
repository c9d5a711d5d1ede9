"""Feed links: made for a patient or a site, the address told once, and revoked."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from pydantic import Field
from starlette.responses import Response

from scheduler.exports.of_a_link import Reminder
from scheduler.languages import Language
from scheduler.patient.events.fields import Text
from scheduler.store.values import Link
from scheduler.views.reader.audience import Audience, Detail
from scheduler.web.api.answers import answer
from scheduler.web.api.bodies import BodyOf
from scheduler.web.api.paging import AfterOne, LimitAll, paged
from scheduler.web.api.problems import one_wrong
from scheduler.web.api.rules import router_for
from scheduler.web.api.shapes.study import Link as LinkShape
from scheduler.web.api.shapes.study import Links, NewLink
from scheduler.web.feeds.addresses import as_webcal
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
from scheduler.web.guards.requests import Visit, Visiting
from scheduler.web.problems import not_allowed
from scheduler.written import Written

router = router_for("feeds")


class WantedLink(Written):
    """What a new feed link shows: one patient's calendar, or the visits or dispensings of one site."""

    audience: Audience
    """For whom it is."""
    subject: Annotated[Text | None, Field(examples=["EXP-001"])] = None
    """The patient, for a patient's own feed."""
    site: Text | None = None
    """The site, for a feed of the staff."""
    detail: Detail = Detail.NEUTRAL
    """How much it tells: neutral names no drug, trial or disease."""
    language: Language = Language.ENGLISH
    """In which language."""
    uncertified: bool = False
    """True to take a language that the patient's site has not certified."""
    remind: Reminder | None = None
    """When to remind of each visit; nobody is reminded without it."""
    place: Annotated[Text | None, Field(max_length=LONGEST)] = None
    """Where to come, in the event of each visit. Below full detail it may not name the study, its arms or its drugs."""
    bring: Annotated[Text | None, Field(max_length=LONGEST)] = None
    """What a patient is to bring, in the event of each visit. As with the place."""
    months: Annotated[int | None, Field(ge=1, le=120)] = None
    """After how many months it ends by itself; the server's own number without it."""


class Why(Written):
    """Why something is done."""

    reason: Text | None = None
    """The reason, for the audit trail."""


@router.get("/links", response_model=Links)
def links(visit: Visiting, after: AfterOne = "", limit: LimitAll = None) -> Response:
    """The feed links of the patients and sites that this account may see, with ``limit`` by pages. None of it opens a feed."""
    page = paged(links_of(visit), lambda each: each.id, after, limit)
    return page.with_link(visit, answer(Links(links=tuple(_told(visit, each) for each in page.items))))


@router.post("/links", status_code=201, response_model=NewLink)
def make(visit: Visiting, body: Annotated[WantedLink, Depends(BodyOf(WantedLink))]) -> Response:
    """Make a feed link. The address is in this answer and nowhere else."""
    if not may_make(visit, body.audience):
        raise not_allowed()
    more = more_of(body.remind, body.place, body.bring, pages_of(visit, body.audience))
    shown = Shown(body.audience, body.subject, body.site, body.detail, body.language, more)
    if not is_within_reach(visit, shown):
        whose = "patient" if body.audience is Audience.PATIENT else "site"
        raise one_wrong(
            "no-such-feed", f"the {whose} is missing, or not one of yours", f"say whose feed it is: the {whose}"
        )
    told = told_too_much(visit, shown)
    if told is not None:
        raise one_wrong("told-too-much", str(told), "say it in other words, or make a link of full detail")
    reason = why_not(visit, shown, uncertified=body.uncertified)
    if reason is not None:
        raise one_wrong(
            "not-certified", str(reason), "take a language that the site has certified, or set 'uncertified'"
        )
    link, address = make_link(visit, shown, body.months)
    return answer(NewLink(link=_told(visit, link), address=address, webcal=as_webcal(address)), status=201)


@router.post("/links/{link}/revoke", response_model=LinkShape)
def revoke(visit: Visiting, link: str, body: Annotated[Why, Depends(BodyOf(Why))]) -> Response:
    """End a link: the feed says so to calendar programs for a time, then it is gone."""
    revoke_link(visit, link, body.reason)
    return answer(next(_told(visit, each) for each in links_of(visit) if each.id == link))


def _told(visit: Visit, link: Link) -> LinkShape:
    stands = how_it_stands(link, visit.server.clock.now())
    return LinkShape.taken_from(link, link=link.id, stands=stands, may_revoke=may_make(visit, link.audience))
