"""The keys that the pages know, on a page that opens with one of them."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.web.guards.requests import GuardedRoute, Visiting
from scheduler.web.showing.rendering import KEYS, menu_of

router = APIRouter(route_class=GuardedRoute)


@router.get("/keys")
def keys(visit: Visiting) -> Response:
    """What can be done by key: only what this person may open."""
    mine = {path: name for name, path in menu_of(visit)}
    return visit.page("keys.html", keys=tuple((key, mine[path]) for path, key in KEYS.items() if path in mine))
