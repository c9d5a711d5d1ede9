"""What a study is for, and of whom: from USDM, in the protocol, and out again to SDTM and USDM, word for word."""

from __future__ import annotations

import re
from typing import Any

import pytest

from scheduler.errors import InvalidText
from scheduler.findings import Severity
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.version import Criterion, Objective, Synopsis
from scheduler.standards.sdtm.study import datasets_of
from scheduler.standards.usdm_out.study import usdm_of
from tests.seed import FOLDER
from tests.standards.sdtm import lines
from tests.standards.usdm_files import imported, study

PROTOCOL_TEXT = (FOLDER / "protocol.yaml").read_text("utf-8")
SAYS = """
synopsis:
  objectives:
    primary:
      - {objective: To compare progression-free survival, end points: [Progression by RECIST 1.1, Death]}
    secondary: [To describe toxicity]
    exploratory: [To look at markers]
  population: Adults with colorectal cancer
  subjects: 60
  sex: both
  minimum age: 18
  maximum age: 75
  inclusion: {IN01: Written consent}
  exclusion: {EX01: Earlier regorafenib}
"""
TOLD = Synopsis(
    (
        Objective("primary", "To compare progression-free survival", ("Progression by RECIST 1.1", "Death")),
        Objective("secondary", "To describe toxicity"),
        Objective("exploratory", "To look at markers"),
    ),
    "Adults with colorectal cancer",
    60,
    (Criterion("IN01", True, "Written consent"), Criterion("EX01", False, "Earlier regorafenib")),
    "both",
    18,
    75,
)


def test_it_is_in_the_protocol_and_in_sdtm() -> None:
    version, _ = parse_protocol(PROTOCOL_TEXT + SAYS, name="p.yaml")
    assert version.synopsis == TOLD
    told = {each.name: each for each in datasets_of(version, [])}
    assert lines(told["TI"], "IETESTCD", "IETEST", "IECAT", "TIVERS") == [
        "IN01 | Written consent | INCLUSION | 1.0",
        "EX01 | Earlier regorafenib | EXCLUSION | 1.0",
    ]
    summary = lines(told["TS"], "TSPARMCD", "TSVAL")
    assert [each for each in summary if each.startswith(("OBJ", "OUT", "PLAN", "SEX", "AGE"))] == [
        "OBJPRIM | To compare progression-free survival",
        "OBJSEC | To describe toxicity",
        "OBJEXP | To look at markers",
        "OUTMSPRI | Progression by RECIST 1.1",
        "OUTMSPRI | Death",
        "PLANSUB | 60",
        "SEXPOP | BOTH",
        "AGEMIN | P18Y",
        "AGEMAX | P75Y",
    ]


def test_two_criteria_of_one_number_are_told() -> None:
    with pytest.raises(InvalidText) as told:
        parse_protocol(PROTOCOL_TEXT + SAYS.replace("EX01", "in01"), name="p.yaml")
    errors = [each for each in told.value.findings if each.severity is Severity.ERROR]
    assert [(each.code, each.message) for each in errors] == [
        ("criterion-twice", "another criterion has the number in01")
    ]


def test_an_oldest_who_is_younger_than_the_youngest_is_told() -> None:
    with pytest.raises(InvalidText) as told:
        parse_protocol(PROTOCOL_TEXT + SAYS.replace("maximum age: 75", "maximum age: 17"), name="p.yaml")
    assert [each.code for each in told.value.findings if each.severity is Severity.ERROR] == ["ages-backwards"]


def test_another_number_of_subjects_than_the_arms_have_is_told() -> None:
    def told(planned: str) -> list[str]:
        text = re.sub(r"(?m)^enrolment:.*$", "", PROTOCOL_TEXT) + SAYS + planned
        return [each.message for each in parse_protocol(text, name="p.yaml")[1] if each.code == "subjects-differ"]

    assert told("enrolment: {control: 30, experimental: 31}") == ["60 subjects are planned, and 61 by 'enrolment'"]
    assert told("enrolment: {control: 30, experimental: 30}") == told("enrolment: {control: 31}") == []


