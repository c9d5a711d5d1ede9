"""Days that cannot be: a fact of tomorrow, an adverse event that began after it was reported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.asking.candidate import Candidate, Told
from scheduler.patient.events import AdverseEvent, Event, FirstDosePlanned, MovedToVersion, SiteTransferred
from scheduler.patient.events.kind import Authority

_ORDERED = (Authority.ORDER, Authority.SIGNED_ORDER)
_ARRANGED = (FirstDosePlanned, MovedToVersion, SiteTransferred)
"""What somebody arranges for a day that may lie ahead."""


def in_the_future(candidate: Candidate) -> Iterator[Told]:
    """What happened did so by today. An order, a move or a planned first dose may hold from a later day."""
    event, today = candidate.event, candidate.today
    if event.kind.authority in _ORDERED or isinstance(event, _ARRANGED):
        return
    for field, day in _days_of(event):
        if day > today:
            what = f"{day} is still to come: today is {today}, and '{event.event}' says what has happened"
            yield Told(what, field, _when_to_record(event, field))


def _days_of(event: Event) -> Iterator[tuple[str, date]]:
    """The days on which something happened. That of an appointment or an expiry may lie ahead."""
    yield "on", event.on
    if getattr(event, "days", None) is not None:
        yield "to", event.days[1]  # type: ignore[attr-defined]


def _when_to_record(event: Event, field: str) -> str:
    if field == "to":
        return "report the days up to today, and the others when they have come"
    return "look at the year and the month; for a day ahead make an appointment with 'booked', and record it when it has happened"


def onset_after_report(candidate: Candidate) -> Iterator[Told]:
    """An adverse event cannot be reported before it began."""
    event = candidate.event
    if isinstance(event, AdverseEvent) and event.onset is not None and event.onset > event.on:
        what = f"the adverse event began on {event.onset}, after {event.on}, the day of its report"
        yield Told(what, "onset", "'onset' is the day it began, 'on' the day from which this grade is known")
