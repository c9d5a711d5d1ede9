"""The API does what its document says: schemathesis sends what the document allows and what it does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from scheduler.folder.founding.seed import seed_study
from scheduler.folder.importing import import_study
from scheduler.store.opening import open_store
from scheduler.web.api.rules import RULES
from scheduler.web.guards.roles import Role, Rule
from tests.laws.examples import examples
from tests.web.api.programs import Program, program
from tests.web.people import SETTING_UP, Place, TestTime

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]  # hundreds of requests, and making them up is most of it

SUBJECTS = ("EXP-001", "EXP-003", "CTL-002")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A server that only these tests use."""
    place = Place(open_store(tmp_path_factory.mktemp("described") / "study.db"), TestTime())
    import_study(seed_study(), place.store, SETTING_UP)
    yield place
    place.store.close()


@pytest.fixture(scope="module")
def admin(own: Place) -> Program:
    return program(own, "admin")


@pytest.fixture(scope="module")
def investigator(own: Place) -> Program:
    return program(own, "investigator")


@pytest.fixture(scope="module")
def described(admin: Program) -> Any:
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", admin.client.app)

    @schema.hook
    def map_path_parameters(context: Any, path_parameters: dict[str, Any] | None) -> dict[str, Any] | None:
        """Three of four patients that are asked for are there."""
        if path_parameters and "subject" in path_parameters:
            number = len(str(path_parameters["subject"])) % 4
            if number < len(SUBJECTS):
                path_parameters["subject"] = SUBJECTS[number]
        return path_parameters

    return schema


CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
# Logging out would end the session that all others use.
ASKED = [
    (rule, mode)
    for rule in RULES
    for mode in GenerationMode
    if rule.method != "DELETE" and (rule.roles is not None or rule.method == "POST" or mode is GenerationMode.POSITIVE)
]


@pytest.mark.law
@pytest.mark.parametrize(("rule", "mode"), ASKED, ids=lambda each: getattr(each, "path", each))
def test_answers_are_as_described(
    rule: Rule, mode: GenerationMode, described: Any, admin: Program, investigator: Program
) -> None:
    operation = described[rule.path][rule.method]
    asks = investigator if rule.roles == frozenset({Role.INVESTIGATOR}) else admin

    @settings(
        max_examples=examples(10),
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        answer = case.call(headers=dict(asks.client.headers))
        # What stands wrong in an address may be read otherwise, such as nothing for an empty list; a body never is.
        refuses = mode is GenerationMode.NEGATIVE and rule.method in ("POST", "PUT")
        more = [negative_data_rejection] if refuses else []
        case.validate_response(answer, checks=CHECKS + more)

    ask()
