"""A patient who goes on at another site: from that day on the other site's days and feeds hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduler.findings import Finding, Severity
from scheduler.patient.events import SiteTransferred
from scheduler.patient.log import Fact

TRANSFERRED = "site-transferred"


def findings_of_transfers(facts: Iterable[Fact]) -> Iterator[Finding]:
    """A note for each transfer, with the day and the site."""
    for fact in facts:
        if isinstance(fact.event, SiteTransferred):
            message = f"{fact.event.on}, event {fact.number}: the patient goes on at the site {fact.event.site}"
            yield Finding(TRANSFERRED, Severity.NOTE, message, events=fact.numbers)
