"""A planned first dose that the calendar does not go by: another plan holds, or nothing counts from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduler.calendar.entries.because import Because, Event
from scheduler.findings import Finding, Severity
from scheduler.patient.course import Course
from scheduler.patient.events import FirstDosePlanned
from scheduler.patient.log import Fact
from scheduler.said import Code, Said, said

NOT_READ = "first-dose-plan-not-read"


def findings_of_first_dose_plan(course: Course, reasons: Iterable[Because]) -> Iterator[Finding]:
    """A warning for a plan recorded after the one that holds, and for one that nothing counts from; a note after the dose.

    ``reasons`` are those of everything on the calendar.
    """
    holds, given = course.first_dose_planned, course.first_dose
    if given is not None:
        for fact in course.of(FirstDosePlanned):
            if max(fact.numbers) > given.number:
                message = said(
                    "event {number}: the plan is recorded after the dose itself, event {number_b}",
                    number=fact.number,
                    number_b=given.number,
                )
                yield Finding.of(NOT_READ, Severity.NOTE, message, events=fact.numbers)
    elif holds is not None:
        yield from _of_plans(course, holds, reasons)


def _of_plans(course: Course, holds: Fact, reasons: Iterable[Because]) -> Iterator[Finding]:
    for fact in course.of(FirstDosePlanned):
        if max(fact.numbers) > max(holds.numbers):
            message = said(
                "the plan of {day} is dated before that of event {number}, which holds",
                day=Code(f"{fact.event.on}"),
                number=holds.number,
            )
            yield _warning(message, said("date it by the day on which it was made, or strike the other"), fact)
    if not any(
        Event(holds.number) in because.set_by or Event(holds.number) in because.looked_at for because in reasons
    ):
        message = said("nothing on the calendar counts from the planned first dose")
        yield _warning(message, said("look at what the protocol counts from, and record that"), holds)


def _warning(message: Said, hint: Said, fact: Fact) -> Finding:
    return Finding.of(
        NOT_READ,
        Severity.WARNING,
        said("event {number}: {message}", number=fact.number, message=message),
        hint,
        events=fact.numbers,
    )
