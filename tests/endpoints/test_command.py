"""``scheduler endpoints``: what a person types, and what comes back, of the seed study."""

from __future__ import annotations

import csv
import io
import json

import pytest

from scheduler.findings import Finding, Severity
from tests.cli.typed import SEED, typed


def rows(*words: str) -> list[dict[str, str]]:
    answer = typed("endpoints", SEED, *words, "--format", "csv")
    assert answer.code == 0, answer.err
    return list(csv.DictReader(io.StringIO(answer.out)))


def test_every_value_of_every_patient_with_its_reason() -> None:
    found = rows()
    assert {row["subject"] for row in found} == {"CTL-002", "CTL-006", "EXP-001", "EXP-003", "EXP-004", "EXP-005"}
    assert all(row["reason"] for row in found)
    # EXP-005 had its first dose on 2 March and progressed on 20 May: 30 days of March, 30 of April, 20 of May.
    progressed = next(
        row
        for row in found
        if (row["subject"], row["end point"], row["criteria"]) == ("EXP-005", "progression-free survival", "either")
    )
    assert progressed == {
        "subject": "EXP-005",
        "arm": "experimental",
        "end point": "progression-free survival",
        "criteria": "either",
        "value": "event",
        "from": "2026-03-02",
        "to": "2026-05-20",
        "days": "80",
        "months": "2.63",
        "why": "progressed",
        "reason": "Progressed on 20 May 2026, as recorded without an assessment of the tumour.",
        "events": "event 32",
    }


def test_reasons_in_chinese_under_english_headings() -> None:
    found = next(row for row in rows("--language", "zh") if row["subject"] == "CTL-006" and row["why"])
    assert found["why"] == "not started"
    assert found["reason"] == "不计入：自“first dose (registration)”起计算，而这尚无记录。"


def test_counts_with_exact_intervals() -> None:
    found = [row for row in rows("--list", "rates") if (row["arm"], row["criteria"]) == ("experimental", "RECIST 1.1")]
    # EXP-001 and EXP-005 are stable, EXP-004 was never assessed, EXP-003 by iRECIST alone.
    assert [(row["rate"], row["of"], row["patients"], row["out of"]) for row in found] == [
        ("objective response", "all", "0", "3"),
        ("disease control", "all", "2", "3"),
        ("objective response", "assessed", "0", "2"),
        ("disease control", "assessed", "2", "2"),
    ]
    # None of 3: 1 - 0.025 ^ (1/3) = 0.7076.
    assert (found[0]["percent"], found[0]["low %"], found[0]["high %"]) == ("0.0", "0.0", "70.8")


def test_worst_grades_and_dose_intensity_by_arm() -> None:
    grades = {(row["arm"], row["worst grade"]): row["patients"] for row in rows("--list", "adverse-events")}
    assert (grades["control", "grade 3"], grades["experimental", "any grade"]) == ("1", "2")
    cycles = {
        (row["arm"], row["drug"], row["number"]): (row["median %"], row["below 85 %"], row["lower level"])
        for row in rows("--list", "intensity")
    }
    # CTL-002: 11 of the 21 days of cycle 2 before the hold, in 28 days: 52.4 %; cycle 3 at 80 of 120 mg.
    assert cycles["control", "regorafenib", "1"] == ("100.0", "0", "0")
    assert cycles["control", "regorafenib", "2"] == ("52.4", "1", "0")
    assert cycles["control", "regorafenib", "3"] == ("66.7", "1", "1")


