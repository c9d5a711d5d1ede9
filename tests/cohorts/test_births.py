"""Where everything counts from the date of birth, no file that is written of a cohort has that date."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from scheduler.cohorts.expand import expand
from scheduler.cohorts.schema import DataSet
from scheduler.cohorts.sources import source_at
from tests.cohorts.made_up import SITE

INFANTS = Path(__file__).parents[2] / "examples" / "regimens" / "infant-vaccines"
BIRTHS = (date(2025, 12, 17), date(2024, 12, 17))
"""As recorded, and as it was recorded wrongly first."""
SPELLINGS = [day.strftime(form) for day in BIRTHS for form in ("%Y-%m-%d", "%d %b", "%d %B", "%Y%m%d", "%d.%m.%Y")]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All data sets of the infants of the regimen's stories."""
    folder = tmp_path_factory.mktemp("infants")
    logs = folder / "source" / "logs"
    logs.mkdir(parents=True)
    (logs.parent / "protocol.yaml").write_text((INFANTS / "protocol.yaml").read_text("utf-8"), "utf-8")
    (logs.parent / "site.yaml").write_text(SITE.format(name="North"), "utf-8")
    rows = []
    for story in sorted((INFANTS / "stories").glob("*.yaml")):
        told = yaml.safe_load(story.read_text("utf-8"))
        for number, event in enumerate(told["events"], 1):
            text = json.dumps(_with_its_day(event), default=str)
            rows.append(
                {"subject": told["subject"], "site": "North", "protocol": "1.0", "number": number, "event": text}
            )
    pq.write_table(pa.Table.from_pylist(rows), logs / "0.parquet")
    expand(source_at(logs.parent), folder / "out", on=date(2026, 9, 1))
    return folder


def _with_its_day(event: dict[Any, Any]) -> dict[str, Any]:
    """To YAML's older rules, which this reader follows, the key "on" is true; what corrects an event is one itself."""
    return {
        "on" if key is True else key: _with_its_day(value) if isinstance(value, dict) else value
        for key, value in event.items()
    }


def test_no_cell_of_any_file_has_a_date_of_birth(written: Path) -> None:
    source = pq.read_table(written / "source" / "logs" / "0.parquet").to_pylist()
    assert any("2025-12-17" in row["event"] for row in source)
    found, seen = set(), set()
    for path in (written / "out").rglob("*.parquet"):
        data_set = path.relative_to(written / "out").parts[0]
        table = pq.read_table(path, partitioning=None)
        seen.add(data_set)
        for column in table.column_names:
            said = json.dumps(table.column(column).to_pylist(), default=str, ensure_ascii=False)
            found |= {(data_set, column, each) for each in SPELLINGS if each in said.replace("2026-12-17", "")}
        about = str(pq.read_metadata(path).metadata)
        found |= {(data_set, "about the file", each) for each in SPELLINGS if each in about}
    assert found == set()
    assert {"calendars", "dispensing"} <= seen <= set(DataSet)


def test_no_manifest_and_no_name_has_a_date_of_birth(written: Path) -> None:
    paths = [path for path in (written / "out").rglob("*") if path.is_file()]
    texts = [path.read_text("utf-8") for path in paths if path.suffix == ".json"]
    names = [path.relative_to(written).as_posix() for path in paths]
    assert [each for each in SPELLINGS if any(each in said for said in (*texts, *names))] == []
