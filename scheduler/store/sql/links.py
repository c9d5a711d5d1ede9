"""Feed links in the database, and their making and revoking in the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from scheduler.errors import UnknownSubject
from scheduler.store.chain import utc
from scheduler.store.rows import can_be_kept, link_of_row, row_of_link
from scheduler.store.sql.sessions import SqlSessions
from scheduler.store.sql.writing import Chain, refused
from scheduler.store.tables import links, records
from scheduler.store.values import Act, Kind, Link, Record, link_as_told

_of = links.c
_BY_TOKEN = sa.select(links).where(_of.token == sa.bindparam("token"))


class SqlLinks(SqlSessions):
    """The private addresses of feeds."""

    def links(self, *, subject: str | None = None) -> tuple[Link, ...]:
        """All links, or those of one subject, oldest first."""
        which = sa.true() if subject is None else _of.subject == subject
        with self._database.looking() as connection:
            rows = connection.execute(sa.select(links).where(which).order_by(_of.created, _of.id)).mappings().all()
        return tuple(map(link_of_row, rows))

    def link(self, token: str) -> Link | None:
        """The link of that token's hash."""
        with self._database.looking() as connection:
            row = connection.execute(_BY_TOKEN, {"token": token}).mappings().first()
        return None if row is None else link_of_row(row)

    def add_link(self, link: Link, act: Act) -> Record:
        """Keep a link."""
        with self._database.writing() as connection:
            taken = sa.select(_of.id).where(sa.or_(_of.id == link.id, _of.token == link.token))
            if connection.scalar(taken) is not None:
                raise refused("link-there", "there is a link of that id already")
            there = sa.select(records.c.number).where(records.c.subject == link.subject).limit(1)
            if link.subject is not None and connection.scalar(there) is None:
                raise UnknownSubject(f"there is no patient {link.subject} in the study")
            record = Chain(connection).note(Kind.LINK_MADE, link_as_told(link), act, subject=link.subject)
            connection.execute(sa.insert(links), [row_of_link(replace(link, revoked=None, fetched=None))])
            return record

    def revoke_link(self, id: str, act: Act) -> Record | None:
        """Revoke a link at the act's moment."""
        if not can_be_kept(id):
            return None
        with self._database.writing() as connection:
            row = connection.execute(sa.select(links).where(_of.id == id, _of.revoked.is_(None))).mappings().first()
            if row is None:
                return None
            link = link_of_row(row)
            record = Chain(connection).note(Kind.LINK_REVOKED, link_as_told(link), act, subject=link.subject)
            connection.execute(sa.update(links).where(_of.id == id).values(revoked=utc(act.at)))
            return record

    def fetched_link(self, id: str, at: datetime) -> None:
        """A calendar program fetched the feed."""
        with self._database.changing() as connection:
            connection.execute(sa.update(links).where(_of.id == id).values(fetched=at))
