"""A site's own log in the database: records of the same chain that name no patient."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from scheduler.errors import Conflict
from scheduler.store.beside.site_log import STOCK_KINDS, SiteEvent, draft_of_site, said_in
from scheduler.store.rows import record_of
from scheduler.store.sql.answers import keep_answer, refuse_again
from scheduler.store.sql.study import known_source
from scheduler.store.sql.upkeep import SqlUpkeep
from scheduler.store.sql.writing import ENGINE, Chain, refused
from scheduler.store.tables import records
from scheduler.store.values import Act, Once, Record

_OF_STOCK = (
    sa.select(records).where(records.c.kind.in_(STOCK_KINDS), records.c.subject.is_(None)).order_by(records.c.number)
)


class SqlSiteLogs(SqlUpkeep):
    """What happened at a site that is about no patient."""

    def stock_records(self, site: str | None = None) -> tuple[Record, ...]:
        """The records of that site's stock."""
        with self._database.looking() as connection:
            return _records(connection, site)

    def append_to_stock(
        self, site: str, events: Sequence[SiteEvent], *, seen: int, act: Act, once: Once | None = None
    ) -> tuple[Record, ...]:
        """Append events to the log of a site's stock, whatever they say."""
        with self._database.writing() as connection:
            refuse_again(connection, once, act.at)
            if site not in known_source(connection)[1]:
                raise refused("unknown-site", f"there is no site {site} in the study", "add the site first")
            length = len(_records(connection, site))
            if length != seen:
                raise Conflict(f"the stock of {site}", seen, length)
            recorded = Chain(connection).add(draft_of_site(event, act, ENGINE) for event in events)
            keep_answer(connection, once, recorded, act.at)
            return recorded


def _records(connection: Connection, site: str | None) -> tuple[Record, ...]:
    found = (record_of(row) for row in connection.execute(_OF_STOCK).mappings())
    return tuple(record for record in found if site is None or _site_of(record) == site)


def _site_of(record: Record) -> str | None:
    try:
        return said_in(record)[0]
    except ValueError:
        return None
