"""Over how long a dose is given: one time for all doses, or another for the first ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

_MINUTES = {"minute": 1, "hour": 60, "day": 24 * 60}


class InfusionTime(NamedTuple):
    """A time as the protocol says it: 30 minutes, 2 hours, 7 days."""

    number: int
    unit: str

    @property
    def minutes(self) -> int:
        """The same time in minutes."""
        return self.number * _MINUTES[self.unit.removesuffix("s")]

    def __str__(self) -> str:
        return f"{self.number} {self.unit}"


@dataclass(frozen=True, slots=True)
class InfusionTimes:
    """The time of every dose. ``steps`` has the dose from which each time holds, the first of them 1.

    Doses are counted as they are given: one that was left out takes no number, and the next has its time.
    """

    steps: tuple[tuple[int, InfusionTime], ...]

    @property
    def change(self) -> bool:
        """True where the first doses have another time than the later ones."""
        return len(self.steps) > 1

    @property
    def last_change(self) -> int:
        """The dose from which all have the same time."""
        return self.steps[-1][0]

    def of(self, number: int) -> InfusionTime:
        """The time of a dose, counted from 1."""
        return next(time for first, time in reversed(self.steps) if number >= first)

    def __str__(self) -> str:
        if not self.change:
            return str(self.steps[0][1])
        until = [first - 1 for first, _ in self.steps[1:]]
        said = [
            f"{time} for {f'dose {first}' if first == last else f'doses {first}-{last}'}"
            for (first, time), last in zip(self.steps, until, strict=False)
        ]
        return f"{', '.join(said)}, {self.steps[-1][1]} from dose {self.last_change}"
