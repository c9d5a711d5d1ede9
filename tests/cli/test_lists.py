"""``worklist``, ``dispensing``, ``activities``, ``export`` and ``demo``: lists and files over a whole study."""

from __future__ import annotations

import csv
import io
import json
import stat
from datetime import date
from pathlib import Path

import pytest
from freezegun import freeze_time

from tests.cli.typed import SEED, study_in, typed


def test_the_worklist_of_a_day():
    told = json.loads(typed("worklist", SEED, "--on", "2026-05-21", "--format", "json").out)
    assert told["on"] == "2026-05-21"
    assert ("EXP-005", "end-of-treatment.1") in [(line["subject"], line["entry"]) for line in told["closing"]]


@freeze_time("2026-05-20 22:00:00")
def test_without_a_day_it_is_today_at_the_site_where_tomorrow_has_begun():
    assert typed("worklist", SEED).out.startswith("REGO-TORI-RT worklist, 2026-05-21\n")


def test_the_dispensing_list_has_the_public_columns():
    rows = list(
        csv.reader(
            io.StringIO(typed("dispensing", SEED, "--from", "2026-05-21", "--to", "2026-06-18", "-f", "csv").out)
        )
    )
    assert rows[0] == [
        "subject",
        "date",
        "earliest",
        "latest",
        "treatment",
        "dose",
        "unit",
        "level",
        "units",
        "packs",
        "status",
        "note",
        "product",
    ]
    reduced = next(row for row in rows if row[0] == "CTL-002")
    assert reduced[4:10] == ["regorafenib", "80", "mg", "-1", "42", "2"]


def test_a_list_that_ends_before_it_begins_is_wrong_usage():
    answer = typed("dispensing", SEED, "--from", "2026-06-18", "--to", "2026-05-21")
    assert (answer.code, answer.out) == (2, "")


def test_the_schedule_of_activities_of_an_arm():
    answer = typed("activities", SEED / "protocol.yaml", "--arm", "control", "--format", "csv")
    assert answer.out.startswith("activity,")
    assert "toripalimab" not in answer.out.splitlines()[0].lower()


def test_a_patient_with_errors_stops_every_list_of_the_study(tmp_path: Path):
    study = study_in(tmp_path)
    (study / "patients" / "EXP-009.yaml").write_text("protocol: ../protocol.yaml\nevents: [none]\n", encoding="utf-8")
    for words in (("worklist", study), ("dispensing", study, "--from", "2026-05-21", "--to", "2026-06-18")):
        answer = typed(*words)
        assert (answer.code, answer.out, "EXP-009.yaml:2:10: error:" in answer.err) == (1, "", True)


def test_a_folder_that_is_no_study_is_a_finding(tmp_path: Path):
    assert typed("worklist", tmp_path / "none").err.rstrip().endswith("[no-such-folder]")
    assert "[no-protocol]" in typed("worklist", tmp_path).err


def test_two_files_of_one_patient_are_an_error(tmp_path: Path):
    study = study_in(tmp_path)
    copy = study / "patients" / "EXP-001-copy.yaml"
    copy.write_bytes((study / "patients" / "EXP-001.yaml").read_bytes())
    answer = typed("check", study)
    assert answer.code == 1
    assert "the patient EXP-001 has a second file" in answer.out


@pytest.mark.slow
def test_an_export_makes_the_key_once_and_writes_the_same_bytes_again(tmp_path: Path):
    study = study_in(tmp_path)
    written = []
    for out in (tmp_path / "first", tmp_path / "second"):
        answer = typed("export", study, "--out", out, "--on", "2026-05-21")
        assert (answer.code, answer.out) == (0, "")
        written.append({path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()})
    assert written[0] == written[1]
    assert stat.S_IMODE((study / "feeds.key").stat().st_mode) == 0o600


@pytest.mark.slow
def test_an_export_for_patients_holds_feeds_and_nothing_else(tmp_path: Path):
    study, out = study_in(tmp_path), tmp_path / "out"
    typed("export", study, "--out", out, "--audience", "patient", "--language", "zh", "--on", "2026-05-21")
    paths = sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file())
    names = ("CTL-002", "CTL-006", "EXP-001", "EXP-003", "EXP-004", "EXP-005")
    assert paths == [f"feeds/patients/{name}.ics" for name in names]
    assert "研究访视" in (out / "feeds/patients/EXP-001.ics").read_text("utf-8")


def test_a_broken_key_is_a_finding_and_never_replaced(tmp_path: Path):
    study = study_in(tmp_path)
    (study / "feeds.key").write_text("lost\n", encoding="ascii")
    answer = typed("export", study, "--out", tmp_path / "out", "--on", "2026-05-21")
    assert (answer.code, "[bad-feed-key]" in answer.err) == (1, True)
    assert (study / "feeds.key").read_text("ascii") == "lost\n"


def test_a_file_where_the_folder_should_be_is_an_error_and_no_traceback(tmp_path: Path):
    (tmp_path / "out").write_text("", encoding="ascii")
    answer = typed("export", study_in(tmp_path), "--out", tmp_path / "out", "--on", "2026-05-21")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(f"error: {tmp_path}/out: ")


@pytest.mark.slow
def test_the_demo_writes_what_its_tour_shows_and_keeps_the_study_that_is_there(tmp_path: Path):
    out = tmp_path / "demo"
    answer = typed("demo", "--out", out)
    shown = [word.rstrip(",") for word in answer.out.split() if word.startswith(f"{out}/")]
    assert answer.code == 0
    assert [word for word in shown if not Path(word).exists()] == []
    assert (out / "feeds" / "patients" / "EXP-001.zh.ics").is_file()
    typed(
        "record", out / "study", "CTL-006", "{on: 2026-05-22, event: cycle started, treatment: regorafenib, cycle: 1}"
    )
    again = typed("demo", "--out", out)
    assert "was there already" in again.out
    started = json.loads((out / "calendars" / "CTL-006.json").read_text("utf-8"))["entries"]
    assert next(entry["status"] for entry in started if entry["id"] == "regorafenib.1.1") == "done"


@pytest.mark.slow
def test_every_link_of_the_first_page_leads_somewhere(tmp_path: Path):
    from tests.exports.reading import read_page

    typed("demo", "--out", tmp_path)
    page = read_page((tmp_path / "index.html").read_text("utf-8"))
    links = {link.attributes["href"] for link in page.every("a")}
    assert [link for link in sorted(links) if link and not (tmp_path / link).is_file()] == []
    assert len(links) > 30
    assert date(2026, 5, 22).isoformat() in (tmp_path / "lists" / "worklist.csv").read_text("utf-8")


@pytest.mark.slow
def test_the_next_visit_of_a_patient_is_one_that_is_planned(tmp_path: Path):
    from tests.exports.reading import read_page

    typed("export", study_in(tmp_path), "--out", tmp_path / "out", "--audience", "coordinator", "--on", "2026-05-21")
    rows = read_page((tmp_path / "out" / "index.html").read_text("utf-8")).one("tbody").every("tr")
    coming = {row.text.split()[0]: [time.attributes["datetime"] for time in row.every("time")][-1] for row in rows}
    assert coming["EXP-005"] == "2026-06-16"
