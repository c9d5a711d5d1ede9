"""What time it is: the only place in the program that asks a clock. Everything else is told."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from scheduler.local_times import day_at


def _system_time() -> datetime:
    return datetime.now(UTC)


def seconds_since_start() -> float:
    """Seconds since the computer was started, its sleep included where the system tells: nobody can set them."""
    since_start = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if since_start is None else time.clock_gettime(since_start)


@dataclass(frozen=True, slots=True)
class Clock:
    """The time in UTC, and the civil date of a site.

    ``fixed_day`` is the day that every page takes for today, for training with invented patients; records keep the true time.
    ``steady`` gives seconds that nobody can set, where a jump of ``now`` is to be found.
    """

    now: Callable[[], datetime] = _system_time
    fixed_day: date | None = None
    steady: Callable[[], float] | None = None

    def today(self, zone: str) -> date:
        """Today's civil date in that IANA zone. Raises `scheduler.local_times.UnknownZone`."""
        return self.fixed_day or day_at(self.now(), zone)
