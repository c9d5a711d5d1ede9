"""The database at one moment, row by row, and what it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from scheduler.store.sql.looking.guards import guards_of, guards_wanted
from scheduler.store.sql.sessions import proof_of_session
from scheduler.store.tables import metadata
from scheduler.store.values import Session

_PAGE = 1000


class SqlSnapshot:
    """What a reader's transaction sees."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, table: str) -> Iterator[Mapping[str, Any]]:
        """All rows of that table."""
        of = metadata.tables[table]
        wanted = sa.select(*map(_as_kept, of.columns)).order_by(*of.primary_key.columns)
        result = self._connection.execution_options(yield_per=_PAGE).execute(wanted)
        for page in result.mappings().partitions():
            yield from map(dict, page)

    def proof_of_session(self, session: Session) -> str:
        """The proof that a session has which the program opened."""
        return proof_of_session(self._connection, session)

    def guards(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """What the database is made of, and what it must be made of."""
        return guards_of(self._connection), guards_wanted(self._connection.dialect)


def _as_kept(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    """Without any meaning being read into it: a damaged moment is a text as any other."""
    kind = sa.Integer() if isinstance(column.type, sa.Boolean) else column.type
    plain = sa.String() if isinstance(kind, sa.TypeDecorator) else kind
    return sa.type_coerce(column, plain).label(column.name)
