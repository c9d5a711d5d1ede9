"""Every route with every role: who is let in is what the table says, and no route is outside the table."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest

from scheduler.patient.events import AnyFact, Decided, Dispensed, Held, Resumed, Struck, VisitDone
from scheduler.web.guards.requests import GuardedRoute
from scheduler.web.guards.roles import RULES, TABLE, Role, Rule, add_rules, may_record, needs_signature
from tests.web.people import Person, Place

STEPS = {
    "subject": "CTL-002",
    "number": "6",  # a dispensing: what all who record may put right
    "proposal": "none.1",
    "form": "csv",
    "account": "nobody",
    "link": "none",
    "key": "none",
    "kind": "Patient",
    "id": "none",
}
REFUSED = "Your role does not include this"

# Written out a second time, by hand: a slip in the table of the code is a difference here.
EXPECTED = """
GET  /healthz                               anybody
GET  /readyz                                anybody
GET  /login                                 anybody
POST /login                                 anybody
GET  /login/provider                        anybody
GET  /login/provider/back                   anybody
POST /login/provider/out                    anybody
POST /logout                                C I P M A
GET  /account                               C I P M A
POST /account/password                      C I P M A
POST /account/provider                      C I P M A
POST /account/language                      C I P M A
POST /account/proof                         C I P M A
POST /account/recovery-codes                C I P M A
POST /account/second-factor                 C I P M A
POST /account/sessions/end                  C I P M A
GET  /                                      C I P M A
GET  /worklist.{form}                       C I P M A
GET  /reports                               C I P M A
GET  /reports/adverse-events                C I P M A
GET  /reports/adverse-events.{form}         C I P M A
GET  /reports/exposure                      C I P M A
GET  /reports/exposure.{form}               C I P M A
GET  /notices                               C I P A
POST /notices                               C I P A
GET  /stock                                 C I P M A
GET  /stock.{form}                          C I P M A
GET  /stock/form                            C P A
POST /stock/preview                         C P A
POST /stock/record                          C P A
GET  /reports/lots                          C I P M A
GET  /reports/lots.{form}                   C I P M A
GET  /study                                 C I P M A
GET  /search                                C I P M A
GET  /keys                                  C I P M A
POST /keys                                  C I P M A
GET  /agenda                                C I P M A
GET  /agenda.pdf                            C I P M A
GET  /agenda.{form}                         C I P M A
GET  /deviations                            C I P M A
GET  /deviations.{form}                     C I P M A
GET  /endpoints                             C I P M A
GET  /endpoints.{form}                      C I P M A
GET  /endpoints/arms                        I M
GET  /endpoints/arms.{form}                 I M
GET  /endpoints/survival.svg                I M
GET  /subjects                              C I P M A
GET  /subjects/{subject}                    C I P M A
GET  /subjects/{subject}/decisions          C I P M A
GET  /subjects/{subject}/drugs              C I P M A
GET  /subjects/{subject}/events             C I P M A
GET  /subjects/{subject}/explain            C I P M A
GET  /subjects/{subject}/history            C I P M A
GET  /subjects/{subject}/calendar.{form}    C I P M A
GET  /subjects/{subject}/diary.pdf          C I P M A
GET  /subjects/{subject}/sheet              C I A
POST /subjects/{subject}/sheet/preview      C I A
POST /subjects/{subject}/sheet/record       C I A
GET  /subjects/{subject}/fewest-trips       C I A
POST /subjects/{subject}/fewest-trips       C I A
GET  /agenda/fewest-trips                   C I A
POST /agenda/fewest-trips                   C I A
GET  /subjects/{subject}/sheets.pdf         C I P M A
GET  /pharmacy                              C I P M A
GET  /pharmacy.pdf                          C I P M A
GET  /pharmacy.{form}                       C I P M A
GET  /forecast                              C P M A
GET  /forecast.svg                          C P M A
GET  /forecast.{form}                       C P M A
GET  /protocol                              C I P M A
GET  /protocol/activities.pdf               C I P M A
GET  /protocol/fhir.json                    C I P M A
GET  /protocol/usdm.json                    C I P M A
GET  /protocol/odm.xml                      C I P M A
GET  /protocol/m11.{form}                   C I P M A
GET  /reports/sdtm.zip                      I M
GET  /subjects/{subject}/record             C I P A
POST /subjects/{subject}/preview            C I P A
POST /subjects/{subject}/record             C I P A
GET  /subjects/{subject}/correct/{number}   C I P A
GET  /subjects/{subject}/strike/{number}    C I P A
GET  /subjects/{subject}/visit              C I A
POST /subjects/{subject}/visit/preview      C I A
POST /subjects/{subject}/visit/record       C I A
GET  /today/done                            C I A
POST /today/done/preview                    C I A
POST /today/done/record                     C I A
GET  /sent/{key}                            C I P M A
GET  /unsaved/{key}                         C I P A
POST /unsaved/{key}                         C I P A
POST /undo                                  C I P A
GET  /import                                C I P A
GET  /import/template.{form}                C I P A
POST /import/look                           C I P A
POST /import/record                         C I P A
GET  /subjects/{subject}/do                 C I A
GET  /subjects/{subject}/move               C I A
GET  /subjects/{subject}/decide/{proposal}  I
POST /subjects/{subject}/sign               I
GET  /subjects/{subject}/signed/{key}       I
GET  /enrol                                 C I A
POST /enrol                                 C I A
POST /pharmacy/printed                      C P A
GET  /links                                 C I P A
POST /links                                 C I P A
POST /links/{link}/revoke                   C I P A
GET  /audit                                 C I M A
GET  /audit.pdf                             C I M A
GET  /audit.{form}                          C I M A
GET  /accounts                              A
POST /accounts                              A
GET  /accounts/{account}                    A
POST /accounts/{account}                    A
GET  /setup                                 A
POST /setup/look                            A
POST /setup/add                             A
GET  /setup/standards                       A
POST /setup/usdm                            A
POST /setup/sdtm                            A
"""
LETTERS = {"C": "coordinator", "I": "investigator", "P": "pharmacist", "M": "monitor", "A": "admin"}


def expected() -> dict[tuple[str, str], frozenset[str] | None]:
    table: dict[tuple[str, str], frozenset[str] | None] = {}
    for line in EXPECTED.strip().splitlines():
        method, path, *who = line.split()
        table[(method, path)] = None if who == ["anybody"] else frozenset(LETTERS[letter] for letter in who)
    return table


def test_table_is_the_one_that_was_agreed() -> None:
    assert {(rule.method, rule.path): rule.roles for rule in RULES} == expected()


def routes_of(app: Any) -> list[Any]:
    """Whatever answers there: also what is no route of FastAPI's, such as another application under a prefix."""
    while not hasattr(app, "router"):
        app = app.app
    return list(app.routes)


