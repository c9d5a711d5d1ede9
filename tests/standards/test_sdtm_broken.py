"""Datasets as nobody should write them: each is read, or refused with a finding; nothing of them is guessed.

Mutations are drawn with a fixed seed from two datasets of one subject. What a log takes has only days that stand in the file.
"""

from __future__ import annotations

import json
import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scheduler.errors import InvalidText
from scheduler.folder.exchanging.sdtm_records import read_datasets
from scheduler.folder.exchanging.transport_file import transport_file
from scheduler.standards.sdtm.datasets import dataset_of
from scheduler.standards.sdtm.specifications import ALL
from scheduler.standards.sdtm_in.subjects import import_subjects
from tests.standards.sdtm_records import PILOT

ODDITIES: tuple[object, ...] = (None, 7, True, "x", {}, [7], [[7]], [None], [{}])
KEYS: dict[str, Any] = {"STUDYID": "S", "USUBJID": "S-7"}
ROWS: dict[str, list[dict[str, Any]]] = {
    "DM": [{"ARMCD": "Pbo", "RFSTDTC": "2026-03-02", "RFICDTC": "2026-02-20", "AGE": 61, "AGEU": "YEARS", "SEX": "F"}],
    "SV": [
        {"VISITNUM": 3, "VISIT": "BASELINE", "VISITDY": 1, "SVSTDTC": "2026-03-02"},
        {"VISITNUM": 4, "VISIT": "WEEK 2", "VISITDY": 14, "SVSTDTC": "2026-03-16"},
    ],
    "EX": [
        {
            "EXTRT": "PLACEBO",
            "EXDOSE": 1,
            "EXDOSU": "PATCH",
            "EXDOSFRQ": "QD",
            "EXSTDTC": "2026-03-02",
            "EXENDTC": "2026-03-16",
        }
    ],
    "DS": [{"DSCAT": "DISPOSITION EVENT", "DSDECOD": "COMPLETED", "DSTERM": "COMPLETED", "DSSTDTC": "2026-03-16"}],
}
"""One subject of the pilot study, who came twice."""

ODD: tuple[Any, ...] = (
    None, True, False, [], {}, ["x"], "", " ", "x", "\x00", "२०२६", "٣", 0, -1, -0.0, 4.5, 1e-9, 1e29, 1e308, -1e308,
    10**40, 10**400, float("nan"), float("inf"), 2026, "2026", "2026-13", "2012-13", "2026-03", "--03-02", "2026-02-30",
    "2026-03-02T", "2026-03-02T24:00", "2026-03-02T25:99", "2026-03-02T10:30:00Z", "2026-03-02T10:30+08:00", "0000-00-00",
    "9999-12-31", "0001-01-01", "2026-W10-1", "20260302", "2/3/2026", "2026-03-02/2026-03-04", "１２", "1e5", "x" * 5000,
)  # fmt: skip
"""What stands where a text, a number or a day should."""


def written(folder: Path, rows: dict[str, list[dict[str, Any]]]) -> None:
    for name, several in rows.items():
        columns = list(dict.fromkeys(column for row in several for column in KEYS | row))
        cells = [[(KEYS | row).get(column) for column in columns] for row in several]
        whole = {"name": name, "columns": [{"name": column} for column in columns], "rows": cells}
        (folder / f"{name.lower()}.json").write_text(json.dumps(whole), "utf-8")


@pytest.mark.parametrize("seed", range(2))
def test_a_cell_of_any_kind_is_read_or_reported_and_no_day_is_made_up(seed: int, tmp_path: Path) -> None:
    """Forty subjects, each with one to three odd cells."""
    chance = random.Random(seed)
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in ROWS}
    for number in range(40):
        own = [(name, row | {"USUBJID": f"S-{number}"}) for name, several in ROWS.items() for row in several]
        for _ in range(chance.randint(1, 3)):
            _, row = chance.choice(own)
            row[chance.choice([*row, "STUDYID"])] = chance.choice(ODD)
        for name, row in own:
            rows[name].append(row)
    written(tmp_path, rows)
    found, report = import_subjects(PILOT, read_datasets(tmp_path).records)
    in_file = {str(cell)[:10] for several in rows.values() for row in several for cell in row.values()}
    assert {record.event.on.isoformat() for each in found for record in each.log.records} <= in_file
    assert len(report.rows) == 5 * 40  # a row for every record
    assert {row.verdict for row in report.rows} == {"said", "said with an assumption", "carried", "the file is wrong"}


