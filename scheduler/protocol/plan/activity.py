"""What is done at visits, with the protocol's own footnote, and on which days where that is not the visit's own day."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.dates import Day, civil_date
from scheduler.protocol.plan.times.moments import Selection


@dataclass(frozen=True, slots=True)
class Apart:
    """The days of an activity, counted from the day of its visit: the first and the last, negative before it."""

    first: int
    last: int
    words: str

    def window(self, day: Day) -> tuple[Day, Day]:
        """The first and the last day for a visit on a day."""
        return day + self.first, day + self.last


@dataclass(frozen=True, slots=True)
class Activity:
    """What is done at some occurrences of a visit.

    The footnote is carried word for word, and never interpreted. ``apart``: it has days of its own.
    """

    selection: Selection
    name: str
    footnote: str | None = None
    apart: Apart | None = None

    @property
    def follows(self) -> bool:
        """True for what may be done after the day of its visit."""
        return self.apart is not None and self.apart.last > 0

    @property
    def shown(self) -> str:
        """As lists and cards show it: with its footnote."""
        return f"{self.name} ({self.footnote})" if self.footnote is not None else self.name

    def shown_on(self, day: Day | None) -> str:
        """As the card of a visit on a day shows it: with its own days, where it has some."""
        if self.apart is None:
            return self.shown
        if day is None:
            return f"{self.shown}, {self.apart.words}"
        first, last = map(civil_date, self.apart.window(day))
        return f"{self.shown}, {first} to {last}"
