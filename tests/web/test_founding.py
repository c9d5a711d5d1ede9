"""One command and there is a server: what is made at the first run, and never again."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from freezegun import freeze_time

from scheduler.clock import Clock
from scheduler.errors import InvalidText
from scheduler.folder.founding.seed import copy_of_seed
from scheduler.store.opening import open_store
from scheduler.web.founding import database_for, found
from scheduler.web.guards.passwords import Passwords
from tests.cli.typed import typed
from tests.web.people import QUICK


@pytest.fixture(autouse=True)
def _clock_that_stands() -> Iterator[None]:
    """What these commands ask the computer's clock for is the same at every run."""
    with freeze_time("2026-05-21 08:00:00"):
        yield


def passwords() -> Passwords:
    return Passwords(QUICK)


def test_without_anything_the_sample_study_is_written(tmp_path: Path) -> None:
    sample = tmp_path / "sample-study"
    where = database_for(None, sample, Clock())
    assert where == sample / "study.db"
    assert (sample / "protocol.yaml").exists()
    store = open_store(where)
    assert [each.subject for each in store.subjects()] == [
        "CTL-002",
        "CTL-006",
        "EXP-001",
        "EXP-003",
        "EXP-004",
        "EXP-005",
    ]
    store.close()


def test_first_account_is_made_once_and_its_password_is_shown_once(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    where = database_for(str(folder), tmp_path / "unused", Clock())
    first = found(where, Clock(), passwords)
    assert first.login == "admin"
    assert re.fullmatch(r"([a-z2-9]{5}-){3}[a-z2-9]{5}", first.password or "")
    assert found(database_for(str(folder), tmp_path / "unused", Clock()), Clock(), passwords).password is None
    store = open_store(where)
    [account] = store.accounts()
    assert passwords().matches(first.password or "", account.password)
    assert first.password not in {record.body for record in store.records()}
    store.close()


def test_empty_folder_where_something_is_mounted_is_filled_and_stays_the_same_folder(tmp_path: Path) -> None:
    held = os.open(tmp_path, os.O_RDONLY)
    database_for(str(tmp_path), tmp_path / "unused", Clock())
    assert os.fstat(held).st_ino == tmp_path.stat().st_ino, "while it is held, no other can have its number"
    assert (tmp_path / "study.db").exists()
    os.close(held)


def test_folder_with_case_files_is_taken_in_once(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    copy_of_seed(folder)
    where = database_for(str(folder), tmp_path / "unused", Clock())
    head = open_store(where).head()
    (folder / "patients" / "EXP-001.yaml").unlink()
    assert open_store(database_for(str(folder), tmp_path / "unused", Clock())).head() == head


def test_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir")
    with pytest.raises(InvalidText, match="there is no study"):
        database_for(str(tmp_path), tmp_path / "unused", Clock())
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("slip", ["nothing.db", "no-such-folder"])
def test_slip_in_a_path_makes_no_study(tmp_path: Path, slip: str) -> None:
    with pytest.raises(InvalidText, match=f"there is no .*{slip}"):
        database_for(str(tmp_path / slip), tmp_path / "unused", Clock())
    assert list(tmp_path.iterdir()) == []


def test_database_without_a_study_is_no_server(tmp_path: Path) -> None:
    with pytest.raises(InvalidText, match="the database holds no study"):
        found(f"sqlite:///{tmp_path}/new.db", Clock(), passwords)


def test_wrong_settings_are_findings_and_not_a_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCHEDULER_PORT", "many")
    answer = typed("serve")
    assert answer.code == 1
    assert "SCHEDULER_PORT: port" in answer.err
    assert not (tmp_path / "sample-study").exists()


def test_several_processes_need_a_server_s_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCHEDULER_ARGON2_MEMORY_KIB", "8")
    (tmp_path / "study").mkdir()
    answer = typed("serve", "study", "--workers", "2", "--port", "0")
    assert answer.code == 2
    assert "PostgreSQL" in answer.err


def test_name_that_is_misspelled_makes_no_new_study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("nothing.db", "no/such/folder"):
        answer = typed("serve", name, "--port", "0")
        assert (answer.code, f"there is no {name}" in answer.err) == (1, True)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    log = tmp_path / "log"
    (tmp_path / "study").mkdir()
    command = [sys.executable, "-m", "scheduler", "serve", str(tmp_path / "study"), "--port", "0"]
    environment = {**os.environ, "SCHEDULER_ARGON2_MEMORY_KIB": "8"}
    with log.open("wb") as written:
        server = subprocess.Popen(command, stdout=written, stderr=written, cwd=tmp_path, env=environment)
    yield server, log
    if server.poll() is None:
        server.kill()
        server.wait()


@pytest.mark.slow
def test_signal_lets_the_server_finish(running: tuple[subprocess.Popen[bytes], Path]) -> None:
    server, log = running
    for _ in range(3000):
        address = re.search(r"running on (http://127\.0\.0\.1:\d+)", log.read_text())
        if address is not None:
            break
        assert server.poll() is None, log.read_text()
        time.sleep(0.2)
    else:
        pytest.fail(log.read_text())
    assert urllib.request.urlopen(f"{address.group(1)}/healthz", timeout=600).status == 200
    server.send_signal(signal.SIGTERM)
    assert server.wait(600) == 0
    assert "Finished server process" in log.read_text()
