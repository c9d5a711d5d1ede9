"""A feed's bytes, ready to be sent, with what tells one version of it from another."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

_EPOCH = b"1"
"""Raised once, should broken bytes ever have been sent: programs that kept nothing of them ask with the old tag for ever."""

_ONE_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Written:
    """One version of a feed. ``changed`` is when it became what it is (UTC, whole seconds).

    ``zone`` is the site's, and ``day`` the coarse day there that it was built for, None for one that no day changes. ``ended`` is
    when the patient needed no calendar any more, None for all others.
    """

    plain: bytes = field(repr=False)
    zipped: bytes = field(repr=False)
    tag: str
    changed: datetime
    zone: str
    day: date | None = None
    ended: datetime | None = None

    @property
    def zipped_tag(self) -> str:
        """Other bytes have another strong tag (RFC 9110, 8.8.3)."""
        return f"{self.tag}-gz"


def written(
    feed: bytes, changed: datetime, zone: str, *, day: date | None = None, ended: datetime | None = None
) -> Written:
    """The feed with its tag, which follows from its bytes."""
    tag = hashlib.sha256(_EPOCH + feed).hexdigest()[:32]
    # Without the time that gzip would put into its head, the same feed gives the same bytes.
    return Written(feed, gzip.compress(feed, 6, mtime=0), tag, changed, zone, day, ended)


def last_change(published: datetime, moments: Iterable[datetime]) -> datetime:
    """When the last of these changes was, in whole seconds, and each of them at least a second after the one before.

    Programs that know the date alone could else not tell two changes within one second apart.
    """
    last = _whole(published)
    for moment in moments:
        last = max(_whole(moment), last + _ONE_SECOND)
    return last


def _whole(moment: datetime) -> datetime:
    whole = moment.replace(microsecond=0)
    return whole if whole == moment else whole + _ONE_SECOND
