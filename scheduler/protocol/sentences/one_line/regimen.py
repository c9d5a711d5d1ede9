"""The treatments of a regimen as a one-line summary says them; `summary` reads them."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.dates import Span


@dataclass(frozen=True, slots=True)
class Step:
    """One dose of a cycle and its days: "50 mg once daily on days 8-14". The amount is text with its unit, or "AUC 5".

    ``doses`` are the numbers that it is of instead, as the language has them: "dose 1", "doses 2 and later".
    """

    amount: str | None = None
    often: str | None = None
    days: tuple[tuple[int, int], ...] | None = None
    doses: str | None = None


@dataclass(frozen=True, slots=True)
class Length:
    """How long something is given, as far as it is said. Of several, the first to come counts; ``most`` is of cycles or doses.

    ``open`` is a number that somebody chooses, in words: "4 or 6".
    """

    most: int | None = None
    open: str | None = None
    longest: Span | None = None
    progression: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """The cycle that several treatments share."""

    names: tuple[str, ...]
    every: Span
    length: Length


@dataclass(frozen=True, slots=True)
class TreatmentSummary:
    """One treatment as the summary says it; None is what it does not say.

    ``every`` is None for what is given once, at ``at`` only, every day (``daily``), or on a shared clock.
    ``at`` are the times of numbered doses after the first. ``start`` is a Study Day; ``fractions`` counts those of a course.
    """

    name: str
    steps: tuple[Step, ...] = (Step(),)
    route: str | None = None
    over: str | None = None
    every: Span | None = None
    at: tuple[Span, ...] = ()
    once: bool = False
    length: Length = Length()
    fractions: int | None = None
    start: int = 1
    clock: Clock | None = None
    daily: bool = False

    @property
    def amount(self) -> str | None:
        """The amount of the first dose."""
        return self.steps[0].amount

    @property
    def days(self) -> tuple[tuple[int, int], ...]:
        """The dosing days of a cycle, those of all steps; empty where none are said."""
        return tuple(days for step in self.steps for days in step.days or ())

    @property
    def has_days(self) -> bool:
        """True for a cycle with dosing days of its own, such as tablets on days 1-21."""
        return self.days not in ((), ((1, 1),))
