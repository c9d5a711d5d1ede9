"""Which store stands behind a database's address."""

from __future__ import annotations

from pathlib import Path

from scheduler.store.interface import Store


def open_store(url: str | Path, *, make: bool = True) -> Store:
    """The store at that address: ``sqlite:///study.db`` or ``postgresql+psycopg://user@host/name``; a path is SQLite's file.

    An older database is brought up to date. With ``make``, tables are made in an empty database, and SQLite's file where there is
    none. Raises StoreUnavailable.
    """
    from scheduler.store.sql.store import (
        SqlStore,
    )  # loaded only where there is a database: who reads a folder does not wait

    return SqlStore.at(url, make=make)
