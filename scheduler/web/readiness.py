"""Whether the server can do its work now: the study can be read, and something was written to the disk."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from scheduler.clock import Clock
from scheduler.errors import InvalidText, StoreUnavailable
from scheduler.store.interface import Store
from scheduler.web.patients import Patients
from scheduler.web.timekeeping import Timekeeping

KEPT_FOR = 5.0
"""Seconds for which an answer holds: whoever asks often makes no work."""


class Readiness:
    """Tries it. ``seconds`` never goes back."""

    def __init__(
        self, store: Store, patients: Patients, clock: Clock, watch: Timekeeping, seconds: Callable[[], float]
    ) -> None:
        self._store, self._patients, self._clock, self._seconds = store, patients, clock, seconds
        self._watch = watch
        self._lock = Lock()
        self._last: tuple[float, str | None] | None = None

    def why_not(self) -> str | None:
        """The code of what keeps it from working; None when it is ready."""
        with self._lock:
            now = self._seconds()
            if self._last is None or now - self._last[0] >= KEPT_FOR:
                self._last = (now, self._tried())
            return self._last[1]

    def _tried(self) -> str | None:
        try:
            self._patients.study()
            self._store.try_writing(self._clock.now())
            wrong = self._watch.wrong()
        except LookupError:
            return "no-study"
        except (StoreUnavailable, InvalidText) as error:
            return next(iter(error.findings)).code
        return None if wrong is None else wrong.code
