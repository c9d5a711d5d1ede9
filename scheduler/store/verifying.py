"""Finding tampering: what was changed, taken away, moved or slipped in, in the log or beside it.

Who can write to the database could compute the whole chain anew. Against that stands a head that was printed or sent away
earlier: it must still be there. What no record tells cannot be held against one: how often a link was fetched, when a session
was used last, how many wrong passwords were counted, which code was used last. Of these only what cannot be is found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from scheduler.findings import Finding
from scheduler.store.chain import hash_of
from scheduler.store.interface import Store
from scheduler.store.rows import Row, as_kept, record_of
from scheduler.store.tampering.beside import beside_the_log
from scheduler.store.tampering.told import Told, finding, listen
from scheduler.store.values import Head, Record


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found, and the head that all of it leads to. ``findings`` is empty when nothing was tampered with."""

    head: Head
    findings: tuple[Finding, ...]


def verify(store: Store, published: Iterable[Head] = (), *, now: datetime | None = None) -> Verified:
    """Read the whole log and all that it cites, as it stood at one moment, while others go on writing.

    ``published`` are heads that were printed or sent away earlier. ``now`` is this moment (UTC), where it is known: what says
    that it was done later was moved.
    """
    told = Told()
    chain = _Chain({head.number: head.hash for head in published})
    with store.at_one_moment() as snapshot:
        for row in snapshot.rows("records"):
            record = _readable(chain, row)
            if record is not None:
                chain.look(record)
                listen(record, told)
        beside = beside_the_log(told, snapshot, now)
    return Verified(chain.head, (*chain.findings, *chain.missing(), *beside))


def verify_records(records: Iterable[Record], published: Iterable[Head] = ()) -> Verified:
    """The same for records alone, wherever they come from."""
    chain = _Chain({head.number: head.hash for head in published})
    for record in records:
        chain.look(record)
    return Verified(chain.head, (*chain.findings, *chain.missing()))


def _readable(chain: _Chain, row: Row) -> Record | None:
    """The record of a row; None, with a finding, where a moment or a day in it is none, or is spelled in another way."""
    try:
        return record_of(as_kept(row, moments=("at",), days=("on_day",)))
    except ValueError:
        chain.pass_by(row["number"], row["hash"])
        return None


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

    def pass_by(self, number: int, hash: str) -> None:
        """A record that cannot be read: its moment or its day is none."""
        self.findings.append(
            finding("record-changed", f"record {number} was changed: it has a moment or a day that is none")
        )
        self.head = Head(number, hash)
        self._published.pop(number, None)

    def _wrong(self, record: Record) -> Iterator[Finding]:
        here = record.number
        if here != self.head.number + 1:
            yield finding("record-gone", f"record {here} follows record {self.head.number}: what was between is gone")
        elif record.previous != self.head.hash:
            yield finding("chain-broken", f"record {here} does not follow the record before it: one of them is another")
        if record.hash != hash_of(record):
            yield finding("record-changed", f"record {here} was changed after it was recorded")
        if record.event is not None and record.subject is not None:
            self._events[record.subject] += 1
            if record.event != self._events[record.subject]:
                yield finding("record-gone", f"record {here} is event {record.event} of its subject, out of order")
        wanted = self._published.pop(here, record.hash)
        if wanted != record.hash:
            yield finding("other-head", f"record {here} is not the one that was published under that number")

    def missing(self) -> Iterator[Finding]:
        """Heads that were published and are not there."""
        for number in sorted(self._published):
            if (number, self._published[number]) != (0, Head().hash):
                yield finding(
                    "log-cut", f"record {number} was published once, and the log ends with {self.head.number}"
                )
