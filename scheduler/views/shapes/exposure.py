"""What one patient received, as other programs are told it. Nothing is rounded but percentages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from scheduler.calendar.entries.entry import Status
from scheduler.calendar.exposure import exposure_lines
from scheduler.patient.supply import Accountability
from scheduler.views.looking_back.exposure import against_the_days, in_tenths
from scheduler.views.shapes.shape import CivilDate, Shape
from scheduler.views.table import without_zeros
from scheduler.vocabulary.dosage_forms import Count


@dataclass(frozen=True, kw_only=True)
class _LineHead(Shape):
    treatment: str
    """The treatment."""
    drug: str
    """The drug."""
    entry: str
    """The entry of the calendar."""
    n: int
    """Its number."""
    start: CivilDate
    """When it started."""
    status: Status
    """Where it stands."""
    running: bool
    """Its dosing days are not over yet."""


@dataclass(frozen=True, kw_only=True)
class _TotalHead(Shape):
    treatment: str
    """The treatment."""
    drug: str
    """The drug."""
    given: int
    """How many were given."""
    unrecorded: int
    """How many have no record."""


@dataclass(frozen=True, kw_only=True)
class _Figures(Shape):
    unit: str | None
    """The unit of the amounts."""
    delivered: Decimal | None
    """What was received, as text."""
    planned: Decimal | None
    """What was planned, as text."""
    days: int | None
    """The time that it took."""
    planned_days: int | None
    """The time that was planned."""
    relative_dose_intensity: Decimal | None
    """Percent, with one decimal."""
    delay: int | None
    """Days later than planned."""
    delayed_by: tuple[int, ...]
    """The events behind the delay."""
    level: int | None
    """The dose level."""
    reduced_by: tuple[int, ...]
    """The events behind the reduction."""
    days_dosed: int
    """Days with a dose."""
    presumed: int
    """Those of them that nobody reported."""
    held: int
    """Days on hold."""
    not_taken: int
    """Days that were left out."""
    extra: int
    """Days with a dose that the plan does not have; they make up for none that was left out."""
    double: int
    """Days with at least twice the dose that was due."""


@dataclass(frozen=True, kw_only=True)
class ExposureLine(_Figures, _LineHead):
    """One cycle, dose or fraction."""


@dataclass(frozen=True, kw_only=True)
class ExposureTotal(_Figures, _TotalHead):
    """All of one drug together."""

    total_dose_percent: Decimal | None
    """Delivered of planned, in percent."""


@dataclass(frozen=True, kw_only=True)
class PillCount(Shape):
    """What became of the units of one cycle."""

    treatment: str
    """The treatment."""
    cycle: int | None
    """The cycle."""
    dispensed: Count | None
    """Handed out."""
    returned: Count | None
    """Brought back."""
    lost: Count | None
    """Reported as lost."""
    taken: Count | None
    """Taken, once the return is counted."""
    missing: Count | None
    """What nobody can explain."""
    expected: Count | None
    """What the dosing days asked for."""
    compliance: Decimal | None
    """Taken of expected, in percent."""
    out_of_bounds: bool
    """Outside of what is allowed."""
    by_days: Count | None
    """What the dosing days account for, as reported or presumed."""
    against_the_days: str | None
    """Where the count and the days do not agree: then the relative dose intensity does not stand alone."""
    events: tuple[int, ...]
    """The events that say so."""
    strength: str | None
    """What one unit holds, where the treatment comes in several strengths: each is counted by itself."""
    in_ml: bool = False
    """True where these are mL of a liquid."""


@dataclass(frozen=True, kw_only=True)
class TotalLeft(Shape):
    """What is left of a drug's highest total."""

    treatment: str
    """The treatment."""
    drug: str
    """The drug."""
    at_most: Decimal
    """The highest amount of all doses together, as text."""
    unit: str
    """The unit of the amounts."""
    given: Decimal | None
    """What was given; null where it cannot be added up."""
    left: Decimal | None
    """What may still be given; below 0 when the limit was passed."""
    percent_left: Decimal | None
    """The same in percent of the limit, with one decimal."""
    passed_by: str | None
    """The first dose, given or planned, that brings it above the limit."""
    passed_on: CivilDate | None
    """The day of that dose."""


@dataclass(frozen=True, kw_only=True)
class Exposure(Shape):
    """What one patient received beside what was planned."""

    study: str
    """The study."""
    subject: str | None
    """Whose it is."""
    until: CivilDate
    """The last day that counts."""
    lines: tuple[ExposureLine, ...]
    """Each cycle, dose or fraction."""
    totals: tuple[ExposureTotal, ...]
    """Each drug."""
    counts: tuple[PillCount, ...]
    """Pill counts."""
    limits: tuple[TotalLeft, ...]
    """What is left of each drug's highest total."""


def tell_exposure(exposure: exposure_lines.Exposure, counts: Iterable[Accountability] = ()) -> Exposure:
    """Each cycle, dose or fraction, the sum of each drug, and the pill counts in units."""
    return Exposure.taken_from(
        exposure,
        lines=tuple(
            ExposureLine.taken_from(
                each,
                delivered=without_zeros(each.delivered),
                planned=without_zeros(each.planned),
                days_dosed=each.dosed,
                relative_dose_intensity=in_tenths(each.relative_dose_intensity),
            )
            for each in exposure.lines
        ),
        totals=tuple(
            ExposureTotal.taken_from(
                each,
                delivered=without_zeros(each.delivered),
                planned=without_zeros(each.planned),
                days_dosed=each.dosed,
                relative_dose_intensity=in_tenths(each.relative_dose_intensity),
                total_dose_percent=in_tenths(each.relative_total_dose),
            )
            for each in exposure.totals
        ),
        counts=tuple(
            PillCount.taken_from(each, compliance=in_tenths(each.compliance), against_the_days=against_the_days(each))
            for each in counts
        ),
        limits=tuple(
            TotalLeft.taken_from(
                each,
                at_most=each.at_most.normalize(),
                given=without_zeros(each.given),
                left=without_zeros(each.left),
                percent_left=without_zeros(each.percent_left),
            )
            for each in exposure.limits
        ),
    )
