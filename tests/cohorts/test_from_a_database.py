"""A cohort from a study's database, as somebody types it: the same rows as from the case files that were taken into it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

import scheduler.cohorts.cluster
from scheduler.cohorts.expanding import Done, Task, expand_part
from tests.cli.typed import typed
from tests.cohorts.made_up import PROTOCOL, SITE, rows_in


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Two patients as case files, one of them with a hold."""
    folder = tmp_path / "study"
    (folder / "patients").mkdir(parents=True)
    (folder / "protocol.yaml").write_text(PROTOCOL.read_text("utf-8"), "utf-8")
    (folder / "site.yaml").write_text(SITE.format(name="North"), "utf-8")
    begun = (
        "{on: 2026-02-16, event: consented}",
        "{on: 2026-02-27, event: randomised, arm: control}",
        "{on: 2026-03-02, event: cycle started, treatment: regorafenib, cycle: 1}",
    )
    held = "{on: 2026-03-10, event: held, treatment: regorafenib, reason: AE 1}"
    for subject, events in (("N-001", begun), ("N-002", (*begun, held))):
        said = "".join(f"  - {event}\n" for event in events)
        head = f"protocol: ../protocol.yaml\nsite: ../site.yaml\nsubject: {subject}\nevents:\n"
        (folder / "patients" / f"{subject}.yaml").write_text(head + said, "utf-8")
    return folder


def _in_this_process(tasks: Sequence[Task], **_: Any) -> Iterator[Done]:
    return map(expand_part, tasks)


def test_the_database_gives_what_its_case_files_gave(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler.cohorts.cluster, "on_cluster", _in_this_process)
    database = study / "study.db"
    only = ("--only", "calendars", "--only", "exposure", "--out")
    from_files = typed("cohort", "expand", study, *only, tmp_path / "files")
    assert typed("import-study", study, database, "--as-recorded").code == 0
    from_database = typed("cohort", "expand", database, *only, tmp_path / "database")
    assert (from_files.code, from_database.code) == (0, 0)
    assert "2 patients in 1 parts, 0 of them unchanged; 2 different calendars" in from_database.err
    for data_set in ("calendars", "exposure"):
        rows = rows_in(tmp_path / "database", data_set)
        assert rows == rows_in(tmp_path / "files", data_set)
    assert {row["subject"] for row in rows_in(tmp_path / "database", "calendars")} == {"N-001", "N-002"}
    # The folder that has a database is the database.
    again = typed("cohort", "expand", study, *only, tmp_path / "database")
    assert "2 patients in 1 parts, 1 of them unchanged; 0 different calendars" in again.err


@pytest.mark.slow
def test_workers_open_the_database_anew(study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = tmp_path / "study.db"
    assert typed("import-study", study, database, "--as-recorded").code == 0
    asked = ("cohort", "expand", database, "--only", "calendars", "--out")
    assert typed(*asked, tmp_path / "workers", "--workers", "1").code == 0
    monkeypatch.setattr(scheduler.cohorts.cluster, "on_cluster", _in_this_process)
    assert typed(*asked, tmp_path / "here").code == 0
    assert rows_in(tmp_path / "workers", "calendars") == rows_in(tmp_path / "here", "calendars")
