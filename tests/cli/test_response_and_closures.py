"""``response``, ``background``, ``adverse-events`` and a closure as ``whatif``: what a person types, and what comes back."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.typed import SEED, study_in, typed

CASE = SEED / "patients" / "EXP-003.yaml"
WEEK = "2026-06-08..2026-06-12"


def test_response_of_a_patient_with_an_unconfirmed_progression():
    told = json.loads(typed("response", CASE, "--format", "json").out)
    best = {each["criteria"]: (each["best"], each["progression"]) for each in told["responses"]}
    assert best == {"RECIST 1.1": (None, None), "iRECIST": ("iSD", None)}
    assert [each["assessment"] for each in told["assessments"]] == ["iSD", "iUPD"]
    assert typed("response", CASE).out.startswith("REGO-TORI-RT EXP-003 response so far\n")
    assert typed("response", CASE, "-f", "csv").out.splitlines()[0].startswith("criteria,best,")


def test_recorded_out_of_order_it_is_taken_and_warned_of(tmp_path: Path):
    study = study_in(tmp_path)
    event = "{on: 2026-05-30, event: response, criteria: iRECIST, assessment: iCPD}"
    assert typed("record", study, "EXP-003", event).code == 0
    answer = typed("response", study / "patients" / "EXP-003.yaml", "-f", "json")
    assert (answer.code, "[confirmed-too-early]" in answer.err) == (0, True)
    assert json.loads(answer.out)["progression"]["date"] == "2026-05-15"


def test_the_background_of_a_patient():
    answer = typed("background", SEED / "patients" / "EXP-003.yaml", "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(answer.out)))
    assert [(row["sort"], row["name"], row["value"], row["from"], row["events"]) for row in rows] == [
        ("study", "consented", "", "2026-01-12", "event 1"),
        ("study", "screened", "", "2026-01-22", "event 4"),
        ("study", "randomised", "experimental", "2026-01-23", "event 5"),
    ]


def test_adverse_events_of_the_study():
    rows = list(csv.DictReader(io.StringIO(typed("adverse-events", SEED, "--format", "csv").out)))
    assert [(row["subject"], row["period"], row["worst grade"]) for row in rows] == [
        ("CTL-002", "inside", "3"),
        ("EXP-004", "inside", "2"),
        ("EXP-001", "inside", "1"),
    ]
    assert typed("adverse-events", SEED, "--format", "xlsx").data.startswith(b"PK")


def test_a_closure_over_all_patients():
    told = json.loads(typed("whatif", SEED, "--closed", WEEK, "--resource", "infusion", "-f", "json").out)
    assert told["closed"] == {"from": "2026-06-08", "to": "2026-06-12", "resource": "infusion"}
    touched = {each["subject"]: each for each in told["patients"] if each["changes"]}
    assert sorted(touched) == ["EXP-001"]
    # Booked for the 9th; Saturday the 6th and Sunday the 7th are no days for infusions, so its window is lost.
    assert touched["EXP-001"]["appointments"] == [
        {"entry": "toripalimab.5", "date": "2026-06-09", "time": "10:00", "moves_to": "2026-06-15"}
    ]
    assert touched["EXP-001"]["windows_not_met"] == [
        {"entry": "toripalimab.5", "window": ["2026-06-06", "2026-06-12"], "date": "2026-06-15"}
    ]


def test_a_closure_as_a_table_names_the_patients_and_what_is_lost():
    answer = typed("whatif", SEED, "--closed", WEEK, "--resource", "infusion")
    assert answer.out.startswith("EXP-001\n2026-06-15  ")
    assert "Windows that can no longer be met\n" in answer.out
    assert "Appointments to make anew\n" in answer.out


def test_a_closure_for_one_patient_and_one_that_changes_nothing():
    answer = typed("whatif", CASE, "--closed", "2026-05-24")
    assert (answer.code, answer.out, answer.err) == (0, "", "nothing would change\n")
    assert typed("whatif", CASE, "--closed", "2026-05-25").out.startswith("EXP-003\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([SEED], "say what might happen"),
        ([SEED, "--event", "{on: 2026-05-21, event: died}"], "name a case file"),
        ([CASE, "--event", "{on: 2026-05-21, event: died}", "--closed", WEEK], "not both at once"),
        ([SEED, "--closed", WEEK, "--resource", "radiotherapie"], "did you mean"),
        ([SEED, "--closed", "2026-06-12..2026-06-08"], "2026-06-08..2026-06-12"),
        ([SEED, "--closed", "next week"], "YYYY-MM-DD"),
        ([CASE, "--resource", "infusion"], "--closed"),
    ],
)
def test_wrong_usage(words: list[str | Path], said: str):
    answer = typed("whatif", *words)
    assert (answer.code, answer.out) == (2, "")
    assert said in " ".join(answer.err.split())
