"""What a patient comes for: a service request for each visit with its planned date, and an appointment for what is to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from scheduler.calendar.entries.entry import Flag, Kind, Pending, Status
from scheduler.standards.fhir.protocol import activity_id
from scheduler.standards.fhir.quantities import quantity
from scheduler.standards.fhir.resource import Json, Resource, concept, notes, reference, resource
from scheduler.standards.fhir.subject import REQUEST_STATUS, Subject
from scheduler.standards.sdtm.visit_numbers import is_visit, title_of
from scheduler.views.days.lengths import minutes_of
from scheduler.views.days.spelled_out import DayEntry, spelled_out
from scheduler.views.reader.hidden import DRUG_KINDS

_NO_VISIT = (Kind.PERIOD, Kind.CYCLE, Kind.DIARY)


def visit_resources(subject: Subject) -> Iterator[Resource]:
    """Every visit of the calendar, and what cannot be dated yet as a draft without a date."""
    for line in spelled_out(subject.calendar):
        if is_visit(line) and line.date is not None:
            yield _request(subject, line)
            if line.status is Status.PLANNED and max((line.date, *(line.window or ()))) >= subject.on:
                yield _appointment(subject, line)
    for pending in subject.calendar.pending:
        if pending.kind not in (*_NO_VISIT, *DRUG_KINDS):
            yield _pending(subject, pending)


def _waits(subject: Subject, line: DayEntry) -> str | None:
    """A dose at the site waits with its visit; for tablets the patient comes all the same."""
    if line.kind is Kind.ORAL or line.date is None or line.status is not Status.PLANNED:
        return None
    return subject.waits(line.of.timeline, line.date, line.flags)


def _request(subject: Subject, line: DayEntry) -> Resource:
    assert line.date is not None
    waits = _waits(subject, line)
    status = REQUEST_STATUS[line.status]
    if line.status is Status.PLANNED:
        status = "on-hold" if waits is not None else "unknown" if line.date < subject.on else "active"
    held = subject.held(line.of.timeline, line.date) if line.status is Status.HELD else ""
    return resource(
        "ServiceRequest",
        subject.id_of("visit", line.id),
        identifier=[subject.origin.identifier("entry", line.id)],
        instantiatesCanonical=_activities(subject, line),
        basedOn=[reference("CarePlan", subject.id)],
        status=status,
        intent="plan",
        category=[concept(line.kind.value)],
        code={"concept": concept(title_of(line))},
        orderDetail=_fraction(line) if status != "on-hold" else None,
        subject=subject.reference,
        occurrenceDateTime=subject.moment(line.date, line.time),
        note=subject.why(line.because, line.flags, waits or "", held, _over(line)),
    )


def _over(line: DayEntry) -> str:
    return f"not before {line.earliest}" if line.earliest is not None else ""


def _fraction(line: DayEntry) -> list[Json] | None:
    """The dose of a fraction, where it is prescribed."""
    if line.kind is not Kind.FRACTION:
        return None
    doses = line.of.due or line.doses
    told: list[Json] = [
        {"parameter": [{"code": concept(dose.of or line.title), "valueQuantity": quantity(dose.amount, dose.unit)}]}
        for dose in doses
        if dose.amount is not None and dose.amount != Decimal(0)
    ]
    return told or None


def _activities(subject: Subject, line: DayEntry) -> list[Json] | None:
    timeline = subject.line(line.of.timeline)
    if timeline is None or not line.activities:
        return None
    shown = (each.shown for each in timeline.activities_of(line.of.n))
    version = subject.version.version
    return [
        f"{subject.origin.canonical('ActivityDefinition', activity_id(subject.origin, version, each))}|{version}"
        for each in shown
    ]


def _appointment(subject: Subject, line: DayEntry) -> Resource:
    """The window as the period that is asked for. Booked is only what has a time and a length: FHIR asks for start and end."""
    assert line.date is not None
    first, last = line.window or (line.date, line.date)
    start, end = _times(subject, line)
    booked = start is not None and end is not None and Flag.BOOKED in line.flags
    planned = f"{'booked' if Flag.BOOKED in line.flags else 'planned'} on {line.date}"
    return resource(
        "Appointment",
        subject.id_of("visit", line.id),
        identifier=[subject.origin.identifier("entry", line.id)],
        status="booked" if booked else "proposed",
        description=title_of(line),
        start=start if booked else None,
        end=end if booked else None,
        requestedPeriod=[{"start": first.isoformat(), "end": last.isoformat()}],
        note=subject.why(line.because, line.flags, planned, _waits(subject, line) or ""),
        basedOn=[reference("ServiceRequest", subject.id_of("visit", line.id))],
        subject=subject.reference,
        participant=[{"actor": subject.reference, "status": "accepted" if booked else "needs-action"}],
    )


def _times(subject: Subject, line: DayEntry) -> tuple[str | None, str | None]:
    minutes = minutes_of(line.of, subject.calendar)
    if line.time is None or minutes is None or line.date is None:
        return None, None
    end = datetime.combine(line.date, datetime.strptime(line.time, "%H:%M").time()) + timedelta(minutes=minutes)
    return subject.moment(line.date, line.time), subject.moment(end.date(), end.strftime("%H:%M"))


def _pending(subject: Subject, pending: Pending) -> Resource:
    on_hold = subject.hold(pending.timeline) is not None
    return resource(
        "ServiceRequest",
        subject.id_of("visit", pending.id),
        identifier=[subject.origin.identifier("entry", pending.id)],
        basedOn=[reference("CarePlan", subject.id)],
        status="on-hold" if on_hold else "draft",
        intent="plan",
        category=[concept(pending.kind.value)],
        code={"concept": concept(pending.title)},
        subject=subject.reference,
        note=notes(
            subject.held(pending.timeline) if on_hold else "",
            pending.rule,
            *(str(each["text"]) for each in subject.why(pending.because) or ()),
        ),
    )
