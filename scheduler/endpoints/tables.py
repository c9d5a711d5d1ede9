"""The end points of a study as lists: a row for each value of each patient, and the totals of each arm.

Only here are figures rounded. ``tell`` says a message in a reader's language; without it, in English.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from scheduler.endpoints.arms.by_arm import GRADES, ArmEndPoints, Survival
from scheduler.endpoints.arms.dose_intensity import IntensityOfCycle
from scheduler.endpoints.arms.exact_interval import Rate, in_percent
from scheduler.endpoints.arms.kaplan_meier import At, Curve
from scheduler.endpoints.of_study import StudyEndPoints
from scheduler.endpoints.patient.end_point import (
    DAYS_OF_A_MONTH,
    EITHER,
    BestOverall,
    EndPoint,
    PatientEndPoints,
    TimeToEvent,
    in_months,
)
from scheduler.said import COMMAS, Code, Said, Text, Value, in_english, listed, said, said_as, text_of
from scheduler.views.cited_events import events_cited
from scheduler.views.table import Cell, Table

Tell = Callable[[Value], str]

PATIENTS = (
    "subject",
    "arm",
    "end point",
    "criteria",
    "value",
    "from",
    "to",
    "days",
    "months",
    "why",
    "reason",
    "events",
)
"""The columns of the CSV: a public interface, as those below."""

RATES = ("arm", "criteria", "rate", "of", "patients", "out of", "percent", "low %", "high %")
RESPONSES = ("arm", "criteria", "best overall response", "patients")
LANDMARKS = (6, 12, 18, 24)
"""Months at which survival and the numbers at risk are told."""

SURVIVAL = (
    "arm",
    "end point",
    "criteria",
    "patients",
    "events",
    "censored",
    "not counted",
    "median days",
    "median months",
    "low months",
    "high months",
)
OVER_TIME = ("arm", "end point", "criteria", "months", "survival %", "low %", "high %", "at risk")
STEPS = ("arm", "end point", "criteria", "day", "months", "at risk", "events", "censored", "survival", "low", "high")
ADVERSE_EVENTS = ("arm", "worst grade", "patients", "out of", "percent", "low %", "high %")
INTENSITY = (
    "arm",
    "drug",
    "number",
    "patients",
    "RDI known",
    "median %",
    "least %",
    "most %",
    "below 85 %",
    "lower level",
)
RULES = ("about", "rule", "from", "source")

_BEST = text_of(said_as("end point", "best overall response"))
_RESPONSE = text_of(said_as("end point", "objective response"))
_CONTROL = text_of(said_as("end point", "disease control"))
_WORST = text_of(said_as("end point", "worst adverse event"))
_EVENT = text_of(said_as("what came out", "event"))
_CENSORED = text_of(said_as("what came out", "censored"))
_ALL = text_of(said_as("of whom", "all"))
_ASSESSED = text_of(said_as("of whom", "assessed"))
_NOT_ASSESSED = text_of(said("not assessed"))
_ASSUMED = text_of(said_as("where a rule stands", "assumption"))
_BY_THE_PROTOCOL = text_of(said_as("where a rule stands", "protocol"))
_BY_EITHER = text_of(said_as("criteria", "either"))


def table_of_patients(found: StudyEndPoints, tell: Tell = in_english) -> Table:
    """Every value of every patient, with its reason."""
    rows = tuple(row for patient in found.patients for row in rows_of_patient(patient, tell))
    title = [said("{study} end points", study=Code(found.study))]
    if found.cut_off is not None:
        title.append(said("data cut-off {day}", day=Code(f"{found.cut_off}")))
    if found.as_recorded is not None:
        title.append(said("as recorded by {day}", day=Code(f"{found.as_recorded}")))
    return Table(text_of(listed(*title, how=COMMAS)), PATIENTS, rows)


def rows_of_patient(patient: PatientEndPoints, tell: Tell = in_english) -> Iterator[tuple[Cell, ...]]:
    """One patient's values."""
    for best in patient.best:
        yield from _best(patient, best, tell)
    for time in patient.times:
        yield _time(patient, time, tell)
    worst = patient.worst
    events = events_cited(worst.events)
    yield (
        patient.subject,
        patient.arm,
        _WORST,
        None,
        worst.grade,
        *(None,) * 5,
        tell(worst.reason),
        events,
    )


def _best(patient: PatientEndPoints, best: BestOverall, tell: Tell) -> Iterator[tuple[Cell, ...]]:
    values = (
        (_BEST, best.best),
        (_RESPONSE, _yes(best.response) if best.counted else None),
        (_CONTROL, _yes(best.control) if best.counted else None),
    )
    for name, value in values:
        yield (
            patient.subject,
            patient.arm,
            name,
            best.criteria,
            value,
            None,
            best.best_on,
            None,
            None,
            None,
            tell(best.reason),
            events_cited(best.events),
        )


def _time(patient: PatientEndPoints, time: TimeToEvent, tell: Tell) -> tuple[Cell, ...]:
    return (
        patient.subject,
        patient.arm,
        _called(time.end_point),
        _by(time.criteria),
        None if time.event is None else _EVENT if time.event else _CENSORED,
        time.first,
        time.last,
        time.days,
        time.months,
        text_of(Said(time.why.value, (), None, "what ended a time")),
        tell(time.reason),
        events_cited(time.events),
    )


def table_of_rates(found: StudyEndPoints) -> Table:
    """Response and control, of all and of those assessed, with exact intervals."""
    rows: list[tuple[Cell, ...]] = []
    for arm in found.arms:
        for rates in arm.rates:
            named = (
                (_RESPONSE, _ALL, rates.response),
                (_CONTROL, _ALL, rates.control),
                (_RESPONSE, _ASSESSED, rates.response_of_assessed),
                (_CONTROL, _ASSESSED, rates.control_of_assessed),
            )
            rows += [(arm.arm, rates.criteria, name, of, *_rate(rate)) for name, of, rate in named]
    return Table(text_of(said("Rates")), RATES, tuple(rows))


