"""``plan``, ``show``, ``explain`` and ``whatif``: one patient's calendar on the command line."""

from __future__ import annotations

import io
import json
from pathlib import Path
from xml.dom import minidom

import icalendar
import openpyxl
import pytest

from tests.cli.typed import SEED, study_in, typed

SPRING = SEED / "patients" / "EXP-003.yaml"
PLAN = ("plan", SEED / "protocol.yaml", "--site", SEED / "site.yaml", "--arm", "experimental")


def dates(answer_out: str) -> dict[str, str]:
    """The date of each entry."""
    return {entry["id"]: entry["date"] for entry in json.loads(answer_out)["entries"]}


def test_radiotherapy_waits_for_the_spring_festival_and_cycle_2_for_radiotherapy():
    answer = typed("show", SPRING, "--format", "json", "--until", "2026-03-31")
    found = dates(answer.out)
    assert (answer.code, answer.err) == (0, "")
    assert (found["radiotherapy.1"], found["radiotherapy.5"]) == ("2026-02-24", "2026-02-28")
    assert (found["regorafenib.2.1"], found["toripalimab.2"]) == ("2026-03-02", "2026-03-02")


def test_today_is_marked_in_pictures_and_never_changes_the_json():
    plain, marked = (typed("show", SPRING, "--format", "json", *on) for on in ((), ("--on", "2026-05-21")))
    assert plain.out == marked.out
    pages = [typed("show", SPRING, "--format", "html", *on).out for on in ((), ("--on", "2026-05-21"))]
    assert ["today, Thursday 21 May 2026" in page for page in pages] == [False, True]


def test_a_plan_equals_the_calendar_of_a_patient_with_the_same_events(tmp_path: Path):
    study = study_in(tmp_path)
    case = study / "patients" / "NEW.yaml"
    case.write_text(
        "protocol: ../protocol.yaml\nsite: ../site.yaml\nevents:\n"
        "  - {on: 2026-02-27, event: randomised, arm: experimental}\n"
        "  - {on: 2026-02-27, event: first dose planned, to: 2026-03-02}\n",
        encoding="utf-8",
    )
    planned = typed(*PLAN, "--randomised", "2026-02-27", "--first-dose", "2026-03-02", "--format", "json")
    shown = typed("show", case, "--format", "json")
    assert planned.out == shown.out
    assert dates(planned.out)["toripalimab.2"] == "2026-03-30"


def test_without_randomisation_what_hangs_on_it_is_pending_and_without_a_site_every_day_is_open():
    answer = typed(
        "plan",
        SEED / "protocol.yaml",
        "--arm",
        "control",
        "--first-dose",
        "2026-02-17",
        "--format",
        "json",
        "--until",
        "2026-06-30",
    )
    told = json.loads(answer.out)
    assert dates(answer.out)["regorafenib.2.1"] == "2026-03-17"
    assert "imaging.1" in [pending["id"] for pending in told["pending"]]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--arm", "experimentl"), "there is no arm 'experimentl'; did you mean 'experimental'?"),
        (("--first-dose", "2026-02-30"), "there is no day 2026-02-30 in the calendar"),
        (("--first-dose", "0"), "'0' is not a date"),
        (("--first-dose", "20260302"), "'20260302' is not a date"),
        (("--first-dose", "2026-W10-1"), "'2026-W10-1' is not a date"),
    ],
)
def test_wrong_usage_ends_with_2_and_nothing_on_standard_output(words: tuple[str, ...], said: str):
    answer = typed(*PLAN, "--first-dose", "2026-03-02", *words)
    assert (answer.code, answer.out) == (2, "")
    assert said in " ".join(answer.err.split())


def test_a_study_of_several_arms_asks_which():
    answer = typed("plan", SEED / "protocol.yaml", "--first-dose", "2026-03-02")
    assert (answer.code, "control, experimental" in answer.err) == (2, True)


def test_an_arm_without_a_drug_is_planned_from_randomisation():
    sessions = ("plan", SEED.parent / "regimens" / "diabetes-prevention" / "protocol.yaml", "--arm", "lifestyle")
    asked = typed(*sessions)
    assert (asked.code, asked.out, "--randomised" in asked.err) == (2, "", True)
    planned = typed(*sessions, "--randomised", "2026-03-02", "-f", "csv")
    assert (planned.code, planned.err) == (0, "")
    assert "session.16" in planned.out


