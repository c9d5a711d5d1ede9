"""The pilot study's public datasets in a folder that ``--standards FOLDER`` names: dm, sv, ex, ds and tv, as .xpt, and
windows-expected.csv, which says of each visit with a window how many days off it was, by another program.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from datetime import date
from pathlib import Path
from statistics import median

import pytest

from scheduler.calendar.entries.entry import Status
from scheduler.folder.exchanging.sdtm_records import read_datasets
from scheduler.folder.reading.contents import StudyFolder
from scheduler.folder.reading.study import read_study
from scheduler.standards.sdtm.study import datasets_of
from scheduler.standards.sdtm_in.records import Record
from tests.cli.typed import typed
from tests.standards.sdtm import lines
from tests.standards.sdtm_records import EXAMPLES, PILOT

AFTER = "2016-01-01"
"""A day after everything in the datasets."""


@pytest.fixture(scope="module")
def folder(request: pytest.FixtureRequest) -> Path:
    found = sorted(Path(request.config.getoption("--standards")).rglob("windows-expected.csv"))
    if not found:
        pytest.skip("the folder has no windows-expected.csv")
    return found[0].parent


@pytest.fixture(scope="module")
def study(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pilot study with all subjects of the datasets."""
    path = tmp_path_factory.mktemp("pilot") / "study"
    shutil.copytree(EXAMPLES / "cdiscpilot01", path)
    assert typed("import-sdtm", folder, path).code == 0
    return path


@pytest.fixture(scope="module")
def read(study: Path) -> StudyFolder:
    return read_study(study)


@pytest.fixture(scope="module")
def records(folder: Path) -> tuple[Record, ...]:
    return read_datasets(folder).records


def expected(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader((folder / "windows-expected.csv").read_text("utf-8").splitlines()))


def test_every_record_has_a_row_and_none_is_wrong(study: Path, records: tuple[Record, ...]) -> None:
    rows = list(csv.DictReader((study / "sdtm-report.csv").read_text("utf-8").splitlines()))
    told = Counter(row["dataset"] for row in rows if row["record"])
    there = Counter(each.dataset for each in records)
    assert told == {name: there[name] for name in ("DM", "DS", "SV", "EX")}
    left = {row["dataset"]: int(row["note"].partition(" ")[0]) for row in rows if not row["record"]}
    assert left == {name: number for name, number in there.items() if name not in told}
    assert Counter(row["what became of it"] for row in rows)["the file is wrong"] == 0
    assert {row["what became of it"] for row in rows if row["dataset"] in ("SV", "EX")} == {
        "said",
        "said with an assumption",
    }


def test_each_visit_is_as_many_days_off_as_another_program_says(folder: Path, read: StudyFolder) -> None:
    found = {}
    for case in read.cases:
        for entry in case.calendar().entries:
            if entry.status is Status.DONE and entry.date is not None and entry.ideal is not None:
                found[case.subject, entry.timeline] = (str(entry.date), str((entry.date - entry.ideal).days))
    told = {(row["subject"], row["visit"]): (row["date"], row["days off"]) for row in expected(folder)}
    assert {each: found.get(each) for each in told} == told


def test_the_visits_outside_their_windows_are_exported_as_deviations(folder: Path, study: Path, tmp_path: Path) -> None:
    """DV has a record for each of them with its day, and SUPPDV by how many days."""
    assert typed("export-sdtm", study, "--out", tmp_path, "--on", AFTER).code == 0
    told = json.loads((tmp_path / "dv.json").read_text("utf-8"))
    names = [column["name"] for column in told["columns"]]
    rows = [dict(zip(names, row, strict=True)) for row in told["rows"]]
    windows = {(row["subject"], row["visit"]) for row in expected(folder)}
    outside = {
        (row["USUBJID"].removeprefix("CDISCPILOT01-"), row["DVREFID"].partition(".")[0], row["DVSTDTC"])
        for row in rows
        if row["DVDECOD"] == "OUT OF WINDOW"
    }
    wanted = {(row["subject"], row["visit"], row["date"]) for row in expected(folder) if row["outside"] == "yes"}
    assert {each for each in outside if each[:2] in windows} == wanted
    if len(windows) == 364:
        assert len(wanted) == 47


def test_planned_study_days_are_the_medians_of_the_actual_ones(records: tuple[Record, ...]) -> None:
    """From baseline on, of what TV plans for everybody; by the datasets' own study days."""
    days: dict[str, list[int]] = {}
    for each in records:
        day = each.amount("SVSTDY")
        if each.dataset == "SV" and day is not None and each.amount("VISITDY") is not None:
            days.setdefault(each.text("VISIT"), []).append(int(day))
    table = {each.name: each for each in datasets_of(PILOT, [])}["AWINDOW"].records()
    planned = {str(row["AVISIT"]): row["AWTARGET"] for row in table if int(str(row["AWTARGET"] or 0)) > 0}
    assert len(planned) == 16
    assert {visit: median(days[visit]) for visit in planned} == planned


def test_tv_comes_out_again(records: tuple[Record, ...]) -> None:
    tv = {each.name: each for each in datasets_of(PILOT, [])}["TV"]
    told = [
        " | ".join(str(each.has.get(name, "")) for name in ("VISITNUM", "VISIT", "VISITDY", "ARMCD"))
        for each in records
        if each.dataset == "TV"
    ]
    assert lines(tv, "VISITNUM", "VISIT", "VISITDY", "ARMCD") == told


def test_nothing_is_after_the_last_day(read: StudyFolder) -> None:
    assert max(case.last_day for case in read.cases if case.last_day) < date.fromisoformat(AFTER)
