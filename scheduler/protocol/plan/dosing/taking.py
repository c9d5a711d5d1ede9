"""How the doses of one day are taken at home: how many hours apart, in the morning and evening, with food."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scheduler.protocol.plan.times.timing import in_hours


class Meal(StrEnum):
    """How a dose stands to meals, in the words of the sentence; minutes stand for the braces."""

    WITH_FOOD = "with food"
    LOW_FAT = "with a low-fat meal"
    EMPTY = "on an empty stomach"
    EITHER = "with or without food"
    BEFORE = "before a meal"
    AFTER = "after a meal"
    SOON_AFTER = "within {after} after a meal"
    BETWEEN = "at least {before} before and {after} after a meal"


@dataclass(frozen=True, slots=True)
class Meals:
    """A meal and the minutes before and after it, where its words have them."""

    meal: Meal
    before: int = 0
    after: int = 0

    def __str__(self) -> str:
        return self.meal.format(before=in_hours(self.before), after=in_hours(self.after))


@dataclass(frozen=True, slots=True)
class HoursApart:
    """The minutes between two doses, and how many fewer or more there may be.

    ``early`` and ``late`` are None where the sentence has no window; with ``at_least`` there is no longest time.
    """

    minutes: int
    early: int | None = None
    late: int | None = None
    at_least: bool = False

    @property
    def shortest(self) -> int | None:
        """The fewest minutes that are allowed; None where the sentence says none."""
        if self.at_least:
            return self.minutes
        return None if self.early is None else self.minutes - self.early

    @property
    def longest(self) -> int | None:
        """The most minutes that are allowed; None where the sentence says none."""
        return None if self.late is None else self.minutes + self.late

    def __str__(self) -> str:
        if self.at_least:
            return f"at least {in_hours(self.minutes)} apart"
        if self.early is None or self.late is None:
            return f"{in_hours(self.minutes)} apart"
        window = in_hours(self.early) if self.early == self.late else ""
        return f"{in_hours(self.minutes)} {self._window(window)} apart"

    def _window(self, same: str) -> str:
        return f"±{same}" if same else f"-{self.early} +{self.late} minutes"


@dataclass(frozen=True, slots=True)
class Taking:
    """What a sentence says of how a patient takes the doses of a day; nothing of it changes a date or an amount.

    ``morning_and_evening``: one of two doses at each end of the day. ``a_day`` is how many doses a day has.
    """

    a_day: int
    apart: HoursApart | None = None
    morning_and_evening: bool = False
    meals: Meals | None = None

    @property
    def says_anything(self) -> bool:
        """False where a sentence says nothing of it."""
        return self.apart is not None or self.morning_and_evening or self.meals is not None

    @property
    def goes_round(self) -> bool:
        """True where the hours hold overnight too: 12 hours of two doses a day, or "at least 8 hours"."""
        return self.apart is not None and (self.apart.at_least or self.apart.minutes * self.a_day == 24 * 60)

    def __str__(self) -> str:
        together = "in the morning and evening" if self.morning_and_evening else None
        return ", ".join(str(part) for part in (together, self.apart, self.meals) if part is not None)


NOTHING_SAID = Taking(1)
"""What is told of doses whose sentence says nothing of hours or meals."""
