"""The chain of records: each holds the hash of the one before, so that nobody can change, take away or slip in one unseen.

The hash is SHA-256 over one line of JSON with all that a record says, in a fixed order. It covers texts exactly as they are
kept, never a database's own idea of them: PostgreSQL's jsonb would give the same data back in another spelling.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from scheduler.patient.events import Corrected, Event, Struck, canonical_text
from scheduler.source.node import Data
from scheduler.store.values import Act, Head, Record, digest_of


@dataclass(frozen=True, slots=True)
class Draft:
    """What a record will say, before it has its place in the chain."""

    kind: str
    body: str
    act: Act
    engine: str
    subject: str | None = None
    event: int | None = None
    on: date | None = None
    reason: str | None = None
    supersedes: int | None = None
    protocol: str | None = None


def draft_of(event: Event, number: int, subject: str, act: Act, engine: str, protocol: str | None) -> Draft:
    """An event as a record of its subject's log."""
    return Draft(
        kind=event.event,
        body=canonical_text(event),
        act=act,
        engine=engine,
        subject=subject,
        event=number,
        on=event.on,
        reason=event.reason or act.reason,
        supersedes=event.number if isinstance(event, (Corrected, Struck)) else None,
        protocol=protocol,
    )


def chained(draft: Draft, head: Head) -> Record:
    """The record that follows that head."""
    record = Record(
        number=head.number + 1,
        at=utc(draft.act.at),
        on=draft.on,
        who=draft.act.who,
        subject=draft.subject,
        event=draft.event,
        kind=draft.kind,
        body=draft.body,
        reason=draft.reason,
        signed=draft.act.signed,
        supersedes=draft.supersedes,
        protocol=draft.protocol,
        engine=draft.engine,
        previous=head.hash,
        hash="",
    )
    return replace(record, hash=hash_of(record))


def hash_of(record: Record) -> str:
    """The hash that a record of this content has, whatever hash it claims."""
    said = [
        record.previous,
        record.number,
        moment_text(record.at),
        record.on and record.on.isoformat(),
        record.who.id,
        record.who.name,
        record.who.role,
        record.subject,
        record.event,
        record.kind,
        record.body,
        record.reason,
        record.signed,
        record.supersedes,
        record.protocol,
        record.engine,
    ]
    return digest_of(json.dumps(said, ensure_ascii=False, separators=(",", ":")))


def utc(moment: datetime) -> datetime:
    """The same moment in UTC. Raises ValueError for one without a time zone: nobody can know which moment it is."""
    if moment.utcoffset() is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(UTC)


def moment_text(moment: datetime) -> str:
    """A moment as it is kept and hashed: UTC, always of the same length, so that texts sort as moments do."""
    return utc(moment).isoformat(timespec="microseconds").replace("+00:00", "Z")


def body_text(body: Mapping[str, Data]) -> str:
    """Data as one line of JSON, the same for equal data on every machine."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
