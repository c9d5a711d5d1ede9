"""``scheduler import-study`` asks about every event of every patient, as ``record`` does, before any of it is recorded."""

from __future__ import annotations

from pathlib import Path

import pytest
from freezegun import freeze_time

from scheduler.folder.reading.study import read_study
from tests.cli.typed import study_in, typed

pytestmark = pytest.mark.usefixtures("that_day")

SLIPS = """\
protocol: ../protocol.yaml
site: ../site.yaml
subject: EXP-101
events:
  - {on: 2026-02-25, event: consented}
  - {on: 2026-02-26, event: visit done, entry: screening.1}
  - {on: 2026-02-27, event: randomised, arm: experimental}
  - {on: 2026-03-02, event: cycle started, treatment: regorafenib, cycle: 1}
  - {on: 2026-03-02, event: given, treatment: toripalimab, n: 1, amount: 2400 mg}
  - {on: 2026-03-16, event: adverse event, ae: 1, term: Pneumonitiss, grade: 3, related: [toripalimab]}
"""
TENFOLD = "at the drip the label said so"
WARD = "as the ward wrote it"
ANSWERED = SLIPS.replace("2400 mg}", f"2400 mg, confirmed: {TENFOLD}}}").replace(
    "[toripalimab]}", f"[toripalimab], confirmed: {WARD}}}"
)
TOMORROW = "  - {on: 2026-05-22, event: visit done, entry: imaging.1}\n"


@pytest.fixture
def that_day():
    with freeze_time("2026-05-21 08:00:00"):
        yield


def folder_with(tmp_path: Path, **patients: str) -> Path:
    """A copy of the seed study with these patients in place of its own."""
    folder = study_in(tmp_path)
    for path in (folder / "patients").iterdir():
        path.unlink()
    for name, text in patients.items():
        (folder / "patients" / f"{name.replace('_', '-')}.yaml").write_text(text, "utf-8")
    return folder


def test_every_slip_of_every_patient_is_told_with_its_place_and_nothing_is_in_the_database(tmp_path: Path):
    other = SLIPS.replace("EXP-101", "EXP-102").replace("2400 mg", "240 mg")
    folder = folder_with(tmp_path, EXP_101=SLIPS, EXP_102=other)
    answer = typed("import-study", folder)
    lines = answer.err.splitlines()
    assert (answer.code, answer.out) == (1, "")
    told = [line.removeprefix(f"{folder}/patients/") for line in lines if "patients/EXP-10" in line]
    assert [line.split(": ", 2)[:2] for line in told] == [
        ["EXP-101.yaml:9:74", "warning"],
        ["EXP-101.yaml:10:57", "warning"],
        ["EXP-102.yaml:10:57", "warning"],
    ]
    assert [line[line.rindex("[") :] for line in told] == ["[tenfold-amount]", "[unknown-term]", "[unknown-term]"]
    assert "did you mean 'Pneumonitis'" in told[1]
    assert 'where it is so, add why to the row: confirmed: "..."' in told[1]
    assert lines[-1] == "Nothing is recorded."
    assert not (folder / "study.db").exists()


def test_row_with_its_own_reason_is_recorded_with_it(tmp_path: Path):
    folder = folder_with(tmp_path, EXP_101=ANSWERED)
    answer = typed("import-study", folder)
    assert answer.code == 0, answer.err
    case = read_study(str(folder / "study.db")).case("EXP-101")
    assert case is not None
    assert [record.event.confirmed for record in case.log.records] == [None, None, None, None, TENFOLD, WARD]


def test_reason_of_one_row_answers_for_no_other(tmp_path: Path):
    half = SLIPS.replace("[toripalimab]}", f"[toripalimab], confirmed: {WARD}}}")
    answer = typed("import-study", folder_with(tmp_path, EXP_101=half))
    assert answer.code == 1
    assert "[tenfold-amount]" in answer.err
    assert "[unknown-term]" not in answer.err


def test_what_cannot_be_is_refused_with_any_reason_and_the_rest_is_asked_beside_it(tmp_path: Path):
    future = TOMORROW.replace("}", ", confirmed: surely}")
    folder = folder_with(tmp_path, EXP_101=SLIPS + future)
    answer = typed("import-study", folder, tmp_path / "study.db")
    assert answer.code == 1
    assert "EXP-101.yaml:11:10: error: 2026-05-22 is still to come: today is 2026-05-21" in answer.err
    assert "[tenfold-amount]" in answer.err
    with pytest.raises(Exception, match="there is no"):
        read_study(str(tmp_path / "study.db"))


def test_what_was_read_as_a_listed_word_is_said(tmp_path: Path):
    folder = folder_with(tmp_path, EXP_101=ANSWERED.replace("Pneumonitiss", "ILD"))
    answer = typed("import-study", folder)
    assert answer.code == 0
    assert "EXP-101.yaml:10:57: note: 'ILD' was read as Pneumonitis" in answer.err


def test_logs_that_were_recorded_already_go_in_as_they_are(tmp_path: Path):
    """What `export-study` wrote was asked about when it was recorded, or stood before anybody asked."""
    folder = folder_with(tmp_path, EXP_101=SLIPS)
    assert typed("import-study", folder, "--as-recorded").code == 0
    case = read_study(str(folder)).case("EXP-101")
    assert case is not None
    assert case.log.length == 6


def test_a_word_that_is_no_kind_of_event_is_told_with_its_line_and_what_to_write(tmp_path: Path):
    missed = SLIPS + "  - {on: 2026-03-23, event: missed, entry: toripalimab.2}\n"
    folder = folder_with(tmp_path, one=missed)
    answer = typed("import-study", folder, tmp_path / "study.db")
    assert answer.code == 1
    assert "one.yaml:11:29: error" in answer.err
    assert "write: {on: 2026-03-23, event: not done, entry: toripalimab.2}" in answer.err
