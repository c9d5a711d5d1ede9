"""Events of a site that are about no patient, such as those of its stock: records of the same log, in the same chain.

The store does not judge them and does not read them: it keeps their canonical text, with the site's name around it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from scheduler.source.node import Data
from scheduler.store.chain import Draft, body_text
from scheduler.store.values import Act, Once, Record

STOCK = "stock "
"""What the kind of every record of a stock begins with; the word of the event follows."""

STOCK_KINDS = tuple(
    f"{STOCK}{word}"
    for word in (
        "received",
        "prepared",
        "destroyed",
        "sent back",
        "counted",
        "quarantined",
        "released",
        "relabelled",
        "struck",
    )
)
"""All kinds of records of a stock: they are found by them, by an index."""


@dataclass(frozen=True, slots=True)
class SiteEvent:
    """One event of a site's stock: the word of the event, its day, and what it says as plain data."""

    site: str
    word: str
    on: date
    said: dict[str, Data]
    reason: str | None = None


class SiteLogs(Protocol):
    """What happened at a site that is about no patient."""

    def stock_records(self, site: str | None = None) -> tuple[Record, ...]:
        """The records of that site's stock, of all sites without one, oldest first. Indexed reads only."""
        ...

    def append_to_stock(
        self, site: str, events: Sequence[SiteEvent], *, seen: int, act: Act, once: Once | None = None
    ) -> tuple[Record, ...]:
        """Append events to the log of a site's stock, whatever they say, all of them or none, and give their records.

        ``seen`` is how many events of that site the writer saw. Raises Conflict when there are more by now, Refused for a site
        that the study does not have.
        """
        ...


def draft_of_site(event: SiteEvent, act: Act, engine: str) -> Draft:
    """An event as a record of the log."""
    body: dict[str, Data] = {"site": event.site, "event": event.said}
    return Draft(
        kind=f"{STOCK}{event.word}",
        body=body_text(body),
        act=act,
        engine=engine,
        on=event.on,
        reason=event.reason or act.reason,
    )


def said_in(record: Record) -> tuple[str, dict[str, Data]]:
    """The site of a record, and its event as plain data. Raises ValueError for a record that was made unreadable."""
    body = json.loads(record.body)
    if not isinstance(body, dict) or not isinstance(body.get("event"), dict):
        raise ValueError("no event of a site")
    return str(body["site"]), body["event"]
