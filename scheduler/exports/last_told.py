"""What subscribers have of each event, and which revision an event gets when this version of the program tells it otherwise.

A revision comes from the log: it rises with the event that changed a visit. Nothing in the log says that a newer version of the
program words something otherwise, or places it on another day. So what was last told is compared with what is told now: an event
whose own lines changed gets a higher SEQUENCE and a later stamp, and every other one stays as subscribers have it.
Source: RFC 5545 3.8.7.2 to 3.8.7.4; Google takes a change only with a higher SEQUENCE, ICSx5 only with a later LAST-MODIFIED.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from scheduler.exports.ics import KeptEvents, write_events
from scheduler.views.agenda.item import AgendaItem
from scheduler.views.agenda.revision import utc

_EVENT = re.compile(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", re.DOTALL)
# No text can hold such a line: its own line ends are escaped, and the rest of a long one begins with a blank.
_REVISION = re.compile(rb"\r\n(DTSTAMP|SEQUENCE|LAST-MODIFIED):([^\r\n]*)(?=\r\n)")
_UID = re.compile(rb"\r\nUID:([^\r\n]*)\r\n")
_STAMP = "%Y%m%dT%H%M%SZ"
_ONE_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class LastTold:
    """One event as subscribers have it: a digest of all its lines but its revision, and the revision (UTC)."""

    digest: str
    sequence: int
    changed: datetime


def told_now(items: Iterable[AgendaItem], zone: str, kept: KeptEvents | None = None) -> dict[str, LastTold]:
    """These events by UID. ``kept`` holds those that are written already, as `scheduler.exports.ics.to_ics` takes them."""
    items = tuple(items)
    written = write_events(items, zone, kept)
    return {
        item.uid: LastTold(_digest(event), item.sequence, item.last_modified)
        for item, event in zip(items, written, strict=True)
    }


def told_in(feed: bytes) -> dict[str, LastTold]:
    """The events of a feed that was written earlier, by UID; what is no event of ours is passed over."""
    found = {}
    for event in _EVENT.findall(feed):
        uid = _UID.search(event)
        revision: dict[bytes, bytes] = {line[1]: line[2] for line in _REVISION.finditer(event)}
        try:
            sequence, stamp = int(revision[b"SEQUENCE"]), revision[b"LAST-MODIFIED"].decode("ascii")
            changed = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
        except (KeyError, ValueError):
            continue
        if uid is not None:
            found[uid[1].decode("utf-8", "replace")] = LastTold(_digest(event), sequence, changed)
    return found


def revised(
    items: Iterable[AgendaItem],
    last: Mapping[str, LastTold],
    at: datetime,
    zone: str,
    kept: KeptEvents | None = None,
) -> tuple[AgendaItem, ...]:
    """The events with the revisions that subscribers need who have ``last``. ``at`` is when this was found (UTC).

    An event that is told as before keeps its revision, or takes the higher one that the log gives it. One that is told otherwise
    without a higher SEQUENCE from the log gets the next one. No SEQUENCE and no stamp ever falls.
    """
    items = tuple(items)
    return retold(items, last, at, zone, kept)[0] if last else items


def retold(
    items: Iterable[AgendaItem],
    last: Mapping[str, LastTold],
    at: datetime,
    zone: str,
    kept: KeptEvents | None = None,
) -> tuple[tuple[AgendaItem, ...], dict[str, LastTold]]:
    """The events as `revised` gives them, and what subscribers have who get them: each event is looked at once."""
    found, told = [], {}
    items = tuple(items)
    now = told_now(items, zone, kept)
    for item in items:
        digest, had = now[item.uid].digest, last.get(item.uid)
        revised_item = item if had is None else _revised(item, digest, had, at)
        found.append(revised_item)
        told[item.uid] = LastTold(digest, revised_item.sequence, revised_item.last_modified)
    return tuple(found), told


def _revised(item: AgendaItem, digest: str, had: LastTold, at: datetime) -> AgendaItem:
    if item.sequence > had.sequence:
        return item if item.last_modified >= had.changed else replace(item, last_modified=had.changed)
    if digest == had.digest:
        if (item.sequence, item.last_modified) == (had.sequence, had.changed):
            return item
        return replace(item, sequence=had.sequence, last_modified=had.changed)
    later = max(item.last_modified, utc(at), had.changed + _ONE_SECOND)
    return replace(item, sequence=had.sequence + 1, last_modified=later)


def as_bytes(told: Mapping[str, LastTold]) -> bytes:
    """All of it in little room, to be kept; the same always gives the same."""
    lines = (
        f"{uid} {each.digest} {each.sequence} {int(each.changed.timestamp())}\n" for uid, each in sorted(told.items())
    )
    return zlib.compress("".join(lines).encode(), 1)


def from_bytes(kept: bytes) -> dict[str, LastTold]:
    """What `as_bytes` gave."""
    rows = (line.rsplit(" ", 3) for line in zlib.decompress(kept).decode().splitlines())
    return {
        uid: LastTold(digest, int(sequence), datetime.fromtimestamp(int(stamp), UTC))
        for uid, digest, sequence, stamp in rows
    }


@lru_cache(maxsize=20_000)  # events; most stay the same from one look to the next
def _digest(event: bytes) -> str:
    return hashlib.sha256(_REVISION.sub(b"", event)).hexdigest()[:16]
