"""What is asked of a cohort is what the worklist and the agenda of its patients say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scheduler.cli.app import app
from scheduler.cohorts import extra
from scheduler.cohorts.asking import Question, asked, opened
from scheduler.cohorts.expand import expand
from scheduler.cohorts.manifest import COHORT, folder_of
from scheduler.cohorts.schema import DataSet, schema_tables
from scheduler.cohorts.sources import source_at
from scheduler.errors import InvalidText
from scheduler.site.parse import parse_site
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.coordinator.worklist_line import WorklistLine
from scheduler.views.patients import Patient, patient_of
from scheduler.views.whole_site.appointment import Work, appointments_of
from scheduler.views.whole_site.load import load_of
from tests.cohorts.made_up import held, log_of_events, registry, seed_version, undisturbed

MONDAY = date(2026, 3, 2)
LOGS = {
    ("North", "N-001"): undisturbed(MONDAY),
    ("North", "N-002"): undisturbed(MONDAY + timedelta(days=8), "control"),
    ("North", "N-003"): held(MONDAY - timedelta(days=14)),
    # Booked for a day three months after its window, which closes on a day that is asked about.
    ("North", "N-004"): [
        *undisturbed(MONDAY),
        {"on": "2026-03-03", "event": "booked", "entry": "imaging.1", "to": "2026-08-03"},
    ],
}


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cohort")
    source = registry(folder / "source", LOGS, sites=("North",))
    expand(source_at(source), folder / "out", data_sets=frozenset({DataSet.CALENDARS}))
    return folder


def _patients(cohort: Path) -> list[Patient]:
    site = parse_site((cohort / "source" / "site.yaml").read_text("utf-8"), name="site.yaml")
    return [patient_of(seed_version(), site, log_of_events(log), subject=name) for (_, name), log in LOGS.items()]


@pytest.mark.parametrize("day", [0, 16, 31, 57])
def test_the_worklist_of_a_cohort_is_that_of_its_patients(cohort: Path, day: int) -> None:
    on = MONDAY + timedelta(days=day)
    wanted = worklist(_patients(cohort), on, 7)
    found = asked(cohort / "out", Question.WORKLIST, on, days=7).table
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    lists = {"overdue": wanted.overdue, "due": wanted.due, "closing": wanted.closing}
    for name, lines in lists.items():
        told = [(row["subject"], row["entry"], row["date"], row["days_left"]) for row in rows if row["list"] == name]
        assert sorted(told, key=str) == sorted(_told(lines), key=str)
        if name == "closing" and day == 57:
            assert ("N-004", "imaging.1", date(2026, 8, 3)) in [each[:3] for each in told]
        of_one = asked(cohort / "out", Question(name), on, days=7)
        assert of_one.lines == len(told)


def _told(lines: Sequence[WorklistLine]) -> list[tuple[object, ...]]:
    """Without what is told beside the entries; a cycle of tablets is named there by its first day."""
    return [
        (line.subject, entry, line.date, line.days_left)
        for line in lines
        if line.entry is not None
        for entry in [line.entry.removesuffix(".1") if line.entry.startswith("regorafenib.") else line.entry]
    ]


def test_visits_and_load_are_those_of_the_sites_agenda(cohort: Path) -> None:
    site = parse_site((cohort / "source" / "site.yaml").read_text("utf-8"), name="site.yaml")
    lines = [
        line
        for patient in _patients(cohort)
        for line in appointments_of(patient.calendar, site)
        if line.work == Work.ATTENDANCE.value and line.takes_place
    ]
    days = [MONDAY + timedelta(days=day) for day in range(60)]
    visits = asked(cohort / "out", Question.VISITS, MONDAY, days=59).table
    by_day = {day: [line for line in lines if line.date == day] for day in days}
    assert [(row[2], row[3], row[4]) for row in visits.rows] == [
        (day, len({line.subject for line in of_day}), len(of_day)) for day, of_day in by_day.items() if of_day
    ]
    load = asked(cohort / "out", Question.LOAD, MONDAY, days=59, site="North").table
    wanted = [
        (day, resource, load_of(resource, day, [line for line in of_day if line.resource == resource], site))
        for day, of_day in by_day.items()
        for resource in sorted({line.resource for line in of_day if line.resource is not None})
    ]
    assert [row[2:] for row in load.rows] == [
        (day, resource, each.patients, each.most_patients, each.chairs, each.minutes, each.most_minutes, each.full)
        for day, resource, each in wanted
    ]
    assert any(each.full for _, _, each in wanted)


def test_what_awaits_its_end_says_so(cohort: Path) -> None:
    path = folder_of(cohort / "out", "REGO-TORI-RT") / COHORT
    text = path.read_text("utf-8")
    path.write_text(text.replace('"complete": true', '"complete": false'), "utf-8")
    try:
        found = asked(cohort / "out", Question.DUE, MONDAY)
    finally:
        path.write_text(text, "utf-8")
    assert [finding.code for finding in found.findings] == ["cohort-not-complete"]
    assert found.table == asked(cohort / "out", Question.DUE, MONDAY).table


def test_only_the_first_lines_are_told_where_that_is_asked(cohort: Path) -> None:
    whole = asked(cohort / "out", Question.DUE, MONDAY, days=60)
    few = asked(cohort / "out", Question.DUE, MONDAY, days=60, most=2)
    assert few.lines == whole.lines == len(whole.table.rows)
    assert few.table.rows == whole.table.rows[:2]


def test_the_command_line_asks_and_writes_the_views(cohort: Path) -> None:
    words = ["cohort", "query", str(cohort / "out"), "due", "--on", "2026-03-02", "--limit", "1", "--format", "csv"]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0
    assert result.stdout.startswith("study,site,subject,entry,title,date,time,")
    assert "the first 1 of" in result.stderr
    views = CliRunner().invoke(app, ["cohort", "views", str(cohort / "out")])
    assert "CREATE MACRO worklist(on_day, days)" in views.stdout
    with opened(cohort / "out") as connection:
        assert connection.execute("SELECT count(DISTINCT subject) FROM calendars").fetchone() == (4,)


def test_the_schema_says_what_each_column_means() -> None:
    columns, logs = schema_tables()
    assert {row[0] for row in columns.rows} == {each.value for each in DataSet}
    assert [row[1] for row in logs.rows] == ["subject", "site", "protocol", "number", "event"]
    assert (
        CliRunner()
        .invoke(app, ["cohort", "schema", "--format", "csv"])
        .stdout.startswith("data set,column,type,meaning")
    )


def test_a_folder_without_a_cohort_says_how_one_is_made(tmp_path: Path) -> None:
    with pytest.raises(InvalidText, match="there is no cohort"):
        asked(tmp_path, Question.DUE, MONDAY)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda _: None)
    result = CliRunner().invoke(app, ["cohort", "expand", str(tmp_path), "--out", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "install scheduler[batch]" in result.stderr
    assert not (tmp_path / "out").exists()
