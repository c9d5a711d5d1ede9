"""A patient's medicines: what is planned or was due, what was given or taken, and what was handed out.

What was due is a medication request for days that are alike; what was recorded as given is an administration of its own, so that
a dose nobody asked for never looks like one that somebody did.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from scheduler.calendar.entries.because import Because
from scheduler.calendar.entries.entry import Dose, Entry, Flag, Kind, Pending, Status
from scheduler.patient import events as ev
from scheduler.patient.log import Fact
from scheduler.protocol.plan.times.frequency import doses_a_day
from scheduler.standards.fhir.dosage import dosage
from scheduler.standards.fhir.quantities import days, quantity
from scheduler.standards.fhir.resource import Resource, concept, notes, reference, resource
from scheduler.standards.fhir.subject import UNREQUESTED, Subject
from scheduler.views.patients import patient_on
from scheduler.views.pharmacy.dispensing import lines_of_patient
from scheduler.views.pharmacy.dispensing_line import SURE, DispensingLine, Work
from scheduler.views.pharmacy.open_decisions import marked_where_undecided
from scheduler.views.reader.hidden import DRUG_KINDS

_STATUS = {Status.DONE: "completed", Status.HELD: "on-hold", Status.NOT_DONE: "stopped", Status.CANCELLED: "cancelled"}


_NO_SINGLE_DOSE = "no dose is stated: what was reported is the amount of a whole day"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of one entry that are alike, both included. ``due`` are the doses of the plan, ``given`` those that were recorded."""

    id: str
    entry: Entry
    first: date
    last: date
    due: tuple[Dose, ...]
    given: tuple[Dose, ...]
    status: Status
    flags: tuple[Flag, ...]
    because: Because

    @property
    def time(self) -> str | None:
        """The time of day of a dose at the site, where it is known."""
        return None if self.entry.runs else self.entry.time


def medication_resources(subject: Subject) -> Iterator[Resource]:
    """Requests, administrations and dispenses, in the calendar's order."""
    handed_out = dict(_to_hand_out(subject))
    requested: dict[str, str] = {}
    for stretch in _stretches(subject):
        asked = not (stretch.status is Status.DONE and UNREQUESTED & set(stretch.flags))
        for dose in stretch.due or (Dose(None, ""),) if asked else ():
            request = _request(subject, stretch, dose, handed_out.pop(stretch.entry.id, None))
            requested.setdefault(stretch.entry.id, str(request["id"]))
            yield request
        if stretch.status is Status.DONE:
            yield from (_administration(subject, stretch, dose, asked) for dose in stretch.given)
    for pending in subject.calendar.pending:
        if pending.kind in DRUG_KINDS:
            yield _pending(subject, pending)
    for number, fact in enumerate(subject.facts(ev.Dispensed), 1):
        yield _dispense(subject, number, fact, requested)


def _stretches(subject: Subject) -> Iterator[Stretch]:
    for entry in subject.calendar.entries:
        if entry.kind not in DRUG_KINDS or entry.date is None:
            continue
        if not entry.runs:
            due = entry.due or entry.doses
            yield Stretch(
                entry.id, entry, entry.date, entry.date, due, entry.doses, entry.status, entry.flags, entry.because
            )
        for run in entry.runs:
            alone = run.first_day == run.last_day
            of = f"{entry.id}.{run.first_day}" if alone else f"{entry.id}.{run.first_day}-{run.last_day}"
            flags = tuple(dict.fromkeys((*entry.flags, *run.flags)))
            due = run.due or run.doses
            yield Stretch(of, entry, run.first_date, run.last_date, due, run.doses, run.status, flags, run.because)


def _drug(subject: Subject, stretch: Stretch, dose: Dose) -> Resource:
    line = subject.line(stretch.entry.timeline)
    return {"concept": concept(dose.of or (line.title if line is not None else stretch.entry.title))}


def _route(subject: Subject, stretch: Stretch, dose: Dose) -> str | None:
    line = subject.line(stretch.entry.timeline)
    gives = [give for give in line.gives if dose.of in (None, give.name)] if line is not None else []
    return gives[0].route if gives else None


