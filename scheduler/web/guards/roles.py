"""Who may do what: every route with the roles that may use it, and by which authority an event stands, with the
roles that have it.

This is the only place that knows. `guard` refuses to start with a route that is not in the table, and holds every request
against it; a test walks through all routes with all roles.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from scheduler.patient.events.kind import Authority, EventKind


class Role(StrEnum):
    """What a person is in the study. Each account has one, and the sites whose patients it may see.

    An admin looks after accounts and may do what a coordinator may, so that a small site needs one person to begin; only an
    investigator decides on doses.
    """

    COORDINATOR = "coordinator"
    INVESTIGATOR = "investigator"
    PHARMACIST = "pharmacist"
    MONITOR = "monitor"
    ADMIN = "admin"


C, I, P, M, A = Role.COORDINATOR, Role.INVESTIGATOR, Role.PHARMACIST, Role.MONITOR, Role.ADMIN  # noqa: E741
EVERYONE = frozenset(Role)
READERS = EVERYONE
RECORDERS = frozenset({C, I, P, A})
SITE_STAFF = frozenset({C, I, A})
COMPARERS = frozenset({I, M})
"""Who sees response and survival by arm: nobody who books, hands out or looks after accounts has to know how the arms compare
while the study goes on (ICH E9, 4.5)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One route. ``roles`` is None where nobody has to be signed in."""

    method: str
    path: str
    roles: frozenset[Role] | None

    def allows(self, role: str) -> bool:
        """True when that role may use the route."""
        return self.roles is None or role in self.roles


def _rules(roles: Iterable[Role] | None, *routes: str) -> tuple[Rule, ...]:
    allowed = None if roles is None else frozenset(roles)
    return tuple(Rule(method, path, allowed) for method, path in (route.split(" ") for route in routes))


OUT = "/login/provider/out"
"""Where the provider of single sign-on says by itself that somebody logged out there: no browser, and a token that it signed."""

RULES: tuple[Rule, ...] = (
    *_rules(None, "GET /healthz", "GET /readyz", "GET /login", "POST /login"),
    *_rules(None, "GET /login/provider", "GET /login/provider/back", f"POST {OUT}"),
    *_rules(
        EVERYONE,
        "POST /logout",
        "GET /account",
        "POST /account/password",
        "POST /account/provider",
        "POST /account/language",
        "POST /keys",
        "GET /sent/{key}",
        "POST /account/proof",
        "POST /account/recovery-codes",
        "POST /account/second-factor",
        "POST /account/sessions/end",
    ),
    *_rules(
        READERS,
        "GET /",
        "GET /subjects",
        "GET /subjects/{subject}",
        "GET /subjects/{subject}/decisions",
        "GET /subjects/{subject}/drugs",
        "GET /subjects/{subject}/events",
        "GET /subjects/{subject}/explain",
        "GET /subjects/{subject}/history",
        "GET /subjects/{subject}/calendar.{form}",
        "GET /subjects/{subject}/diary.pdf",
        "GET /subjects/{subject}/sheets.pdf",
        "GET /search",
        "GET /keys",
        "GET /study",
        "GET /reports",
        "GET /reports/adverse-events",
        "GET /reports/adverse-events.{form}",
        "GET /reports/exposure",
        "GET /reports/exposure.{form}",
        "GET /reports/lots",
        "GET /reports/lots.{form}",
        "GET /worklist.{form}",
        "GET /agenda",
        "GET /agenda.pdf",
        "GET /agenda.{form}",
        "GET /deviations",
        "GET /deviations.{form}",
        "GET /endpoints",
        "GET /endpoints.{form}",
        "GET /pharmacy",
        "GET /pharmacy.pdf",
        "GET /pharmacy.{form}",
        "GET /stock",
        "GET /stock.{form}",
        "GET /protocol",
        "GET /protocol/activities.pdf",
        "GET /protocol/fhir.json",
        "GET /protocol/usdm.json",
        "GET /protocol/odm.xml",
        "GET /protocol/m11.{form}",
    ),
    *_rules(COMPARERS, "GET /reports/sdtm.zip"),
    *_rules({C, P, M, A}, "GET /forecast", "GET /forecast.svg", "GET /forecast.{form}"),
    *_rules(
        RECORDERS,
        "GET /subjects/{subject}/record",
        "POST /subjects/{subject}/preview",
        "POST /subjects/{subject}/record",
        "GET /subjects/{subject}/correct/{number}",
        "GET /subjects/{subject}/strike/{number}",
        "GET /unsaved/{key}",
        "POST /unsaved/{key}",
        "POST /undo",
        "GET /import",
        "GET /import/template.{form}",
        "POST /import/look",
        "POST /import/record",
    ),
    *_rules(
        SITE_STAFF,
        "GET /subjects/{subject}/do",
        "GET /subjects/{subject}/move",
        "GET /subjects/{subject}/visit",
        "POST /subjects/{subject}/visit/preview",
        "POST /subjects/{subject}/visit/record",
        "GET /today/done",
        "POST /today/done/preview",
        "POST /today/done/record",
        "GET /subjects/{subject}/sheet",
        "POST /subjects/{subject}/sheet/preview",
        "POST /subjects/{subject}/sheet/record",
        "GET /subjects/{subject}/fewest-trips",
        "POST /subjects/{subject}/fewest-trips",
        "GET /agenda/fewest-trips",
        "POST /agenda/fewest-trips",
    ),
    *_rules(COMPARERS, "GET /endpoints/arms", "GET /endpoints/arms.{form}", "GET /endpoints/survival.svg"),
    *_rules({I}, "GET /subjects/{subject}/decide/{proposal}"),
    *_rules({I}, "POST /subjects/{subject}/sign", "GET /subjects/{subject}/signed/{key}"),
    *_rules(RECORDERS, "GET /notices", "POST /notices"),
    *_rules(SITE_STAFF, "GET /enrol", "POST /enrol"),
    *_rules({C, P, A}, "POST /pharmacy/printed", "GET /stock/form", "POST /stock/preview", "POST /stock/record"),
    *_rules(RECORDERS, "GET /links", "POST /links", "POST /links/{link}/revoke"),
    *_rules({C, I, M, A}, "GET /audit", "GET /audit.pdf", "GET /audit.{form}"),
    *_rules({A}, "GET /accounts", "POST /accounts", "GET /accounts/{account}", "POST /accounts/{account}"),
    *_rules({A}, "GET /setup", "POST /setup/look", "POST /setup/add"),
    *_rules({A}, "GET /setup/standards", "POST /setup/usdm", "POST /setup/sdtm"),
)
"""Every page. The API's rules are beside its routes and are added to these by `add_rules`."""

