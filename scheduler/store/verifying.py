"""Finding tampering: what was changed, taken away, moved or slipped in, in the log or beside it.

Who can write to the database could compute the whole chain anew. Against that stands a head that was printed or sent away
earlier: it must still be there.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from scheduler.findings import Finding, Severity
from scheduler.source.node import Data
from scheduler.store.chain import hash_of
from scheduler.store.interface import Store
from scheduler.store.values import (
    Account,
    Head,
    Kind,
    Link,
    Record,
    account_as_told,
    digest_of,
    digest_of_key,
    link_as_told,
)


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found, and the head that all of it leads to. ``findings`` is empty when nothing was tampered with."""

    head: Head
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Told:
    """What the records say that must be there beside them."""

    cited: set[str] = field(default_factory=set)
    feed_key: str | None = None
    accounts: dict[str, dict[str, Data]] = field(default_factory=dict)
    links: dict[str, dict[str, Data]] = field(default_factory=dict)
    revoked: set[str] = field(default_factory=set)


def verify(store: Store, published: Iterable[Head] = ()) -> Verified:
    """Read the whole log and all that it cites. ``published`` are heads that were printed or sent away earlier."""
    told = _Told()
    chain = _Chain({head.number: head.hash for head in published})
    for record in store.records():
        chain.look(record)
        _listen(record, told)
    findings = [*chain.findings, *chain.missing()]
    findings += _texts(told, store.texts())
    findings += _key(told, store)
    findings += _accounts(told, store.accounts())
    findings += _links(told, store.links())
    return Verified(chain.head, tuple(findings))


def verify_records(records: Iterable[Record], published: Iterable[Head] = ()) -> Verified:
    """The same for records alone, wherever they come from."""
    chain = _Chain({head.number: head.hash for head in published})
    for record in records:
        chain.look(record)
    return Verified(chain.head, (*chain.findings, *chain.missing()))


class _Chain:
    """Goes along the chain, record by record."""

    def __init__(self, published: Mapping[int, str]) -> None:
        self.head = Head()
        self.findings: list[Finding] = []
        self._published = dict(published)
        self._events: Counter[str] = Counter()

    def look(self, record: Record) -> None:
        """One record more."""
        self.findings += self._wrong(record)
        self.head = Head(record.number, record.hash)

    def _wrong(self, record: Record) -> Iterator[Finding]:
        here = record.number
        if here != self.head.number + 1:
            yield _finding("record-gone", f"record {here} follows record {self.head.number}: what was between is gone")
        elif record.previous != self.head.hash:
            yield _finding(
                "chain-broken", f"record {here} does not follow the record before it: one of them is another"
            )
        if record.hash != hash_of(record):
            yield _finding("record-changed", f"record {here} was changed after it was recorded")
        if record.event is not None and record.subject is not None:
            self._events[record.subject] += 1
            if record.event != self._events[record.subject]:
                yield _finding("record-gone", f"record {here} is event {record.event} of its subject, out of order")
        wanted = self._published.pop(here, record.hash)
        if wanted != record.hash:
            yield _finding("other-head", f"record {here} is not the one that was published under that number")

    def missing(self) -> Iterator[Finding]:
        """Heads that were published and are not there."""
        for number in sorted(self._published):
            if (number, self._published[number]) != (0, Head().hash):
                yield _finding(
                    "log-cut", f"record {number} was published once, and the log ends with {self.head.number}"
                )


def _listen(record: Record, told: _Told) -> None:
    body = _body(record)
    match record.kind:
        case Kind.STUDY_MADE:
            told.feed_key = body.get("feed_key")
        case Kind.PROTOCOL_ADDED | Kind.SITE_ADDED if record.subject is None:
            told.cited |= {body[name] for name in ("text", "holidays") if body.get(name)}
        case Kind.ACCOUNT_MADE:
            told.accounts[str(body.get("account"))] = body
        case Kind.ACCOUNT_CHANGED:
            account = str(body.get("account"))
            changed = {key: now for key, (_, now) in body.get("changed", {}).items()}
            told.accounts[account] = told.accounts.get(account, {}) | changed
        case Kind.LINK_MADE:
            told.links[str(body.get("link"))] = body
        case Kind.LINK_REVOKED:
            told.revoked.add(str(body.get("link")))
        case _:
            pass


def _body(record: Record) -> dict[str, Any]:
    """What a record says; a body that was made unreadable has its finding in the chain."""
    if record.event is not None:
        return {}
    try:
        body = json.loads(record.body)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _texts(told: _Told, texts: Mapping[str, str]) -> Iterator[Finding]:
    for digest in sorted(told.cited - texts.keys()):
        yield _finding("text-gone", f"the text {digest[:12]}, which the study rests on, is gone")
    for digest, text in sorted(texts.items()):
        if digest_of(text) != digest:
            yield _finding("text-changed", f"the text {digest[:12]}, which the study rests on, was changed")


def _key(told: _Told, store: Store) -> Iterator[Finding]:
    key = store.feed_key()
    if (None if key is None else digest_of_key(key)) != told.feed_key:
        yield _finding("key-changed", "the key of the feeds is not the one that the study was made with")


def _accounts(told: _Told, accounts: Iterable[Account]) -> Iterator[Finding]:
    there = {account.id: account_as_told(account) for account in accounts}
    for id in sorted(there.keys() | told.accounts.keys()):
        if there.get(id) != told.accounts.get(id):
            yield _finding("account-changed", f"the account {id} is not as the log tells it")


def _links(told: _Told, links: Iterable[Link]) -> Iterator[Finding]:
    there = {link.id: link for link in links}
    for id in sorted(there.keys() | told.links.keys()):
        link = there.get(id)
        if (
            link is None
            or link_as_told(link) != told.links.get(id)
            or (link.revoked is not None) != (id in told.revoked)
        ):
            yield _finding("link-changed", f"the feed link {id} is not as the log tells it")


def _finding(code: str, message: str) -> Finding:
    hint = "keep the database as it is, and compare it with a backup"
    return Finding(code, Severity.ERROR, message, hint)
