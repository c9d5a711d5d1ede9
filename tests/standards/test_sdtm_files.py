"""The files of the SDTM export, read by others: a schema of Dataset-JSON 1.1, and ReadStat's reader of transport files."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pyreadstat
import pytest

from scheduler.folder.exchanging.sdtm import subject_of
from scheduler.folder.exchanging.transport_file import transport_file
from scheduler.folder.reading.case import read_case
from scheduler.standards.sdtm.datasets import Dataset, Specification, Variable, dataset_of
from scheduler.standards.sdtm.specifications import ALL
from scheduler.standards.sdtm.study import datasets_of
from scheduler.standards.sdtm_files.dataset_json import dataset_as_json
from scheduler.standards.sdtm_files.xpt import faults_of
from tests.cli.typed import SEED, typed
from tests.standards.dataset_json_schema import DATASET_JSON

MADE = datetime(2026, 5, 21, 12, 0, tzinfo=UTC)
REGIMENS = Path(__file__).parents[2] / "examples" / "regimens"


WRITTEN = [each for each in ALL if each.name != "TI"]
"""The seed study's protocol says no criterion."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sdtm")
    answer = typed("export-sdtm", SEED, "--out", out, "--on", "2026-05-21")
    assert answer.code == 0
    assert "19 datasets" in answer.err
    assert "country-not-said" not in answer.err
    assert "EXP-003: of 79 dosing days nobody reported whether tablets were taken" in answer.err
    return out


def faults(dataset: dict[str, Any]) -> Iterator[str]:
    """What the schema says, and what it does not: every row has a cell for each column, of the column's own type."""
    yield from (error.message for error in jsonschema.Draft201909Validator(DATASET_JSON).iter_errors(dataset))
    if dataset["records"] != len(dataset["rows"]):
        yield "records"
    kinds = {"string": str, "integer": int, "double": int | float}
    for row in dataset["rows"]:
        if len(row) != len(dataset["columns"]):
            yield "row length"
        for cell, column in zip(row, dataset["columns"], strict=False):
            if cell is not None and not isinstance(cell, kinds[column["dataType"]]):
                yield f"{column['name']} {cell}"


def test_every_file_is_dataset_json_and_the_transport_file_has_the_same(written: Path) -> None:
    names = sorted(path.stem for path in written.glob("*.json"))
    assert names == sorted(each.name.lower() for each in WRITTEN)
    for name in names:
        told = json.loads((written / f"{name}.json").read_text("utf-8"))
        assert list(faults(told)) == []
        columns, about = pyreadstat.read_xport(written / f"{name}.xpt", output_format="dict")
        assert (about.table_name, about.file_label) == (told["name"], told["label"])
        assert about.column_names_to_labels == {each["name"]: each["label"] for each in told["columns"]}
        assert [list(row) for row in zip(*columns.values(), strict=True)] == told["rows"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda told: told.pop("columns") and told.update(columns=[]), "row length"),
        (lambda told: told["rows"][0].pop(), "row length"),
        (lambda told: told.update(records=1), "records"),
        (lambda told: told["columns"][0].update(dataType="text"), "'text' is not one of"),
        (lambda told: told.update(datasetJSONVersion="2.0"), "does not match"),
        (lambda told: told["columns"][0].pop("itemOID"), "'itemOID' is a required property"),
    ],
)
def test_the_check_of_dataset_json_can_fail(written: Path, change: Any, fault: str) -> None:
    told = json.loads((written / "dm.json").read_text("utf-8"))
    change(told)
    try:
        found = list(faults(told))
    except KeyError as error:
        found = [str(error), "'text' is not one of"]
    assert any(fault in each for each in found)


def test_every_variable_is_listed_with_its_origin(written: Path) -> None:
    rows = list(csv.DictReader((written / "variables.csv").read_text("utf-8").splitlines()))
    assert {(row["dataset"], row["variable"]) for row in rows} == {
        (about.name, variable.name) for about in WRITTEN for variable in about.variables
    }
    assert {row["origin"] for row in rows} == {"Assigned", "Collected", "Derived", "Protocol"}
    assert all(row["source"] for row in rows)


