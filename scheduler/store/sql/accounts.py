"""Accounts in the database, and what is done to them in the log."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from scheduler.errors import ChangedMeanwhile
from scheduler.findings import Finding, Severity
from scheduler.said import said
from scheduler.source.node import Data
from scheduler.store.rows import account_of_row, can_be_kept, folded, row_of_account
from scheduler.store.sql.sources import SqlSources
from scheduler.store.sql.writing import Chain, refused
from scheduler.store.tables import accounts, records
from scheduler.store.values import Account, Act, Kind, Record, account_as_told

_of = accounts.c
_CHANGED = Finding.of(
    "account-changed",
    Severity.ERROR,
    said("somebody changed this account in the same moment"),
    said("look at it again"),
)


class SqlAccounts(SqlSources):
    """Who may sign in."""

    def accounts(self) -> tuple[Account, ...]:
        """All accounts, by login."""
        with self._database.looking() as connection:
            rows = connection.execute(sa.select(accounts).order_by(_of.login_folded)).mappings()
            return tuple(sorted(map(account_of_row, rows), key=lambda account: folded(account.login)))

    def account(self, id: str) -> Account | None:
        """The account of that id."""
        if not can_be_kept(id):
            return None
        with self._database.looking() as connection:
            return _one(connection, _of.id == id)

    def account_of(self, login: str) -> Account | None:
        """The account of that login."""
        if not can_be_kept(login):
            return None
        with self._database.looking() as connection:
            return _one(connection, _of.login_folded == folded(login))

    def account_at_provider(self, external: str) -> Account | None:
        """The account of whoever that is at the provider of single sign-on."""
        with self._database.looking() as connection:
            return _one(connection, _of.external == external)

    def has_signed(self, id: str) -> bool:
        """True when that account has signed anything."""
        signed = sa.select(records.c.number).where(records.c.who_id == id, records.c.signed.is_not(None)).limit(1)
        with self._database.looking() as connection:
            return connection.scalar(signed) is not None

    def add_account(self, account: Account, act: Act) -> Record:
        """Make an account."""
        with self._database.writing() as connection:
            if _one(connection, _of.id == account.id) is not None:
                raise refused("account-there", "there is an account of that id already")
            _refuse_login_of_another(connection, account)
            _refuse_identity_of_another(connection, account)
            record = Chain(connection).note(Kind.ACCOUNT_MADE, account_as_told(account), act)
            connection.execute(
                sa.insert(accounts), [row_of_account(account) | {"language": account.language, "keys": account.keys}]
            )
            return record

    def change_account(self, seen: Account, changed: Account, act: Act) -> Record | None:
        """Make of an account, as it was seen, another."""
        with self._database.writing() as connection:
            before = _one(connection, _of.id == seen.id)
            if before is None:
                raise refused("no-such-account", "there is no such account", "make it first")
            if row_of_account(before) != row_of_account(seen):
                raise ChangedMeanwhile([_CHANGED])
            _refuse_login_of_another(connection, changed)
            _refuse_identity_of_another(connection, changed)
            told = _changes(before, changed)
            if not told:
                return None
            body: dict[str, Data] = {"account": seen.id, "login": changed.login, "changed": told}
            record = Chain(connection).note(Kind.ACCOUNT_CHANGED, body, act)
            connection.execute(sa.update(accounts).where(_of.id == seen.id).values(row_of_account(changed)))
            return record

    def set_language(self, id: str, language: str | None) -> None:
        """Speak to the person in that language; None takes the setting back."""
        with self._database.changing() as connection:
            connection.execute(sa.update(accounts).where(_of.id == id).values(language=language))

    def set_keys(self, id: str, on: bool) -> None:
        """Listen to single keys on the person's pages, or not."""
        with self._database.changing() as connection:
            connection.execute(sa.update(accounts).where(_of.id == id).values(keys=on))


def _one(connection: Connection, which: sa.ColumnElement[bool]) -> Account | None:
    row = connection.execute(sa.select(accounts).where(which)).mappings().first()
    return None if row is None else account_of_row(row)


def _refuse_login_of_another(connection: Connection, account: Account) -> None:
    if not account.login.strip():
        raise refused("no-login", "an account needs a name to sign in with")
    other = _one(connection, sa.and_(_of.login_folded == folded(account.login), _of.id != account.id))
    if other is not None:
        raise refused("login-taken", "this name to sign in with is another account's", "choose another")


def _refuse_identity_of_another(connection: Connection, account: Account) -> None:
    if account.external is None:
        return
    other = _one(connection, sa.and_(_of.external == account.external, _of.id != account.id))
    if other is not None:
        raise refused("identity-taken", "this person has another account already", "use that one")


def _changes(before: Account, after: Account) -> dict[str, Data]:
    """What differs, as what it was and what it is."""
    was, is_ = account_as_told(before), account_as_told(after)
    return {key: [was[key], is_[key]] for key in was if was[key] != is_[key]}
