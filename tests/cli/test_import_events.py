"""``scheduler import-events``: a list's rows are tried, told one by one, and recorded all together or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from freezegun import freeze_time

from tests.cli.typed import study_in, typed

pytestmark = pytest.mark.usefixtures("that_day")

HEAD = "subject,event,on,test,value,unit,confirmed\n"
ONE = "EXP-001,measured,2026-05-20,ALT,62,U/L,\n"
TOMORROW = "EXP-001,measured,2026-05-22,ALT,62,U/L,\n"


@pytest.fixture
def that_day():
    with freeze_time("2026-05-21 08:00:00"):
        yield


def test_a_dry_run_works_on_a_folder_and_records_nothing(tmp_path: Path):
    study, rows = study_in(tmp_path), tmp_path / "list.csv"
    rows.write_text(HEAD + ONE + TOMORROW, "utf-8")
    answer = typed("import-events", study, rows, "--dry-run", "--format", "csv")
    assert answer.code == 1
    assert [line.split(",")[:3] for line in answer.out.splitlines()] == [
        ["row", "subject", "outcome"],
        ["2", "EXP-001", "accepted"],
        ["3", "EXP-001", "refused"],
    ]
    assert f"{rows}:3:3: error: 2026-05-22 is still to come" in answer.err
    without = typed("import-events", study, rows)
    assert (without.code, "has no database" in without.err) == (2, True)


def test_a_list_is_recorded_once_with_its_digest(tmp_path: Path):
    study, rows = study_in(tmp_path), tmp_path / "list.csv"
    assert typed("import-study", study, "--as-recorded").code == 0
    rows.write_text(HEAD + ONE, "utf-8")
    dry = typed("import-events", study, rows, "--dry-run")
    assert (dry.code, "Nothing is recorded yet." in dry.err) == (0, True)
    answer = typed("import-events", study, rows)
    assert (answer.code, "recorded: 1 event of 1 patient; the file's SHA-256 is" in answer.err) == (0, True)
    trail = typed("audit", "export", study, "--format", "csv").out
    assert "file imported" in trail
    again = typed("import-events", study, rows)
    assert (again.code, "this very file was imported" in again.err) == (1, True)


def test_a_template_is_an_empty_list(tmp_path: Path):
    assert typed("events-template", "measured").out.startswith("subject,event,on,test,value,unit")
    assert typed("events-template", "measured", "--format", "xlsx").data.startswith(b"PK")
    assert "did you mean 'measured'" in typed("events-template", "mesured").err
    assert typed("events-template", "measured", "--format", "pdf").code == 2