def test_it_comes_back_from_usdm_without_the_text_too() -> None:
    text = PROTOCOL_TEXT + SAYS
    version, _ = parse_protocol(text, name="p.yaml")
    content: Any = usdm_of(version, text, "test").content
    design = content["study"]["versions"][0]["studyDesigns"][0]
    assert design["population"]["plannedEnrollmentNumber"]["value"] == 60
    assert [(each["level"]["code"], each["level"]["decode"]) for each in design["objectives"]] == [
        ("C85826", "Study Primary Objective"),
        ("C85827", "Study Secondary Objective"),
        ("C163559", "Exploratory Objective"),
    ]
    assert design["population"]["criterionIds"] == [each["id"] for each in design["eligibilityCriteria"]]
    content["study"]["versions"][0]["extensionAttributes"] = []
    read, found = imported(content)
    assert parse_protocol(read, name="p.yaml")[0].synopsis == TOLD
    rows = [
        (row.kind, row.verdict) for row in found.report.rows if row.kind in ("objective", "population", "criterion")
    ]
    assert rows == [
        *[("objective", "carried as text")] * 3,
        ("population", "carried as text"),
        *[("criterion", "carried as text")] * 2,
    ]


def code(decode: str) -> dict[str, str]:
    return {"code": "C1", "decode": decode}


def test_what_a_file_says_badly_is_told_and_what_is_html_is_text() -> None:
    file = study(
        "D1: fixed P1D",
        objectives=[
            {
                "id": "O1",
                "level": code("Primary Objective"),
                "text": "<p>To <b>win</b> .</p>",
                "endpoints": [{"text": ""}],
            },
            {"id": "O2", "level": code("Other"), "text": "x"},
            {"id": "O3", "level": code("Secondary Objective")},
        ],
        population={
            "description": 'Adults of <usdm:tag name="min_age"/> years &amp; more',
            "plannedEnrollmentNumber": {"quantity": {"value": 40.0}},
            "plannedSex": [{"decode": "Unknown"}],
            "plannedAge": {"minValue": {"value": 18, "unit": {"standardCode": {"decode": "Year"}}}},
        },
        eligibilityCriteria=[
            {"id": "C1", "name": "IN01", "category": code("Inclusion Criteria"), "criterionItemId": "I1"},
            {
                "id": "C2",
                "name": "Age of all",
                "identifier": "2",
                "category": code("Inclusion Criteria"),
                "description": "b",
            },
            {"id": "C3", "name": "in01", "category": code("Exclusion Criteria"), "description": "c"},
            {"id": "C4", "name": "EX01", "category": code("Neither"), "description": "d"},
            {"id": "C5", "name": "EX02", "category": code("Exclusion Criteria")},
        ],
    )
    file["study"]["versions"][0]["eligibilityCriterionItems"] = [{"id": "I1", "text": "x" * 2100}]
    text, design = imported(file)
    told = parse_protocol(text, name="p.yaml")[0].synopsis
    assert told.objectives == (Objective("primary", "To win."), Objective("secondary", "O3"))
    assert (told.population, told.subjects) == ("Adults of [min_age] years & more", 40)
    assert [(each.number, each.text[-5:]) for each in told.criteria] == [
        ("IN01", "xx..."),
        ("IN2", "b"),
        ("EX02", "EX02"),
    ]
    rows = [row for row in design.report.rows if row.kind in ("objective", "population", "criterion")]
    assert [(row.part.id, row.note) for row in rows if row.verdict == "the file is wrong"] == [
        ("O2", "it has no level, or no text"),
        ("C3", "it is neither inclusion nor exclusion, or has no text, or another's number"),
        ("C4", "it is neither inclusion nor exclusion, or has no text, or another's number"),
    ]
    assert [row.note for row in rows if row.kind == "population"] == ["sex: Unknown; age: 18 Year - ?"]


def test_what_nobody_said_does_not_come_back_as_a_population_and_the_planned_number_does() -> None:
    """The seed study plans 54 patients in each of its arms, in 'enrolment', and has no synopsis."""
    version, _ = parse_protocol(PROTOCOL_TEXT, name="p.yaml")
    content: Any = usdm_of(version, PROTOCOL_TEXT, "test").content
    content["study"]["versions"][0]["extensionAttributes"] = []
    text, _ = imported(content)
    assert parse_protocol(text, name="p.yaml")[0].synopsis == Synopsis(subjects=108)
    assert "not said in the protocol's schedule" not in text
