"""Which item is which across rebuilds, and when it last changed: UID, SEQUENCE, LAST-MODIFIED.

A subscriber's program recognises an event by its UID and takes a change only when SEQUENCE or LAST-MODIFIED rose. All
three come from the log alone, never from a clock, so the same log always gives the same bytes. Source: RFC 5545
3.8.4.7, 3.8.7.2 to 3.8.7.4.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from scheduler.views.reader.audience import Audience

SHORTEST_KEY = 16
"""Octets. With a shorter key somebody who knows the subject numbers could try out the UIDs."""

UID_LENGTH = 26
"""Letters of base32: 130 bits, so that two entries of a study never meet."""

_OCTETS = 20
"""So many octets, which base32 writes without a rest, hold more letters than are taken."""


@dataclass(frozen=True, slots=True)
class Revisions:
    """The identity and the history of one subject's items, for one audience."""

    key: bytes
    audience: Audience
    subject: str
    stamps: Mapping[int, datetime]

    def uid(self, entry_id: str) -> str:
        """The entry's identity in this audience's feeds: always the same, and nothing can be read from it."""
        return opaque_id(self.key, self.audience, self.subject, entry_id)

    def stamp(self, number: int) -> datetime:
        """When the event of that number was recorded (UTC); for 0 when the study's templates were published.

        Raises LookupError when nobody said when the event was recorded.
        """
        try:
            return self.stamps[number]
        except KeyError:
            raise LookupError(f"event {number} has no recorded time") from None


def revisions(
    key: bytes, audience: Audience, subject: str | None, recorded: Mapping[int, datetime], published: datetime
) -> Revisions:
    """Make the revisions of one subject. ``recorded`` is UTC by event number, ``published`` the templates' release
    (UTC).

    Raises ValueError for a short key and for times without a zone.
    """
    if len(key) < SHORTEST_KEY:
        raise ValueError(f"the key of a study's feeds needs at least {SHORTEST_KEY} octets")
    latest = utc(published)
    stamps = {0: latest}
    for number in sorted(recorded):
        # A higher number must never carry an earlier stamp: programs that compare LAST-MODIFIED (ICSx5) would keep the
        # old event. So a log kept by a clock that was set back, and templates newer than the event, both count with the
        # later time.
        latest = max(latest, utc(recorded[number]))
        stamps[number] = latest
    return Revisions(key, audience, subject or "", stamps)


def opaque_id(key: bytes, *parts: str) -> str:
    """A keyed hash of the parts, in lower-case letters and digits."""
    digest = hmac.digest(key, "\0".join(parts).encode(), "sha256")
    return base64.b32encode(digest[:_OCTETS]).decode("ascii").lower()[:UID_LENGTH]


def utc(moment: datetime) -> datetime:
    """The moment in UTC and whole seconds. Raises ValueError when it has no zone."""
    if moment.tzinfo is None:
        raise ValueError("recorded times need a zone")
    # iCalendar has no parts of a second, and what is compared must be what is written.
    return moment.astimezone(UTC).replace(microsecond=0)
