"""Which occurrences of another timeline something follows, and on which days of its cycles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count, islice

from scheduler.protocol.plan.times.moments import Selection

THE_CYCLES = "cycle"
"""Stands for the name of a protocol's only cycles, as in "in every cycle". Nothing is called so: it is a word of the language."""


@dataclass(frozen=True, slots=True)
class Follows:
    """A timeline that has an occurrence for each (or some) of another's, on its start or on days of its cycle.

    ``more`` are other days in other cycles of the same timeline. ``again`` is true where what is followed may begin again, so
    that a number alone does not say which of its doses it is.
    """

    timeline: str
    selection: Selection
    days: tuple[int, ...] = ()
    more: tuple[Follows, ...] = ()
    again: bool = False

    @property
    def parts(self) -> tuple[Follows, ...]:
        """This one and the others, as they are written."""
        return (self, *self.more)

    def part(self, n: int) -> int | None:
        """Which of the parts has the n-th cycle of the other timeline; None where none has."""
        return next((index for index, part in enumerate(self.parts) if part.selection.includes(n)), None)

    def includes(self, n: int) -> bool:
        """True when something follows the n-th occurrence."""
        return self.part(n) is not None

    def number_of(self, which: int) -> int:
        """The number of the other timeline's occurrence that is the first, second, third that is followed."""
        followed = (n for n in count(1) if self.includes(n))
        listed = sum(len(part.selection.listed) for part in self.parts)
        endless = any(part.selection.every is not None for part in self.parts)
        return next(islice(followed, which - 1, None)) if endless or which <= listed else which

    def days_in(self, n: int) -> tuple[int, ...]:
        """The days of the n-th cycle that have an occurrence; 0 stands for its start."""
        index = self.part(n)
        return () if index is None else self.parts[index].days or (0,)

    def first_day_in(self, n: int) -> int:
        """The day of the n-th cycle on which its occurrence begins; 0 stands for its start."""
        return min(self.days_in(n), default=0)

    def possible_days(self, n: int) -> tuple[int, ...]:
        """The days that the n-th cycle may have an occurrence on, whichever dose of the protocol it is."""
        return tuple(day for part in self.parts for day in part.days or (0,)) if self.again else self.days_in(n)

    @property
    def has_days(self) -> bool:
        """True where a cycle may have several, so that each is named by its day."""
        return any(len(part.days) > 1 for part in self.parts)

    def before(self, n: int, day: int, counts_as: Callable[[int], int]) -> tuple[int, int] | None:
        """The cycle and the day of the occurrence before that of a day in the n-th cycle; ``counts_as`` tells which it is."""
        earlier = [each for each in self.days_in(counts_as(n)) if each < day]
        while not earlier:
            n -= 1
            if n < 1:
                return None
            earlier = list(self.days_in(counts_as(n)))
        return n, max(earlier)
