"""A withdrawal from treatment that changes nothing, because treatment had ended by then."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding, Severity
from scheduler.patient.course import Course
from scheduler.patient.events import Withdrew


def findings_of_late_withdrawals(course: Course) -> Iterator[Finding]:
    """A note for each withdrawal from a treatment that had ended."""
    for fact in course.of(Withdrew):
        is_treatment = isinstance(fact.event, Withdrew) and fact.event.from_ == "treatment"
        if is_treatment and any(end.day <= fact.day for end in course.ends_of_treatment):
            message = (
                f"{fact.event.on}, event {fact.number}: the patient withdrew from treatment, which had ended by then"
            )
            yield Finding("withdrew-after-the-end", Severity.NOTE, message, events=fact.numbers)
