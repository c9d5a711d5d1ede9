"""A worker or the whole run is killed with -9 in the middle: what is there in the end is what an undisturbed run writes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from scheduler.cohorts.cluster import on_cluster
from scheduler.cohorts.expand import expand, in_this_process
from scheduler.cohorts.expanding import Done, Task
from scheduler.cohorts.schema import DataSet
from scheduler.cohorts.sources import source_at
from tests.cohorts.made_up import held, registry

MONDAY = date(2026, 3, 2)
CALENDARS = frozenset({DataSet.CALENDARS})


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logs = {("North", f"N-{number:03}"): held(MONDAY + timedelta(days=number)) for number in range(48)}
    return registry(tmp_path_factory.mktemp("killed") / "source", logs)


@pytest.fixture(scope="module")
def undisturbed(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("undisturbed")
    expand(source_at(source), out, in_this_process, data_sets=CALENDARS, size=4)
    return _bytes_in(out)


@pytest.mark.slow
def test_a_worker_that_is_killed_changes_nothing(source: Path, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    killed: list[int] = []

    def run(tasks: Sequence[Task]) -> Iterator[Done]:
        for number, done in enumerate(on_cluster(tasks, workers=2)):
            if number == 1:
                killed.append(_worker())
                os.kill(killed[0], signal.SIGKILL)
            yield done

    found = expand(source_at(source), tmp_path, run, data_sets=CALENDARS, size=4)
    assert len(killed) == 1
    assert (found.parts, found.patients) == (12, 48)
    assert _bytes_in(tmp_path) == undisturbed


@pytest.mark.slow
def test_a_run_that_is_killed_goes_on(source: Path, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    words = ["cohort", "expand", str(source), "--out", str(tmp_path), "--only", "calendars", "--part-size", "4"]
    command = [sys.executable, "-m", "scheduler", *words, "--workers", "2"]
    with subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL) as run:
        records = tmp_path / "manifest" / "study=REGO-TORI-RT"
        while run.poll() is None and len(list(records.glob("part-*.json"))) < 3:
            time.sleep(0.02)
        os.killpg(run.pid, signal.SIGKILL)
    assert run.returncode == -signal.SIGKILL
    assert json.loads((records / "cohort.json").read_text("utf-8"))["complete"] is False
    done = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    assert "48 patients in 12 parts" in done
    assert " 0 of them unchanged" not in done
    assert _bytes_in(tmp_path) == undisturbed


@pytest.mark.slow
def test_a_cluster_by_its_address_writes_the_same(source: Path, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    from distributed import LocalCluster

    ports = {"scheduler_port": 0, "dashboard_address": None, "host": "127.0.0.1"}
    with LocalCluster(n_workers=1, threads_per_worker=1, processes=True, **ports) as cluster:
        run = partial(on_cluster, address=cluster.scheduler_address)
        expand(source_at(source), tmp_path, run, data_sets=CALENDARS, size=4)
    assert _bytes_in(tmp_path) == undisturbed


def _worker() -> int:
    """A process of a worker of this one."""
    told = subprocess.run(["ps", "-e", "-o", "pid=,ppid=,args="], check=True, capture_output=True, text=True).stdout
    rows = [line.split(None, 2) for line in told.splitlines()]
    return next(
        int(pid)
        for pid, parent, words in rows
        if int(parent) == os.getpid() and any(each in words for each in ("dask worker", "spawn_main"))
    )


def _bytes_in(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
