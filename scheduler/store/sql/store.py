"""The store on SQLite and PostgreSQL, one implementation for both."""

from __future__ import annotations

from pathlib import Path

from scheduler.store.connecting import connect
from scheduler.store.sql.beside.attempts import SqlAttempts


class SqlStore(SqlAttempts):
    """A study in a database."""

    @classmethod
    def at(cls, url: str | Path, *, make: bool) -> SqlStore:
        """The store at that address."""
        return cls(connect(url, make=make))
