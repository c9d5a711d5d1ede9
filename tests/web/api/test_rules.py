"""Who may use which route of the API, written out a second time by hand; and every route is what the document lists."""

from __future__ import annotations

from scheduler.web.api.rules import RULES
from tests.web.api.programs import Program
from tests.web.people import Place

EXPECTED = """
GET    /openapi.json                                    anybody
POST   /session                                         anybody
GET    /session                                         C I P M A
DELETE /session                                         C I P M A
POST   /session/password                                C I P M A
GET    /subjects                                        C I P M A
GET    /subjects/{subject}                              C I P M A
GET    /subjects/{subject}/calendar                     C I P M A
GET    /subjects/{subject}/explain                      C I P M A
GET    /subjects/{subject}/events                       C I P M A
GET    /subjects/{subject}/proposals                    C I P M A
GET    /subjects/{subject}/fewest-trips         C I A
GET    /agenda/fewest-trips                     C I A
POST   /agenda/fewest-trips                     C I A
GET    /subjects/{subject}/deviations                   C I P M A
GET    /subjects/{subject}/exposure                     C I P M A
GET    /subjects/{subject}/response                     C I P M A
GET    /subjects/{subject}/endpoints                    C I P M A
GET    /worklist                                        C I P M A
GET    /dispensing                                      C I P M A
GET    /stock                                           C I P M A
POST   /stock/events                                    C P A
GET    /deviations                                      C I P M A
GET    /agenda                                          C I P M A
GET    /adverse-events                                  C I P M A
GET    /endpoints                                       C I P M A
GET    /endpoints/arms                                  I M
GET    /protocol                                        C I P M A
GET    /fhir/metadata                                   C I P M A
GET    /fhir/{kind}                                     C I P M A
GET    /fhir/{kind}/{id}                                C I P M A
GET    /fhir/Patient/{subject}/$everything              C I P M A
POST   /subjects/{subject}/preview                      C I P A
POST   /subjects/{subject}/events                       C I P A
POST   /subjects/{subject}/proposals/{proposal}/decide  I
POST   /subjects                                        C I A
GET    /forecast                                        C P M A
POST   /dispensing/printed                              C P A
GET    /links                                           C I P A
POST   /links                                           C I P A
POST   /links/{link}/revoke                             C I P A
GET    /audit                                           C I M A
GET    /audit/verify                                    M A
GET    /accounts                                        A
POST   /accounts                                        A
GET    /accounts/{account}                              A
PUT    /accounts/{account}                              A
POST   /accounts/{account}/password                     A
POST   /accounts/{account}/unlock                       A
POST   /accounts/{account}/confirm                      A
"""
LETTERS = {"C": "coordinator", "I": "investigator", "P": "pharmacist", "M": "monitor", "A": "admin"}


def expected() -> dict[tuple[str, str], frozenset[str] | None]:
    table: dict[tuple[str, str], frozenset[str] | None] = {}
    for line in EXPECTED.strip().splitlines():
        method, path, *who = line.split()
        roles = None if who == ["anybody"] else frozenset(LETTERS[letter] for letter in who)
        table[(method, f"/api{path}")] = roles
    return table


def test_table_is_the_one_that_was_agreed() -> None:
    assert {(rule.method, rule.path): rule.roles for rule in RULES} == expected()


def test_document_lists_every_route_with_words_for_everything(place: Place) -> None:
    document = Program(place).reads("/api/openapi.json")
    operations = {
        (method.upper(), path): operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    assert operations.keys() == expected().keys()
    for operation in operations.values():
        assert operation["description"]
        assert set(operation["tags"]) <= {tag["name"] for tag in document["tags"]}
        assert all(parameter["description"] for parameter in operation.get("parameters", ()))
        assert "application/problem+json" in operation["responses"]["401"]["content"]


def test_document_asks_nobody_to_log_in_and_names_no_address_elsewhere(place: Place) -> None:
    answer = Program(place).get("/api/openapi.json")
    assert answer.status_code == 200
    assert "http://" not in answer.text
    assert "https://" not in answer.text