def _id(stretch: Stretch, dose: Dose) -> tuple[str, ...]:
    return (stretch.id, dose.of) if dose.of is not None else (stretch.id,)


def _state(subject: Subject, stretch: Stretch, dose: Dose) -> tuple[str, str | None]:
    """The status of a request, and why it is none of the usual ones."""
    if stretch.status is Status.HELD:
        return "on-hold", subject.held(stretch.entry.timeline, stretch.first)
    if stretch.status is not Status.PLANNED:
        return _STATUS[stretch.status], None if stretch.status is Status.DONE else stretch.status.value
    waits = subject.waits(stretch.entry.timeline, stretch.last, stretch.flags)
    if waits is not None:
        return "on-hold", waits
    if dose.amount is None:
        return "on-hold", dose.unknown
    if stretch.last < subject.on:
        return "unknown", "nobody recorded whether it was given"
    return "active", None


def _request(subject: Subject, stretch: Stretch, dose: Dose, handed_out: Resource | None) -> Resource:
    status, why = _state(subject, stretch, dose)
    as_reported = stretch.due == stretch.given and _is_of_a_whole_day(subject, stretch, dose)
    in_force = _in_force(subject, stretch, dose) if as_reported else None
    as_reported, dose = as_reported and in_force is None, in_force or dose
    stated = dose.amount is not None and status != "on-hold" and not as_reported
    omitted = stated and dose.amount == 0
    return resource(
        "MedicationRequest",
        subject.id_of(*_id(stretch, dose)),
        identifier=[subject.origin.identifier("entry", stretch.id)],
        basedOn=[reference("CarePlan", subject.id)],
        status=status,
        statusReason=concept(why) if why is not None else None,
        intent="plan",
        doNotPerform=True if omitted else None,
        medication=_drug(subject, stretch, dose),
        subject=subject.reference,
        note=subject.why(stretch.because, stretch.flags, _NO_SINGLE_DOSE if as_reported else ""),
        effectiveDosePeriod=_period(stretch),
        dosageInstruction=[_dosage(subject, stretch, dose)] if stated and not omitted else None,
        dispenseRequest=handed_out if status == "active" else None,
    )


def _in_force(subject: Subject, stretch: Stretch, dose: Dose) -> Dose | None:
    """The one dose of each of these days by what was ordered; None where it is not one and the same on all of them."""
    runs = [run for each in subject.ordered().entries if each.id == stretch.entry.id for run in each.runs]
    over = [run for run in runs if run.first_date <= stretch.last and stretch.first <= run.last_date]
    covered = sum((min(run.last_date, stretch.last) - max(run.first_date, stretch.first)).days + 1 for run in over)
    found = {each for run in over for each in run.doses if each.of == dose.of and each.amount}
    is_whole = covered == (stretch.last - stretch.first).days + 1
    return found.pop() if is_whole and len(found) == 1 else None


def _period(stretch: Stretch) -> Resource:
    return {"start": stretch.first.isoformat(), "end": stretch.last.isoformat()}


def _dosage(subject: Subject, stretch: Stretch, dose: Dose) -> Resource:
    assert dose.amount is not None
    event = subject.moment(stretch.first, stretch.time) if stretch.first == stretch.last else None
    route = _route(subject, stretch, dose)
    return dosage(dose, route, {"boundsPeriod": _period(stretch)}, dose.amount, event)


def _administration(subject: Subject, stretch: Stretch, dose: Dose, asked: bool) -> Resource:
    """What somebody recorded as given or taken; of an amount that nobody recorded none is told."""
    nothing = dose.amount == Decimal(0)
    told: Resource = {"text": str(dose)}
    if dose.amount is not None and _is_of_a_whole_day(subject, stretch, dose):
        a_day = {"numerator": quantity(dose.amount, dose.unit), "denominator": days(1)}
        told = {"text": f"{dose} a day, in all its doses", "rateRatio": a_day}
    elif dose.amount is not None and not nothing:
        told["dose"] = quantity(dose.amount, dose.unit)
    when: Resource = (
        {"occurenceDateTime": subject.moment(stretch.first, stretch.time)}
        if stretch.first == stretch.last
        else {"occurencePeriod": _period(stretch)}
    )
    request = reference("MedicationRequest", subject.id_of(*_id(stretch, dose)))
    return (
        resource(
            "MedicationAdministration",
            subject.id_of(*_id(stretch, dose)),
            status="not-done" if nothing else "completed",
            medication=_drug(subject, stretch, dose),
            subject=subject.reference,
            request=request if asked and any(each.of == dose.of for each in stretch.due) else None,
            note=subject.why(stretch.because, stretch.flags),
            dosage=None if nothing else told,
        )
        | when
    )


