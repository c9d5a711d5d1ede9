"""``scheduler record``: one line more in the patient's file, and nothing else changed."""

from __future__ import annotations

from pathlib import Path

from freezegun import freeze_time

from tests.cli.typed import study_in, typed

HELD = '{on: 2026-05-21, event: held, treatment: regorafenib, reason: "AE 2: hands", by: Dr Example}'
LINE = (
    '{on: 2026-05-21, event: held, treatment: regorafenib, reason: "AE 2: hands", by: Dr Example, '
    'recorded: "2026-05-21T08:00:00Z"}'
)


@freeze_time("2026-05-21 08:00:00")
def test_an_event_is_one_line_more_and_says_when_it_was_recorded(tmp_path: Path):
    study = study_in(tmp_path)
    case = study / "patients" / "EXP-001.yaml"
    before = case.read_text("utf-8")
    answer = typed("record", study, "EXP-001", HELD)
    assert (answer.code, answer.out) == (0, f"{LINE}\n")
    assert answer.err == f"event 36 of EXP-001, in {case}\n"
    assert case.read_text("utf-8") == f"{before}  - {LINE}\n"


def test_what_contradicts_the_log_is_refused_and_the_file_stays_as_it_is(tmp_path: Path):
    study = study_in(tmp_path)
    case = study / "patients" / "EXP-001.yaml"
    before = case.read_bytes()
    answer = typed("record", study, "EXP-001", "{on: 2026-05-21, event: given, treatment: toripalimab, n: 4}")
    assert (answer.code, answer.out, "error:" in answer.err) == (1, "", True)
    assert case.read_bytes() == before


def test_an_event_that_cannot_be_read_is_a_finding_with_its_place(tmp_path: Path):
    study = study_in(tmp_path)
    answer = typed("record", study, "EXP-001", "{on: 2026-05-21, event: heldd}")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("the event:1:25: error: ")
    assert "did you mean 'held'?" in answer.err


def test_a_word_that_people_type_gets_the_line_to_write(tmp_path: Path):
    study = study_in(tmp_path)
    for typing in ("record", "whatif"):
        case = "EXP-001" if typing == "record" else "--event"
        where = study if typing == "record" else study / "patients" / "EXP-001.yaml"
        answer = typed(typing, where, case, "{on: 2026-05-21, event: missed, entry: toripalimab.4}")
        assert answer.code == 1
        assert "write: {on: 2026-05-21, event: not done, entry: toripalimab.4}" in answer.err
        assert "dispensed" not in answer.err


def test_an_unknown_patient_is_wrong_usage(tmp_path: Path):
    answer = typed("record", study_in(tmp_path), "EXP-01", HELD)
    assert (answer.code, answer.out) == (2, "")
    assert "there is no patient 'EXP-01'; did you mean 'EXP-001'?" in " ".join(answer.err.split())


def test_a_dose_or_cycle_without_its_number_is_answered_with_the_next_one(tmp_path: Path):
    study = study_in(tmp_path)
    asked_for = {
        "given, treatment: toripalimab": "the next one of toripalimab is n: 5, planned for 2026-06-09",
        "cycle started, treatment: regorafenib": "the next one of regorafenib is cycle: 4, planned for 2026-06-03",
        "given, treatment: unheard of": "The number of the dose or fraction, counted from 1",
        "given, n: 1": "The treatment that was given at the site",
    }
    for event, offered in asked_for.items():
        line = f"{{on: 2026-05-21, event: {event}}}"
        for answer in (
            typed("record", study, "EXP-001", line),
            typed("whatif", study / "patients" / "EXP-001.yaml", "--event", line),
        ):
            assert (answer.code, answer.out) == (1, "")
            assert offered in answer.err
    unknown = typed("record", study, "EXP-01", "{on: 2026-05-21, event: given, treatment: toripalimab}")
    assert "The number of the dose or fraction" in unknown.err


def test_a_next_dose_without_a_day_is_offered_all_the_same(tmp_path: Path):
    study = study_in(tmp_path)
    case = study / "patients" / "EXP-001.yaml"
    held = "{on: 2026-05-21, event: held, treatment: toripalimab, reason: fever}"
    case.write_text(f"{case.read_text('utf-8')}  - {held}\n", "utf-8")
    answer = typed("record", study, "EXP-001", "{on: 2026-05-21, event: given, treatment: toripalimab}")
    assert "(the next one of toripalimab is n: 5)" in answer.err
