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


@router.get("/readyz")
def ready(visit: Visiting) -> Response:
    """200 when the study can be read and the database written to, which it tries; else 503 with a code."""
    why_not = visit.server.readiness.why_not()
    return JSONResponse({"status": why_not or "ready"}, 503 if why_not else 200)
