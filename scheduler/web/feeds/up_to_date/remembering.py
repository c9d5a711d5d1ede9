"""What each feed last told of each patient, kept in the database, so that a newer version of the program revises what it changes.

As long as one version runs, this changes no byte: what changes an event is recorded, and raises its SEQUENCE by itself.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable

from scheduler.clock import Clock
from scheduler.errors import StoreUnavailable
from scheduler.exports.first_release import FIRST_RELEASE
from scheduler.exports.ics import KeptEvents
from scheduler.exports.last_told import LastTold, as_bytes, from_bytes, retold, revised, told_now
from scheduler.store.interface import Store
from scheduler.store.values import ToldEvents
from scheduler.views.agenda.item import AgendaItem
from scheduler.web.feeds.shown import Shown
from scheduler.web.feeds.up_to_date.told import Told

_TRIES = 3


class Remembering:
    """Compares with what was told before, and remembers what is told now. Several processes may do it at once."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._read: dict[tuple[Shown, str], tuple[ToldEvents, dict[str, LastTold]]] = {}

    def revised(
        self,
        items: Iterable[AgendaItem],
        shown: Shown,
        told: Told,
        kept: KeptEvents,
        at_first: Callable[[], Iterable[AgendaItem]] = tuple,
    ) -> tuple[AgendaItem, ...]:
        """One patient's events with the revisions that this feed's subscribers need.

        ``at_first`` says the events as release 0.1.0 did, which did not remember what it told; it is asked only for a patient
        whom that release recorded, and for a feed of which nothing is remembered yet.

        That it cannot be written down, because the database is full or read-only, is no reason not to answer. Raises
        StoreUnavailable when it cannot be read.
        """
        items, position = tuple(items), told.last_position
        number, zone = told.calendar.subject or "", told.site.zone
        result = items
        for _ in range(_TRIES):
            known = self._store.told_events(shown.audience, number, shown.detail, shown.language)
            last = self._of_first_release(number, at_first, zone) if known is None else self._as_read(shown, known)
            if known is not None and known.position > position:
                # Another process has read on already: what it told is newer than this, and must not be taken for a change.
                return _as_far_as_the_same(items, last, zone, kept)
            result, told_of_them = retold(items, last, self._clock.now(), zone, kept)
            # What left the feed, such as a month that is over, may come back: its revision is kept.
            now = last | told_of_them
            if known is not None and now == last and known.position == position:
                return result
            new = ToldEvents(shown.audience, number, shown.detail, shown.language, position, as_bytes(now))
            with contextlib.suppress(StoreUnavailable):
                if self._store.keep_told_events(new, instead_of=known):
                    self._read[shown, number] = (new, now)
                    return result
        return result

    def _of_first_release(
        self, number: str, at_first: Callable[[], Iterable[AgendaItem]], zone: str
    ) -> dict[str, LastTold]:
        first = next(self._store.records(subject=number), None)
        return {} if first is None or first.engine != FIRST_RELEASE else told_now(at_first(), zone)

    def _as_read(self, shown: Shown, known: ToldEvents) -> dict[str, LastTold]:
        """What those bytes say, read once."""
        there = self._read.get((shown, known.subject))
        if there is None or there[0] != known:
            there = self._read[shown, known.subject] = (known, from_bytes(known.events))
        return there[1]


def _as_far_as_the_same(
    items: tuple[AgendaItem, ...], last: dict[str, LastTold], zone: str, kept: KeptEvents
) -> tuple[AgendaItem, ...]:
    now = told_now(items, zone, kept)
    same = {uid: each for uid, each in last.items() if uid in now and now[uid].digest == each.digest}
    at = max((item.last_modified for item in items), default=None)
    return items if at is None else revised(items, same, at, zone, kept)
