"""What is told of a patient's exposure: a line for each cycle or dose of a drug, and their sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scheduler.calendar.entries.entry import Status


@dataclass(frozen=True, slots=True)
class ExposureLine:
    """One cycle, dose or fraction of one drug. Amounts are in ``unit``; a missing one is None.

    ``days`` is the time that it lasted, ``planned_days`` what was planned. ``dosed`` are the days with a dose, ``presumed``
    those of them that nobody reported. ``delay`` is how many days later than planned it started, counted from the one before.
    ``delayed_by`` and ``reduced_by`` are the numbers of the events behind it. ``running``: its dosing days are not over yet.
    ``extra`` are days with a dose that the plan does not have, in a line of their own; ``double`` those with twice the dose.
    """

    treatment: str
    drug: str
    entry: str
    n: int
    start: date
    status: Status
    unit: str | None
    delivered: Decimal | None
    planned: Decimal | None
    days: int | None
    planned_days: int | None
    dosed: int
    presumed: int
    held: int
    not_taken: int
    level: int | None
    delay: int | None
    delayed_by: tuple[int, ...]
    reduced_by: tuple[int, ...]
    running: bool
    extra: int = 0
    double: int = 0

    @property
    def unrecorded(self) -> bool:
        """True where the day has come and nobody said whether the dose was given, or the cycle of tablets started."""
        return self.delivered is None and self.status is Status.PLANNED

    @property
    def relative_dose_intensity(self) -> Decimal | None:
        """Percent; None where an amount or a time is not known."""
        return intensity(self.delivered, self.days, self.planned, self.planned_days)


@dataclass(frozen=True, slots=True)
class ExposureTotal:
    """All cycles, doses or fractions of one drug together, up to the last one that is known of.

    ``on_plan`` is what was delivered on days that the plan has.

    ``unrecorded`` counts doses and cycles in between of which nobody said whether they took place: while there is one, no sum is
    told. Those after the last record are not part of it.
    """

    treatment: str
    drug: str
    unit: str | None
    given: int
    unrecorded: int
    delivered: Decimal | None
    planned: Decimal | None
    days: int | None
    planned_days: int | None
    dosed: int
    presumed: int
    held: int
    not_taken: int
    level: int | None
    delay: int | None
    delayed_by: tuple[int, ...]
    reduced_by: tuple[int, ...]
    extra: int = 0
    double: int = 0
    on_plan: Decimal | None = None

    @classmethod
    def of(cls, treatment: str, drug: str, lines: Sequence[ExposureLine]) -> ExposureTotal:
        """The sum of these lines."""
        planned = [line for line in lines if not line.extra]
        known = [number for number, line in enumerate(planned) if not line.unrecorded]
        own = planned[: known[-1] + 1] if known else []
        counted = [*own, *(line for line in lines if line.extra)]
        return cls(
            treatment,
            drug,
            _unit(lines),
            sum(1 for line in own if line.dosed and not line.unrecorded),
            sum(1 for line in counted if line.unrecorded),
            _amount([line.delivered for line in counted], _units(counted)),
            _amount([line.planned for line in counted], _units(counted)),
            _sum([line.days for line in counted]),
            _sum([line.planned_days for line in counted]),
            sum(line.dosed for line in counted),
            sum(line.presumed for line in counted),
            sum(line.held for line in counted),
            sum(line.not_taken for line in counted),
            min((line.level for line in counted if line.level is not None), default=None),
            _sum([line.delay for line in counted]),
            _numbers([line.delayed_by for line in counted]),
            _numbers([line.reduced_by for line in counted]),
            sum(line.extra for line in counted),
            sum(line.double for line in counted),
            _amount([line.delivered for line in own], _units(own)),
        )

    @property
    def _compared(self) -> Decimal | None:
        """What is compared with the planned amount: more than was planned as it is, but extra days make up for no missed ones."""
        more = self.delivered is not None and self.planned is not None and self.delivered > self.planned
        return self.delivered if more or not self.extra else self.on_plan

    @property
    def relative_dose_intensity(self) -> Decimal | None:
        """Percent, over the whole course; None where an amount or a time is not known."""
        return intensity(self._compared, self.days, self.planned, self.planned_days)

    @property
    def relative_total_dose(self) -> Decimal | None:
        """Percent of the planned dose that was delivered, whatever time it took."""
        if self._compared is None or not self.planned:
            return None
        return 100 * self._compared / self.planned


@dataclass(frozen=True, slots=True)
class TotalLeft:
    """What is left of a drug's highest total, in its unit and in percent; None where what was given cannot be added up.

    ``passed_by`` is the first dose, given or planned, that brings it above the limit, and ``passed_on`` its day.
    """

    treatment: str
    drug: str
    at_most: Decimal
    unit: str
    given: Decimal | None
    left: Decimal | None
    percent_left: Decimal | None
    passed_by: str | None = None
    passed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Exposure:
    """What one patient received up to a day, that day included."""

    study: str
    subject: str | None
    until: date
    lines: tuple[ExposureLine, ...]
    totals: tuple[ExposureTotal, ...]
    limits: tuple[TotalLeft, ...] = ()

    def total(self, drug: str) -> ExposureTotal | None:
        """The sum of one drug or course."""
        return next((total for total in self.totals if total.drug == drug), None)


def intensity(
    delivered: Decimal | None, days: int | None, planned: Decimal | None, planned_days: int | None
) -> Decimal | None:
    """Relative dose intensity in percent, with one division at the end, so that what is equal gives exactly 100."""
    if delivered is None or planned is None or not days or not planned_days or not planned:
        return None
    return 100 * delivered * planned_days / (planned * days)


def _sum(numbers: Sequence[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known and len(known) == len(numbers) else None


def _amount(amounts: Sequence[Decimal | None], units: int) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(amounts) and units <= 1 else None


def _units(lines: Sequence[ExposureLine]) -> int:
    return len({line.unit for line in lines if line.unit is not None})


def _unit(lines: Sequence[ExposureLine]) -> str | None:
    return next((line.unit for line in lines if line.unit is not None), None)


def _numbers(groups: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sorted({number for group in groups for number in group}))
