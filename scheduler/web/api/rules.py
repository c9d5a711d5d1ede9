"""Who may use which route of the API: the same as the page that does the same. They stand in the one table of `roles`."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter

from scheduler.web.guards.requests import GuardedRoute
from scheduler.web.guards.roles import COMPARERS, EVERYONE, READERS, RECORDERS, SITE_STAFF, Role, Rule, add_rules

PREFIX = "/api/"
C, I, P, M, A = Role.COORDINATOR, Role.INVESTIGATOR, Role.PHARMACIST, Role.MONITOR, Role.ADMIN  # noqa: E741


def _rules(roles: Iterable[Role] | None, *routes: str) -> tuple[Rule, ...]:
    allowed = None if roles is None else frozenset(roles)
    return tuple(Rule(method, f"/api{path}", allowed) for method, path in (route.split(" ") for route in routes))


RULES = (
    *_rules(None, "GET /openapi.json", "POST /session"),
    *_rules(EVERYONE, "GET /session", "DELETE /session", "POST /session/password"),
    *_rules(
        READERS,
        "GET /subjects",
        "GET /subjects/{subject}",
        "GET /subjects/{subject}/calendar",
        "GET /subjects/{subject}/explain",
        "GET /subjects/{subject}/events",
        "GET /subjects/{subject}/proposals",
        "GET /subjects/{subject}/deviations",
        "GET /subjects/{subject}/exposure",
        "GET /subjects/{subject}/response",
        "GET /subjects/{subject}/endpoints",
        "GET /worklist",
        "GET /agenda",
        "GET /dispensing",
        "GET /stock",
        "GET /deviations",
        "GET /adverse-events",
        "GET /endpoints",
        "GET /protocol",
        "GET /fhir/metadata",
        "GET /fhir/{kind}",
        "GET /fhir/{kind}/{id}",
        "GET /fhir/Patient/{subject}/$everything",
    ),
    *_rules(RECORDERS, "POST /subjects/{subject}/preview", "POST /subjects/{subject}/events"),
    *_rules(COMPARERS, "GET /endpoints/arms"),
    *_rules({I}, "POST /subjects/{subject}/proposals/{proposal}/decide"),
    *_rules(SITE_STAFF, "POST /subjects", "GET /subjects/{subject}/fewest-trips"),
    *_rules(SITE_STAFF, "GET /agenda/fewest-trips", "POST /agenda/fewest-trips"),
    *_rules({C, P, M, A}, "GET /forecast"),
    *_rules({C, P, A}, "POST /dispensing/printed", "POST /stock/events"),
    *_rules(RECORDERS, "GET /links", "POST /links", "POST /links/{link}/revoke"),
    *_rules({C, I, M, A}, "GET /audit"),
    *_rules({M, A}, "GET /audit/verify"),
    *_rules(
        {A},
        "GET /accounts",
        "POST /accounts",
        "GET /accounts/{account}",
        "PUT /accounts/{account}",
        "POST /accounts/{account}/password",
        "POST /accounts/{account}/unlock",
        "POST /accounts/{account}/confirm",
    ),
)
"""Every route of the API."""

# Routes are held against the table when they are made: whoever makes one has loaded this file first, for its router.
add_rules(RULES)


def router_for(tag: str) -> APIRouter:
    """Where a file puts its routes; ``tag`` is what the document lists them under."""
    return APIRouter(prefix=PREFIX.rstrip("/"), route_class=GuardedRoute, tags=[tag])
