"""What one sentence gives: its amount, how, on which days; and the dose levels of a treatment."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.dosing.calculation import NO_CALCULATION, Calculation
from scheduler.protocol.plan.dosing.infusion_time import InfusionTimes
from scheduler.protocol.plan.dosing.multiple import Multiple
from scheduler.protocol.plan.dosing.taking import NOTHING_SAID, Taking
from scheduler.protocol.plan.times.moments import Selection
from scheduler.said import in_powers

AUC = "AUC"
"""The unit of a dose by the area under the curve, before it is worked out in mg."""

OMITTED = "omitted"
"""What a level says at which nothing is given."""

THE_DAYS_TO_COME = (1, 3660)
"""The days of what is given every day for as long as the treatment lasts: ten years, longer than any calendar."""


@dataclass(frozen=True, slots=True)
class Give:
    """One sentence of what is given: a drug or course, its amount, how, and on which days of which cycles.

    ``amount`` is None where the ladder or the prescription says it; ``high`` is the upper end of a range, and
    ``offered`` are the amounts of which one is prescribed, where they are listed. ``per`` is m2, kg or
    AUC, or None for a fixed amount. Amounts are in ``unit``; ``calculation`` says how a patient's own dose follows.
    ``says_days`` is False where the sentence has no days, which makes it day 1. ``every_day``: from day 1 on for as long as the
    treatment lasts. ``a_day``: how many fractions a day has, each an
    occurrence of its own, and ``hours_apart`` the least hours between two of them, None where the sentence does not say it.
    ``taking`` is what a patient at home is told of the hours between two doses and of meals, ``duration`` over how long
    each dose is given. ``multiple`` is the dose as one of another until it is worked out, ``rests_on`` the sentence of that
    other one from then on. ``last_day`` is the last of its days.
    """

    name: str
    clause: Clause
    unit: str
    amount: Decimal | None = None
    high: Decimal | None = None
    per: str | None = None
    route: str | None = None
    frequency: str | None = None
    duration: InfusionTimes | None = None
    days: tuple[tuple[int, int], ...] = ((1, 1),)
    says_days: bool = True
    every_day: bool = False
    cycles: Selection | None = None
    prescribed: bool = False
    a_day: int = 1
    hours_apart: int | None = None
    taking: Taking = NOTHING_SAID
    calculation: Calculation = NO_CALCULATION
    offered: tuple[Decimal, ...] = ()
    multiple: Multiple | None = None
    rests_on: Clause | None = None
    last_day: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "last_day", max((last for _, last in self.days), default=1))


@dataclass(frozen=True, slots=True)
class StepsUp:
    """How a treatment goes up from its first level: so many levels every so many days of one cycle, each when it is confirmed.

    ``unless`` is what keeps it at its level, in the protocol's words.
    """

    levels: int
    every: int
    cycle: int
    unless: str | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """The dose levels of a treatment in one arm, from level 0 down. The lowest may be 0: there the drug is omitted.

    ``unit`` is that of the amounts: mg, mg/m2, mg/kg or AUC. ``start`` is the level that it begins at, ``steps`` how it goes up
    from there. ``kept``: after a reduction it is never raised again.
    """

    amounts: tuple[Decimal, ...]
    unit: str
    clause: Clause
    start: int = 0
    steps: StepsUp | None = None
    kept: bool = False

    def amount(self, level: int) -> Decimal | None:
        """The amount at a level (0, -1, -2), or None where the ladder has no such level."""
        return self.amounts[-level] if level <= 0 and -level < len(self.amounts) else None

    def step_days(self) -> tuple[int, ...]:
        """The days of the cycle on which a step up may be confirmed."""
        if self.steps is None:
            return ()
        return tuple(1 + self.steps.every * number for number in range(1, -(self.start // self.steps.levels) + 1))

    def highest_on(self, cycle_day: int) -> int:
        """The highest level that the steps have come to on a day of their cycle."""
        taken = sum(1 for day in self.step_days() if day <= cycle_day)
        return min(0, self.start + taken * self.steps.levels) if self.steps is not None else self.start

    def amount_in_short(self, level: int) -> str | None:
        """The amount at a level with its unit, or that the drug is omitted; None where the ladder has no such level."""
        amount = self.amount(level)
        return level_in_short(amount, self.unit) if amount is not None else None

    def omits(self, level: int) -> bool:
        """True at a level at which the drug is left out."""
        return self.amount(level) == 0

    @property
    def omits_at_last(self) -> bool:
        """True where the lowest level leaves the drug out."""
        return self.amounts[-1] == 0

    @property
    def per(self) -> str | None:
        """What the amounts are per: m2, kg or AUC; None where they are fixed."""
        return per_of(self.unit)


def per_of(unit: str) -> str | None:
    """What a unit is per: m2, kg or AUC; None for a fixed amount."""
    return AUC if unit == AUC else unit.partition("/")[2] or None


def unit_of(give: Give) -> str:
    """The unit of a dose as the protocol says it: mg, mg/m2, mg/kg, or AUC."""
    return unit_as_said(give.unit, give.per)


def unit_as_said(unit: str, per: str | None) -> str:
    """A unit and what it is per, in one: mg, mg/m2, or AUC."""
    return AUC if per == AUC else f"{unit}/{per}" if per is not None else unit


def plain_unit(unit: str) -> str:
    """The unit that is given: mg of mg/m2, and mg by AUC."""
    return "mg" if unit == AUC else unit.partition("/")[0]


def in_short(amount: Decimal, unit: str) -> str:
    """An amount with its unit: 80 mg, AUC 5."""
    if unit == AUC:
        return f"{AUC} {amount.normalize():f}"
    return f"{in_powers(amount, unit) or f'{amount.normalize():f}'} {unit}"


def choice_in_short(give: Give) -> str:
    """What is chosen from, with its unit: 4-12 Gy, AUC 5-6, 175, 263 or 350 mg."""
    unit, listed = unit_of(give), [f"{each:f}" for each in give.offered]
    said = f"{', '.join(listed[:-1])} or {listed[-1]}" if listed else f"{give.amount:f}-{give.high:f}"
    return f"{AUC} {said}" if unit == AUC else f"{said} {unit}"


def level_in_short(amount: Decimal, unit: str) -> str:
    """The same of a dose level: one of 0 is omitted."""
    return in_short(amount, unit) if amount else OMITTED