def test_an_arm_with_treatment_is_planned_from_its_first_dose():
    answer = typed(*PLAN, "--randomised", "2026-02-27")
    assert (answer.code, answer.out, "--first-dose" in answer.err) == (2, "", True)


def test_every_format_is_what_it_says():
    until = ("--until", "2026-06-30")
    sheet = openpyxl.load_workbook(io.BytesIO(typed("show", SPRING, "-f", "xlsx", *until).data)).worksheets[0]
    assert sheet.cell(1, 1).value == "date"
    feed = icalendar.Calendar.from_ical(typed("show", SPRING, "-f", "ics", *until).data)
    assert "Study visit" in {str(event["SUMMARY"]) for event in feed.walk("VEVENT")}
    picture = minidom.parseString(typed("show", SPRING, "-f", "svg", *until).data)
    assert picture.documentElement is not None
    assert picture.documentElement.tagName == "svg"
    assert typed("show", SPRING, "-f", "csv", *until).out.startswith("date,until,weekday,study day,id,")
    assert typed("show", SPRING, "-f", "html", *until).out.startswith("<!doctype html>")
    assert typed("show", SPRING, *until).out.startswith("REGO-TORI-RT EXP-003\n")


def test_the_neutral_feed_names_nothing_and_the_full_one_does():
    neutral, full = (typed("show", SPRING, "-f", "ics", "--detail", detail).out for detail in ("neutral", "full"))
    assert ["egorafenib" in text for text in (neutral, full)] == [False, True]
    assert "研究访视" in typed("show", SPRING, "-f", "ics", "--language", "zh").out


def test_a_date_is_explained_by_the_protocol_line_and_the_closed_days():
    answer = typed("explain", SPRING, "radiotherapy.1")
    assert answer.code == 0
    assert "protocol.yaml:" in answer.out
    assert "16 to 23 February 2026 are closed: public holiday: Chinese New Year" in answer.out


def test_an_unknown_entry_is_wrong_usage_and_the_nearest_is_shown():
    answer = typed("explain", SPRING, "torpalimab.2")
    assert (answer.code, answer.out) == (2, "")
    assert "did you mean 'toripalimab.2'?" in " ".join(answer.err.split())


def test_what_an_event_would_change_is_told_and_nothing_is_recorded(tmp_path: Path):
    study = study_in(tmp_path)
    case = study / "patients" / "EXP-001.yaml"
    before = case.read_bytes()
    answer = typed("whatif", case, "--event", "{on: 2026-05-21, event: held, treatment: regorafenib}")
    assert answer.code == 0
    assert "2026-05-21  regorafenib.3, days 16-21: held; it was 80 mg" in answer.out
    assert case.read_bytes() == before


def test_what_contradicts_the_log_would_change_nothing():
    answer = typed(
        "whatif", SPRING, "--event", "{on: 2026-05-21, event: cycle started, treatment: regorafenib, cycle: 2}"
    )
    assert (answer.code, answer.out, "error:" in answer.err) == (1, "", True)


def test_a_case_file_says_its_own_open_days_and_last_day(tmp_path: Path):
    study = study_in(tmp_path)
    case = study / "patients" / "story.yaml"
    case.write_text(
        "name: a story\nprotocol: ../protocol.yaml\nuntil: 2026-04-30\nclosed: [2026-03-30]\nopen: []\nevents:\n"
        "  - {on: 2026-02-27, event: randomised, arm: control}\n"
        "  - {on: 2026-03-02, event: cycle started, treatment: regorafenib, cycle: 1}\n",
        encoding="utf-8",
    )
    found = dates(typed("show", case, "--format", "json").out)
    assert found["regorafenib.2.1"] == "2026-03-31"
    assert max(day for day in found.values() if day) <= "2026-04-30"


def test_a_zone_that_does_not_exist_is_found_at_its_line(tmp_path: Path):
    study = study_in(tmp_path)
    case = study / "patients" / "CTL-006.yaml"
    case.write_text(case.read_text("utf-8").replace("subject:", "zone: Asia/Shanghia\nsubject:"), encoding="utf-8")
    answer = typed("show", case)
    assert (answer.code, answer.out) == (1, "")
    assert (
        f"{case}:4:7: error: 'Asia/Shanghia' is not a time zone (did you mean 'Asia/Shanghai'?) [unknown-zone]\n"
        in answer.err
    )
