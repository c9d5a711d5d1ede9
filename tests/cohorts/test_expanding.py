"""Every row is what the engine says of its patient: shared or not, from whatever source, broken off or not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.exposure.of_patient import exposure_of
from scheduler.cohorts.expand import expand, in_this_process
from scheduler.cohorts.expanding import Done, Task, expand_part
from scheduler.cohorts.manifest import records_in
from scheduler.cohorts.rows import rows_of
from scheduler.cohorts.schema import COLUMNS, DataSet
from scheduler.cohorts.sources import source_at
from scheduler.errors import InvalidText
from scheduler.folder.reading.study import read_study
from scheduler.views.days.stretches import visits_of
from scheduler.views.pharmacy.dispensing import lines_of_patient
from scheduler.views.pharmacy.open_decisions import marked_where_undecided
from tests.cohorts.made_up import (
    files_in,
    held,
    log_of_events,
    registry,
    rows_in,
    seed_version,
    site_called,
    undisturbed,
)

EXAMPLE = Path(__file__).parents[2] / "examples" / "rego-tori-rt"
MONDAY = date(2026, 3, 2)
CALENDARS = frozenset({DataSet.CALENDARS})
EXPOSURE = frozenset({DataSet.EXPOSURE})
"""Few files, which hang on the logs as the others do."""


def test_the_rows_of_a_folder_are_what_the_lists_say(tmp_path: Path) -> None:
    expand(source_at(EXAMPLE), tmp_path)
    study = read_study(EXAMPLE)
    calendars: dict[str, set[Any]] = {}
    dispensing: dict[str, set[Any]] = {}
    deviations: dict[str, set[Any]] = {}
    exposure: dict[str, set[Any]] = {}
    for case, patient in zip(study.cases, study.patients(), strict=True):
        name, calendar = patient.subject, patient.calendar
        visits = [visit for entry in calendar.entries for visit in visits_of(entry)]
        calendars[name] = {(each.id, each.date, each.window, each.status.value) for each in visits}
        calendars[name] |= {(each.id, None, each.window, "pending") for each in calendar.pending}
        lines = marked_where_undecided(patient, lines_of_patient(patient), None)
        dispensing[name] = {(each.entry, each.date, each.units, each.dose, each.status.value) for each in lines}
        ledger = deviations_of(case.version, case.site, case.log)
        deviations[name] = {(each.kind.value, each.about, each.date, each.days_off, each.found) for each in ledger}
        told = exposure_of(case.version, case.site, case.log, case.last_day or date.min)
        exposure[name] = {(each.entry, each.drug, each.delivered, each.planned, each.days) for each in told.lines}

    def window(row: dict[str, Any]) -> tuple[date, date] | None:
        return None if row["window_last"] is None else (row["window_first"], row["window_last"])

    assert calendars == _by_subject(
        (row["subject"], (row["entry"], row["date"], window(row), row["status"]))
        for row in rows_in(tmp_path, "calendars")
    )
    keys = {
        "dispensing": ("entry", "date", "units", "amount", "status"),
        "deviations": ("deviation", "about", "date", "days_off", "found"),
        "exposure": ("entry", "drug", "delivered", "planned", "days"),
    }
    for data_set, wanted in (("dispensing", dispensing), ("deviations", deviations), ("exposure", exposure)):
        rows = ((row["subject"], tuple(row[key] for key in keys[data_set])) for row in rows_in(tmp_path, data_set))
        assert _by_subject(rows) == {name: told for name, told in wanted.items() if told}


def test_every_dated_row_says_why(tmp_path: Path) -> None:
    expand(source_at(EXAMPLE), tmp_path, data_sets=CALENDARS)
    rows = rows_in(tmp_path, "calendars")
    assert [row["entry"] for row in rows if not row["reasons"]] == []
    assert [run for row in rows for run in row["runs"] or () if not run["reasons"]] == []


def test_patients_whose_logs_say_the_same_share_a_calendar_and_each_row_is_the_engines(tmp_path: Path) -> None:
    days = [MONDAY, MONDAY + timedelta(days=1)]
    logs = {
        ("North", f"N-{number:03}"): undisturbed(days[number % 2], ("experimental", "control")[number // 4])
        for number in range(6)
    }
    # The same days at a site that is called otherwise, and one patient whose hold bears on dates.
    logs |= {("South", f"S-{number:03}"): events for number, events in enumerate([*logs.values()][:2])}
    logs["South", "S-900"] = held(MONDAY)
    together = expand(source_at(registry(tmp_path / "source", logs)), tmp_path / "out", size=100)
    # In the north two days in two arms, in the south two of them and the hold.
    assert (together.patients, together.parts, together.computed) == (9, 2, 4 + 2 + 1)
    version = seed_version()
    written = {each: rows_in(tmp_path / "out", each.value) for each in DataSet}
    assert together.rows == sum(map(len, written.values()))
    for (name, subject), events in logs.items():
        told = rows_of(version, site_called(name), log_of_events(events), frozenset(DataSet))
        for data_set, rows in told.items():
            columns = [column.name for column in COLUMNS[data_set]]
            wanted = [{"site": name, "subject": subject, **dict(zip(columns, row, strict=True))} for row in rows]
            found = [row for row in written[data_set] if row["subject"] == subject]
            assert len(found) == len(wanted)
            assert all(row in wanted for row in found)


def test_when_it_was_written_down_moves_no_date_but_the_day_a_deviation_was_found(tmp_path: Path) -> None:
    first = held(MONDAY)
    late = [{**event, "recorded": "2026-08-01T10:00:00Z"} for event in first]
    logs = {("North", "N-001"): first, ("North", "N-002"): late}
    expand(source_at(registry(tmp_path / "source", logs)), tmp_path / "out")
    for data_set in ("calendars", "dispensing", "exposure"):
        rows = rows_in(tmp_path / "out", data_set)
        told = [[{**row, "subject": ""} for row in rows if row["subject"] == name] for name in ("N-001", "N-002")]
        assert told[0] == told[1]
    found = {(row["subject"], row["found"]) for row in rows_in(tmp_path / "out", "deviations") if row["events"]}
    assert {day for name, day in found if name == "N-002"} == {date(2026, 8, 1)}
    assert date(2026, 8, 1) not in {day for name, day in found if name == "N-001"}


def test_a_changed_log_is_worked_out_again_with_its_part_and_nothing_else(tmp_path: Path) -> None:
    logs = {("North", f"N-{number:03}"): undisturbed(MONDAY + timedelta(days=7 * number)) for number in range(6)}
    out = tmp_path / "out"
    expand(source_at(registry(tmp_path / "source", logs)), out, data_sets=EXPOSURE, size=2)
    before = files_in(out)
    again = expand(source_at(tmp_path / "source"), out, data_sets=EXPOSURE, size=2)
    assert (again.parts, again.unchanged, again.computed) == (3, 3, 0)
    assert files_in(out) == before

    logs["North", "N-003"] = held(MONDAY + timedelta(days=21))
    logs["North", "N-007"] = undisturbed(MONDAY)
    changed = expand(source_at(registry(tmp_path / "source", logs)), out, data_sets=EXPOSURE, size=2)
    # Parts are 000-001, 002-003 and from 004 on; N-007 came into the last.
    assert (changed.parts, changed.unchanged, changed.patients) == (3, 1, 7)
    first = next(record for record in records_in(out / "manifest" / "study=REGO-TORI-RT") if record.first == "N-000")
    assert {each.path for each in first.files} <= before.keys()
    assert {path: files_in(out)[path] for path in before if path in files_in(out)}.keys() == {
        each.path for each in first.files
    }
    expand(source_at(tmp_path / "source"), tmp_path / "anew", data_sets=EXPOSURE, size=100)
    assert _in_order(rows_in(out, "exposure")) == _in_order(rows_in(tmp_path / "anew", "exposure"))


def test_a_run_that_was_broken_off_goes_on_and_ends_with_the_same_bytes(tmp_path: Path) -> None:
    logs = {("North", f"N-{number:03}"): undisturbed(MONDAY + timedelta(days=7 * number)) for number in range(6)}
    source = source_at(registry(tmp_path / "source", logs))
    whole, out = tmp_path / "whole", tmp_path / "out"
    expand(source, whole, data_sets=EXPOSURE, size=2)

    def killed(tasks: Sequence[Task]) -> Iterator[Done]:
        yield expand_part(tasks[0])
        # What a killed worker leaves: a part without its record, and a file that was not written to its end.
        done = expand_part(tasks[1])
        (out / "manifest" / "study=REGO-TORI-RT" / f"{done.part}.json").unlink()
        assert done.record is not None
        path = out / done.record.files[0].path
        path.with_name(f".{path.name}.1").write_bytes(b"half")
        path.rename(path.with_name(path.name.replace(".parquet", "0.parquet")))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        expand(source, out, killed, data_sets=EXPOSURE, size=2)
    assert _complete(out) is False
    again = expand(source, out, data_sets=EXPOSURE, size=2)
    assert (again.parts, again.unchanged) == (3, 1)
    assert _complete(out) is True
    assert _bytes_in(out) == _bytes_in(whole)


def test_a_second_run_into_the_same_folder_is_refused_until_the_first_has_ended(tmp_path: Path) -> None:
    source = source_at(registry(tmp_path / "source", {("North", "N-001"): undisturbed(MONDAY)}))
    out = tmp_path / "out"

    def while_another_begins(tasks: Sequence[Task]) -> Iterator[Done]:
        with pytest.raises(InvalidText) as error:
            expand(source, out, data_sets=EXPOSURE)
        assert [finding.code for finding in error.value.findings] == ["cohort-busy"]
        assert [path.name for path in out.rglob("*") if path.is_file()] == ["cohort.json"]
        yield from map(expand_part, tasks)

    assert expand(source, out, while_another_begins, data_sets=EXPOSURE).unchanged == 0
    assert expand(source, out, data_sets=EXPOSURE).unchanged == 1


def test_a_file_that_is_gone_is_written_again(tmp_path: Path) -> None:
    source = source_at(registry(tmp_path / "source", {("North", "N-001"): undisturbed(MONDAY)}))
    expand(source, tmp_path / "out", data_sets=EXPOSURE)
    before = _bytes_in(tmp_path / "out")
    next((tmp_path / "out").rglob("*.parquet")).unlink()
    again = expand(source, tmp_path / "out", data_sets=EXPOSURE)
    assert again.unchanged == 0
    assert _bytes_in(tmp_path / "out") == before


def test_who_left_the_source_leaves_the_data_sets(tmp_path: Path) -> None:
    logs = {("North", "N-001"): undisturbed(MONDAY), ("South", "S-001"): undisturbed(MONDAY)}
    expand(source_at(registry(tmp_path / "source", logs)), tmp_path / "out", data_sets=EXPOSURE)
    (tmp_path / "source" / "logs" / "1.parquet").unlink()
    expand(source_at(tmp_path / "source"), tmp_path / "out", data_sets=EXPOSURE)
    assert {row["subject"] for row in rows_in(tmp_path / "out", "exposure")} == {"N-001"}


def test_a_log_that_contradicts_itself_is_told_and_its_part_not_written(tmp_path: Path) -> None:
    twice = [*undisturbed(MONDAY), {"on": "2026-03-03", "event": "randomised", "arm": "control"}]
    logs = {("North", "N-001"): undisturbed(MONDAY), ("North", "N-002"): twice, ("North", "N-003"): [{"on": "x"}]}
    source = source_at(registry(tmp_path / "source", logs))
    with pytest.raises(InvalidText) as error:
        expand(source, tmp_path / "out", in_this_process, data_sets=EXPOSURE, size=1)
    told = {finding.place.file for finding in error.value.findings if finding.place is not None}
    assert told == {"N-002", "N-003"}
    assert {row["subject"] for row in rows_in(tmp_path / "out", "exposure")} == {"N-001"}
    assert _complete(tmp_path / "out") is False


def test_logs_of_a_site_or_version_without_a_text_are_refused(tmp_path: Path) -> None:
    folder = registry(tmp_path / "source", {("North", "N-001"): undisturbed(MONDAY)})
    (folder / "site.yaml").write_text((folder / "site.yaml").read_text("utf-8").replace("North", "West"), "utf-8")
    with pytest.raises(InvalidText, match="a site that is not there: North"):
        expand(source_at(folder), tmp_path / "out")
    (folder / "site.yaml").unlink()
    with pytest.raises(InvalidText, match="there are logs and no study"):
        source_at(folder)


def test_no_patients_number_is_in_a_files_name(tmp_path: Path) -> None:
    source = source_at(registry(tmp_path / "source", {("North & East", "N-001"): undisturbed(MONDAY)}))
    expand(source, tmp_path / "out")
    assert [path for path in (tmp_path / "out").rglob("*") if "N-001" in path.as_posix()] == []
    assert {row["site"] for row in rows_in(tmp_path / "out", "exposure")} == {"North %26 East"}


def _by_subject(rows: Any) -> dict[str, set[Any]]:
    found: dict[str, set[Any]] = {}
    for subject, told in rows:
        found.setdefault(subject, set()).add(told)
    return found


def _in_order(rows: list[dict[str, Any]]) -> list[str]:
    return sorted(repr(row) for row in rows)


def _bytes_in(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def _complete(out: Path) -> bool:
    said: bool = json.loads((out / "manifest" / "study=REGO-TORI-RT" / "cohort.json").read_text("utf-8"))["complete"]
    return said
