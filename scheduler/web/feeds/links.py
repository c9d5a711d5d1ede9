"""Feed links as people make them: whose they may make, see and end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from scheduler.said import Said
from scheduler.store.values import Act, Link
from scheduler.views.reader.audience import Audience
from scheduler.web.feeds.addresses import address_of, origin_of
from scheduler.web.feeds.making import new_link
from scheduler.web.feeds.shown import Shown, what_is_told_too_much, what_keeps_from
from scheduler.web.guards.requests import Visit
from scheduler.web.guards.roles import AUDIENCES
from scheduler.web.problems import not_allowed, not_found


def may_make(visit: Visit, audience: str) -> bool:
    """True when this person may make and revoke links for that audience."""
    return visit.who.account.role in AUDIENCES[audience]


def is_within_reach(visit: Visit, shown: Shown) -> bool:
    """True when the patient, or the site, is one that this person may see."""
    if shown.audience is Audience.PATIENT:
        return shown.subject in {each.subject for each in visit.subjects()}
    return shown.site in visit.sites()


def why_not(visit: Visit, shown: Shown, *, uncertified: bool) -> Said | None:
    """Why no link is made in that language, in words for whoever asked for it."""
    found = next((each for each in visit.subjects() if each.subject == shown.subject), None)
    site = visit.server.patients.study().site(found.site if found is not None else shown.site)
    return what_keeps_from(shown, site, uncertified=uncertified)


def told_too_much(visit: Visit, shown: Shown) -> Said | None:
    """Why a place, or what to bring, is not taken."""
    return what_is_told_too_much(shown, visit.server.patients.study().versions)


def pages_of(visit: Visit, audience: str) -> str | None:
    """Where the pages are that a calendar of staff leads back to; None for a patient's."""
    return None if audience == Audience.PATIENT else origin_of(visit.request, visit.server.settings.public_url)


def make_link(visit: Visit, shown: Shown, months: int | None) -> tuple[Link, str]:
    """The new link and its address, which is told this once."""
    server, now = visit.server, visit.server.clock.now()
    link, token = new_link(shown, now, months or server.settings.feed_months)
    server.store.add_link(link, Act(visit.who.who, now))
    return link, address_of(token, visit.request, server.settings.public_url)


def links_of(visit: Visit) -> Iterator[Link]:
    """The links of patients and sites that this person may see."""
    account = visit.who.account
    numbers = {each.subject for each in visit.subjects()}
    for link in visit.server.store.links():
        if link.subject in numbers if link.subject is not None else account.may_see(link.site):
            yield link


def revoke_link(visit: Visit, id: str, reason: str | None) -> None:
    """The link ends. Raises Problem for one that is not there or not this person's to end."""
    found = next((each for each in links_of(visit) if each.id == id), None)
    if found is None:
        raise not_found()
    if not may_make(visit, found.audience):
        raise not_allowed()
    visit.server.store.revoke_link(id, Act(visit.who.who, visit.server.clock.now(), reason))


def how_it_stands(link: Link, now: datetime) -> str:
    """Whether a link is in use, revoked, or ended by itself."""
    if link.revoked is not None:
        return "revoked"
    return "ended" if link.expires is not None and link.expires <= now else "in use"
