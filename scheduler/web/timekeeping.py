"""The server's clock, watched: before anything is recorded it is held against other clocks, and against itself.

While a server runs, its clock is set back or ahead only by hand, by an attack, or when the network tells the time after a start
without it. What cannot be held against another clock is recorded as a jump, so that whoever reads the trail knows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from scheduler.clock import Clock
from scheduler.findings import Finding
from scheduler.store.interface import Store
from scheduler.store.keeping.clock import note_jump, wrong_clock
from scheduler.store.values import Who
from scheduler.web.problems import clock_wrong
from scheduler.web.request_log import tell

JUMPED = timedelta(hours=1)
"""A clock that moved so much by itself was set."""


class Timekeeping:
    """Watches. ``steady`` gives seconds that nobody can set, None where the clock is not the computer's."""

    def __init__(self, store: Store, clock: Clock, who: Who, steady: Callable[[], float] | None) -> None:
        self._store, self._clock, self._who, self._steady = store, clock, who, steady
        self._lock = Lock()
        self._since = self._both()

    def wrong(self) -> Finding | None:
        """What is known against the clock now."""
        return wrong_clock(self._store.clocks(), self._clock.now())

    def before_recording(self) -> None:
        """Raises Problem where something is known against the clock. A jump of it is recorded first."""
        found = self.wrong()
        if found is not None:
            tell("clock wrong", code=found.code, message=found.message)
            raise clock_wrong(found.code)
        self._note_jump()

    def _note_jump(self) -> None:
        if self._steady is None:
            return
        with self._lock:
            (then, before), (now, after) = self._since, self._both()
            expected = then + timedelta(seconds=after - before)
            if abs(now - expected) > JUMPED:
                note_jump(self._store, expected, now, self._who)
                tell("clock jumped", hours=round((now - expected) / timedelta(hours=1), 1))
                self._since = (now, after)

    def _both(self) -> tuple[datetime, float]:
        return self._clock.now(), self._steady() if self._steady is not None else 0.0
