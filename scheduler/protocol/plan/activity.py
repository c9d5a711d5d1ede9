"""What is done at visits, with the protocol's own footnote, and on which days where that is not the visit's own day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from scheduler.dates import Day, civil_date
from scheduler.protocol.plan.times.moments import Selection
from scheduler.said import SPACES, Code, Quoted, Text, as_written, joined, own_words, said, text_of


@dataclass(frozen=True, slots=True)
class Apart:
    """The days of an activity, counted from the day of its visit: the first and the last, negative before it."""

    first: int
    last: int
    words: str

    def window(self, day: Day) -> tuple[Day, Day]:
        """The first and the last day for a visit on a day."""
        return day + self.first, day + self.last


class HasActivities(Protocol):
    """A timeline, as far as what is done at it goes."""

    @property
    def activities(self) -> tuple[Activity, ...]:
        """All that is done, at some occurrence or other."""
        ...


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
        if self.footnote is None:
            return self.name
        if isinstance(self.name, Text):
            return joined((self.name, text_of(Quoted(f"({self.footnote})"))), SPACES)
        return f"{self.name} ({self.footnote})"

    def shown_on(self, day: Day | None) -> str:
        """As the card of a visit on a day shows it: with its own days, where it has some."""
        if self.apart is None:
            return self.shown
        name = own_words(self.shown)
        if day is None:
            return text_of(said("{activity}, {when}", activity=name, when=as_written(self.apart.words)))
        first, last = (Code(f"{civil_date(each)}") for each in self.apart.window(day))
        return text_of(said("{activity}, {first} to {last}", activity=name, first=first, last=last))


def shown_by_number(by_number: tuple[tuple[Activity, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """What is shown of each number; alike ones are one object."""
    distinct = {id(several): several for several in by_number}
    shown = {key: names_of(several) for key, several in distinct.items()}
    return tuple([shown[id(several)] for several in by_number])


def called_in(timelines: Iterable[HasActivities]) -> dict[str, str]:
    """What activities are called in the languages that the protocol gives, each under its English name, as people record it."""
    return {str(each.name): each.name for line in timelines for each in line.activities if isinstance(each.name, Text)}


def names_of(activities: tuple[Activity, ...]) -> tuple[str, ...]:
    """What is shown of these."""
    return tuple(each.shown for each in activities)