WHOLE = {"name": "DM", "columns": [{"name": "STUDYID"}, {"name": "USUBJID"}], "rows": [["S", "S-7"]]}


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "[]", "7", '"DM"', "{", "\x00", "[" * 20000, '{"name": "DM"}', '{"rows": 1e999}', "1" * 5000,
        *(json.dumps(WHOLE | {key: odd}) for key in WHOLE for odd in ODDITIES),
        json.dumps(WHOLE | {"columns": [{"name": "USUBJID"}, {"name": "USUBJID"}]}),
        json.dumps(WHOLE | {"columns": [{"name": 7}, {"name": None}]}),
    ],
)  # fmt: skip
def test_what_is_no_dataset_is_refused(text: str, tmp_path: Path) -> None:
    """Two columns of one name are refused too: which of them counts would be a guess."""
    (tmp_path / "dm.json").write_text(text, "utf-8")
    if text == json.dumps(WHOLE | {"name": "x"}):
        assert read_datasets(tmp_path).records[0].dataset == "x"
        return
    with pytest.raises(InvalidText, match=r"Dataset-JSON|columns"):
        read_datasets(tmp_path)


def test_columns_are_told_apart_without_holding_each_against_all(tmp_path: Path) -> None:
    """A hundred thousand columns: held against each other they took minutes, and a server has other things to do."""
    columns = [{"name": f"C{number}"} for number in range(100_000)]
    whole = {"name": "DM", "columns": [*columns, {"name": "C7"}], "rows": []}
    (tmp_path / "dm.json").write_text(json.dumps(whole), "utf-8")
    with pytest.raises(InvalidText, match="has several columns C7"):
        read_datasets(tmp_path)


@pytest.mark.parametrize(
    ("column", "odd", "became"),
    [
        ("EXDOSE", "2", "EXDOSE is '2', which is no number"),
        ("EXDOSE", True, "EXDOSE is 'true', which is no number"),
        ("EXDOSTOT", 1e308, "EXDOSTOT is '1e+308', which is no number"),
        ("EXENDTC", 2026, "it has no last day: EXENDTC is missing"),
        ("EXSTDTC", "--03-02", "its days are not known: '--03-02' to '2026-03-16'"),
    ],
)
def test_an_amount_or_a_day_of_another_kind_is_not_read_as_none(
    column: str, odd: object, became: str, tmp_path: Path
) -> None:
    """An amount in a text is no record without an amount, which is read as the amount in force."""
    written(tmp_path, ROWS | {"EX": [ROWS["EX"][0] | {column: odd}]})
    _, report = import_subjects(PILOT, read_datasets(tmp_path).records)
    assert [(row.verdict, row.note) for row in report.rows if row.dataset == "EX"] == [("carried", became)]


def test_a_broken_transport_file_is_refused_or_read(tmp_path: Path) -> None:
    """Cut off anywhere, or with other bytes anywhere."""
    about = next(each for each in ALL if each.name == "SV")
    rows: list[dict[str, Any]] = [KEYS | {"VISITNUM": Decimal(4), "VISIT": "WEEK 2", "SVSTDTC": "2026-03-16"}]
    whole = transport_file(dataset_of(about, rows))
    chance = random.Random(18)
    for number in range(30):
        broken = bytearray(whole)
        if number % 2:
            del broken[chance.randrange(len(broken)) :]
        else:
            for _ in range(chance.randint(1, 40)):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
        (tmp_path / "sv.xpt").write_bytes(broken)
        try:
            records = read_datasets(tmp_path).records
        except InvalidText:
            continue
        assert {record.dataset for record in records} <= {"SV"} or number % 2 == 0