def table_of_responses(found: StudyEndPoints) -> Table:
    """How many patients had which best overall response."""
    rows = (
        (arm.arm, rates.criteria, best or _NOT_ASSESSED, number)
        for arm in found.arms
        for rates in arm.rates
        for best, number in rates.best
    )
    return Table(text_of(said("Best overall responses")), RESPONSES, tuple(rows))


def table_of_survival(found: StudyEndPoints) -> Table:
    """Every end point that is a time: events and median."""
    rows = (_survival(arm, each) for arm in found.arms for each in arm.survival)
    return Table(text_of(said("Times until an event (Kaplan-Meier)")), SURVIVAL, tuple(rows))


def _survival(arm: ArmEndPoints, each: Survival) -> tuple[Cell, ...]:
    curve = each.curve
    return (
        arm.arm,
        _called(each.end_point),
        _by(each.criteria),
        each.number,
        each.events,
        each.number - each.events,
        each.not_counted,
        curve.median if curve is not None else None,
        *(_months(day) for day in _medians(curve)),
    )


def _medians(curve: Curve | None) -> tuple[int | None, int | None, int | None]:
    return (None, None, None) if curve is None else (curve.median, curve.median_low, curve.median_high)


def table_over_time(found: StudyEndPoints) -> Table:
    """Survival and the numbers at risk after 6, 12, 18 and 24 months."""
    rows = (
        (arm.arm, _called(each.end_point), _by(each.criteria), month, *_landmark(each.curve, month))
        for arm in found.arms
        for each in arm.survival
        if each.curve is not None
        for month in LANDMARKS
    )
    return Table(
        text_of(said("After so many months")), OVER_TIME, tuple(row for row in rows if row[-1] or row[4] is not None)
    )


def _landmark(curve: Curve, month: int) -> tuple[Cell, ...]:
    at = at_month(curve, month)
    return (_percent(at.survival), _percent(at.low), _percent(at.high), at.at_risk)


def at_month(curve: Curve, month: int) -> At:
    """Survival after so many months of 30.4375 days."""
    return curve.at(month * DAYS_OF_A_MONTH)


def table_of_steps(found: StudyEndPoints) -> Table:
    """Every day on which survival changed or somebody was censored."""
    rows = (
        (
            arm.arm,
            _called(each.end_point),
            _by(each.criteria),
            step.day,
            in_months(step.day),
            step.at_risk,
            step.events,
            step.censored,
            step.survival,
            step.low,
            step.high,
        )
        for arm in found.arms
        for each in arm.survival
        for step in (each.curve.steps if each.curve is not None else ())
    )
    return Table(text_of(said("Survival by day")), STEPS, tuple(rows))


def table_of_adverse_events(found: StudyEndPoints) -> Table:
    """How many patients of each arm had which worst grade in the time of collection."""
    rows: list[tuple[Cell, ...]] = []
    for arm in found.arms:
        worst = arm.worst
        of = worst.any_grade.of
        rows += [
            (arm.arm, text_of(said("grade {grade}", grade=grade)), number, of, None, None, None)
            for grade, number in zip(GRADES, worst.by_grade, strict=True)
        ]
        named = (
            (text_of(said("any grade")), worst.any_grade),
            (text_of(said("grade 3 or more")), worst.severe),
            (text_of(said("serious")), worst.serious),
        )
        rows += [(arm.arm, name, *_rate(rate)) for name, rate in named]
    return Table(text_of(said("Adverse events by worst grade")), ADVERSE_EVENTS, tuple(rows))


def table_of_intensity(found: StudyEndPoints) -> Table:
    """Relative dose intensity by cycle."""
    rows = (_intensity(arm.arm, each) for arm in found.arms for each in arm.intensity)
    return Table(text_of(said("Relative dose intensity by cycle")), INTENSITY, tuple(rows))


def _intensity(arm: str, each: IntensityOfCycle) -> tuple[Cell, ...]:
    return (
        arm,
        each.drug,
        each.n,
        each.patients,
        each.known,
        _tenth(each.median),
        _tenth(each.least),
        _tenth(each.most),
        each.reduced,
        each.lowered,
    )


def table_of_rules(found: StudyEndPoints, tell: Tell = in_english) -> Table:
    """The rules, and which of them the protocol does not say."""
    rows = (
        (
            tell(each.about),
            tell(each.rule),
            _ASSUMED if each.assumed else _BY_THE_PROTOCOL,
            str(each.source) if each.source else None,
        )
        for each in found.rules
    )
    return Table(text_of(said("Counted by these rules")), RULES, tuple(rows))


def _rate(rate: Rate) -> tuple[Cell, ...]:
    return (rate.n, rate.of, rate.percent, _percent(rate.low), _percent(rate.high))


def _percent(part: Decimal | None) -> Decimal | None:
    return None if part is None else in_percent(part)


def _tenth(percent: Decimal | None) -> Decimal | None:
    return None if percent is None else in_percent(percent / 100)


def _months(day: int | None) -> Decimal | None:
    return None if day is None else in_months(day)


def _yes(known: bool) -> Text:
    return text_of(said("yes") if known else said("no"))


def _called(end_point: EndPoint) -> Text:
    return text_of(Said(end_point.value, (), None, "end point"))


def _by(criteria: str | None) -> str | None:
    """The criteria; of what counts by any of them, a word."""
    return _BY_EITHER if criteria == EITHER else criteria
