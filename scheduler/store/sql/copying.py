"""Copying a whole study. A backup is always one SQLite file, whatever database the study is kept in."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from scheduler.errors import StoreUnavailable
from scheduler.store.connecting import Database, connect, told
from scheduler.store.sql.writing import head_of, refused
from scheduler.store.tables import (
    KEPT,
    attempts,
    codes_used,
    guesses,
    keys,
    letters,
    rates,
    records,
    sessions,
    unsaved_forms,
)
from scheduler.store.values import Head

_PAGE = 1000


def backup_of(database: Database, file: Path) -> Head:
    """Write the database as it stands at one moment into a new file, while others go on. Gives the head of that moment.

    The file is there as a whole or not at all, for its owner's eyes alone: it holds the key of the feeds and the passwords'
    hashes. Raises Refused when there is such a file already, StoreUnavailable.
    """
    if file.exists():
        raise refused("file-there", f"there is a file {file} already", "name another: a backup replaces nothing")
    database.refuse_another()
    with _new_file(file) as unfinished:
        if database.file is not None:
            with told():
                _copy_file(database.file, unfinished)
        else:
            _copy_tables(database, unfinished)
        return _finish(unfinished)


def copy_into(file: Path, address: str | Path) -> Head:
    """Copy all but the sessions from SQLite's file into an empty database, and give its head.

    Raises Refused when there is a study already, StoreUnavailable.
    """
    source = connect(file, make=False)
    try:
        target = connect(address, make=True)
        try:
            with source.reading() as taken, target.writing() as given:
                if given.scalar(sa.select(keys.c.name)) is not None:
                    raise refused("study-there", "there is a study in that database already", "name an empty one")
                _copy_rows(taken, given)
                return head_of(given)
        finally:
            target.close()
    finally:
        source.close()


@contextlib.contextmanager
def _new_file(file: Path) -> Iterator[Path]:
    """A file beside the one that is wanted, which takes its place when all went well."""
    try:
        folder = tempfile.mkdtemp(dir=file.parent, prefix=f".{file.name}.")
    except OSError as error:
        message = f"the backup cannot be written: {error.strerror}"
        raise StoreUnavailable("backup-not-written", message, "choose another folder") from None
    unfinished = Path(folder) / file.name
    try:
        os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield unfinished
        with unfinished.open("rb") as done:
            os.fsync(done.fileno())
        os.link(unfinished, file)
    except OSError as error:
        message = f"the backup cannot be written: {error.strerror}"
        raise StoreUnavailable("backup-not-written", message, "choose another folder, or make room") from None
    finally:
        for left in Path(folder).iterdir():
            left.unlink()
        os.rmdir(folder)


def _copy_file(source: Path, target: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(source, timeout=10)) as taken,
        contextlib.closing(sqlite3.connect(target)) as given,
    ):
        taken.backup(given)


def _copy_tables(database: Database, target: Path) -> None:
    copy = connect(target, make=True)
    try:
        with database.reading() as taken, copy.writing() as given:
            _copy_rows(taken, given)
    finally:
        copy.close()


def _copy_rows(taken: Connection, given: Connection) -> None:
    for table in KEPT:
        rows = sa.select(table).order_by(*table.primary_key.columns)
        for page in taken.execution_options(yield_per=_PAGE).execute(rows).mappings().partitions():
            given.execute(sa.insert(table), [dict(row) for row in page])


def _finish(file: Path) -> Head:
    """Sign everybody out, and leave one file without a journal beside it."""
    with told(), contextlib.closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        for passing in (sessions, guesses, codes_used, unsaved_forms, letters, attempts, rates):
            connection.execute(f"DELETE FROM {passing.name}")
        connection.execute("VACUUM")
        last = connection.execute(f"SELECT number, hash FROM {records.name} ORDER BY number DESC LIMIT 1").fetchone()
    return Head(*last) if last else Head()
