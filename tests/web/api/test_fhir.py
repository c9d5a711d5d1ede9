"""FHIR by the API: what is read is what the command writes, and nobody reads a patient of another site."""

from __future__ import annotations

from typing import Any

import pytest
from fhir.resources.capabilitystatement import CapabilityStatement

from tests.standards.fhir_checks import faults_of
from tests.web.api.programs import Program, program
from tests.web.people import Place


@pytest.fixture
def nurse(place: Place) -> Program:
    return program(place, "coordinator")


def reads(one: Program, path: str) -> Any:
    answer = one.get(f"/api/fhir/{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/fhir+json"), answer.text
    return answer.json()


def text(one: Program, path: str) -> str:
    answer: str = one.get(f"/api/fhir/{path}").text
    return answer


def test_everything_about_a_patient_is_accepted(nurse: Program) -> None:
    definitions = [text(nurse, kind) for kind in ("ResearchStudy", "PlanDefinition", "ActivityDefinition")]
    assert faults_of(text(nurse, "Patient/EXP-001/$everything"), *definitions) == []


def test_a_resource_is_read_by_its_address(nurse: Program) -> None:
    found = reads(nurse, "Appointment?patient=EXP-001")
    assert (found["type"], found["total"] > 20) == ("searchset", True)
    for entry in (found["entry"][0], found["entry"][-1]):
        assert entry["fullUrl"].startswith("http://testserver/api/fhir/Appointment/EXP-001.visit.")
        assert reads(nurse, entry["fullUrl"].partition("/fhir/")[2]) == entry["resource"]
    assert reads(nurse, "PlanDefinition/REGO-TORI-RT.1.0.control")["name"] == "PlanREGOTORIRT10Control"
    assert reads(nurse, "ResearchStudy")["total"] == 1


def test_the_patients_are_those_whom_one_may_see(place: Place, nurse: Program) -> None:
    numbers = [each["resource"]["id"] for each in reads(nurse, "Patient")["entry"]]
    assert "EXP-001" in numbers
    elsewhere = program(place, "monitor", frozenset({"nowhere"}))
    assert "entry" not in reads(elsewhere, "Patient")
    for path in (
        "Patient/EXP-001",
        "CarePlan/EXP-001",
        "Patient/EXP-001/$everything",
        "Appointment?patient=EXP-001",
        "MedicationRequest/EXP-001.regorafenib.1.1",
    ):
        assert elsewhere.get(f"/api/fhir/{path}").status_code == 404, path


def test_what_is_about_a_patient_asks_whose(nurse: Program) -> None:
    answer = nurse.get("/api/fhir/CarePlan")
    assert (answer.status_code, answer.json()["findings"][0]["hint"]) == (422, "say whose with ?patient=")
    assert nurse.get("/api/fhir/CarePlan/EXP-001.nothing").status_code == 404
    assert nurse.get("/api/fhir/Observation").status_code == 422


def test_the_server_says_what_it_can(nurse: Program) -> None:
    statement = reads(nurse, "metadata")
    assert (statement["fhirVersion"], statement["rest"][0]["mode"]) == ("5.0.0", "server")
    kinds = [each["type"] for each in statement["rest"][0]["resource"]]
    assert kinds[:4] == ["ResearchStudy", "PlanDefinition", "ActivityDefinition", "Patient"]
    CapabilityStatement.model_validate(statement)
