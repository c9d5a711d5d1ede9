"""Sessions in the database."""

from __future__ import annotations

import hmac
import json
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from scheduler.store.chain import moment_text
from scheduler.store.rows import session_of_row
from scheduler.store.sql.guesses import SqlGuesses
from scheduler.store.sql.study import proof_of
from scheduler.store.tables import sessions, unsaved_forms
from scheduler.store.unsaved import MOST_PAGES, MOST_UNSAVED, PAGE, PAGES_KEPT, UNSAVED_KEPT, KeptPage, UnsavedForm
from scheduler.store.values import Session

_of, _unsaved = sessions.c, unsaved_forms.c
_BY_TOKEN = sa.select(sessions).where(_of.token == sa.bindparam("token"))


class SqlSessions(SqlGuesses):
    """Who is signed in."""

    def open_session(self, session: Session) -> None:
        """Keep a session."""
        row = {column: getattr(session, column) for column in Session.__dataclass_fields__}
        with self._database.changing() as connection:
            connection.execute(sa.insert(sessions), [row | {"proof": proof_of_session(connection, session)}])

    def session(self, token: str) -> Session | None:
        """The session of that token's hash."""
        with self._database.looking() as connection:
            row = connection.execute(_BY_TOKEN, {"token": token}).mappings().first()
            if row is None:
                return None
            session = session_of_row(row)
            return session if hmac.compare_digest(row["proof"], proof_of_session(connection, session)) else None

    def sessions_of(self, account: str) -> tuple[Session, ...]:
        """The sessions of an account, the newest first."""
        with self._database.looking() as connection:
            rows = connection.execute(sa.select(sessions).where(_of.account == account).order_by(_of.created.desc()))
            return tuple(map(session_of_row, rows.mappings()))

    def touch_session(self, token: str, seen: datetime, expires: datetime) -> None:
        """The session was used."""
        with self._database.changing() as connection:
            connection.execute(sa.update(sessions).where(_of.token == token).values(seen=seen, expires=expires))

    def close_session(self, token: str) -> None:
        """End a session."""
        self._delete(_of.token == token)

    def close_sessions(self, account: str, *, but: str | None = None) -> int:
        """End all sessions of an account."""
        return self._delete(_of.account == account, *([] if but is None else [_of.token != but]))

    def forget_sessions(self, now: datetime) -> int:
        """Delete what has expired."""
        return self._delete(_of.expires < now)

    def keep_unsaved_form(self, form: UnsavedForm) -> None:
        """Keep it for its account, and let go of what is old or too much."""
        row = {"account": form.account, "key": form.key, "at": form.at, "path": form.path}
        with self._database.changing() as connection:
            connection.execute(sa.delete(unsaved_forms).where(_unsaved.at <= form.at - UNSAVED_KEPT))
            _make_room(connection, form.account, MOST_UNSAVED, _unsaved.path != PAGE)
            fields = json.dumps(dict(form.fields), ensure_ascii=False)
            connection.execute(sa.insert(unsaved_forms), [row | {"fields": fields}])

    def unsaved_forms(self, account: str, now: datetime) -> tuple[UnsavedForm, ...]:
        """Those of that account, the newest first."""
        own = (_unsaved.account == account, _unsaved.path != PAGE)
        wanted = sa.select(unsaved_forms).where(*own, _unsaved.at > now - UNSAVED_KEPT)
        with self._database.looking() as connection:
            rows = connection.execute(wanted.order_by(_unsaved.at.desc())).mappings().all()
        return tuple(UnsavedForm(**{**row, "fields": json.loads(row["fields"])}) for row in rows)

    def drop_unsaved_form(self, account: str, key: str) -> bool:
        """Let go of one; False where it was gone already."""
        with self._database.changing() as connection:
            return connection.execute(_drop(account, key)).rowcount == 1

    def keep_page(self, page: KeptPage) -> None:
        """Keep it for its account, and let go of what is old or too much."""
        fields = json.dumps({"body": page.body, "shown_once": page.shown_once})
        row = {"account": page.account, "key": page.key, "at": page.at, "path": PAGE, "fields": fields}
        with self._database.changing() as connection:
            old = sa.delete(unsaved_forms).where(_unsaved.path == PAGE, _unsaved.at <= page.at - PAGES_KEPT)
            connection.execute(old)
            _make_room(connection, page.account, MOST_PAGES, _unsaved.path == PAGE)
            connection.execute(sa.insert(unsaved_forms), [row])

    def kept_page(self, account: str, key: str, now: datetime) -> KeptPage | None:
        """That of this account under that key, if it is not too old."""
        wanted = sa.select(_unsaved.at, _unsaved.fields).where(
            _unsaved.account == account, _unsaved.key == key, _unsaved.path == PAGE, _unsaved.at > now - PAGES_KEPT
        )
        with self._database.looking() as connection:
            row = connection.execute(wanted).first()
        return None if row is None else KeptPage(account, key, row.at, **json.loads(row.fields))

    def _delete(self, *which: sa.ColumnElement[bool]) -> int:
        with self._database.changing() as connection:
            return connection.execute(sa.delete(sessions).where(*which)).rowcount


def _make_room(connection: Connection, account: str, most: int, which: sa.ColumnElement[bool]) -> None:
    """Let go of the oldest of an account, so that one more is not too many."""
    own = sa.select(_unsaved.key).where(_unsaved.account == account, which).order_by(_unsaved.at.desc())
    for key in connection.scalars(own).all()[most - 1 :]:
        connection.execute(_drop(account, key))


def _drop(account: str, key: str) -> sa.Delete:
    return sa.delete(unsaved_forms).where(_unsaved.account == account, _unsaved.key == key)


def proof_of_session(connection: Connection, session: Session) -> str:
    """That the program opened it, for that account at that moment."""
    return proof_of(connection, "session", session.token, session.account, moment_text(session.created))
