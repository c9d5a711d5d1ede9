"""Who is told what, and by which letter, in the database."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from scheduler.store.beside.outbox import LETTERS_KEPT, Letter, Telling
from scheduler.store.sql.beside.site_log import SqlSiteLogs
from scheduler.store.tables import letters, tellings, told_notices
from scheduler.store.values import digest_of

_of = letters.c


class SqlOutbox(SqlSiteLogs):
    """What people are told without looking."""

    def tellings(self) -> tuple[Telling, ...]:
        """How everybody wants to be told who said so."""
        with self._database.looking() as connection:
            rows = connection.execute(sa.select(tellings).order_by(tellings.c.account)).mappings()
            return tuple(map(_telling, rows))

    def telling(self, account: str) -> Telling | None:
        """How that person wants to be told."""
        with self._database.looking() as connection:
            row = connection.execute(sa.select(tellings).where(tellings.c.account == account)).mappings().first()
        return None if row is None else _telling(row)

    def set_telling(self, telling: Telling) -> None:
        """Put this in the place of what the person said before."""
        row = {
            "account": telling.account,
            "address": telling.address,
            "how": telling.how,
            "kinds": json.dumps(telling.kinds),
        }
        with self._database.changing() as connection:
            connection.execute(sa.delete(tellings).where(tellings.c.account == telling.account))
            connection.execute(sa.insert(tellings), [row])

    def told(self, account: str) -> frozenset[str]:
        """The keys of what that person was told, as digests."""
        with self._database.looking() as connection:
            return frozenset(connection.scalars(sa.select(told_notices.c.key).where(told_notices.c.account == account)))

    def make_letter(self, letter: Letter, keys: Iterable[str]) -> bool:
        """Keep a letter with what it tells."""
        wanted = {digest_of(key) for key in keys}
        # Writers take turns here: two processes that notice the same at once make one letter.
        with self._database.writing() as connection:
            same = (_of.account == letter.account, _of.slot == letter.slot)
            if connection.scalar(sa.select(_of.id).where(*same)) is not None:
                return False
            there = sa.select(told_notices.c.key).where(told_notices.c.account == letter.account)
            new = sorted(wanted - set(connection.scalars(there)))
            if not new:
                return False
            rows = [{"account": letter.account, "key": key, "at": letter.made} for key in new]
            connection.execute(sa.insert(told_notices), rows)
            connection.execute(sa.delete(letters).where(_of.made <= letter.made - LETTERS_KEPT))
            connection.execute(sa.insert(letters), [_row(letter)])
            return True

    def forget_told(self, account: str, but: Iterable[str], before: datetime) -> None:
        """Forget what is no longer there."""
        kept = {digest_of(key) for key in but}
        of = told_notices.c
        with self._database.changing() as connection:
            old = connection.scalars(sa.select(of.key).where(of.account == account, of.at < before))
            for key in set(old) - kept:
                connection.execute(sa.delete(told_notices).where(of.account == account, of.key == key))

    def claim_letter(self, now: datetime, until: datetime) -> Letter | None:
        """The next letter that is due, for whoever asks first."""
        free = sa.or_(_of.claimed.is_(None), _of.claimed <= now)
        waits = sa.select(letters).where(_of.sent.is_(None), _of.given_up.is_(None), _of.due <= now, free)
        with self._database.changing() as connection:
            # On a server others pass over a row that is being claimed; on SQLite they wait for their turn.
            row = (
                connection.execute(waits.order_by(_of.due).limit(1).with_for_update(skip_locked=True))
                .mappings()
                .first()
            )
            if row is None:
                return None
            tries = row["tries"] + 1
            connection.execute(sa.update(letters).where(_of.id == row["id"]).values(claimed=until, tries=tries))
            return _letter({**row, "tries": tries})

    def letter_sent(self, id: str, now: datetime) -> None:
        """The mail server took it."""
        self._change(id, sent=now, claimed=None, error=None)

    def letter_failed(self, id: str, error: str, again: datetime | None, now: datetime) -> None:
        """It was not taken."""
        if again is None:
            self._change(id, claimed=None, error=error, given_up=now)
        else:
            self._change(id, claimed=None, error=error, due=again)

    def letters(self) -> tuple[Letter, ...]:
        """All letters that are kept."""
        with self._database.looking() as connection:
            rows = connection.execute(sa.select(letters).order_by(_of.made.desc(), _of.id)).mappings()
            return tuple(map(_letter, rows))

    def _change(self, id: str, **values: object) -> None:
        with self._database.changing() as connection:
            connection.execute(sa.update(letters).where(_of.id == id).values(**values))


def _telling(row: sa.RowMapping) -> Telling:
    return Telling(row["account"], row["address"], row["how"], tuple(json.loads(row["kinds"])))


_FIELDS = ("id", "account", "slot", "made", "due", "tries", "sent", "given_up", "error")


def _letter(row: sa.RowMapping | dict[str, object]) -> Letter:
    return Letter(**{name: row[name] for name in _FIELDS})  # type: ignore[arg-type]


def _row(letter: Letter) -> dict[str, object]:
    return {name: getattr(letter, name) for name in _FIELDS}
