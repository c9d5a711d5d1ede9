"""Looking after the database: texts, backup, closing."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from scheduler.errors import StoreUnavailable
from scheduler.store.sql.copying import backup_of
from scheduler.store.sql.looking.snapshot import SqlSnapshot
from scheduler.store.sql.told_events import SqlToldEvents
from scheduler.store.tables import answers, records, texts
from scheduler.store.values import Clocks, Head, Kind

_LAST = sa.select(records.c.at, records.c.kind).order_by(records.c.number.desc()).limit(100)
"""So many records are looked at: what a server writes by itself does not hide one that was made later by its moment."""


class SqlUpkeep(SqlToldEvents):
    """The database itself."""

    def is_sound(self) -> bool:
        """True when the database answers."""
        try:
            self.head()
        except StoreUnavailable:
            return False
        return True

    def clocks(self) -> Clocks:
        """What a clock can be held against."""
        with self._database.looking() as connection:
            last = connection.execute(_LAST).all()
            database = None if self._database.is_sqlite else connection.scalar(sa.select(sa.func.clock_timestamp()))
        since = next((number for number, row in enumerate(last) if row.kind == Kind.CLOCK_CONFIRMED), len(last))
        return Clocks(max((row.at for row in last[: since + 1]), default=None), database)

    def try_writing(self, now: datetime) -> None:
        """Write something and take it away again."""
        row = {"account": "", "key": secrets.token_hex(32), "digest": "", "at": now, "answer": ""}
        with self._database.changing() as connection:
            connection.execute(sa.insert(answers), [row])
            connection.execute(sa.delete(answers).where(answers.c.key == row["key"]))

    def texts(self) -> Mapping[str, str]:
        """All texts by their digests."""
        with self._database.looking() as connection:
            return {row.digest: row.text for row in connection.execute(sa.select(texts))}

    @contextlib.contextmanager
    def at_one_moment(self) -> Iterator[SqlSnapshot]:
        """All there is as it stood at one moment."""
        with self._database.reading() as connection:
            yield SqlSnapshot(connection)

    def backup(self, file: Path) -> Head:
        """Write all there is into a new file."""
        return backup_of(self._database, file)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()
