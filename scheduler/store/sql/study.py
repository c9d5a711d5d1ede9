"""The study's texts and its key in the database."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from scheduler.store.tables import keys, records, texts
from scheduler.store.values import OF_THE_STUDY, Kind, ProtocolSource, SiteSource, StudySource

FEEDS = "feeds"
"""The name of the key that the identities in the feeds come from."""


def read_study_source(connection: Connection) -> StudySource | None:
    """The study as it stands."""
    key = read_feed_key(connection)
    if key is None:
        return None
    said = list(_said(connection, OF_THE_STUDY))
    cited = {body[name] for _, body in said for name in ("text", "holidays") if body.get(name)}
    found = connection.execute(sa.select(texts).where(texts.c.digest.in_(cited)))
    text = {row.digest: row.text for row in found}
    protocols = tuple(
        ProtocolSource(body["version"], body["file"], text[body["text"]])
        for kind, body in said
        if kind == Kind.PROTOCOL_ADDED
    )
    sites = {
        body["site"]: SiteSource(body["site"], body["file"], text[body["text"]], text.get(body["holidays"]))
        for kind, body in said
        if kind == Kind.SITE_ADDED
    }
    return StudySource(key, protocols, tuple(sites.values()))


def read_feed_key(connection: Connection) -> bytes | None:
    """The key that the identities in the feeds come from."""
    key = connection.scalar(sa.select(keys.c.key).where(keys.c.name == FEEDS))
    return None if key is None else bytes(key)


def proof_of(connection: Connection, purpose: str, *said: str) -> str:
    """What only who has the study's key can make of these words: 64 hexadecimal digits, another for each purpose."""
    key = read_feed_key(connection) or b""
    return hmac.new(key, "\x1f".join((purpose, *said)).encode("utf-8", "replace"), "sha256").hexdigest()


def known_source(connection: Connection) -> tuple[dict[str, str], frozenset[str]]:
    """The versions of the protocol by their digests, and the names of the sites."""
    protocols = {body["text"]: body["version"] for _, body in _said(connection, [Kind.PROTOCOL_ADDED])}
    return protocols, frozenset(body["site"] for _, body in _said(connection, [Kind.SITE_ADDED]))


def _said(connection: Connection, kinds: Iterable[str]) -> Iterable[tuple[str, dict[str, Any]]]:
    of = records.c
    rows = sa.select(of.kind, of.body).where(of.kind.in_(list(kinds)), of.subject.is_(None)).order_by(of.number)
    return [(kind, json.loads(body)) for kind, body in connection.execute(rows)]