TAKE_FILES = {"/import/look": 1, "/setup/look": 1, "/setup/usdm": 1, "/setup/sdtm": 4}
"""Where a form may bring files, and how many."""

TAKE_LARGE_FILES = frozenset({"/setup/usdm", "/setup/sdtm"})
"""Where they may be as large as a sponsor's are. Nothing of them is read from anybody whom the page is not for."""

OF_THE_OWN_ACCOUNT = frozenset(
    {rule.path for rule in RULES if rule.path.startswith("/account/")}
    | {"/account", "/logout", "/api/session", "/api/session/password", "/sent/{key}"}
)
"""Where somebody may go who has to look after the own account first."""

TABLE: dict[tuple[str, str], Rule] = {(rule.method, rule.path): rule for rule in RULES}


def add_rules(rules: Iterable[Rule]) -> None:
    """Take in the rules of another part of the server, such as the API's. Raises ValueError for a route that has one."""
    for rule in rules:
        key = (rule.method, rule.path)
        if TABLE.setdefault(key, rule) != rule:
            raise ValueError(f"{rule.method} {rule.path} has two rules")


MAY_RECORD: dict[Authority, frozenset[Role]] = {
    Authority.FACT: SITE_STAFF,
    Authority.PHARMACY: RECORDERS,
    Authority.ORDER: SITE_STAFF,
    Authority.SIGNED_ORDER: frozenset({I}),
}
"""Who may record what stands by which authority. What is not here nobody may: a correction goes by what it corrects."""

AUDIENCES: dict[str, frozenset[Role]] = {
    "patient": SITE_STAFF,
    "coordinator": SITE_STAFF,
    "pharmacy": frozenset({C, P, A}),
}
"""Who may make and revoke a feed link for whom."""


def may_record(role: str, kind: EventKind, override: bool = False) -> bool:
    """True when that role may record an event of that kind. One that overrides the protocol is an investigator's."""
    may = MAY_RECORD.get(kind.authority, frozenset())
    return role in (may & {I} if override else may)


def needs_signature(kind: EventKind, override: bool = False) -> bool:
    """True when the password has to be given again for it."""
    return override or kind.authority is Authority.SIGNED_ORDER
