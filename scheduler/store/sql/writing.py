"""Adding records to the chain, inside a writer's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from importlib.metadata import version

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from scheduler.errors import Refused
from scheduler.findings import Finding, Severity
from scheduler.source.node import Data
from scheduler.store.chain import Draft, body_text, chained
from scheduler.store.rows import can_be_kept, row_of_record
from scheduler.store.tables import records, texts
from scheduler.store.values import Act, Head, Record, digest_of

ENGINE = version("scheduler")
"""The program's release, which every record names."""


_LAST = sa.select(records.c.number, records.c.hash).order_by(records.c.number.desc()).limit(1)


class Chain:
    """The end of the log, to be added to. Only a writer who is alone may have one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.head = head_of(connection)

    def add(self, drafts: Iterable[Draft]) -> tuple[Record, ...]:
        """Add records, in this order."""
        added: list[Record] = []
        for draft in drafts:
            record = chained(_writable(draft), self.head)
            self.head = Head(record.number, record.hash)
            added.append(record)
        if added:
            self._connection.execute(sa.insert(records), [row_of_record(record) for record in added])
        return tuple(added)

    def note(
        self,
        kind: str,
        body: Mapping[str, Data],
        act: Act,
        *,
        subject: str | None = None,
        on: date | None = None,
        protocol: str | None = None,
    ) -> Record:
        """Add a record that is no event."""
        draft = Draft(kind, body_text(body), act, ENGINE, subject=subject, on=on, reason=act.reason, protocol=protocol)
        return self.add([draft])[0]

    def keep(self, *several: str) -> None:
        """Keep texts that records are going to cite; one that is there already is left."""
        wanted = {digest_of(text): text for text in several}
        there = set(self._connection.scalars(sa.select(texts.c.digest).where(texts.c.digest.in_(wanted))))
        new = [{"digest": digest, "text": text} for digest, text in wanted.items() if digest not in there]
        if new:
            self._connection.execute(sa.insert(texts), new)


def head_of(connection: Connection) -> Head:
    """The last record."""
    row = connection.execute(_LAST).first()
    return Head() if row is None else Head(row.number, row.hash)


def refused(code: str, message: str, hint: str | None = None) -> Refused:
    """What is not done, and why."""
    return Refused([Finding(code, Severity.ERROR, message, hint)])


def _writable(draft: Draft) -> Draft:
    """A text that not every database can keep would come back otherwise, or not at all."""
    act = draft.act
    said = (draft.kind, draft.body, draft.reason, draft.subject, act.signed, act.who.id, act.who.name, act.who.role)
    for text in said:
        if text is not None and not can_be_kept(text):
            raise refused("bad-character", "there is a character that cannot be recorded", "remove it")
    return draft
