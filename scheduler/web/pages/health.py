"""Whether the server is well, for whoever watches over it."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from scheduler.errors import StoreUnavailable
from scheduler.web.guards.requests import GuardedRoute, Visiting

router = APIRouter(route_class=GuardedRoute)


@router.get("/healthz")
def health(visit: Visiting) -> Response:
    """200 when the database answers, else 503. It tells nothing about the study."""
    try:
        visit.server.store.head()
    except StoreUnavailable:
        return JSONResponse({"status": "the database does not answer"}, 503)
    return JSONResponse({"status": "ok"})
