"""Every example checks without an error, renders in every format, and the README's picture is what the program draws."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.cli.options import CalendarFormat
from scheduler.findings import Severity
from scheduler.folder.reading.case import read_case
from scheduler.folder.reading.study import read_study
from scheduler.folder.trying.checking import check_files
from tests.cli.typed import typed
from tests.laws.examples import one_in

EXAMPLES = Path(__file__).parents[1] / "examples"
STUDIES = sorted(path.parent for path in EXAMPLES.rglob("site.yaml"))
CASES = sorted(EXAMPLES.rglob("patients/*.yaml"))
SEED = EXAMPLES / "rego-tori-rt"


@pytest.mark.parametrize("study", STUDIES, ids=lambda path: path.name)
def test_a_study_has_no_error(study: Path):
    checked = check_files([study])
    assert [str(finding) for finding in checked.findings if finding.severity is Severity.ERROR] == []
    assert (study / "README.md").is_file()


@pytest.mark.parametrize("case", one_in(3, CASES), ids=lambda path: path.stem)
def test_a_patient_has_no_warning_and_is_shown_in_every_format(case: Path):
    patient = read_case(case)
    own = [str(finding) for finding in patient.findings if finding.place and finding.place.file == str(case)]
    assert own == []
    for format_ in CalendarFormat:
        answer = typed("show", case, "--until", "2026-08-31", "--format", format_.value)
        assert (answer.code, len(answer.data) > 400) == (0, True), format_


def test_the_six_patients_are_as_different_as_their_readme_says():
    readme = (SEED / "README.md").read_text("utf-8")
    study = read_study(SEED)
    subjects = [case.subject for case in study.cases]
    assert subjects == ["CTL-002", "CTL-006", "EXP-001", "EXP-003", "EXP-004", "EXP-005"]
    assert [subject for subject in subjects if f"| {subject} |" not in readme] == []
    arms = [case.calendar().arm for case in study.cases]
    assert (arms.count("control"), arms.count("experimental")) == (2, 4)


def test_follow_up_of_the_patient_whose_treatment_is_over():
    calendar = read_case(SEED / "patients" / "EXP-005.yaml").calendar()
    names = ("end-of-treatment.1", "safety-30.1", "safety-90.1", "survival.1")
    found = {name: entry for name in names if (entry := calendar.entry(name)) is not None}
    assert {name: str(entry.ideal) for name, entry in found.items()} == {
        "end-of-treatment.1": "2026-05-20",
        "safety-30.1": "2026-06-16",
        "safety-90.1": "2026-08-09",
        "survival.1": "2026-11-01",
    }
    assert str(found["safety-90.1"].date) == "2026-08-10"
    assert str(found["survival.1"].date) == "2026-11-02"
    collected = calendar.entry("adverse-events.1")
    assert collected is not None
    assert [str(day) for day in collected.window or ()] == ["2026-03-02", "2026-08-09"]


def test_the_readmes_picture_is_what_the_program_draws():
    case = SEED / "patients" / "EXP-003.yaml"
    drawn = typed("show", case, "--until", "2026-06-30", "--on", "2026-05-21", "--format", "svg").out
    assert (SEED / "EXP-003.svg").read_text("utf-8") == drawn, "draw it anew: the README says how"
