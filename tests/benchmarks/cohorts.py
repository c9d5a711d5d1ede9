"""Cohorts of the seed study, undisturbed or with realistic logs: time, rows, bytes and memory, and how long a worklist takes.

python -m tests.benchmarks.cohorts FOLDER --patients 1000 10000 --logs undisturbed --part-size 10000 --only calendars
python -m tests.benchmarks.cohorts FOLDER --patients 1000 --logs ordinary
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from scheduler.cohorts.asking import Question, asked
from scheduler.cohorts.cluster import on_cluster
from scheduler.cohorts.expand import ALL, expand
from scheduler.cohorts.schema import DataSet
from scheduler.cohorts.sources import source_at
from scheduler.patient.events import canonical_text, parse_event
from tests.benchmarks.patient import EXAMPLE, log_of_an_ordinary_patient, seed_version, shanghai

SITES = 20
FIRST = date(2026, 1, 5)
DAYS = 250
"""The working days of a year on which somebody begins."""
ON = date(2026, 6, 15)


def source_of(folder: Path, patients: int, kind: str) -> Path:
    """Logs in Parquet, sorted by site and number; the sites are open on the same days."""
    folder.mkdir(parents=True)
    shutil.copyfile(EXAMPLE / "protocol.yaml", folder / "protocol.yaml")
    text = (EXAMPLE / "site.yaml").read_text("utf-8")
    (folder / "logs").mkdir()
    logs = [list(_log(kind, number)) for number in range(DAYS * 2)]
    for site in range(SITES):
        name = f"Site {site + 1:03}"
        (folder / f"site-{site + 1:03}.yaml").write_text(text.replace("{en: Shanghai, zh: 上海}", name), "utf-8")
        numbers = range(site, patients, SITES)
        columns: dict[str, list[Any]] = {"subject": [], "number": [], "event": []}
        for count, number in enumerate(numbers):
            # Numbers are given out as patients come: those of one day and arm are neighbours.
            log = logs[count * len(logs) // len(numbers)]
            columns["subject"] += [f"{site + 1:03}-{number:07}"] * len(log)
            columns["number"] += range(1, len(log) + 1)
            columns["event"] += log
        table = pa.table(
            columns | {"site": [name] * len(columns["number"]), "protocol": ["1.0"] * len(columns["number"])}
        )
        pq.write_table(table, folder / "logs" / f"{site + 1:03}.parquet", row_group_size=50_000)
    return folder


def _log(kind: str, number: int) -> Iterator[str]:
    day, arm = divmod(number, 2)
    start = FIRST + timedelta(days=7 * (day // 5) + day % 5)
    if kind == "ordinary":
        log = log_of_an_ordinary_patient(seed_version(), shanghai(), start)
        yield from (canonical_text(record.event) for record in log.records)
        return
    events: list[dict[str, Any]] = [
        {"on": str(start - timedelta(days=14)), "event": "consented"},
        {"on": str(start - timedelta(days=3)), "event": "randomised", "arm": ("experimental", "control")[arm]},
        {"on": str(start), "event": "cycle started", "treatment": "regorafenib", "cycle": 1},
    ]
    yield from (canonical_text(parse_event(event)) for event in events)


def measured(folder: Path, patients: int, kind: str, size: int, only: frozenset[DataSet]) -> dict[str, object]:
    """One cohort written anew, then once more without a change, then asked."""
    shutil.rmtree(folder, ignore_errors=True)
    source, out = source_of(folder / "source", patients, kind), folder / "out"
    run = partial(on_cluster)
    begin = time.perf_counter()
    found = expand(source_at(source), out, run, data_sets=only, size=size)
    seconds = time.perf_counter() - begin
    begin = time.perf_counter()
    again = expand(source_at(source), out, run, data_sets=only, size=size)
    unchanged = time.perf_counter() - begin
    assert again.unchanged == again.parts
    asks = {}
    for question in (Question.WORKLIST, Question.OVERDUE, Question.CLOSING, Question.VISITS, Question.LOAD):
        begin = time.perf_counter()
        answer = asked(out, question, ON, days=7, most=1000)
        asks[question.value] = (round(time.perf_counter() - begin, 2), answer.lines)
    return {
        "patients": found.patients,
        "logs": kind,
        "calendars": found.computed,
        "seconds": round(seconds, 1),
        "ms a patient": round(seconds * 1e3 / patients, 3),
        "rows": found.by_data_set,
        "rows/s": round(found.rows / seconds),
        "MB": round(found.bytes / 1e6, 1),
        "bytes a row": round(found.bytes / found.rows, 1),
        "MB of memory a worker": round(found.memory / 1e6),
        "seconds with nothing new": round(unchanged, 1),
        "asked": asks,
    }


def main() -> None:
    asks = argparse.ArgumentParser(prog="python -m tests.benchmarks.cohorts", description=__doc__)
    asks.add_argument("folder", type=Path)
    asks.add_argument("--patients", type=int, nargs="+", default=[1000])
    asks.add_argument("--logs", choices=("undisturbed", "ordinary"), default="undisturbed")
    asks.add_argument("--part-size", type=int, default=2000)
    asks.add_argument("--only", nargs="*", choices=[each.value for each in DataSet])
    given = asks.parse_args()
    only = frozenset(map(DataSet, given.only)) if given.only else ALL
    for patients in given.patients:
        print(json.dumps(measured(given.folder, patients, given.logs, given.part_size, only)), flush=True)


if __name__ == "__main__":
    main()
