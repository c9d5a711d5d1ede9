"""Activities: each at a visit that exists, each visit with something to do."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding, Severity
from scheduler.protocol.checks.protocol import Protocol
from scheduler.protocol.plan.study import Role, Timeline
from scheduler.protocol.text.activities import at_place, places_of


def check_activities_have_a_visit(protocol: Protocol) -> Iterator[Finding]:
    """An activity that is done nowhere."""
    for activity, written in protocol.text.activities.items():
        if not places_of(written):
            place = protocol.root.below("activities", activity).key()
            hint = "name the visits, or leave it out"
            yield Finding("unreachable", Severity.WARNING, f"'{activity}' is done at no visit", hint, place)


def check_activity_numbers(protocol: Protocol) -> Iterator[Finding]:
    """An activity at an occurrence that does not exist: the sixth of five fractions."""
    plans = protocol.version.arms.values()
    for activity, written in protocol.text.activities.items():
        for index, place in enumerate(places_of(written)):
            lines = [line for plan in plans if (line := plan.timelines.get(place.timeline or "")) is not None]
            for n in place.selection.listed:
                if lines and not any(_has_number(line, n) for line in lines):
                    at = at_place(protocol.root, activity, written, index)
                    message = f"{place.timeline} has no number {n}"
                    yield at.finding("unknown-occurrence", message, "leave it out", word=str(n))


def _has_number(line: Timeline, n: int) -> bool:
    goes_on = line.then is not None or bool(line.pieces)
    listed = n in line.numbered or (goes_on and n >= line.first_number)
    return listed and all(n <= limit.most for limit in line.counts)


def check_visits_have_activities(protocol: Protocol) -> Iterator[Finding]:
    """A visit at which nothing is done, in a protocol that says what is done at visits."""
    if not protocol.text.activities:
        return
    for _, line in protocol.timelines():
        if line.role is Role.VISIT and line.sheet is None and not line.activities:
            hint = "name it under 'activities'"
            yield Finding("no-activity", Severity.NOTE, f"nothing is done at {line.name}", hint, protocol.key(line))