def test_every_page_is_behind_the_guard_and_every_rule_has_its_page(place: Place) -> None:
    routes = [*routes_of(place.app.pages), *routes_of(place.app.parts["/api/"])]
    assert [route for route in routes if not isinstance(route, GuardedRoute)] == []
    assert sorted((method, route.path) for route in routes for method in route.methods) == sorted(TABLE)


def test_nothing_answers_by_itself_but_feeds_and_what_everybody_may_have(place: Place) -> None:
    """Feeds are opened by their addresses alone, and figures by this machine. Whatever else has a prefix has a rule."""
    assert sorted(place.app.parts) == ["/api/", "/feeds/", "/static/"]
    measured = Place(place.store, place.time, place.settings.model_copy(update={"metrics": True}))
    assert sorted(set(measured.app.parts) - set(place.app.parts)) == ["/metrics"]


def test_route_without_a_rule_cannot_be_made() -> None:
    with pytest.raises(LookupError, match=r"GET /secret is not in the table of roles"):
        GuardedRoute("/secret", lambda: None, methods=["GET"])


def test_route_has_one_rule_only() -> None:
    with pytest.raises(ValueError, match="GET /audit has two rules"):
        add_rules([Rule("GET", "/audit", None)])


def ask(person: Person, rule: Rule) -> tuple[int, str]:
    path = re.sub(r"\{(\w+)\}", lambda found: STEPS[found.group(1)], rule.path)
    if rule.method == "POST":
        answer = person.sends(path)
    else:
        token = {} if rule.method == "GET" else {"x-form-token": person.form_token}
        answer = person.browser.request(rule.method, path, headers=token)
    return answer.status_code, answer.text