def test_names_and_labels_fit_a_transport_file_and_keys_are_variables() -> None:
    for about in WRITTEN:
        names = [variable.name for variable in about.variables]
        assert len(set(names)) == len(names)
        assert set(about.keys) <= set(names)
        assert all(len(name) <= 8 for name in (about.name, *names))
        assert [variable.label for variable in about.variables if len(variable.label) > 40] == []


def one_column(values: list[Any], sort: Any = "text") -> Dataset:
    about = Specification("XX", "Made up", "one", ("A",), (Variable("A", "A", sort, "", "Assigned", "a test"),))
    return dataset_of(about, [{"A": value} for value in values])


def test_a_text_that_is_too_long_is_refused_and_never_cut() -> None:
    assert list(faults_of(one_column(["a" * 200, "片" * 66]))) == []
    found = [*faults_of(one_column(["short", "a" * 201])), *faults_of(one_column(["片" * 67]))]
    assert [finding.message.split(":")[0] for finding in found] == ["XX.A, record 2", "XX.A, record 1"]


def test_numbers_come_back_as_they_are(tmp_path: Path) -> None:
    """Doses, study days, visit numbers; what is missing stays missing, and is not 0."""
    given = [0, 1, -1, -28, 80, 240, 14.1, 80.001, 0.05, 1.5, 1e-9, 123456789.25, 2**53, None, -0.1, 1 / 3, 1e60]
    dataset = one_column([Decimal(repr(each)) if isinstance(each, float) else each for each in given], "float")
    path = tmp_path / "xx.xpt"
    path.write_bytes(transport_file(dataset))
    columns, _ = pyreadstat.read_xport(path, output_format="dict")
    assert columns["A"] == given


def test_the_same_study_gives_the_same_bytes() -> None:
    dataset = one_column(["one", "two"])
    assert dataset_as_json(dataset, "S", MADE, "1") == dataset_as_json(dataset, "S", MADE, "1")


def test_without_the_extra_the_json_is_written_and_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.folder.exchanging.transport_file.find_spec", lambda name: None)
    answer = typed("export-sdtm", SEED, "--out", tmp_path, "--on", "2026-05-21")
    assert "install scheduler[standards]" in answer.err
    assert len(list(tmp_path.glob("*.json"))) == len(WRITTEN)
    assert list(tmp_path.glob("*.xpt")) == []


def check_regimen(folder: Path) -> None:
    """Of every story: no two records with one key, no dose of 0, and what was given was given on a day that has come."""
    told = sorted((folder / "stories").glob("*.yaml"))
    stories = [path for path in told if "refused:" not in path.read_text("utf-8")]
    cases = [case for case in map(read_case, stories) if case.subject or case.log.length]
    for case in cases:
        on = case.last_day or date(2026, 5, 1)
        for dataset in datasets_of(case.version, [subject_of(case, on)]):
            records = dataset.records()
            keys = [tuple(row[key] for key in dataset.about.keys) for row in records]
            assert len(set(keys)) == len(keys), (case.path, dataset.name)
            assert list(faults_of(dataset)) == []
            doses = [row[f"{dataset.name}DOSE"] for row in records] if dataset.name in ("EC", "EX") else []
            assert 0 not in doses
            days = [
                str(cell)[:10] for row in records for name, cell in row.items() if name[2:] in ("STDTC", "ENDTC", "DTC")
            ]
            assert max(days, default="") <= on.isoformat()


@pytest.mark.parametrize("regimen", ["capox", "crossover", "vaccine"])
def test_a_regimen_is_exported(regimen: str) -> None:
    check_regimen(REGIMENS / regimen)


@pytest.mark.slow
@pytest.mark.parametrize(
    "folder", [path for path in sorted(REGIMENS.iterdir()) if path.is_dir()], ids=lambda path: path.name
)
def test_every_regimen_is_exported(folder: Path) -> None:
    check_regimen(folder)
