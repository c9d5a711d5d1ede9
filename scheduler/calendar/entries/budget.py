"""How long a treatment may still be held, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scheduler.dates import Span, add_span


@dataclass(frozen=True, slots=True)
class Budget:
    """The days that a treatment may be held. ``since`` is the first dosing day missed, None while none was.

    ``last`` is the last day on which a resume is in time.
    """

    most: Span
    since: date | None = None
    last: date | None = None

    def left_on(self, day: date) -> int:
        """The days left on a day, 0 when they are used up."""
        whole = self._days
        if self.since is None or day <= self.since:
            return whole
        return max(0, whole - (day - self.since).days)

    def in_words_on(self, day: date) -> str:
        """What is left on a day: "12 of 28 days"."""
        return f"{self.left_on(day)} of {self._days} days"

    @property
    def _days(self) -> int:
        if self.since is not None and self.last is not None:
            return (self.last - self.since).days
        return self.most.in_days or add_span(0, self.most)
