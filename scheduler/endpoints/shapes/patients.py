"""The end points of patients, as other programs are told them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scheduler.endpoints.of_study import StudyEndPoints as Found
from scheduler.endpoints.patient import end_point
from scheduler.endpoints.rules import UsedRule
from scheduler.views.shapes.shape import CivilDate, Shape, Told


@dataclass(frozen=True, kw_only=True)
class TimeToEvent(Shape):
    """A time until an event, or until which it had not come."""

    end_point: str
    """Overall survival, progression-free survival or duration of response."""
    criteria: str | None
    """RECIST 1.1, iRECIST, or either of them, whichever says progression first; null for survival."""
    first: CivilDate | None
    """The first day; null where the patient is not counted."""
    last: CivilDate | None
    """The day of the event, or on which the patient is censored."""
    days: int | None
    """The days, the first and the last included."""
    months: Decimal | None
    """The same in months of 30.4375 days."""
    event: bool | None
    """True for the event, false for censored, null where the patient is not counted."""
    why: str
    """Why it ends there, in a word."""
    reason: Told
    """Why, in a sentence."""
    events: tuple[int, ...]
    """The events that say so."""


@dataclass(frozen=True, kw_only=True)
class OverallResponse(Shape):
    """The best overall response by one set of criteria."""

    criteria: str
    """RECIST 1.1 or iRECIST."""
    best: str | None
    """The best response as it counts; null where nothing was assessed."""
    best_scan: CivilDate | None
    """The day of its scan."""
    confirmed: bool | None
    """A later scan confirmed it; null where it is no response."""
    best_if_confirmed: str | None
    """What it is where it has to be confirmed."""
    response: bool
    """It counts as an objective response."""
    control: bool
    """It counts as disease control."""
    assessed: bool
    """Something was assessed."""
    counted: bool
    """The patient is in the rates by these criteria."""
    reason: Told
    """Why, in a sentence."""
    events: tuple[int, ...]
    """The events that say so."""


@dataclass(frozen=True, kw_only=True)
class WorstAdverseEvent(Shape):
    """The worst grade in the time of collection."""

    grade: int | None
    """1 to 5; null where none began or got worse."""
    serious: bool
    """One of them is serious."""
    counted: bool
    """The time of collection has begun."""
    reason: Told
    """Which, in a sentence."""
    events: tuple[int, ...]
    """The events that say so."""


@dataclass(frozen=True, kw_only=True)
class PatientEndPoints(Shape):
    """All end points of one patient."""

    subject: str
    """Whose they are."""
    arm: str | None
    """The patient's arm; null for who may not see response by arm."""
    responses: tuple[OverallResponse, ...]
    """The best response by each set of criteria."""
    times: tuple[TimeToEvent, ...]
    """Survival, progression-free survival and durations of response."""
    worst_adverse_event: WorstAdverseEvent
    """The worst grade."""


@dataclass(frozen=True, kw_only=True)
class CountingRule(Shape):
    """A rule by which end points are counted."""

    about: Told
    """What it is about."""
    rule: Told
    """The rule."""
    assumed: bool
    """The protocol does not say it."""
    source: Told | None
    """Whose rule it is."""


@dataclass(frozen=True, kw_only=True)
class PatientsEndPoints(Shape):
    """The end points of patients."""

    study: str
    """The study."""
    cut_off: CivilDate | None
    """The data cut-off: what happened after it does not count; null where there is none."""
    as_recorded: CivilDate | None
    """The day by which what counts was recorded; null where all counts."""
    patients: tuple[PatientEndPoints, ...]
    """Each patient."""
    without_arm: int
    """Patients who are in no arm: nothing is counted of them."""
    rules: tuple[CountingRule, ...]
    """How they are counted."""


def tell_of_patients(found: Found, *, arms: bool = True) -> PatientsEndPoints:
    """The patients without the totals of their arms, and without ``arms`` not even with these."""
    return PatientsEndPoints.taken_from(
        found,
        patients=tuple(tell_patient(each, arms=arms) for each in found.patients),
        rules=tuple(map(tell_rule, found.rules)),
    )


def tell_patient(found: end_point.PatientEndPoints, *, arms: bool = True) -> PatientEndPoints:
    """One patient."""
    return PatientEndPoints.taken_from(
        found,
        arm=found.arm if arms else None,
        responses=tuple(OverallResponse.taken_from(each, best_scan=each.best_on) for each in found.best),
        times=tuple(
            TimeToEvent.taken_from(each, end_point=each.end_point.value, why=each.why.value) for each in found.times
        ),
        worst_adverse_event=WorstAdverseEvent.taken_from(found.worst),
    )


def tell_rule(rule: UsedRule) -> CountingRule:
    """One rule."""
    return CountingRule.taken_from(rule)
