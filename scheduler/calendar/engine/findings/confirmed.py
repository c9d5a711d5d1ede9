"""Facts that looked like slips and stand, because somebody said that they are none: each is told, so that it is never silent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduler.findings import Finding, Severity
from scheduler.patient.log import Fact
from scheduler.said import Code, Said, said

CONFIRMED = "confirmed"


def findings_of_confirmed(facts: Iterable[Fact]) -> Iterator[Finding]:
    """A note for each fact that was confirmed. Why, in people's own words, stands with the event and nowhere else."""
    for fact in facts:
        if fact.event.confirmed is not None:
            message = said(
                "{day}, event {number}: '{event}' was asked about and stands as it is",
                day=Code(f"{fact.event.on}"),
                number=fact.number,
                event=Said(fact.event.event, context="record"),
            )
            yield Finding.of(CONFIRMED, Severity.NOTE, message, events=fact.numbers)
