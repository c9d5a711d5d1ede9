"""What came out in each arm: rates of response and control, survival over time, worst grades, dose intensity by cycle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from scheduler.calendar.exposure.exposure_lines import Exposure
from scheduler.endpoints.arms.dose_intensity import IntensityOfCycle, intensity_by_cycle
from scheduler.endpoints.arms.exact_interval import Rate, rate
from scheduler.endpoints.arms.kaplan_meier import Curve
from scheduler.endpoints.patient.end_point import EITHER, BestOverall, EndPoint, PatientEndPoints
from scheduler.patient.events import ASSESSMENTS

TIMES: tuple[tuple[EndPoint, str | None], ...] = (
    (EndPoint.OVERALL_SURVIVAL, None),
    *((EndPoint.PROGRESSION_FREE_SURVIVAL, criteria) for criteria in (EITHER, *ASSESSMENTS)),
    *((EndPoint.DURATION_OF_RESPONSE, criteria) for criteria in ASSESSMENTS),
)
"""All that is a time until an event, in the order of telling."""

GRADES = (1, 2, 3, 4, 5)
SEVERE = 3

MakeCurve = Callable[[Iterable[tuple[int, bool]]], Curve]


@dataclass(frozen=True, slots=True)
class ResponseRates:
    """The best responses by one set of criteria. ``best`` counts the patients of each; who was never assessed has None there.

    The first two rates are of all whose time has begun, the others of those assessed. ``not_counted`` are in none.
    """

    criteria: str
    best: tuple[tuple[str | None, int], ...]
    response: Rate
    control: Rate
    response_of_assessed: Rate
    control_of_assessed: Rate
    not_counted: int


@dataclass(frozen=True, slots=True)
class WorstGrades:
    """How many patients had which worst grade in the time of collection, from 1 to 5, and the rates of those who had any."""

    by_grade: tuple[int, ...]
    any_grade: Rate
    severe: Rate
    serious: Rate


@dataclass(frozen=True, slots=True)
class Survival:
    """One end point of one arm: how many are in it and had the event. ``curve`` is None where it could not be estimated."""

    end_point: EndPoint
    criteria: str | None
    number: int
    events: int
    not_counted: int
    curve: Curve | None


@dataclass(frozen=True, slots=True)
class ArmEndPoints:
    """All totals of one arm."""

    arm: str
    patients: int
    rates: tuple[ResponseRates, ...]
    survival: tuple[Survival, ...]
    worst: WorstGrades
    intensity: tuple[IntensityOfCycle, ...]


def end_points_by_arm(
    arms: Iterable[str],
    patients: Iterable[PatientEndPoints],
    exposures: Iterable[tuple[str, Exposure]],
    curve: MakeCurve | None,
) -> tuple[ArmEndPoints, ...]:
    """The totals of these arms, in order. ``exposures`` come with their arms; ``curve`` is None where nothing estimates it."""
    known, received = tuple(patients), tuple(exposures)
    return tuple(
        _of_arm(
            arm,
            [each for each in known if each.arm == arm],
            [exposure for of, exposure in received if of == arm],
            curve,
        )
        for arm in arms
    )


def _of_arm(
    arm: str, patients: list[PatientEndPoints], exposures: list[Exposure], curve: MakeCurve | None
) -> ArmEndPoints:
    return ArmEndPoints(
        arm,
        len(patients),
        tuple(_rates(criteria, [each.best_by(criteria) for each in patients]) for criteria in ASSESSMENTS),
        tuple(_survival(end_point, criteria, patients, curve) for end_point, criteria in TIMES),
        _worst(patients),
        intensity_by_cycle(exposures),
    )


def _rates(criteria: str, found: list[BestOverall]) -> ResponseRates:
    counted = [each for each in found if each.counted]
    assessed = [each for each in counted if each.assessed]
    return ResponseRates(
        criteria,
        tuple(_by_best(criteria, counted)),
        rate(sum(each.response for each in counted), len(counted)),
        rate(sum(each.control for each in counted), len(counted)),
        rate(sum(each.response for each in assessed), len(assessed)),
        rate(sum(each.control for each in assessed), len(assessed)),
        len(found) - len(counted),
    )


def _by_best(criteria: str, counted: list[BestOverall]) -> Iterator[tuple[str | None, int]]:
    numbers = Counter(each.best for each in counted)
    for best in (*ASSESSMENTS[criteria], None):
        if numbers[best]:
            yield best, numbers[best]


def _survival(
    end_point: EndPoint, criteria: str | None, patients: list[PatientEndPoints], curve: MakeCurve | None
) -> Survival:
    found = [each.time(end_point, criteria) for each in patients]
    times = [(each.days, each.event) for each in found if each.days is not None and each.event is not None]
    events = sum(event for _, event in times)
    made = curve(times) if curve is not None and times else None
    return Survival(end_point, criteria, len(times), events, len(found) - len(times), made)


def _worst(patients: list[PatientEndPoints]) -> WorstGrades:
    counted = [each.worst for each in patients if each.worst.counted]
    grades = [each.grade for each in counted if each.grade is not None]
    return WorstGrades(
        tuple(grades.count(grade) for grade in GRADES),
        rate(len(grades), len(counted)),
        rate(sum(grade >= SEVERE for grade in grades), len(counted)),
        rate(sum(each.serious for each in counted), len(counted)),
    )
