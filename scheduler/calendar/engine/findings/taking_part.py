"""Where a patient takes part and how far: at another site, in a group, and what a withdrawal found over already."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding, Severity
from scheduler.patient.course import Course
from scheduler.patient.events import Joined, Left, SiteTransferred, Withdrew
from scheduler.patient.log import Fact


def findings_of_taking_part(course: Course) -> Iterator[Finding]:
    """A note for each transfer, each group joined or left, and each withdrawal from a treatment that had ended."""
    for fact in course.of(SiteTransferred, Joined, Left, Withdrew):
        match fact.event:
            case SiteTransferred(site=site):
                yield _note("site-transferred", fact, f"the patient goes on at the site {site}")
            case Joined(group=group):
                yield _note("joined", fact, f"the patient belongs to the group {group} from this day on")
            case Left(group=group):
                yield _note("left", fact, f"the patient does not belong to the group {group} from this day on")
            case Withdrew(from_="treatment") if any(end.day <= fact.day for end in course.ends_of_treatment):
                yield _note(
                    "withdrew-after-the-end", fact, "the patient withdrew from treatment, which had ended by then"
                )


def _note(code: str, fact: Fact, what: str) -> Finding:
    message = f"{fact.event.on}, event {fact.number}: {what}"
    return Finding(code, Severity.NOTE, message, events=fact.numbers)
