"""What was recorded since the last look. A feed is computed again only when something was.

Everything that is recorded, feed links included, goes into one log, so its last number says whether anything is new. One look is
shared by all who asked before it began: an answer is never older than its question, however many ask at once, and the server's
loop never waits for a database.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from threading import Lock

from scheduler.store.interface import Store
from scheduler.store.values import OF_THE_STUDY, Head, Kind, Link, Record


@dataclass(frozen=True, slots=True)
class Recorded:
    """The log at one moment. ``touched`` has the last record of each patient since the server runs.

    ``study`` is the last record that can move every patient's dates, ``events`` the last one about any patient. ``database``
    counts up when another database stands where the old one was.
    """

    head: Head
    links: Mapping[str, Link] = field(repr=False)
    touched: Mapping[str, int] = field(default_factory=dict)
    study: int = 0
    events: int = 0
    database: int = 0


class Watch:
    """Looks at the log, one look at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._thread = ThreadPoolExecutor(1, "feeds-watch")
        self._lock = Lock()
        self._next: Future[Recorded] | None = None
        self._last: Recorded | None = None

    async def recorded(self) -> Recorded:
        """The log as it stands, at this moment or later. Raises StoreUnavailable."""
        return await asyncio.shield(asyncio.wrap_future(self._look()))

    def _look(self) -> Future[Recorded]:
        with self._lock:
            if self._next is None:
                self._next = self._thread.submit(self._read)
            return self._next

    def _read(self) -> Recorded:
        with self._lock:
            # Who asks from here on may ask about something that this look does not see.
            self._next = None
        head, last = self._store.head(), self._last
        if last is None or last.head != head:
            last = self._last = self._newer(last, head)
        return last

    def _newer(self, last: Recorded | None, head: Head) -> Recorded:
        if last is None or head.number <= last.head.number:
            database = 0 if last is None else last.database + 1
            return Recorded(head, self._links(), {}, head.number, head.number, database)
        records = [record for record in self._store.records(after=last.head.number) if record.number <= head.number]
        links = (
            self._links() if any(each.kind in (Kind.LINK_MADE, Kind.LINK_REVOKED) for each in records) else last.links
        )
        touched = {each.subject: each.number for each in records if each.subject is not None and _is_told(each)}
        return replace(
            last,
            head=head,
            links=links,
            touched={**last.touched, **touched},
            study=_last_number((each for each in records if each.kind in OF_THE_STUDY), last.study),
            events=_last_number((each for each in records if _is_told(each)), last.events),
        )

    def _links(self) -> dict[str, Link]:
        return {link.token: link for link in self._store.links()}


def _is_told(record: Record) -> bool:
    """True for what feeds tell of: events, and new patients."""
    return record.event is not None or record.kind == Kind.SUBJECT_ENROLLED


def _last_number(records: Iterable[Record], otherwise: int) -> int:
    return max((record.number for record in records), default=otherwise)
