"""An order about a treatment of which no dose is left: it was over by then, or the patient had died. Nothing follows from it.

A dose is also prescribed while all doses of the treatment wait, as in a hold: nothing follows from it until one has a day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scheduler.calendar.entries.because import Because
from scheduler.calendar.entries.entry import Entry, HeldPeriod, Pending, Status
from scheduler.findings import Finding, Severity
from scheduler.patient.course import Course
from scheduler.patient.events import OfTreatment
from scheduler.patient.events.orders import Delayed, Discontinued, DoseChanged, Held, Prescribed, Resumed
from scheduler.patient.log import Fact
from scheduler.said import Code, Said, said

_ORDERS = (Held, Delayed, Resumed, DoseChanged, Prescribed, Discontinued)


def findings_of_orders_without_dose(
    course: Course, entries: Sequence[Entry], waiting: Sequence[Pending], holds: Sequence[HeldPeriod]
) -> Iterator[Finding]:
    """A note for each order on which nothing of the calendar rests, where no dose of its treatment is planned from then on."""
    idle = [fact for fact in course.of(*_ORDERS) if not _has_dose_left(fact, entries, waiting)]
    for_later = [fact for fact in course.of(Prescribed) if fact not in idle and not _has_dose_left(fact, entries, ())]
    if not (idle or for_later):
        return
    named = {number for hold in holds for number in hold.events}
    named |= {number for because in _reasons(entries, waiting) for number in because.event_numbers()}
    for fact in idle:
        event = fact.event
        if isinstance(event, OfTreatment) and fact.number not in named:
            message = said(
                "{day}, event {number}: '{event}' of {treatment} is recorded, and no dose of it is planned from then on",
                day=Code(f"{event.on}"),
                number=fact.number,
                event=Said(event.event, context="record"),
                treatment=Code(event.treatment),
            )
            yield Finding.of("no-dose-left", Severity.NOTE, message, events=fact.numbers)
    for fact in for_later:
        event = fact.event
        if isinstance(event, OfTreatment) and fact.number not in named:
            message = said(
                "{day}, event {number}: '{event}' of {treatment} is recorded, and no dose of it has a day yet",
                day=Code(f"{event.on}"),
                number=fact.number,
                event=Said(event.event, context="record"),
                treatment=Code(event.treatment),
            )
            yield Finding.of("no-dose-dated", Severity.NOTE, message, events=fact.numbers)


def _has_dose_left(fact: Fact, entries: Sequence[Entry], waiting: Sequence[Pending]) -> bool:
    event = fact.event
    return isinstance(event, OfTreatment) and (
        any(each.timeline == event.treatment for each in waiting)
        or any(
            each.timeline == event.treatment
            and each.status is Status.PLANNED
            and (each.date is None or each.date >= event.on)
            for each in entries
        )
    )


def _reasons(entries: Sequence[Entry], waiting: Sequence[Pending]) -> Iterator[Because]:
    for entry in entries:
        yield entry.because
        yield from (run.because for run in entry.runs)
    yield from (each.because for each in waiting)
