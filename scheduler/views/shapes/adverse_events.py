"""The adverse events of all patients, as other programs are told them."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.views.looking_back.adverse_events import GRADES, AdverseEventList, ReportedEvent, TermCount
from scheduler.views.shapes.shape import CivilDate, Shape


@dataclass(frozen=True, kw_only=True)
class AdverseEventCourse(Shape):
    """One adverse event over its course."""

    subject: str
    """Whose it is."""
    ae: int
    """Its number."""
    term: str
    """The term of CTCAE."""
    recorded_term: str
    """The term as it was recorded."""
    onset: CivilDate | None
    """When it began."""
    end: CivilDate | None
    """When it was over."""
    worst_grade: int
    """The worst grade, 1 to 5."""
    worst_grade_in_period: int | None
    """The worst grade inside the time in which the study collects adverse events."""
    grade_now: int | None
    """The grade now; null when it is over."""
    serious: bool | None
    """It is serious."""
    related: tuple[str, ...]
    """The treatments that it may come from."""
    in_period: bool | None
    """It falls into the time in which the study collects adverse events."""
    events: tuple[int, ...]
    """The events that say so."""
    ctcae: str
    """The version of CTCAE that the protocol named when it was recorded."""


@dataclass(frozen=True, kw_only=True)
class AdverseEventCount(Shape):
    """How many patients had a term."""

    period: str
    """Inside or outside the time of collection."""
    term: str
    """The term."""
    patients_by_worst_grade: dict[str, int]
    """Patients by worst grade, "1" to "5"."""
    patients: int
    """Patients together."""
    events: int
    """Adverse events together."""


@dataclass(frozen=True, kw_only=True)
class AdverseEvents(Shape):
    """The adverse events of all patients."""

    study: str
    """The study."""
    adverse_events: tuple[AdverseEventCourse, ...]
    """Each of them."""
    summary: tuple[AdverseEventCount, ...]
    """By term."""


def tell_adverse_events(found: AdverseEventList) -> AdverseEvents:
    """Each adverse event, and how many patients had each term at which worst grade."""
    return AdverseEvents(
        study=found.study,
        adverse_events=tuple(_course(each) for each in found.lines),
        summary=tuple(_count(each) for each in found.terms()),
    )


def _course(line: ReportedEvent) -> AdverseEventCourse:
    course = line.course
    return AdverseEventCourse.taken_from(
        course,
        subject=line.subject,
        worst_grade=course.worst,
        worst_grade_in_period=line.worst_inside,
        grade_now=course.now,
        in_period=line.inside,
        ctcae=line.ctcae,
    )


def _count(each: TermCount) -> AdverseEventCount:
    by_grade = {str(grade): each.patients[grade - 1] for grade in GRADES}
    return AdverseEventCount.taken_from(
        each, period=each.where, patients_by_worst_grade=by_grade, patients=sum(each.patients)
    )
