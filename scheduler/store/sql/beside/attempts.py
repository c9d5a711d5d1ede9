"""Who is expected back from the provider of single sign-on, and limits that all processes share, in the database."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from scheduler.store.beside.attempts import ATTEMPTS_KEPT, Attempt
from scheduler.store.chain import moment_text
from scheduler.store.sql.beside.outbox import SqlOutbox
from scheduler.store.sql.study import proof_of
from scheduler.store.tables import attempts, rates

_of, _rate = attempts.c, rates.c
_FULL_AGAIN = timedelta(minutes=2)
"""After this a row says no more than that nobody asked."""


class SqlAttempts(SqlOutbox):
    """What is known for minutes."""

    def keep_attempt(self, attempt: Attempt) -> None:
        """Keep it."""
        row = {column: getattr(attempt, column) for column in Attempt.__dataclass_fields__}
        with self._database.changing() as connection:
            connection.execute(sa.delete(attempts).where(_of.at <= attempt.at - ATTEMPTS_KEPT))
            connection.execute(sa.insert(attempts), [row | {"proof": _proof(connection, attempt)}])

    def take_attempt(self, state: str, now: datetime) -> Attempt | None:
        """The attempt of that digest, which is gone with it."""
        with self._database.changing() as connection:
            taken = sa.delete(attempts).where(_of.state == state).returning(*attempts.columns)
            row = connection.execute(taken).mappings().first()
            if row is None:
                return None
            attempt = Attempt(**{column: row[column] for column in Attempt.__dataclass_fields__})
            own = hmac.compare_digest(row["proof"], _proof(connection, attempt))
        return attempt if own and attempt.at <= now < attempt.at + ATTEMPTS_KEPT else None

    def take_tokens(self, key: str, wanted: int, per_minute: int, now: datetime) -> int:
        """Up to so many of what that key may have."""
        with self._database.changing() as connection:
            digest = proof_of(connection, "rate", key)
            make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
            full = make(rates).values(key=digest, thousandths=per_minute * 1000, at=now).on_conflict_do_nothing()
            if connection.execute(full).rowcount:
                connection.execute(sa.delete(rates).where(_rate.at < now - _FULL_AGAIN))
            # On PostgreSQL the row is held until the transaction ends; on SQLite the whole file is.
            mine = sa.select(_rate.thousandths, _rate.at).where(_rate.key == digest).with_for_update()
            left, since = connection.execute(mine).one()
            waited = max(0.0, (now - since).total_seconds())
            there = min(per_minute * 1000, left + int(waited * per_minute * 1000 / 60))
            given = min(wanted, int(there) // 1000)
            fewer = sa.update(rates).where(_rate.key == digest)
            if since > now + _FULL_AGAIN:
                # It was told by a clock that is wrong: nobody waits for that moment.
                since = now
                connection.execute(fewer.values(at=since))
            if not given:
                # What has come back so far goes on counting from where it was.
                return 0
            connection.execute(fewer.values(thousandths=there - given * 1000, at=max(now, since)))
            return given


def _proof(connection: Connection, attempt: Attempt) -> str:
    """That the program kept it, with all that it says."""
    said = (attempt.state, attempt.purpose, attempt.account or "", attempt.session or "", attempt.about)
    return proof_of(connection, "attempt", *said, moment_text(attempt.at))
