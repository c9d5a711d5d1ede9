"""The FHIR export: a protocol, and one patient's story by hand, held against the R5 models and the checks beside this file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from scheduler.folder.exchanging.fhir import subject_of
from scheduler.folder.reading.case import read_case
from scheduler.folder.reading.contents import Case
from scheduler.folder.trying.planning import read_plan
from scheduler.site.site import EVERY_DAY
from scheduler.standards.fhir.bundle import bundle_of
from scheduler.standards.fhir.json_text import as_json
from scheduler.standards.fhir.patient import patient_resources
from scheduler.standards.fhir.protocol import protocol_resources
from scheduler.standards.fhir.resource import Origin, resource_id
from tests.cli.typed import SEED, typed
from tests.dosing.story import told
from tests.laws.examples import one_in
from tests.seed import VERSION
from tests.standards.fhir_checks import faults_of, resources
from tests.standards.test_sdtm_story import STORY

REGIMENS = Path(__file__).parents[2] / "examples" / "regimens"
ORIGIN = Origin("https://fhir.invalid", VERSION.study)


@cache
def protocol() -> str:
    return as_json(bundle_of("protocol", protocol_resources(VERSION, ORIGIN), ORIGIN))


@cache
def patient(on: str, story: str = STORY, zone: str = "UTC") -> str:
    site = replace(EVERY_DAY, zone=zone, lasts={"visit": 60})
    until = "\n".join(line for line in story.splitlines() if line.strip()[:10] <= on)
    case = Case(Path("001.yaml"), VERSION, site, told(until), "001")
    found = patient_resources(subject_of(case, ORIGIN, date.fromisoformat(on)))
    return as_json(bundle_of("subject", found, ORIGIN))


def every(kind: str, text: str) -> list[dict[str, Any]]:
    return [each for each in resources(json.loads(text)) if each["resourceType"] == kind]


def one(kind: str, of: str, text: str) -> dict[str, Any]:
    return next(each for each in every(kind, text) if each["id"] == of)


def test_the_protocol_and_a_patient_in_every_state_are_accepted() -> None:
    assert faults_of(protocol()) == []
    for on in ("2026-02-24", "2026-03-14", "2026-05-01"):
        assert faults_of(patient(on), protocol()) == [], on


@pytest.mark.parametrize("name", one_in(12, sorted(path.parent.name for path in REGIMENS.glob("*/protocol.yaml"))))
def test_every_regimen_is_accepted(name: str) -> None:
    version = read_plan(REGIMENS / name / "protocol.yaml").version
    origin = Origin("https://fhir.invalid", version.study)
    assert faults_of(as_json(bundle_of("protocol", protocol_resources(version, origin), origin))) == []


# ------------------------------------------------------------------------------------------------ the protocol


def test_a_visit_is_timed_from_another_with_the_days_that_are_allowed() -> None:
    """Cycle 2 is 28 days ±3 after cycle 1: on days 25 to 31 after it. Screening is 1 to 28 days before the first dose."""
    control = one("PlanDefinition", "REGO-TORI-RT.1.0.control", protocol())
    actions = {each["linkId"]: each for each in control["action"]}

    def timed(visit: str) -> tuple[str, str, int, list[int]]:
        (related,) = actions[visit]["relatedAction"]
        allowed = related["extension"][0]["valueRange"]
        ends = [allowed["low"]["value"], allowed["high"]["value"]]
        return related["targetId"], related["relationship"], related["offsetDuration"]["value"], ends

    assert timed("visit.regorafenib.2.1") == ("visit.regorafenib.1.1", "after-start", 28, [25, 31])
    assert timed("visit.c1d8.1") == ("visit.regorafenib.1.1", "after-start", 7, [5, 9])
    assert timed("visit.screening.1") == ("date.first-dose", "before-start", 1, [1, 28])
    assert timed("visit.imaging.1") == ("date.randomisation", "after-start", 56, [49, 63])
    assert timed("visit.end-of-treatment.1") == ("date.end-of-treatment", "after-start", 0, [0, 7])
    assert (
        actions["visit.survival.last"]["relatedAction"][0]["offsetDuration"]["code"] == "a"
    )  # 2 years, whatever their days
    assert actions["visit.survival.last"]["description"] == "2 years ±14 days after first dose"


def test_what_is_done_and_given_at_a_visit_has_its_definition() -> None:
    control = one("PlanDefinition", "REGO-TORI-RT.1.0.control", protocol())
    cycle = next(each for each in control["action"] if each["linkId"] == "visit.regorafenib.2.1")
    dose = cycle["action"][0]
    assert (dose["title"], dose["description"]) == ("regorafenib", "120 mg on days 1 to 21 from the visit")
    definition = one("ActivityDefinition", dose["definitionCanonical"].split("/")[-1].split("|")[0], protocol())
    (dosage,) = definition["dosage"]
    assert dosage["timing"]["repeat"] == {
        "boundsDuration": {"value": 21, "unit": "days", "system": "http://unitsofmeasure.org", "code": "d"},
        "frequency": 1,
        "period": 1,
        "periodUnit": "d",
    }
    assert [each["title"] for each in cycle["action"][1:4]] == [
        "examination, weight, ECOG, vital signs",
        "haematology",
        "liver tests and chemistry",
    ]


# ------------------------------------------------------------------------------------------------ a patient


def test_a_dose_is_a_request_with_its_days() -> None:
    """Cycle 1 begins on 2 March and is held from the 12th, day 11: ten days of 120 mg."""
    text = patient("2026-03-11")
    request = one("MedicationRequest", "001.regorafenib.1.2-21", text)
    assert (request["status"], request["medication"]) == ("active", {"concept": {"text": "Regorafenib"}})
    assert request["dosageInstruction"] == [
        {
            "text": "120 mg",
            "timing": {
                "repeat": {
                    "boundsPeriod": {"start": "2026-03-03", "end": "2026-03-22"},
                    "frequency": 1,
                    "period": 1,
                    "periodUnit": "d",
                }
            },
            "route": {"text": "by mouth"},
            "doseAndRate": [
                {"doseQuantity": {"value": 120, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"}}
            ],
        }
    ]
    assert "once daily by mouth on days 1-21" in json.dumps(request["note"])  # its reason


def test_where_a_decision_is_open_no_dose_is_stated() -> None:
    """Grade 3 is recorded on 12 March and nobody has decided: no day from then on has a dose, in any later cycle either."""
    story = STORY.split("    2026-03-12 held")[0]
    text = patient("2026-03-14", story)
    assert faults_of(text, protocol()) == []
    later = [each for each in every("MedicationRequest", text) if each["effectiveDosePeriod"]["end"] >= "2026-03-14"]
    assert len(later) > 20
    assert {each["status"] for each in later} == {"on-hold"}
    assert {each["statusReason"]["text"].split(":")[0] for each in later} == {"awaits a decision"}
    assert [each for each in later if "dosageInstruction" in each or "dispenseRequest" in each] == []


def test_a_dose_that_is_overdue_waits_for_the_decision_too() -> None:
    """Toripalimab 2 was due on 23 March, 21 days after the 2nd, and nobody recorded it; grade 3 hepatitis came on the 25th."""
    story = """
        2026-02-27 randomised, arm: experimental
        2026-03-02 cycle started, treatment: regorafenib, cycle: 1
        2026-03-02 given, treatment: toripalimab, n: 1
        2026-03-25 adverse event, ae: 1, term: hepatitis, grade: 3, related: [toripalimab]
    """
    overdue = one("MedicationRequest", "001.toripalimab.2", patient("2026-04-20", story))
    assert (overdue["status"], "dosageInstruction" in overdue) == ("on-hold", False)


def test_an_order_that_lies_ahead_leaves_the_doses_before_it() -> None:
    """Cycle 2 is due on 30 March; 80 mg is ordered from 8 April on, which is its day 10. 63 tablets are 3 bottles of 28."""
    story = """
        2026-02-27 randomised, arm: control
        2026-03-02 cycle started, treatment: regorafenib, cycle: 1
        2026-04-08 dose changed, treatment: regorafenib, level: -1, dose: 80 mg
    """
    case = Case(Path("001.yaml"), VERSION, replace(EVERY_DAY, zone="UTC"), told(story), "001")
    found = patient_resources(subject_of(case, ORIGIN, date(2026, 3, 25)))
    text = as_json(bundle_of("subject", found, ORIGIN))
    doses = [one("MedicationRequest", f"001.regorafenib.2.{days}", text) for days in ("1-9", "10-21")]
    assert [each["dosageInstruction"][0]["text"] for each in doses] == ["120 mg", "80 mg"]
    assert doses[0]["dispenseRequest"]["quantity"]["value"] == 84


def test_what_is_on_hold_says_since_when_and_why() -> None:
    text = patient("2026-03-14")
    held = [each for each in every("MedicationRequest", text) if each["status"] == "on-hold"]
    assert {each["statusReason"]["text"] for each in held} == {"on hold since 2026-03-12: AE 1"}
    assert [each for each in held if "dosageInstruction" in each] == []


def test_what_was_taken_is_no_request() -> None:
    """80 mg were taken on 20 to 22 March; of the days before the hold only the first is recorded."""
    text = patient("2026-05-01")
    given = [
        (each.get("occurenceDateTime") or each["occurencePeriod"], each["dosage"]["dose"]["value"])
        for each in every("MedicationAdministration", text)
    ]
    assert given == [("2026-03-02", 120), ({"start": "2026-03-20", "end": "2026-03-22"}, 80)]
    unknown = [each for each in every("MedicationRequest", text) if each["status"] == "unknown"]
    assert unknown[0]["effectiveDosePeriod"] == {"start": "2026-03-03", "end": "2026-03-11"}


@pytest.mark.parametrize(
    ("amount", "due"), [("1700 mg", "850 mg twice daily"), ("850 mg", "850 mg twice daily"), ("", "850 mg twice daily")]
)
def test_what_was_reported_of_a_whole_day_is_no_single_dose(amount: str, due: str | None) -> None:
    """850 mg twice daily from day 29 on, 30 March: 1700 mg a day are both doses, and 850 mg a day half of them.

    The request states the dose that was in force, whatever was reported of the day.
    """
    version = read_plan(REGIMENS / "diabetes-prevention" / "protocol.yaml").version
    told_amount = f", amount: {amount}" if amount else ""
    story = f"""
        2026-03-02 randomised, arm: tablets
        2026-03-02 cycle started, treatment: tablets, cycle: 1
        2026-04-12 taken, treatment: tablets, from: 2026-04-10, to: 2026-04-12{told_amount}
    """
    case = Case(Path("001.yaml"), version, replace(EVERY_DAY, zone="UTC"), told(story), "001")
    origin = Origin("https://fhir.invalid", version.study)
    text = as_json(bundle_of("subject", patient_resources(subject_of(case, origin, date(2026, 4, 13))), origin))
    assert [fault for fault in faults_of(text) if "is nowhere" not in fault] == []
    given = every("MedicationAdministration", text)[-1]  # the first is that of the day on which it began
    request = one("MedicationRequest", given["id"], text)
    assert (request["dosageInstruction"][0]["text"] if due else request.get("dosageInstruction")) == due
    if amount:
        assert given["dosage"]["text"] == f"{amount} a day, in all its doses"
        assert "dose" not in given["dosage"]
        rate = given["dosage"]["rateRatio"]
        total = (rate["numerator"]["value"], rate["numerator"]["unit"], rate["denominator"]["value"])
        assert total == (int(amount.split()[0]), "mg", 1)
        assert rate["denominator"]["code"] == "d"
    else:
        assert (given["dosage"]["text"], given["dosage"]["dose"]["value"]) == ("850 mg twice daily", 850)


def test_what_was_handed_out_has_its_lot() -> None:
    (handed_out,) = every("MedicationDispense", patient("2026-05-01"))
    assert handed_out["contained"][0]["batch"] == {"lotNumber": "L1", "expirationDate": "2027-08-31"}
    assert handed_out["quantity"] == {
        "value": 84,
        "unit": "tablet",
        "system": "http://unitsofmeasure.org",
        "code": "{tablet}",
    }
    assert handed_out["authorizingPrescription"] == [{"reference": "MedicationRequest/001.regorafenib.1.1"}]


def test_a_window_is_the_period_that_an_appointment_asks_for() -> None:
    """Day 8 is 9 March ±2 days."""
    text = patient("2026-03-03")
    visit = one("Appointment", "001.visit.c1d8.1", text)
    assert (visit["status"], visit["requestedPeriod"]) == ("proposed", [{"start": "2026-03-07", "end": "2026-03-11"}])
    assert one("ServiceRequest", "001.visit.c1d8.1", text)["occurrenceDateTime"] == "2026-03-09"
    done = one("ServiceRequest", "001.visit.screening.1", text)
    assert (done["status"], done["occurrenceDateTime"]) == ("completed", "2026-02-25")
    assert [each for each in every("Appointment", text) if each["id"] == "001.visit.screening.1"] == []


def test_an_appointment_of_no_known_length_is_asked_for() -> None:
    """FHIR calls an appointment booked that has a start and an end. The site in Shanghai is eight hours ahead of UTC."""
    case = read_case(SEED / "patients" / "EXP-003.yaml")
    subject = subject_of(case, ORIGIN, date(2026, 5, 18))
    text = as_json(bundle_of("subject", patient_resources(subject), ORIGIN))
    booked = one("ServiceRequest", "EXP-003.visit.regorafenib.5.1", text)
    assert booked["occurrenceDateTime"] == "2026-05-25T08:30:00+08:00"
    asked = one("Appointment", "EXP-003.visit.regorafenib.5.1", text)
    assert (asked["status"], asked["note"][0]["text"]) == ("proposed", "booked on 2026-05-25")


def test_an_appointment_of_a_known_length_is_booked() -> None:
    """An hour from half past eight in Berlin, on the day of the change to summer time: 29 March 2026."""
    story = """
        2026-02-27 randomised, arm: control
        2026-03-16 cycle started, treatment: regorafenib, cycle: 1
        2026-03-17 booked, entry: c1d15.1, to: 2026-03-29, at: '08:30'
    """
    text = patient("2026-03-17", story, "Europe/Berlin")
    booked = one("Appointment", "001.visit.c1d15.1", text)
    times = (booked["status"], booked["start"], booked["end"])
    assert times == ("booked", "2026-03-29T08:30:00+02:00", "2026-03-29T09:30:00+02:00")
    assert faults_of(text, protocol()) == []


def test_an_adverse_event_has_its_worst_grade_and_its_days() -> None:
    (event,) = every("AdverseEvent", patient("2026-05-01"))
    assert event["extension"] == [{"url": "https://fhir.invalid/StructureDefinition/ctcae-grade", "valueInteger": 3}]
    assert event["suspectEntity"] == [{"instanceCodeableConcept": {"text": "regorafenib"}}]
    assert event["note"] == [{"text": "2026-03-12: grade 3; 2026-03-19: grade 1"}]


def test_nobody_is_named() -> None:
    assert "Dr Example" in STORY
    assert "Dr Example" not in patient("2026-05-01")


def test_ids_are_what_fhir_takes() -> None:
    assert resource_id("EXP-001", "regorafenib.1") == "EXP-001.regorafenib.1"
    assert resource_id("受试者 1") != resource_id("受试者  1")
    assert len(resource_id("x" * 80)) == 64


# ------------------------------------------------------------------------------------------------ seeded faults

Broken = Callable[[list[dict[str, Any]]], None]


def of(kind: str, found: list[dict[str, Any]], **having: str) -> dict[str, Any]:
    return next(each for each in found if each["resourceType"] == kind and having.items() <= each.items())


def dose(found: list[dict[str, Any]]) -> dict[str, Any]:
    request = of("MedicationRequest", found, status="active")
    quantity: dict[str, Any] = request["dosageInstruction"][0]["doseAndRate"][0]["doseQuantity"]
    return quantity


FAULTS: dict[str, Broken] = {
    "a status that is none": lambda found: of("MedicationRequest", found).update(status="running"),
    "a field that is none": lambda found: of("CarePlan", found).update(dose="80 mg"),
    "what is required is missing": lambda found: of("ServiceRequest", found).pop("intent"),
    "an empty text": lambda found: of("Patient", found)["identifier"][0].update(value=""),
    "a day that is none": lambda found: of("ServiceRequest", found).update(occurrenceDateTime="2026-02-30"),
    "a reference into nothing": lambda found: of("Appointment", found)["basedOn"][0].update(
        reference="ServiceRequest/1"
    ),
    "booked without a time": lambda found: of("Appointment", found).update(status="booked"),
    "a dose that waits is stated": lambda found: of("MedicationRequest", found, status="active").update(
        status="on-hold"
    ),
    "another unit than its code": lambda found: dose(found).update(code="g"),
    "a name": lambda found: of("Patient", found).update(name=[{"family": "Example"}]),
    "a period that ends before it begins": lambda found: of("AdverseEvent", found).update(
        occurrencePeriod={"start": "2026-03-12", "end": "2026-03-02"}
    ),
    "the same address twice": lambda found: of("Appointment", found).update(
        id=[each for each in found if each["resourceType"] == "Appointment"][1]["id"]
    ),
    "an amount that is a text": lambda found: dose(found).update(value="eighty"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(fault: str) -> None:
    bundle = json.loads(patient("2026-03-21"))
    FAULTS[fault](resources(bundle))
    assert faults_of(json.dumps(bundle), protocol()) != []


@pytest.mark.parametrize("wrong", [{"targetId": "visit.nowhere"}, {"relationship": "sideways"}])
def test_a_fault_in_a_plan_is_found(wrong: dict[str, str]) -> None:
    bundle = json.loads(protocol())
    actions = of("PlanDefinition", resources(bundle))["action"]
    [action["relatedAction"][0] for action in actions if "relatedAction" in action][-1].update(wrong)
    assert faults_of(json.dumps(bundle)) != []


# ------------------------------------------------------------------------------------------------ the command


def test_the_command_writes_a_bundle_for_each(tmp_path: Path) -> None:
    answer = typed(
        "export-fhir", SEED, "--out", tmp_path, "--on", "2026-05-21", "--base", "https://fhir.example.org/r5/"
    )
    assert answer.code == 0
    assert "7 files" in answer.err
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "protocol.json",
        *(f"subject-{number}.json" for number in ("CTL-002", "CTL-006", "EXP-001", "EXP-003", "EXP-004", "EXP-005")),
    ]
    written = (tmp_path / "protocol.json").read_text("utf-8")
    assert '"https://fhir.example.org/r5/PlanDefinition/REGO-TORI-RT.1.0.control"' in written
