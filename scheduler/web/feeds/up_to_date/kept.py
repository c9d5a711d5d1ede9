"""Feeds as they were built last, each for as long as nothing was recorded that it tells of and the day is the same."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, datetime
from threading import Lock
from typing import TypeAlias

from scheduler.clock import Clock
from scheduler.store.interface import Store
from scheduler.store.study import Study
from scheduler.views.reader.audience import Audience
from scheduler.web.feeds.shown import Shown
from scheduler.web.feeds.up_to_date.building import Building
from scheduler.web.feeds.up_to_date.tellings import Tellings
from scheduler.web.feeds.up_to_date.watch import Recorded
from scheduler.web.feeds.written import Written

Version: TypeAlias = tuple[int, int, int]
"""The state of the log that a feed was built from, as far as the feed tells of it."""


class Kept:
    """Gives feeds, and builds each at most once for all who wait for it. ``study`` gives the study as it stands."""

    def __init__(self, store: Store, study: Callable[[], Study], clock: Clock) -> None:
        self._study = study
        self._clock = clock
        self._building = Building(Tellings(store, study), clock)
        self._threads = ThreadPoolExecutor(2, "feeds")
        self._lock = Lock()
        self._database = 0
        self._feeds: dict[Shown, tuple[Version, Written]] = {}
        self._begun: dict[tuple[Shown, Version, date | None], Future[Written]] = {}
        self._endings: dict[tuple[Shown, datetime], Written] = {}

    async def feed(self, shown: Shown, recorded: Recorded) -> Written:
        """The feed as it stands by what is recorded. Raises StoreUnavailable."""
        version = _version(shown, recorded)
        known = self._feeds.get(shown)
        day = None if known is None or known[1].day is None else self._day(shown, known[1].zone)
        if known is not None and (known[0], known[1].day) == (version, day):
            return known[1]
        with self._lock:
            key = (shown, version, day)
            begun = self._begun.get(key)
            if begun is None:
                begun = self._begun[key] = self._threads.submit(self._build, key)
        return await asyncio.shield(asyncio.wrap_future(begun))

    async def ending(self, shown: Shown, at: datetime) -> Written:
        """What the feed says when its link ended at that moment (UTC)."""
        known = self._endings.get((shown, at))
        if known is None:
            known = await asyncio.wrap_future(self._threads.submit(self._building.ending, shown, "UTC", at))
            self._endings[shown, at] = known
        return known

    def _build(self, key: tuple[Shown, Version, date | None]) -> Written:
        shown, version, _ = key
        try:
            self._see_database(version[0])
            site = self._study().site(shown.site) if shown.site is not None else None
            feed = self._building.feed(shown, site)
            self._feeds[shown] = (version, feed)
            return feed
        finally:
            with self._lock:
                self._begun.pop(key, None)

    def _see_database(self, database: int) -> None:
        with self._lock:
            another, self._database = database != self._database, database
        if another:
            self._building.forget()

    def _day(self, shown: Shown, zone: str) -> date:
        today = self._clock.today(zone)
        return today if shown.audience is Audience.PATIENT else today.replace(day=1)


def _version(shown: Shown, recorded: Recorded) -> Version:
    last = recorded.events if shown.subject is None else recorded.touched.get(shown.subject, 0)
    return (recorded.database, recorded.study, last)
