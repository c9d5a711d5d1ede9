"""Passwords that are tried: counted in the database before they are looked at, so that no number of them at once is too many."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from scheduler.store.beside.guesses import Guess, Limits
from scheduler.store.sql.accounts import SqlAccounts
from scheduler.store.sql.study import proof_of
from scheduler.store.tables import codes_used, guesses

ANYWHERE = ""
"""The source of the row that counts all."""

SLOWEST = timedelta(seconds=60)
"""How long at most an account waits for the next try from a source that it does not know."""

_FORGOTTEN, _UNKNOWN_AGAIN = timedelta(days=1), timedelta(days=90)
_of = guesses.c


class SqlGuesses(SqlAccounts):
    """Who tries to sign in, and how often."""

    def begin_guess(self, account: str, source: str, limits: Limits, now: datetime, *, inside: bool) -> Guess:
        """Count a password as wrong before it is looked at."""
        with self._database.changing() as connection:
            _forget(connection, now)
            digest = proof_of(connection, "source", source)
            here, all_of_them = _row(connection, account, digest), _row(connection, account, ANYWHERE)
            if here is not None and here["until"] is not None:
                if now < here["until"]:
                    return Guess(False)
                connection.execute(sa.update(guesses).where(*_is(account, digest)).values(failed=0, until=None))
            if not inside and _waits(here, all_of_them, now):
                return Guess(False)
            if _count(connection, account, digest, now) <= limits.after:
                return Guess(True)
            # As many as are allowed are being looked at in this moment.
            until = now + limits.lasts
            _lock(connection, account, digest, until)
            return Guess(False, until)

    def end_guess(
        self, account: str, source: str, limits: Limits, now: datetime, *, right: bool, inside: bool
    ) -> datetime | None:
        """What came of it; until when that source is locked out now, where it is."""
        with self._database.changing() as connection:
            digest = proof_of(connection, "source", source)
            if right:
                _was_right(connection, account, digest, now, inside)
                return None
            if not inside:
                failed = _count(connection, account, ANYWHERE, now)
                _lock(connection, account, ANYWHERE, now + _pause(failed - 2 * limits.after))
            here = _row(connection, account, digest)
            if here is None or here["failed"] < limits.after or here["until"] is not None:
                return None
            until = now + limits.lasts
            _lock(connection, account, digest, until)
            return until

    def locked(self, now: datetime) -> Mapping[str, datetime]:
        """Accounts that some source is locked out of, and until when."""
        until = sa.select(_of.account, sa.func.max(_of.until)).where(_of.source != ANYWHERE, _of.until > now)
        with self._database.looking() as connection:
            rows = connection.execute(until.group_by(_of.account)).all()
        return {account: until for account, until in rows if until is not None}

    def unlock(self, account: str) -> None:
        """Forget all wrong passwords for that account."""
        with self._database.changing() as connection:
            connection.execute(sa.delete(guesses).where(_of.account == account))

    def use_code(self, account: str, step: int) -> bool:
        """True the first time that the code of this half minute, or of one after it, is used for that account."""
        with self._database.changing() as connection:
            before = connection.scalar(sa.select(codes_used.c.step).where(codes_used.c.account == account))
            if before is None:
                connection.execute(sa.insert(codes_used), [{"account": account, "step": step}])
                return True
            newer = sa.update(codes_used).where(codes_used.c.account == account, codes_used.c.step < step)
            return connection.execute(newer.values(step=step)).rowcount == 1


def _is(account: str, source: str) -> tuple[sa.ColumnElement[bool], ...]:
    return (_of.account == account, _of.source == source)


def _row(connection: Connection, account: str, source: str) -> sa.RowMapping | None:
    return connection.execute(sa.select(guesses).where(*_is(account, source))).mappings().first()


def _count(connection: Connection, account: str, source: str, now: datetime) -> int:
    """One more; two at the same time count as two."""
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    row: dict[str, Any] = {"account": account, "source": source, "failed": 1, "at": now, "known": False}
    more = (
        make(guesses).values(row).on_conflict_do_update(guesses.primary_key, set_={"failed": _of.failed + 1, "at": now})
    )
    return int(connection.execute(more.returning(_of.failed)).scalar_one())


def _lock(connection: Connection, account: str, source: str, until: datetime) -> None:
    connection.execute(sa.update(guesses).where(*_is(account, source)).values(until=until))


def _waits(here: sa.RowMapping | None, all_of_them: sa.RowMapping | None, now: datetime) -> bool:
    """True while the account takes no password from a source that it does not know."""
    if (here is not None and here["known"]) or all_of_them is None or all_of_them["until"] is None:
        return False
    return bool(now < all_of_them["until"])


def _pause(beyond: int) -> timedelta:
    """Nothing until more were wrong than two sources may send, then twice as long each time."""
    return timedelta(0) if beyond < 1 else min(SLOWEST, timedelta(seconds=2 ** min(beyond, 10)))


def _was_right(connection: Connection, account: str, source: str, now: datetime, inside: bool) -> None:
    if inside:
        connection.execute(sa.delete(guesses).where(*_is(account, source)))
        return
    connection.execute(sa.update(guesses).where(*_is(account, source)).values(failed=0, until=None, known=True, at=now))
    connection.execute(sa.delete(guesses).where(*_is(account, ANYWHERE)))


def _forget(connection: Connection, now: datetime) -> None:
    old = sa.and_(_of.at < now - _FORGOTTEN, sa.not_(_of.known), sa.or_(_of.until.is_(None), _of.until < now))
    connection.execute(sa.delete(guesses).where(sa.or_(old, _of.at < now - _UNKNOWN_AGAIN)))
