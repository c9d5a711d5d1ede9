"""What was answered to requests that recorded something, in the same transaction as what they recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from scheduler.errors import RecordedAlready
from scheduler.store.tables import answers
from scheduler.store.values import ANSWERS_KEPT, Answered, Once, Record

_of = answers.c
_BY_KEY = sa.select(_of.digest, _of.answer).where(
    _of.account == sa.bindparam("account"), _of.key == sa.bindparam("key"), _of.at > sa.bindparam("since")
)


def answered(connection: Connection, account: str, key: str, now: datetime) -> Answered | None:
    """What was answered under that key, None where nothing was, or too long ago."""
    row = connection.execute(_BY_KEY, {"account": account, "key": key, "since": now - ANSWERS_KEPT}).first()
    return None if row is None else Answered(row.digest, row.answer)


def refuse_again(connection: Connection, once: Once | None, now: datetime) -> None:
    """Raises RecordedAlready when something was recorded under that key while this request waited for its turn."""
    if once is not None and answered(connection, once.account, once.key, now) is not None:
        raise RecordedAlready("a request of that key was recorded already")


def keep_answer(connection: Connection, once: Once | None, recorded: Sequence[Record], now: datetime) -> None:
    """Keep what is answered, and let go of what has been kept long enough."""
    if once is None:
        return
    connection.execute(sa.delete(answers).where(_of.at <= now - ANSWERS_KEPT))
    row = {"account": once.account, "key": once.key, "digest": once.digest, "at": now}
    connection.execute(sa.insert(answers), [row | {"answer": once.answer(recorded)}])
