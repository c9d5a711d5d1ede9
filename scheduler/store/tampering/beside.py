"""What stands beside the log, held against what the log tells of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

from scheduler.findings import Finding
from scheduler.store.interface import Snapshot
from scheduler.store.rows import Row, account_of_row, as_kept, folded, link_of_row, session_of_row
from scheduler.store.tampering.told import Told, finding
from scheduler.store.values import Link, Session, account_as_told, digest_of, digest_of_key, link_as_told

T = TypeVar("T")
_LATE = timedelta(minutes=10)
"""How much two clocks may differ before one says that a moment is still to come."""


def beside_the_log(told: Told, snapshot: Snapshot, now: datetime | None) -> tuple[Finding, ...]:
    """All that is not as the log tells it, or cannot be."""
    return (
        *_guards(snapshot),
        *_texts(told, snapshot),
        *_keys(told, snapshot),
        *_accounts(told, snapshot),
        *_links(told, snapshot, now),
        *_sessions(told, snapshot),
        *_guesses(told, snapshot),
    )


def _guards(snapshot: Snapshot) -> Iterator[Finding]:
    there, wanted = snapshot.guards()
    for name in sorted(there.keys() | wanted.keys()):
        if name not in there:
            yield finding("guard-gone", f"the {name}, which the database must have, is gone")
        elif name not in wanted:
            yield finding("guard-added", f"the {name} is none that the program made")
        elif there[name] != wanted[name]:
            yield finding("guard-changed", f"the {name} is not as the program made it")


def _texts(told: Told, snapshot: Snapshot) -> Iterator[Finding]:
    texts = {row["digest"]: row["text"] for row in snapshot.rows("texts")}
    for digest in sorted(told.cited - texts.keys()):
        yield finding("text-gone", f"the text {digest[:12]}, which the study rests on, is gone")
    for digest, text in sorted(texts.items()):
        if digest_of(text) != digest:
            yield finding("text-changed", f"the text {digest[:12]}, which the study rests on, was changed")


def _keys(told: Told, snapshot: Snapshot) -> Iterator[Finding]:
    keys = {row["name"]: digest_of_key(bytes(row["key"])) for row in snapshot.rows("keys")}
    if keys.pop("feeds", None) != told.feed_key:
        yield finding("key-changed", "the key of the feeds is not the one that the study was made with")
    for name in sorted(keys):
        yield finding("key-changed", f"there is a key {name!r}, which no record tells of")


def _accounts(told: Told, snapshot: Snapshot) -> Iterator[Finding]:
    rows = {row["id"]: row for row in snapshot.rows("accounts")}
    for id in sorted(rows.keys() | told.accounts.keys()):
        account = _read(account_of_row, rows.get(id))
        as_told = account is not None and account_as_told(account) == told.accounts.get(id)
        if account is None or not as_told or rows[id]["login_folded"] != folded(account.login):
            yield finding("account-changed", f"the account {id} is not as the log tells it")


def _links(told: Told, snapshot: Snapshot, now: datetime | None) -> Iterator[Finding]:
    rows = {row["id"]: row for row in snapshot.rows("links")}
    for id in sorted(rows.keys() | told.links.keys()):
        link = _read(_link, rows.get(id))
        if link is None or link_as_told(link) != told.links.get(id) or link.revoked != told.revoked.get(id):
            yield finding("link-changed", f"the feed link {id} is not as the log tells it")
        elif link.fetched is not None and not link.created <= link.fetched <= (now or link.fetched) + _LATE:
            yield finding("link-changed", f"the feed link {id} was fetched before it was made, or is still to be")


def _link(row: Row) -> Link:
    return link_of_row(as_kept(row, moments=("created", "expires", "revoked", "fetched")))


def _sessions(told: Told, snapshot: Snapshot) -> Iterator[Finding]:
    for row in snapshot.rows("sessions"):
        session = _read(_session, row)
        if session is None or row["proof"] != snapshot.proof_of_session(session):
            yield finding("session-slipped-in", "there is a session that the program did not open, or that was changed")
        elif session.account not in told.accounts:
            yield finding("session-slipped-in", f"there is a session of {session.account}, who has no account")


def _session(row: Row) -> Session:
    return session_of_row(as_kept(row, moments=("created", "seen", "expires")))


def _guesses(told: Told, snapshot: Snapshot) -> Iterator[Finding]:
    for row in snapshot.rows("guesses"):
        account, until = row["account"], row["until"]
        if row["source"] and until is not None and account in told.accounts and (account, until) not in told.locked:
            yield finding("lock-changed", f"the account {account} is locked for a time that no record tells of")


def _read(make: Callable[[Row], T], row: Mapping[str, Any] | None) -> T | None:
    """What a row says; None where there is none, or where it says nothing that can be read."""
    if row is None:
        return None
    try:
        return make(row)
    except (ValueError, TypeError, AttributeError):
        return None
