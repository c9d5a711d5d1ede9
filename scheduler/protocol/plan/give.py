"""What one sentence gives: its amount, how, on which days; and the dose levels of a treatment."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scheduler.protocol.plan.calculation import NO_CALCULATION, Calculation
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.moments import Selection

THE_DAYS_TO_COME = (1, 3660)
"""The days of what is given every day for as long as the treatment lasts: ten years, longer than any calendar."""


@dataclass(frozen=True, slots=True)
class Give:
    """One sentence of what is given: a drug or course, its amount, how, and on which days of which cycles.

    ``amount`` is None where the ladder or the prescription says it; ``high`` is the upper end of a range. ``per`` is m2, kg or
    AUC, or None for a fixed amount. Amounts are in ``unit``; ``calculation`` says how a patient's own dose follows.
    ``says_days`` is False where the sentence has no days, which makes it day 1. ``every_day``: from day 1 on for as long as the
    treatment lasts. ``a_day``: how many fractions a day has, each an
    occurrence of its own, and ``hours_apart`` the least hours between two of them, None where the sentence does not say it.
    """

    name: str
    clause: Clause
    unit: str
    amount: Decimal | None = None
    high: Decimal | None = None
    per: str | None = None
    route: str | None = None
    frequency: str | None = None
    duration: str | None = None
    days: tuple[tuple[int, int], ...] = ((1, 1),)
    says_days: bool = True
    every_day: bool = False
    cycles: Selection | None = None
    prescribed: bool = False
    a_day: int = 1
    hours_apart: int | None = None
    calculation: Calculation = NO_CALCULATION


@dataclass(frozen=True, slots=True)
class Ladder:
    """The dose levels of a treatment in one arm, from level 0 down."""

    amounts: tuple[Decimal, ...]
    unit: str
    clause: Clause

    def amount(self, level: int) -> Decimal | None:
        """The amount at a level (0, -1, -2), or None where the ladder has no such level."""
        return self.amounts[-level] if level <= 0 and -level < len(self.amounts) else None
