"""The way to the database: connections, transactions and the tables' version. One writer at a time, readers never wait."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError, StatementError

from scheduler.errors import StoreUnavailable
from scheduler.store.faults import unavailable

NEWEST = "0009"
"""The last step of `migrations`."""

WAIT = 10
"""Seconds that a writer waits for its turn."""

POOL = 10
"""Connections that are kept open; as many again are opened when all are in use."""

_OUR_LOCK = 7305215
"""Any number, the same in all processes: it names the lock that PostgreSQL's writers take turns with."""


class Database:
    """One database. ``reading`` and ``writing`` are its transactions; what goes wrong in them is StoreUnavailable."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self._engine = _sqlite(url) if self.is_sqlite else _postgresql(url)
        single = {"single": True} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        self._quick = self._engine.execution_options(**single)
        self._opened: tuple[int, int] | None = None

    @property
    def file(self) -> Path | None:
        """The file that it is kept in, None for a server."""
        name = self.url.database if self.is_sqlite else None
        return Path(name) if name and not name.startswith((":memory:", "file:")) else None

    def is_the_one(self) -> None:
        """From here on the file that is there now is the database: another in its place, or none, is none.

        A connection goes on in a file that was deleted, and what is recorded there is recorded nowhere.
        """
        self._opened = _identity(self.file)

    def refuse_another(self) -> None:
        """Raises StoreUnavailable where the file is another than the one that was opened."""
        if self._opened is not None and _identity(self.file) != self._opened:
            hint = "stop the program, put the file back or restore the latest backup, and start it again"
            raise StoreUnavailable("store-gone", "the database's file was deleted, moved or replaced", hint)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """All that is read inside is of one moment, whatever others write."""
        self.refuse_another()
        with told(), self._engine.connect() as connection:
            if not self.is_sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                yield connection

    @contextlib.contextmanager
    def looking(self) -> Iterator[Connection]:
        """One statement, with as little around it as can be."""
        self.refuse_another()
        with told(), self._quick.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def changing(self) -> Iterator[Connection]:
        """All of it or nothing, for what is not in the log: on a server it waits for nobody's appending."""
        self.refuse_another()
        with told(), self._engine.connect().execution_options(alone=True) as connection, connection.begin():
            yield connection
            # Before the commit: what goes into a file that is gone must not be told as recorded.
            self.refuse_another()

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """All of it or nothing, and alone. When it has ended without an error, it is on the disk."""
        with self.changing() as connection:
            if not self.is_sqlite:
                connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({_OUR_LOCK})"))
            yield connection

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()


@contextlib.contextmanager
def told() -> Iterator[None]:
    """A database's error as StoreUnavailable."""
    try:
        yield
    except StatementError as error:
        if not isinstance(error, DBAPIError) and error.orig is not None:
            raise error.orig from None
        raise unavailable(error) from None
    except SQLAlchemyError as error:
        raise unavailable(error) from None
    except sqlite3.Error as error:
        raise unavailable(SQLAlchemyError(str(error))) from None


def connect(address: str | Path, *, make: bool) -> Database:
    """The database at that address, with its tables up to date. ``make`` makes what is missing."""
    database = _database(address)
    if database.file is not None:
        _file(database.file, make)
    try:
        _bring_up_to_date(database, make)
    except BaseException:
        database.close()
        raise
    database.is_the_one()
    return database


def _database(address: str | Path) -> Database:
    try:
        url = URL.create("sqlite", database=str(address)) if isinstance(address, Path) else make_url(address)
        if url.get_backend_name() not in ("sqlite", "postgresql"):
            raise ArgumentError("another database")
        if url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        return Database(url)
    except (ArgumentError, NoSuchModuleError, ValueError):
        hint = "write sqlite:///study.db or postgresql+psycopg://user@host/name"
        raise StoreUnavailable("store-address", "this is no address of a database", hint) from None
    except ModuleNotFoundError:
        hint = "pip install 'scheduler[postgres]'"
        raise StoreUnavailable("store-driver", "PostgreSQL is reached with psycopg, which is not here", hint) from None


def _file(file: Path, make: bool) -> None:
    """SQLite would make any file that is named; this makes it only where it is asked to, for its owner's eyes alone."""
    if file.exists():
        return
    if not make:
        raise StoreUnavailable("no-such-store", f"there is no database {file}", "see how it is spelled")
    try:
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        message = f"the database {file} cannot be made: {error.strerror}"
        raise StoreUnavailable("store-read-only", message, "choose a folder that may be written to") from None


def _identity(file: Path | None) -> tuple[int, int] | None:
    try:
        found = file.stat() if file is not None else None
    except OSError:
        return None
    return None if found is None else (found.st_dev, found.st_ino)


def _bring_up_to_date(database: Database, make: bool) -> None:
    with database.looking() as connection:
        version = _version(connection)
    if version == NEWEST:
        return
    if version is not None and version > NEWEST:
        hint = "use that release"
        raise StoreUnavailable("store-newer", "a newer release of the program made this database", hint)
    if version is None and not make:
        raise StoreUnavailable("no-study", "there is no study in this database", "put one in with import-study")
    with database.writing() as connection:
        if _version(connection) != NEWEST:
            _migrate(connection)


def _version(connection: Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return version


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "scheduler.store:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _sqlite(url: URL) -> Engine:
    file = Path(url.database) if url.database and not url.database.startswith((":memory:", "file:")) else None
    if file is not None and file.exists() and may_not_be_written(file):
        url = _as_it_is(url, file)
    engine = sa.create_engine(
        url, pool_timeout=WAIT, pool_size=POOL, connect_args={"timeout": WAIT, "check_same_thread": False}
    )

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        # The driver would begin transactions at moments of its own.
        connection.isolation_level = None
        _keep_a_journal(connection)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if not options.get("single", False):
            connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("alone", False) else "BEGIN")

    return engine


def may_not_be_written(file: Path) -> bool:
    """True on a file system that is mounted to be read only, and where this user may not write."""
    return bool(os.statvfs(file).f_flag & os.ST_RDONLY) or not os.access(file.parent, os.W_OK)


def _as_it_is(url: URL, file: Path) -> URL:
    """The address by which SQLite makes no file beside it. Raises StoreUnavailable where such a file has some of the data."""
    journal = file.with_name(f"{file.name}-wal")
    if journal.exists() and journal.stat().st_size:
        hint = "copy it with the files beside it to where it may be written, and open the copy"
        raise StoreUnavailable("store-read-only", f"{file} was not closed, and nothing may be written beside it", hint)
    return url.set(
        database=f"file:{quote(str(file.absolute()))}", query={"mode": "ro", "immutable": "1", "uri": "true"}
    )


def _keep_a_journal(connection: Any) -> None:
    """Writers never keep readers waiting. Where nothing may be written, nobody writes, and it is read as it is."""
    with contextlib.suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode = WAL")


def _postgresql(url: URL) -> Engine:
    # A commit is told only when it is on the disk, whatever the server's own default. A server that was restarted is found again.
    options = f"-c synchronous_commit=on -c lock_timeout={WAIT * 1000}"
    arguments = {"options": options, "connect_timeout": WAIT}
    return sa.create_engine(url, pool_pre_ping=True, pool_timeout=WAIT, pool_size=POOL, connect_args=arguments)
