"""Which store stands behind a database's address."""

from __future__ import annotations

from scheduler.store.interface import Store
from scheduler.store.sql import SqlStore


def open_store(url: str, *, make: bool = True) -> Store:
    """The store at that address: ``sqlite:///study.db`` or ``postgresql+psycopg://user@host/name``.

    An older database is brought up to date. With ``make``, tables are made in an empty database, and SQLite's file where there is
    none. Raises StoreUnavailable.
    """
    return SqlStore.at(url, make=make)
