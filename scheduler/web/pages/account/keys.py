"""The keys that the pages know, on a page that opens with one of them; who is troubled by them switches them off."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from scheduler.web.guards.requests import GuardedRoute, Visiting
from scheduler.web.showing.rendering import KEYS, menu_of

router = APIRouter(route_class=GuardedRoute)


@router.get("/keys")
def keys(visit: Visiting) -> Response:
    """What can be done by key: only what this person may open."""
    mine = {path: name for name, path in menu_of(visit)}
    return visit.page("keys.html", keys=tuple((key, mine[path]) for path, key in KEYS.items() if path in mine))


@router.post("/keys")
def switch(visit: Visiting) -> Response:
    """Single keys do something on this person's pages from now on, or nothing (WCAG 2.2, 2.1.4)."""
    visit.server.store.set_keys(visit.who.account.id, visit.form.get("keys") == "on")
    return RedirectResponse("/keys", 303)
