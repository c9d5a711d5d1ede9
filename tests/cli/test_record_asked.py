"""``scheduler record`` and ``whatif`` ask before anything is recorded: in a folder and in a database alike."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from freezegun import freeze_time

from scheduler.folder.reading.study import read_study
from tests.cli.typed import study_in, typed

pytestmark = pytest.mark.usefixtures("that_day")

MISSPELT = "{on: 2026-05-21, event: adverse event, ae: 9, term: Colitiss, grade: 3, related: [toripalimab]}"
CONFIRMED = MISSPELT.replace("}", ", confirmed: as the ward wrote it}")
ASKED = "asked: 'Colitiss' is not a term of CTCAE v5.0 [unknown-term]"
NEXT_YEAR = "{on: 2027-05-21, event: visit done, entry: imaging.2}"


@pytest.fixture
def that_day():
    with freeze_time("2026-05-21 08:00:00"):
        yield


@pytest.fixture(params=["folder", pytest.param("database", marks=pytest.mark.slow)])
def study(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = study_in(tmp_path)
    if request.param == "folder":
        return folder
    typed("import-study", folder, tmp_path / "study.db", "--as-recorded")
    return tmp_path / "study.db"


def events(study: Path) -> int:
    """How many events the patient has."""
    case = read_study(str(study)).case("EXP-001")
    return case.log.length if case is not None else 0


def test_a_slip_is_asked_with_what_the_protocol_says_and_nothing_is_recorded(study: Path):
    before = events(study)
    answer = typed("record", study, "EXP-001", MISSPELT)
    lines = answer.err.splitlines()
    assert (answer.code, answer.out) == (1, "")
    assert lines[0] == ASKED
    assert lines[1].startswith("  the protocol says, line ")
    assert "grade 3, 1st time: hold until grade 0-1" in lines[1]
    assert lines[2].startswith("  did you mean 'Colitis'")
    assert lines[-2:] == [
        "Nothing is recorded.",
        'Put it right; or, where it is as you wrote it, add why to the event: confirmed: "..."',
    ]
    assert events(study) == before


def test_with_its_reason_it_is_recorded_and_the_question_is_told(study: Path):
    before = events(study)
    answer = typed("record", study, "EXP-001", CONFIRMED)
    assert answer.code == 0
    assert "confirmed: as the ward wrote it" in answer.out
    assert ASKED in answer.err
    assert "  answered: as the ward wrote it" in answer.err
    assert events(study) == before + 1


def test_what_cannot_be_is_refused_with_any_reason(study: Path):
    before = events(study)
    answer = typed("record", study, "EXP-001", NEXT_YEAR.replace("}", ", confirmed: really}"))
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("error: 2027-05-21 is still to come: today is 2026-05-21")
    assert answer.err.endswith("Nothing is recorded.\n")
    assert events(study) == before


def test_a_preview_has_the_questions_at_its_top(tmp_path: Path):
    case = study_in(tmp_path) / "patients" / "EXP-001.yaml"
    answer = typed("whatif", case, "--event", MISSPELT)
    assert (answer.code, answer.err.splitlines()[0]) == (0, ASKED)


def test_a_preview_for_programs_has_the_questions_and_their_digest(tmp_path: Path):
    case = study_in(tmp_path) / "patients" / "EXP-001.yaml"
    bare = json.loads(typed("whatif", case, "--event", MISSPELT, "--format", "json").out)
    answered = json.loads(typed("whatif", case, "--event", CONFIRMED, "--format", "json").out)
    assert [(each["code"], each["answer"], each["open"]) for each in bare["questions"]] == [
        ("unknown-term", "confirmed", True)
    ]
    assert [each["open"] for each in answered["questions"]] == [False]
    assert bare["digest"] == answered["digest"]


def test_an_ordinary_fact_asks_nothing(study: Path):
    answer = typed("record", study, "EXP-001", "{on: 2026-05-21, event: attribute, name: weight, value: 70}")
    assert (answer.code, answer.err.count("\n")) == (0, 1)


def test_a_preview_of_units_says_their_number_and_lot(tmp_path: Path) -> None:
    case = study_in(tmp_path) / "patients" / "EXP-001.yaml"
    handed_out = (
        "{on: 2026-05-21, event: dispensed, treatment: regorafenib, quantity: 28, lot: L2, expires: 2027-04-10}"
    )
    told = typed("whatif", case, "--event", handed_out).err
    assert "regorafenib is handed out, 28 in all, lot L2, expiry Saturday 10 April 2027\n" in told