@pytest.mark.parametrize("role", Role)
@pytest.mark.slow
def test_role_is_let_in_where_the_table_says(place: Place, role: Role) -> None:
    let_in: set[tuple[str, str]] = set()
    kept_out: set[tuple[str, str]] = set()
    person = place.somebody(role)
    for rule in TABLE.values():
        status, text = ask(person, rule)
        assert status < 500, (rule, status)
        assert status != 401
        if rule.method != "GET":
            # It may have ended the session, as logging out does.
            person = place.somebody(role)
        refused = status == 403 and REFUSED in text
        (kept_out if refused else let_in).add((rule.method, rule.path))
    table = expected() | {key: rule.roles for key, rule in TABLE.items() if key not in expected()}
    assert kept_out == {key for key, roles in table.items() if roles is not None and role not in roles}
    assert let_in == set(table) - kept_out


def test_nobody_is_let_in_without_logging_in(place: Place) -> None:
    stranger = place.stranger()
    for rule in RULES:
        if rule.roles is None:
            continue
        path = re.sub(r"\{(\w+)\}", lambda found: STEPS[found.group(1)], rule.path)
        answer = stranger.browser.request(rule.method, path)
        assert answer.status_code == 303, rule
        assert answer.headers["location"].startswith("/login"), rule


def test_dose_orders_are_the_investigators_and_a_hold_is_everybodys() -> None:
    site_staff = [Role.COORDINATOR, Role.INVESTIGATOR, Role.ADMIN]
    assert [role for role in Role if may_record(role, Resumed.kind)] == [Role.INVESTIGATOR]
    assert [role for role in Role if may_record(role, Decided.kind)] == [Role.INVESTIGATOR]
    assert [role for role in Role if may_record(role, VisitDone.kind, override=True)] == [Role.INVESTIGATOR]
    assert [role for role in Role if may_record(role, Held.kind)] == site_staff
    assert [role for role in Role if may_record(role, Dispensed.kind)] == [
        Role.COORDINATOR,
        Role.INVESTIGATOR,
        Role.PHARMACIST,
        Role.ADMIN,
    ]
    assert [kind for kind in (Held, Resumed, Decided, VisitDone) if needs_signature(kind.kind)] == [Resumed, Decided]


def test_who_is_not_known_and_what_stands_for_another_record_is_refused() -> None:
    assert not may_record("statistician", VisitDone.kind)
    assert [role for role in Role if may_record(role, Struck.kind)] == []


# Written out a second time, by hand: a kind that was given the wrong authority is a difference here.
SIGNED = """
decided, resumed, dose changed, discontinued, end of treatment, treated beyond progression, prescribed
"""


def test_what_is_signed_is_what_was_agreed() -> None:
    kinds = [model.kind for model in get_args(AnyFact)]
    assert {kind.word for kind in kinds if needs_signature(kind)} == set(SIGNED.strip().split(", "))
    pharmacist = {kind.word for kind in kinds if may_record(Role.PHARMACIST, kind)}
    assert pharmacist == {"dispensed", "returned", "lost"}
    unsigned = {kind.word for kind in kinds if not needs_signature(kind)}
    assert {kind.word for kind in kinds if may_record(Role.COORDINATOR, kind)} == unsigned
