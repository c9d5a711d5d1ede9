"""Facts that looked like slips and stand, because somebody said that they are none: each is told, so that it is never silent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduler.findings import Finding, Severity
from scheduler.patient.log import Fact

CONFIRMED = "confirmed"


def findings_of_confirmed(facts: Iterable[Fact]) -> Iterator[Finding]:
    """A note for each fact that was confirmed. Why, in people's own words, stands with the event and nowhere else."""
    for fact in facts:
        if fact.event.confirmed is not None:
            message = f"{fact.event.on}, event {fact.number}: '{fact.event.event}' was asked about and stands as it is"
            yield Finding(CONFIRMED, Severity.NOTE, message, events=fact.numbers)
