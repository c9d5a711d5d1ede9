"""A study gets a new version of its protocol: shown for every patient first, then added, then one patient moves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from freezegun import freeze_time

from tests.amendments.texts import amended
from tests.cli.typed import study_in, typed


@pytest.fixture(autouse=True)
def _clock_that_stands() -> Iterator[None]:
    """What these commands ask the computer's clock for is the same at every run."""
    with freeze_time("2026-05-21 08:00:00"):
        yield


MOVED = '{on: 2026-05-22, event: moved to version, version: "1.1"}'


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return study_in(tmp_path)


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    path = tmp_path / "published.yaml"
    path.write_text(amended(), "utf-8")
    return path


def too_late(study: Path, newer: Path, on: str) -> dict[str, list[str]]:
    shown = typed("amend", study, newer, "--on", on, "--dry-run", "--format", "json")
    patients = json.loads(shown.out)["patients"]
    return {each["subject"]: [late["entry"] for late in each["too_late"]] for each in patients}


def test_a_dry_run_says_for_every_patient_what_can_no_longer_be_done_and_changes_nothing(study: Path, newer: Path):
    before = sorted(path.name for path in study.iterdir())
    found = too_late(study, newer, "2026-05-25")
    fractions = ["radiotherapy.6", "radiotherapy.7", "radiotherapy.8"]
    with_radiotherapy = dict.fromkeys(("EXP-001", "EXP-003", "EXP-004", "EXP-005"), fractions)
    assert found == {"CTL-002": [], "CTL-006": [], **with_radiotherapy}
    assert sorted(path.name for path in study.iterdir()) == before


def test_the_version_is_added_and_a_patient_moves_by_an_event(study: Path, newer: Path):
    added = typed("amend", study, newer, "--on", "2026-05-25")
    assert (added.code, (study / "protocol-1.1.yaml").read_text("utf-8")) == (0, amended())
    assert typed("record", study, "EXP-001", MOVED).code == 0
    shown = typed("show", study / "patients" / "EXP-001.yaml", "--format", "json")
    assert json.loads(shown.out)["version"] == "1.1"
    told = typed("explain", study / "patients" / "EXP-001.yaml", "toripalimab.6")
    assert "Protocol 1.1 line 53: 21 days ±3 after the previous dose" in told.out
    past = typed("explain", study / "patients" / "EXP-001.yaml", "c2d15.1")
    assert "Protocol 1.0 line 101: on regorafenib cycle 2 day 15 ±2 days (A7)" in past.out


def test_a_move_can_be_tried_before_it_is_recorded(study: Path, newer: Path):
    typed("amend", study, newer, "--on", "2026-05-25")
    tried = typed("whatif", study / "patients" / "EXP-001.yaml", "--event", MOVED)
    assert (tried.code, "asks for a new consent" in tried.out) == (0, True)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("study: REGO-TORI-RT", "study: ANOTHER", "another-study"),
        ('version: "1.1"', 'version: "1.0"', "version-taken"),
        ('of: "1.0"', 'of: "0.9"', "amends-nothing"),
    ],
)
def test_what_is_no_amendment_of_this_study_is_refused(study: Path, newer: Path, old: str, new: str, code: str):
    text = newer.read_text("utf-8")
    assert text.count(old) == 1
    newer.write_text(text.replace(old, new), "utf-8")
    refused = typed("amend", study, newer, "--on", "2026-05-25", "--dry-run")
    assert (refused.code, refused.out, f"[{code}]" in refused.err) == (1, "", True)