def test_what_the_protocol_does_not_say_is_printed_as_an_assumption() -> None:
    found = rows("--list", "rules")
    assert found[0] == {
        "about": "overall survival",
        "rule": "Counted from first dose (registration) to 2 years after first dose (registration).",
        "from": "protocol",
        "source": "",
    }
    assumed = [row["rule"] for row in found if row["from"] == "assumption"]
    assert any(rule.startswith("After two or more scheduled scans in a row") for rule in assumed)
    assert {row["from"] for row in found} == {"protocol", "assumption"}


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = Finding("no-survival-curves", Severity.WARNING, "survival was not estimated", "install it")
    monkeypatch.setattr("scheduler.endpoints.arms.kaplan_meier.missing_extra", lambda: missing)
    answer = typed("endpoints", SEED, "--format", "json")
    assert (answer.code, "[no-survival-curves]" in answer.err) == (0, True)
    told = json.loads(answer.out)
    assert [(arm["arm"], arm["patients"]) for arm in told["arms"]] == [("control", 2), ("experimental", 4)]
    assert told["arms"][1]["survival"][0]["patients"] == 4
    assert told["arms"][1]["survival"][0]["steps"] == []


@pytest.mark.slow
def test_survival_over_time() -> None:
    told = json.loads(typed("endpoints", SEED, "--format", "json").out)
    found = next(each for each in told["arms"][1]["survival"] if each["criteria"] == "either")
    # In days: 1+ (EXP-004), 53+ (EXP-001), 80 (EXP-005), 110+ (EXP-003): 1 of 2 at risk on day 80.
    assert [(step["day"], step["at_risk"], step["events"], step["survival"]) for step in found["steps"]] == [
        (1, 4, 0, "1.000000"),
        (53, 3, 0, "1.000000"),
        (80, 2, 1, "0.500000"),
        (110, 1, 0, "0.500000"),
    ]
    assert found["median_days"] == 80
    assert typed("endpoints", SEED).out.startswith("REGO-TORI-RT end points\n")
    assert typed("endpoints", SEED, "--list", "steps", "--format", "csv").out.startswith("arm,end point,criteria,day,")


def test_rules_of_a_study_without_periods_or_scans() -> None:
    from scheduler.endpoints.rules import rules_of
    from scheduler.protocol.parse import parse_protocol

    text = """
study: SMALL
version: "1.0"
title: A small study
arms: {a: One, b: Other}
study days: first dose is Day 1
treatments:
  drug:
    when: {1: on first dose, then: 28 days ±3 after the previous cycle}
    give: 40 mg once daily by mouth on days 1-21
periods:
  survival: {collects: overall survival, from: first dose, to: {a: 1 year after first dose}}
"""
    version, _ = parse_protocol(text, name="small.yaml")
    told = [(str(rule.about), str(rule.rule), rule.assumed) for rule in rules_of(version)]
    assert told[:2] == [
        (
            "overall survival",
            "In the arm b the protocol has no period that collects it: counted from randomisation, where nobody is randomised "
            "from the first dose, and without an end.",
            True,
        ),
        ("overall survival", "Counted in the arm a from first dose to 1 year after first dose.", False),
    ]
    assert (
        "progression-free survival",
        "Where the protocol has no scans on the calendar, none can be seen to be missed.",
        True,
    ) in told
    assert ("adverse events", "The protocol names no time in which they are collected: none is counted.", True) in told


def test_the_data_cut_off_counts_nothing_after_it_and_is_told() -> None:
    before = {(row["subject"], row["end point"], row["criteria"]): row for row in rows("--until", "2026-05-19")}
    progression = before["EXP-005", "progression-free survival", "either"]
    # EXP-005 progressed on 20 May; the last assessment before was of 24 April, day 54.
    assert (progression["value"], progression["to"], progression["days"]) == ("censored", "2026-04-24", "54")
    first = rows("--list", "rules", "--until", "2026-05-19")[0]
    assert first["rule"].startswith("Data cut-off Tuesday 19 May 2026: what happened after that day does not count.")
    told = json.loads(typed("endpoints", SEED, "--until", "2026-05-19", "--format", "json").out)
    assert (told["cut_off"], told["as_recorded"]) == ("2026-05-19", None)
    snapshot = rows("--as-recorded", "2026-05-19")
    assert next(row for row in snapshot if row["subject"] == "EXP-005" and row["criteria"] == "either")["days"] == "54"
    assert rows("--list", "rules", "--as-recorded", "2026-05-19")[0]["rule"].startswith(
        "As recorded by the end of Tuesday 19 May"
    )
