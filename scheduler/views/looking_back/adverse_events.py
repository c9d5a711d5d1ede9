"""Adverse events over all patients of a study, inside and outside the time in which the study collects them, by worst grade.

An adverse event is inside when it began in that time or got worse in it; while nobody knows when the time ends, its end is open.
The list is for those who report; CTCAE grades are as recorded, terms as the CTCAE of the protocol names them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.calendar.entries.entry import Entry, Status
from scheduler.patient.episodes.adverse_events import AdverseEventCourse, adverse_events_of
from scheduler.said import Code, said, text_of
from scheduler.views.cited_events import events_cited
from scheduler.views.patients import Patient
from scheduler.views.table import Cell, Table
from scheduler.vocabulary.terms import VERSION

GRADES = (1, 2, 3, 4, 5)

COLUMNS = (
    "subject",
    "period",
    "worst grade",
    "worst in period",
    "ae",
    "term",
    "recorded as",
    "onset",
    "end",
    "grade now",
    "serious",
    "related",
    "events",
    "ctcae",
)
"""The columns of the CSV: a public interface."""

SUMMARY = ("period", "term", *(f"grade {grade}" for grade in GRADES), "patients", "events")


@dataclass(frozen=True, slots=True)
class ReportedEvent:
    """One adverse event of one patient. ``inside`` is None where the study collects none, or nobody knows yet from when.

    ``worst_inside`` is the highest grade that it got in the period; None where it is outside. ``ctcae`` is the version of CTCAE
    that the protocol named when it was recorded.
    """

    subject: str
    course: AdverseEventCourse
    inside: bool | None
    worst_inside: int | None
    ctcae: str

    @property
    def counted(self) -> int:
        """The grade that the summary counts it under."""
        return self.worst_inside or self.course.worst

    @property
    def where(self) -> str:
        """The word for inside or outside."""
        return "not known" if self.inside is None else "inside" if self.inside else "outside"


@dataclass(frozen=True, slots=True)
class AdverseEventList:
    """The adverse events of a study: inside the period first, the worst first, then patient by patient."""

    study: str
    lines: tuple[ReportedEvent, ...]

    def table(self) -> Table:
        """Every adverse event."""
        return Table(
            text_of(said("{study} adverse events", study=Code(self.study))),
            COLUMNS,
            tuple(_row(line) for line in self.lines),
        )

    def summary(self) -> Table:
        """How many patients had each term at which worst grade: a patient counts once for a term."""
        rows = tuple(
            (
                each.where,
                each.term,
                *(each.patients[grade - 1] or None for grade in GRADES),
                sum(each.patients),
                each.events,
            )
            for each in self.terms()
        )
        return Table(text_of(said("Patients by term and worst grade")), SUMMARY, rows)

    def terms(self) -> tuple[TermCount, ...]:
        """The counts of each term, in the order of the list: inside first, the worst first."""
        groups: dict[tuple[str, str], list[ReportedEvent]] = {}
        for line in self.lines:
            groups.setdefault((line.where, line.course.term), []).append(line)
        counts = (_count(where, term, lines) for (where, term), lines in groups.items())
        return tuple(
            sorted(counts, key=lambda each: (_ORDER[each.where], *(-n for n in reversed(each.patients)), each.term))
        )


@dataclass(frozen=True, slots=True)
class TermCount:
    """One term: the patients who had it by their worst grade, 1 to 5, and how many adverse events that were."""

    where: str
    term: str
    patients: tuple[int, ...]
    events: int


_ORDER = {"inside": 0, "not known": 1, "outside": 2}


def adverse_event_list(study: str, patients: Iterable[Patient]) -> AdverseEventList:
    """The adverse events of these patients."""
    lines = [line for patient in patients for line in _of_patient(patient)]
    return AdverseEventList(study, tuple(sorted(lines, key=_place)))


def _place(line: ReportedEvent) -> tuple[int, int, str, int]:
    return (_ORDER[line.where], -line.counted, line.subject, line.course.ae)


def _of_patient(patient: Patient) -> Iterator[ReportedEvent]:
    for course in adverse_events_of(patient.course.facts):
        inside, worst = _in_collection(patient, course)
        ctcae = patient.plan.ctcae_on(course.recorded) if patient.plan is not None else VERSION
        yield ReportedEvent(patient.subject, course, inside, worst, ctcae)


def _in_collection(patient: Patient, course: AdverseEventCourse) -> tuple[bool | None, int | None]:
    """Whether it belongs to the time of collection, and the highest grade that it got there."""
    period = _collection(patient)
    if period is None or period.date is None:
        return None, None
    if period.status is Status.CANCELLED:
        return False, None
    worst = course.worst_between(period.date, period.window[1] if period.window is not None else None)
    return worst is not None, worst


def _collection(patient: Patient) -> Entry | None:
    """The time in which the study collects adverse events, whatever it calls it."""
    periods = patient.plan.periods if patient.plan is not None else ()
    return next((patient.calendar.entry(f"{each.name}.1") for each in periods if each.collects_adverse_events), None)


def _count(where: str, term: str, lines: list[ReportedEvent]) -> TermCount:
    worst: dict[str, int] = {}
    for line in lines:
        worst[line.subject] = max(worst.get(line.subject, 0), line.counted)
    graded = list(worst.values())
    return TermCount(where, term, tuple(graded.count(grade) for grade in GRADES), len(lines))


def _row(line: ReportedEvent) -> tuple[Cell, ...]:
    course = line.course
    return (
        line.subject,
        line.where,
        course.worst,
        line.worst_inside,
        course.ae,
        course.term,
        course.recorded_term if course.recorded_term != course.term else None,
        course.onset,
        course.end,
        course.now,
        text_of(said("yes")) if course.serious else None,
        ", ".join(course.related) or None,
        events_cited(course.events),
        line.ctcae,
    )