def _is_of_a_whole_day(subject: Subject, stretch: Stretch, dose: Dose) -> bool:
    """True for an amount that was reported of days which have several doses: it is none of them."""
    line = subject.line(stretch.entry.timeline)
    several = line is not None and any(doses_a_day(give.frequency) != 1 for give in line.gives)
    if (
        not several
        or stretch.entry.kind is not Kind.ORAL
        or dose.often is not None
        or stretch.status is not Status.DONE
    ):
        return False
    reports = [cast(ev.Taken, fact.event) for fact in subject.facts(ev.Taken)]
    own = [each for each in reports if each.treatment == stretch.entry.timeline and (each.amount or each.times)]
    return bool(dose.amount) and any(each.from_ <= stretch.last and stretch.first <= each.to for each in own)


def _pending(subject: Subject, pending: Pending) -> Resource:
    line = subject.line(pending.timeline)
    on_hold = subject.hold(pending.timeline) is not None
    return resource(
        "MedicationRequest",
        subject.id_of(pending.id),
        identifier=[subject.origin.identifier("entry", pending.id)],
        basedOn=[reference("CarePlan", subject.id)],
        status="on-hold" if on_hold else "draft",
        statusReason=concept(subject.held(pending.timeline)) if on_hold else None,
        intent="plan",
        medication={"concept": concept(line.title if line is not None else pending.title)},
        subject=subject.reference,
        note=notes(pending.rule, *(str(each["text"]) for each in subject.why(pending.because) or ())),
    )


def _to_hand_out(subject: Subject) -> Iterator[tuple[str, Resource]]:
    """What to hand out for each cycle, where it is sure and one number says it."""
    lines: dict[str, list[DispensingLine]] = {}
    for line in marked_where_undecided(
        subject.patient, lines_of_patient(patient_on(subject.patient, subject.on)), subject.on
    ):
        if line.work is Work.DISPENSE:
            lines.setdefault(line.entry.removesuffix(".1"), []).append(line)
    for entry, found in lines.items():
        line = found[0]
        count = line.in_packs if line.in_packs is not None else line.units
        if len(found) > 1 or line.status not in SURE or not count:
            continue
        form = subject.calendar.form_of(line.treatment).one
        told: Resource = {"quantity": quantity(count, form)}
        if line.covers is not None:
            told["expectedSupplyDuration"] = days((line.covers[1] - line.covers[0]).days + 1)
        yield entry, told


def _dispense(subject: Subject, number: int, fact: Fact, requested: dict[str, str]) -> Resource:
    """What was handed out, with its lot and expiry in the product that it contains."""
    event = cast(ev.Dispensed, fact.event)
    line = subject.line(event.treatment)
    name = line.title if line is not None else event.treatment
    text = f"{name} {event.strength_in_short}" if event.strength_in_short else name
    batch = {
        **({"lotNumber": event.lot} if event.lot else {}),
        **({"expirationDate": event.expires.isoformat()} if event.expires is not None else {}),
    }
    product: Resource = {"resourceType": "Medication", "id": "product", "code": concept(text)}
    request = requested.get(f"{event.treatment}.{event.cycle}")
    return resource(
        "MedicationDispense",
        subject.id_of("dispensed", str(number)),
        identifier=[subject.origin.identifier("event", str(fact.number))],
        contained=[product | ({"batch": batch} if batch else {})],
        status="completed",
        medication={"reference": {"reference": "#product"}},
        subject=subject.reference,
        authorizingPrescription=[reference("MedicationRequest", request)] if request is not None else None,
        quantity=quantity(event.quantity, subject.calendar.form_of(event.treatment).one),
        whenHandedOver=subject.moment(event.on, event.at),
    )
