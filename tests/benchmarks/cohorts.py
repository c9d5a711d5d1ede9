"""Cohorts of the seed study, undisturbed or with realistic logs: time, rows, bytes and memory, and how long a worklist takes.

python -m tests.benchmarks.cohorts FOLDER --patients 1000 10000 --logs undisturbed --part-size 10000 --only calendars
python -m tests.benchmarks.cohorts FOLDER --patients 1000 --logs ordinary
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
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
from scheduler.patient.log import Log
from scheduler.patient.log import log_of as made_of
from tests.benchmarks.figures import Figure
from tests.benchmarks.patient import EXAMPLE, log_of_an_ordinary_patient, log_of_length, seed_version, shanghai

SITES = 20
FIRST = date(2026, 1, 5)
MILLION = 1_000_000
CALENDARS = frozenset({DataSet.CALENDARS})
DAYS = 250
"""The working days of a year on which somebody begins."""
ON = date(2026, 6, 15)


def source_of(folder: Path, patients: int, kind: str) -> Path:
    """Logs in Parquet, sorted by site and number; the sites are open on the same days."""
    logs = [log_of(kind, number) for number in range(DAYS * 2)]
    # Numbers are given out as patients come: those of one day and arm are neighbours.
    numbers = [range(site, patients, SITES) for site in range(SITES)]
    by_site = {
        f"Site {site + 1:03}": [logs[count * len(logs) // len(own)] for count in range(len(own))]
        for site, own in enumerate(numbers)
    }
    return written_to(folder, by_site)


def written_to(folder: Path, by_site: Mapping[str, Sequence[Log]]) -> Path:
    """A source in Parquet with the seed study, whose sites are all open as Shanghai is."""
    folder.mkdir(parents=True)
    shutil.copyfile(EXAMPLE / "protocol.yaml", folder / "protocol.yaml")
    text = (EXAMPLE / "site.yaml").read_text("utf-8")
    (folder / "logs").mkdir()
    texts: dict[int, list[str]] = {}
    for at, (name, logs) in enumerate(by_site.items(), 1):
        (folder / f"site-{at:03}.yaml").write_text(text.replace("{en: Shanghai, zh: 上海}", name), "utf-8")
        columns: dict[str, list[Any]] = {"subject": [], "number": [], "event": []}
        for number, log in enumerate(logs):
            events = texts.setdefault(id(log), [canonical_text(record.event) for record in log.records])
            columns["subject"] += [f"{at:03}-{number:07}"] * len(events)
            columns["number"] += range(1, len(events) + 1)
            columns["event"] += events
        rows = len(columns["number"])
        table = pa.table(columns | {"site": [name] * rows, "protocol": ["1.0"] * rows})
        pq.write_table(table, folder / "logs" / f"{at:03}.parquet", row_group_size=50_000)
    return folder


def log_of(kind: str, number: int) -> Log:
    """One of the logs: two for each day, one in either arm where the kind has both."""
    day, arm = divmod(number, 2)
    start = FIRST + timedelta(days=7 * (day // 5) + day % 5)
    if kind == "followed":
        planned = log_of_length(seed_version(), shanghai(), 200, start)
        return Log(tuple(record for record in planned.records if record.event.on < ON))
    if kind == "ordinary":
        return log_of_an_ordinary_patient(seed_version(), shanghai(), start)
    events: list[dict[str, Any]] = [
        {"on": str(start - timedelta(days=14)), "event": "consented"},
        {"on": str(start - timedelta(days=3)), "event": "randomised", "arm": ("experimental", "control")[arm]},
        {"on": str(start), "event": "cycle started", "treatment": "regorafenib", "cycle": 1},
    ]
    return made_of(map(parse_event, events))


def measured(
    folder: Path, patients: int, kind: str, size: int, only: frozenset[DataSet], workers: int | None
) -> dict[str, Any]:
    """One cohort written anew, then once more without a change, then asked."""
    shutil.rmtree(folder, ignore_errors=True)
    source, out = source_of(folder / "source", patients, kind), folder / "out"
    run = partial(on_cluster, workers=workers)
    begin, cost = time.perf_counter(), _cost()
    found = expand(source_at(source), out, run, data_sets=only, size=size)
    seconds, cost = time.perf_counter() - begin, _cost() - cost
    again_cost = _cost()
    again = expand(source_at(source), out, run, data_sets=only, size=size)
    again_cost = _cost() - again_cost
    assert again.unchanged == again.parts
    asks = {}
    for question in (Question.WORKLIST, Question.OVERDUE, Question.CLOSING, Question.VISITS, Question.LOAD):
        begin, asking = time.perf_counter(), _cost()
        answer = asked(out, question, ON, days=7, most=1000)
        asks[question.value] = (round(time.perf_counter() - begin, 2), round(_cost() - asking, 2), answer.lines)
    return {
        "patients": found.patients,
        "logs": kind,
        "calendars": found.computed,
        "seconds": round(seconds, 1),
        "processor seconds": round(cost, 1),
        "processor ms a patient": round(cost * 1e3 / patients, 3),
        "rows": found.by_data_set,
        "rows a processor second": round(found.rows / cost),
        "MB": round(found.bytes / 1e6, 1),
        "bytes a row": round(found.bytes / found.rows, 1),
        "MB of memory a worker": round(found.memory / 1e6),
        "processor seconds with nothing new": round(again_cost, 1),
        "asked (seconds, of processors, lines)": asks,
    }


def million() -> list[Figure]:
    """A million patients, whole: their calendars, and a worklist asked of them; a tenth of them beside it for growth."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = (
            measured(Path(folder) / "cohort", patients, "undisturbed", 10_000, CALENDARS, None)
            for patients in (MILLION // 10, MILLION)
        )
    seconds, cost, lines = many["asked (seconds, of processors, lines)"]["worklist"]
    growth = many["processor ms a patient"] / few["processor ms a patient"]
    rows = f"{many['rows a processor second']:,} rows a processor second, {many['bytes a row']} bytes a row, {many['MB']:,} MB"
    found = f"by the clock; {lines:,} lines, {cost} s of processors"
    return [
        Figure("cohort of 1,000,000 undisturbed patients", many["processor seconds"] / 60, "min", means=rows),
        Figure("  a patient of it, times one of 100,000", growth, "x", 1.2, means="1 is linear"),
        Figure("  memory of a worker", many["MB of memory a worker"], "MB", means="it holds one part at a time"),
        Figure("  worklist of a day over it", seconds, "s", 2, means=found),
    ]


def _cost() -> float:
    """The processor time of this process and of its workers that have ended."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def main() -> None:
    asks = argparse.ArgumentParser(prog="python -m tests.benchmarks.cohorts", description=__doc__)
    asks.add_argument("folder", type=Path)
    asks.add_argument("--patients", type=int, nargs="+", default=[1000])
    asks.add_argument("--logs", choices=("undisturbed", "followed", "ordinary"), default="undisturbed")
    asks.add_argument("--part-size", type=int, default=2000)
    asks.add_argument("--workers", type=int, help="1: in this process alone")
    asks.add_argument("--only", nargs="*", choices=[each.value for each in DataSet])
    given = asks.parse_args()
    only = frozenset(map(DataSet, given.only)) if given.only else ALL
    for patients in given.patients:
        print(
            json.dumps(measured(given.folder, patients, given.logs, given.part_size, only, given.workers)), flush=True
        )


if __name__ == "__main__":
    main()
