"""The end points of arms, as other programs are told them. Rates and survival are parts of 1, intensities percent."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scheduler.endpoints.arms import by_arm, dose_intensity, exact_interval, kaplan_meier
from scheduler.endpoints.of_study import StudyEndPoints as Found
from scheduler.endpoints.shapes.patients import CountingRule, tell_rule
from scheduler.endpoints.tables import LANDMARKS, at_month
from scheduler.views.shapes.shape import CivilDate, Shape


@dataclass(frozen=True, kw_only=True)
class Rate(Shape):
    """How many of how many, with the exact interval of 95 percent."""

    n: int
    """So many."""
    of: int
    """Of so many."""
    low: Decimal | None
    """The lower bound, a part of 1."""
    high: Decimal | None
    """The upper bound, a part of 1."""


@dataclass(frozen=True, kw_only=True)
class Rates(Shape):
    """Response and control by one set of criteria."""

    criteria: str
    """RECIST 1.1 or iRECIST."""
    best: dict[str, int]
    """How many patients had which best response; "not assessed" is one of them."""
    response: Rate
    """Objective response, of all whose time has begun."""
    control: Rate
    """Disease control, of all whose time has begun."""
    response_of_assessed: Rate
    """Objective response, of those assessed."""
    control_of_assessed: Rate
    """Disease control, of those assessed."""
    not_counted: int
    """Patients who are in none of these rates."""


@dataclass(frozen=True, kw_only=True)
class SurvivalStep(Shape):
    """A day on which somebody had the event or was censored."""

    day: int
    """The day, the first being 1."""
    at_risk: int
    """How many were followed up to it without the event."""
    events: int
    """How many had it on that day."""
    censored: int
    """How many were censored on it."""
    survival: Decimal
    """The part without the event after it."""
    low: Decimal | None
    """The lower bound of 95 percent."""
    high: Decimal | None
    """The upper bound of 95 percent."""


@dataclass(frozen=True, kw_only=True)
class SurvivalAt(Shape):
    """Survival after so many months."""

    months: int
    """Months of 30.4375 days."""
    survival: Decimal | None
    """The part without the event; null where nobody was followed for so long."""
    low: Decimal | None
    """The lower bound of 95 percent."""
    high: Decimal | None
    """The upper bound of 95 percent."""
    at_risk: int
    """How many were followed until then without the event."""


@dataclass(frozen=True, kw_only=True)
class Survival(Shape):
    """One end point of an arm over time, by Kaplan and Meier."""

    end_point: str
    """Overall survival, progression-free survival or duration of response."""
    criteria: str | None
    """By which criteria."""
    patients: int
    """How many are in it."""
    events: int
    """How many had the event."""
    not_counted: int
    """How many are not in it."""
    median_days: int | None
    """The first day with one half or less; null where it is not reached, or nothing could be estimated."""
    median_low: int | None
    """The lower bound of 95 percent, in days."""
    median_high: int | None
    """The upper bound of 95 percent, in days."""
    at: tuple[SurvivalAt, ...]
    """Survival after 6, 12, 18 and 24 months."""
    steps: tuple[SurvivalStep, ...]
    """Every step; none where it could not be estimated."""


@dataclass(frozen=True, kw_only=True)
class WorstGrades(Shape):
    """Patients by their worst adverse event in the time of collection."""

    patients_by_worst_grade: dict[str, int]
    """By grade, "1" to "5"."""
    any_grade: Rate
    """Any adverse event."""
    severe: Rate
    """Grade 3 or more."""
    serious: Rate
    """A serious one."""


@dataclass(frozen=True, kw_only=True)
class CycleIntensity(Shape):
    """Relative dose intensity of one drug in one cycle over an arm, in percent."""

    treatment: str
    """The treatment."""
    drug: str
    """The drug."""
    n: int
    """The number of the cycle or dose."""
    patients: int
    """How many began it."""
    known: int
    """Of how many the intensity is known."""
    median: Decimal | None
    """The median."""
    least: Decimal | None
    """The least."""
    most: Decimal | None
    """The most."""
    reduced: int
    """How many had less than 85 percent."""
    lowered: int
    """How many had a lower dose level."""


@dataclass(frozen=True, kw_only=True)
class ArmEndPoints(Shape):
    """The totals of one arm."""

    arm: str
    """The arm."""
    patients: int
    """Its patients."""
    rates: tuple[Rates, ...]
    """Response and control."""
    survival: tuple[Survival, ...]
    """Survival over time."""
    worst: WorstGrades
    """Adverse events."""
    intensity: tuple[CycleIntensity, ...]
    """Dose intensity by cycle."""


@dataclass(frozen=True, kw_only=True)
class ArmsEndPoints(Shape):
    """The end points of arms."""

    study: str
    """The study."""
    cut_off: CivilDate | None
    """The data cut-off: what happened after it does not count; null where there is none."""
    as_recorded: CivilDate | None
    """The day by which what counts was recorded; null where all counts."""
    arms: tuple[ArmEndPoints, ...]
    """Each arm."""
    rules: tuple[CountingRule, ...]
    """How they are counted."""


def tell_of_arms(found: Found) -> ArmsEndPoints:
    """The totals of the arms alone."""
    return ArmsEndPoints.taken_from(
        found, arms=tuple(map(tell_arm, found.arms)), rules=tuple(map(tell_rule, found.rules))
    )


def tell_arm(found: by_arm.ArmEndPoints) -> ArmEndPoints:
    """One arm."""
    return ArmEndPoints.taken_from(
        found,
        rates=tuple(map(_rates, found.rates)),
        survival=tuple(map(_survival, found.survival)),
        worst=WorstGrades(
            patients_by_worst_grade={
                str(grade): number for grade, number in zip(by_arm.GRADES, found.worst.by_grade, strict=True)
            },
            any_grade=_rate(found.worst.any_grade),
            severe=_rate(found.worst.severe),
            serious=_rate(found.worst.serious),
        ),
        intensity=tuple(map(_intensity, found.intensity)),
    )


def _intensity(found: dose_intensity.IntensityOfCycle) -> CycleIntensity:
    return CycleIntensity.taken_from(
        found, **{name: _short(getattr(found, name)) for name in ("median", "least", "most")}
    )


def _short(percent: Decimal | None) -> Decimal | None:
    return None if percent is None else exact_interval.in_percent(percent / 100)


def _rates(found: by_arm.ResponseRates) -> Rates:
    return Rates.taken_from(
        found,
        best={best or "not assessed": number for best, number in found.best},
        response=_rate(found.response),
        control=_rate(found.control),
        response_of_assessed=_rate(found.response_of_assessed),
        control_of_assessed=_rate(found.control_of_assessed),
    )


def _rate(found: exact_interval.Rate) -> Rate:
    return Rate.taken_from(found)


def _survival(found: by_arm.Survival) -> Survival:
    curve = found.curve
    return Survival(
        end_point=found.end_point.value,
        criteria=found.criteria,
        patients=found.number,
        events=found.events,
        not_counted=found.not_counted,
        median_days=curve.median if curve is not None else None,
        median_low=curve.median_low if curve is not None else None,
        median_high=curve.median_high if curve is not None else None,
        at=tuple(_at(curve, months) for months in LANDMARKS) if curve is not None else (),
        steps=tuple(SurvivalStep.taken_from(step) for step in curve.steps) if curve is not None else (),
    )


def _at(curve: kaplan_meier.Curve, months: int) -> SurvivalAt:
    return SurvivalAt.taken_from(at_month(curve, months), months=months)
