"""A planned first dose that the calendar does not go by: another plan holds, or nothing counts from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduler.calendar.entries.because import Because, Event
from scheduler.findings import Finding, Severity
from scheduler.patient.course import Course
from scheduler.patient.events import FirstDosePlanned
from scheduler.patient.log import Fact

NOT_READ = "first-dose-plan-not-read"


def findings_of_first_dose_plan(course: Course, reasons: Iterable[Because]) -> Iterator[Finding]:
    """A warning for a plan recorded after the one that holds, and for one that nothing counts from; none once a dose was given.

    ``reasons`` are those of everything on the calendar.
    """
    holds = course.first_dose_planned
    if holds is None or course.first_dose is not None:
        return
    for fact in course.of(FirstDosePlanned):
        if max(fact.numbers) > max(holds.numbers):
            message = f"the plan of {fact.event.on} is dated before that of event {holds.number}, which holds"
            yield _warning(message, "date it by the day on which it was made, or strike the other", fact)
    if not any(
        Event(holds.number) in because.set_by or Event(holds.number) in because.looked_at for because in reasons
    ):
        message = "nothing on the calendar counts from the planned first dose"
        yield _warning(message, "look at what the protocol counts from, and record that", holds)


def _warning(message: str, hint: str, fact: Fact) -> Finding:
    return Finding(NOT_READ, Severity.WARNING, f"event {fact.number}: {message}", hint, events=fact.numbers)
