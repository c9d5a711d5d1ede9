"""Adverse events by episode, holds, tumour assessments and the study's periods of one patient, as they lie along the days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from scheduler.calendar.entries.entry import Calendar, Flag, Kind, Status
from scheduler.calendar.tumour.tumour_response import ResponseSoFar, TumourResponse
from scheduler.patient.episodes.assessments import Assessed
from scheduler.said import COMMAS, SHORT_DAY, Code, Day, Quoted, Said, Value, listed, own_words, said
from scheduler.views.chart.head import name_of
from scheduler.views.chart.naming import Names
from scheduler.views.looking_back.adverse_events import ReportedEvent, adverse_event_list
from scheduler.views.looking_back.response import scan_of
from scheduler.views.patients import Patient


class Track(StrEnum):
    """What a row of the time line shows."""

    ADVERSE_EVENT = "adverse event"
    HOLD = "hold"
    RESPONSE = "response"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some days of a row, both included; ``last`` is None while it goes on. ``grade`` is an adverse event's, from 1 to 5.

    A tumour assessment is a single day. ``label`` is what stands in it, ``words`` are all that is known of it.
    """

    first: date
    last: date | None
    label: str
    words: Said
    grade: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One adverse event, one treatment's holds, one set of criteria, or one period."""

    name: Value
    track: Track
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """One tumour assessment: which scan it was read from, and what it makes of an unconfirmed progression."""

    of: Assessed
    scan: Value | None
    scanned: date
    note: Said | None


@dataclass(frozen=True, slots=True)
class PeriodSeen:
    """A period of the study's registration. ``runs`` is true on a day in it; None while nobody knows from when it counts."""

    title: str
    id: str
    first: date | None
    last: date | None
    runs: bool | None


@dataclass(frozen=True, slots=True)
class Episodes:
    """All of it: the rows of the time line, the adverse events in the order of their onset, and the tumour's course."""

    rows: tuple[Row, ...]
    adverse_events: tuple[ReportedEvent, ...]
    assessments: tuple[Assessment, ...]
    best: tuple[ResponseSoFar, ...]
    progression: date | None
    periods: tuple[PeriodSeen, ...]


def episodes_of(patient: Patient, response: TumourResponse, names: Names, on: date) -> Episodes:
    """The adverse events and the response of one patient as of a day."""
    found = adverse_event_list(patient.calendar.study, [patient]).lines
    events = tuple(sorted(found, key=lambda each: (each.course.onset, each.course.ae)))
    assessments = tuple(_assessment(each, names) for each in response.assessments)
    rows = (
        *(_of_event(each) for each in events),
        *_of_holds(patient),
        *_of_response(assessments),
        *_of_periods(patient.calendar),
    )
    best = tuple(each for each in response.so_far if each.best is not None)
    periods = tuple(_periods(patient.calendar, on))
    return Episodes(rows, events, assessments, best, response.progression, periods)


def _of_event(event: ReportedEvent) -> Row:
    course = event.course
    changes = [*course.grades]
    stretches = []
    for number, (day, grade) in enumerate(changes):
        following = changes[number + 1][0] if number + 1 < len(changes) else None
        if grade:
            last = max(day, following - timedelta(days=1)) if following is not None else None
            stretches.append(Stretch(day, last, f"{grade}", _graded(grade, day, last), grade))
    return Row(Quoted(course.term, "en"), Track.ADVERSE_EVENT, tuple(stretches))


def _graded(grade: int, first: date, last: date | None) -> Said:
    day = Day(first, SHORT_DAY)
    if last is None:
        return said("grade {grade} since {day}", grade=grade, day=day)
    return said("grade {grade}, {first} to {last}", grade=grade, first=day, last=Day(last, SHORT_DAY))


def _of_holds(patient: Patient) -> Iterator[Row]:
    treatments = dict.fromkeys(hold.treatment for hold in patient.calendar.holds)
    for treatment in treatments:
        stretches = []
        for hold in patient.calendar.holds:
            if hold.treatment == treatment:
                last = max(hold.start, hold.over - timedelta(days=1)) if hold.over is not None else None
                stretches.append(Stretch(hold.start, last, "", _held(hold.start, last)))
        name = said("{treatment}, on hold", treatment=name_of(patient.plan, treatment))
        yield Row(name, Track.HOLD, tuple(stretches))


def _held(first: date, last: date | None) -> Said:
    day = Day(first, SHORT_DAY)
    if last is None:
        return said("on hold since {day}", day=day)
    return said("on hold, {first} to {last}", first=day, last=Day(last, SHORT_DAY))


def _of_response(assessments: tuple[Assessment, ...]) -> Iterator[Row]:
    for criteria in dict.fromkeys(each.of.criteria for each in assessments):
        own = [each for each in assessments if each.of.criteria == criteria]
        stretches = tuple(
            Stretch(
                each.scanned,
                each.scanned,
                each.of.assessment,
                said(
                    "{assessment}, scan of {day}",
                    assessment=Code(each.of.assessment),
                    day=Day(each.scanned, SHORT_DAY),
                ),
            )
            for each in own
        )
        yield Row(Code(criteria), Track.RESPONSE, stretches)


def _of_periods(calendar: Calendar) -> Iterator[Row]:
    for entry in calendar.entries:
        if entry.kind is Kind.PERIOD and entry.date is not None and entry.status is not Status.CANCELLED:
            last = entry.window[1] if entry.window is not None and Flag.OPEN_END not in entry.flags else None
            words = said("from {day}", day=Day(entry.date, SHORT_DAY))
            if last is not None:
                words = said("{first} to {last}", first=Day(entry.date, SHORT_DAY), last=Day(last, SHORT_DAY))
            yield Row(own_words(entry.title), Track.PERIOD, (Stretch(entry.date, last, "", words),))


def _assessment(each: Assessed, names: Names) -> Assessment:
    scan = scan_of(each)
    called = names.get(scan, Code(scan)) if scan is not None else None
    return Assessment(each, called, date.fromordinal(each.scan_day), _note(each))


def _note(each: Assessed) -> Said | None:
    if each.reset:
        return said("takes back an unconfirmed progression")
    if each.assessment == "iCPD" and each.iupd is not None:
        return said("confirms the progression of {day}", day=Day(date.fromordinal(each.iupd.scan_day), SHORT_DAY))
    if each.assessment == "iUPD":
        return said("progression, not confirmed yet")
    return None


def _periods(calendar: Calendar, on: date) -> Iterator[PeriodSeen]:
    for entry in calendar.entries:
        if entry.kind is not Kind.PERIOD:
            continue
        first = entry.date
        last = entry.window[1] if entry.window is not None and Flag.OPEN_END not in entry.flags else None
        runs = None if first is None else first <= on and (last is None or on <= last)
        if entry.status is Status.CANCELLED:
            runs = False
        yield PeriodSeen(entry.title, entry.id, first, last, runs)


def grades_in_words(event: ReportedEvent) -> Value:
    """The grades of an adverse event with their days: "grade 1 from 18 Mar 2026, over on 2 Apr 2026"."""
    return listed(
        *(
            said("grade {grade} from {day}", grade=grade, day=Day(day, SHORT_DAY))
            if grade
            else said("over on {day}", day=Day(day, SHORT_DAY))
            for day, grade in event.course.grades
        ),
        how=COMMAS,
    )
