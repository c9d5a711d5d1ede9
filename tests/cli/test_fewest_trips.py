"""``plan --bundle`` on the command line."""

from __future__ import annotations

import json
from importlib import util
from pathlib import Path

import pytest

from tests.cli.typed import SEED, study_in, typed

PATIENT = SEED / "patients" / "EXP-003.yaml"


def test_a_proposal_tells_each_date_and_records_nothing(tmp_path: Path) -> None:
    study = study_in(tmp_path)
    case = study / "patients" / "CTL-002.yaml"
    text = case.read_text("utf-8")
    answer = typed("plan", case, "--bundle", "--on", "2026-05-21", "--until", "2026-07-31")
    assert answer.code == 0
    assert answer.out.splitlines()[:3] == [
        "3 trips after Thursday 21 May 2026 and up to Friday 31 July 2026, as the calendar stands.",
        "2 trips as proposed: 1 fewer.",
        "It is proven that no plan inside these windows has fewer trips.",
    ]
    assert "with regorafenib.5 on Monday 6 July 2026: one trip fewer" in answer.out
    assert (
        "scheduler record STUDY CTL-002 '{on: 2026-05-21, event: booked, entry: imaging.2, to: 2026-07-06}'"
        in answer.err
    )
    assert case.read_text("utf-8") == text


def test_a_proposal_in_chinese_names_its_days_and_reasons_there(tmp_path: Path) -> None:
    case = study_in(tmp_path) / "patients" / "CTL-002.yaml"
    words = ("plan", case, "--bundle", "--on", "2026-05-21", "--until", "2026-07-31")
    told = typed(*words, "--language", "zh").out
    assert "最少来院次数：建议方案" in told
    assert "若记录这些预约，CTL-002 会有以下变化：" in told
    assert "trip" not in told
    csv = typed(*words, "--language", "zh", "--format", "csv").out
    assert csv == typed(*words, "--format", "csv").out


def test_what_it_proposes_can_be_recorded(tmp_path: Path) -> None:
    study = study_in(tmp_path)
    found = json.loads(
        typed("plan", study, "--bundle", "--on", "2026-05-21", "--subject", "EXP-004", "--format", "json").out
    )
    (patient,) = [each for each in found["patients"] if each["moves"]]
    assert patient["subject"] == "EXP-004"
    for event in patient["events"]:
        answer = typed("record", study, "EXP-004", json.dumps(event))
        assert answer.code == 0, answer.err
    shown = json.loads(typed("show", study / "patients" / "EXP-004.yaml", "--format", "json").out)
    dates = {
        each["id"].removesuffix(".1") if each["kind"] == "oral" else each["id"]: each["date"]
        for each in shown["entries"]
    }
    assert {move["entry"]: dates[move["entry"]] for move in patient["moves"]} == {
        move["entry"]: move["proposed"] for move in patient["moves"]
    }


def test_a_plan_without_a_patient() -> None:
    protocol, site = SEED / "protocol.yaml", SEED / "site.yaml"
    words = ("plan", protocol, "--site", site, "--arm", "control", "--first-dose", "2026-03-16", "--bundle")
    answer = typed(*words, "--randomised", "2026-03-13", "--until", "2026-08-31", "--format", "csv")
    assert answer.code == 0
    assert answer.out.splitlines()[0] == "subject,entry,title,stands on,proposed,earliest,ideal,latest,by,why"
    assert len(answer.out.splitlines()) > 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--bundle", "--capacity", "infusion"), "infusion=4"),
        (("--bundle", "--capacity", "infusions=4"), "there is no 'infusions'"),
        (("--bundle", "--on", "2026-05-21", "--until", "2026-05-21"), "the last day has to come after 2026-05-21"),
        (("--bundle", "--format", "svg"), "table, json or csv"),
        (("--bundle", "--arm", "control"), "has an arm"),
        (("--on", "2026-05-21"), "add --bundle"),
    ],
)
def test_what_is_typed_wrongly_is_said(words: tuple[str, ...], said: str) -> None:
    answer = typed("plan", PATIENT, *words)
    assert answer.code == 2
    assert said in " ".join(answer.err.split())


def test_without_the_solver_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    there = util.find_spec
    monkeypatch.setattr(util, "find_spec", lambda name, *rest: None if name == "ortools" else there(name, *rest))
    answer = typed("plan", PATIENT, "--bundle", "--on", "2026-05-21")
    assert answer.code == 1
    assert answer.err.splitlines()[-1] == (
        "error: no plan was made: what searches for the fewest trips is not installed"
        " (install scheduler[optimise]) [solver-not-installed]"
    )
