"""What is printed from the command line: the diary, and every list and calendar as PDF."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.typed import SEED, study_in, typed
from tests.exports.paper.reading import read_pdf
from tests.laws.examples import one_in

PATIENT = SEED / "patients" / "EXP-001.yaml"
PERIOD = ("--from", "2026-05-21", "--to", "2026-06-30")


def test_the_diary_of_a_patient_with_whom_to_call():
    answer = typed("diary", PATIENT, *PERIOD)
    assert answer.code == 0
    sheet = read_pdf(answer.data)
    assert sheet.headings[0] == "Study diary"
    assert "+86 21 0000 0001" in sheet.text
    assert "REGO" not in sheet.text


def test_the_diary_in_chinese_and_in_full():
    sheet = read_pdf(typed("diary", PATIENT, *PERIOD, "--language", "zh", "--detail", "full").data)
    assert sheet.headings[0] == "研究日记"
    assert "REGO-TORI-RT" in sheet.text


def test_the_diary_marks_what_was_recorded_since_it_was_printed():
    # The bookings of 19 May are known by number only in the log: two visits get a time.
    sheet = read_pdf(typed("diary", PATIENT, *PERIOD, "--since", "2026-05-19").data)
    assert [item for item in sheet.items if "before" in item] == [
        "Study visit: now Wed 3 Jun 2026 08:30 (before: Wed 3 Jun 2026)",
        "Study visit: now Tue 9 Jun 2026 10:00 (before: Tue 9 Jun 2026)",
    ]
    later = read_pdf(typed("diary", PATIENT, *PERIOD, "--since", "2026-05-19 18:00").data)
    assert "Nothing has changed since your last sheet." in later.text


def test_the_dispensing_list_marks_what_was_recorded_since_it_was_printed(tmp_path: Path):
    study = study_in(tmp_path)
    held = "{on: 2026-05-22, event: held, treatment: regorafenib, reason: AE 2}"
    assert typed("record", study, "EXP-001", held).code == 0
    words = ("dispensing", study, "--from", "2026-06-01", "--to", "2026-06-05", "--since", "2026-05-22")
    sheet = read_pdf(typed(*words, "--format", "pdf").data)
    assert ["EXP-001 Changed", "on hold"] in [[row[0], row[4]] for row in sheet.tables[1]]
    csv = typed(*words, "--format", "csv").out
    assert "changed since the last print: " in csv


@pytest.mark.parametrize(
    "words",
    one_in(
        3,
        [
            ("show", PATIENT),
            ("dispensing", SEED, "--from", "2026-05-21", "--to", "2026-06-18"),
            ("activities", SEED / "protocol.yaml", "--arm", "control"),
            ("worklist", SEED, "--on", "2026-05-21"),
            ("deviations", SEED),
            ("exposure", PATIENT, "--until", "2026-05-21"),
            ("response", PATIENT),
            ("adverse-events", SEED),
            ("background", PATIENT),
        ],
    ),
    ids=lambda words: words[0],
)
def test_every_list_and_calendar_is_printed_with_its_version_in_the_foot(words: tuple[str | Path, ...]):
    answer = typed(*words, "--format", "pdf")
    assert answer.code == 0
    assert "REGO-TORI-RT · protocol version 1.0" in read_pdf(answer.data).text


def test_a_time_in_another_spelling_is_wrong_usage():
    for text in ("yesterday", "2026-5-1", "2026-05-18T10:00:00+08:00", "20260518"):
        answer = typed("diary", PATIENT, *PERIOD, "--since", text)
        assert (answer.code, answer.out) == (2, "")


def test_a_period_that_is_none_is_wrong_usage():
    answer = typed("diary", PATIENT, "--from", "2026-06-30", "--to", "2026-05-21")
    assert (answer.code, answer.out) == (2, "")


def test_a_letter_that_cannot_be_printed_is_a_finding_and_nothing_is_printed(tmp_path: Path):
    study = study_in(tmp_path)
    site = study / "site.yaml"
    site.write_text(site.read_text("utf-8").replace("Study nurse", "Nurse ไ"), encoding="utf-8")
    answer = typed("diary", study / "patients" / "EXP-001.yaml", *PERIOD)
    assert (answer.code, answer.out) == (1, "")
    assert "[not-printable]" in answer.err


@pytest.mark.slow
def test_the_audit_trail_on_paper_carries_its_head(tmp_path: Path):
    study = study_in(tmp_path)
    assert typed("import-study", study, "--as-recorded").code == 0
    trail = typed("audit", "export", study, "--subject", "CTL-006", "--format", "pdf")
    head = typed("audit", "verify", study).out.partition(":")[2]
    sheet = read_pdf(trail.data)
    (table,) = sheet.tables
    assert {row[table[0].index("subject")] for row in table[1:]} == {"CTL-006"}
    assert f"hash {head[:12]}" in sheet.text
