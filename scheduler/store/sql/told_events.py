"""What feeds last told, in the database."""

from __future__ import annotations

import sqlalchemy as sa

from scheduler.store.sql.links import SqlLinks
from scheduler.store.tables import told_events
from scheduler.store.values import ToldEvents

_of = told_events.c
_KEY = (_of.audience, _of.subject, _of.detail, _of.language)
_BY_KEY = sa.select(told_events).where(*(column == sa.bindparam(column.name) for column in _KEY))


class SqlToldEvents(SqlLinks):
    """What subscribers have, by feed and patient."""

    def told_events(self, audience: str, subject: str, detail: str, language: str) -> ToldEvents | None:
        """What such a feed last told of that patient."""
        key = {"audience": audience, "subject": subject, "detail": detail, "language": language}
        with self._database.looking() as connection:
            row = connection.execute(_BY_KEY, key).mappings().first()
        return None if row is None else _of_row(row)

    def keep_told_events(self, told: ToldEvents, *, instead_of: ToldEvents | None) -> bool:
        """Put it in the place of what was read before."""
        row = {column: getattr(told, column) for column in ToldEvents.__dataclass_fields__}
        key = {column.name: row[column.name] for column in _KEY}
        with self._database.writing() as connection:
            there = connection.execute(_BY_KEY, key).mappings().first()
            if (None if there is None else _of_row(there)) != instead_of:
                return False
            if there is None:
                connection.execute(sa.insert(told_events), [row])
            else:
                same = (column == key[column.name] for column in _KEY)
                connection.execute(
                    sa.update(told_events).where(*same).values(position=told.position, events=told.events)
                )
            return True


def _of_row(row: sa.RowMapping) -> ToldEvents:
    return ToldEvents(**{**row, "events": bytes(row["events"])})
