"""What time it is: the only place in the program that asks a clock. Everything else is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from scheduler.local_times import day_at


def _system_time() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """The time in UTC, and the civil date of a site.

    ``fixed_day`` is the day that every page takes for today, for training with invented patients; records keep the true time.
    """

    now: Callable[[], datetime] = _system_time
    fixed_day: date | None = None

    def today(self, zone: str) -> date:
        """Today's civil date in that IANA zone. Raises `scheduler.local_times.UnknownZone`."""
        return self.fixed_day or day_at(self.now(), zone)
