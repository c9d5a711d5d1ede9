"""The API put together: an application of its own, so that every error is a problem and the document tells of nothing else."""

from __future__ import annotations

from functools import cache
from typing import Any

from fastapi import FastAPI
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from scheduler.web.api import document
from scheduler.web.api.problems import MEDIA_TYPE, TOO_LARGE, answer_errors, as_response
from scheduler.web.api.routes import (
    accounts,
    audit,
    endpoints,
    fhir,
    links,
    lists,
    looking_back,
    new_events,
    sessions,
    stock,
    study,
    subjects,
    trips,
)
from scheduler.web.guards.headers import BodyLimit, SecurityHeaders
from scheduler.web.guards.requests import GuardedRoute
from scheduler.web.guards.server import Server
from scheduler.web.request_log import RequestLog

_PARTS = (
    document,
    sessions,
    subjects,
    new_events,
    lists,
    trips,
    looking_back,
    endpoints,
    stock,
    study,
    fhir,
    links,
    accounts,
    audit,
)


def api(server: Server) -> ASGIApp:
    """What answers under ``/api/``."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, title="scheduler")
    app.router.route_class = GuardedRoute
    app.router.redirect_slashes = False
    app.state.server = server
    # Not `include_router`, which wraps: the routes themselves, each of which was held against the table when it was made.
    app.router.routes.extend(_routes())
    app.state.document = api_document()
    answer_errors(app)
    refusal = (MEDIA_TYPE.encode(), bytes(as_response(TOO_LARGE).body))
    limited = BodyLimit(app, largest=server.settings.largest_body, refusal=refusal)
    return RequestLog(SecurityHeaders(limited, secure=server.settings.secure))


def _routes() -> list[BaseRoute]:
    return [route for part in _PARTS for route in part.router.routes]


@cache
def api_document() -> dict[str, Any]:
    """What every server tells of its routes, made once: they are the same in each."""
    return document.document_of(_routes())
