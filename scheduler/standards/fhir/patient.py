"""Everything about one patient: who it is by number, the study, the care plan, and all that is planned and recorded."""

from __future__ import annotations

from scheduler.calendar.entries.entry import Status
from scheduler.patient import events as ev
from scheduler.standards.fhir.adverse_events import adverse_event_resources
from scheduler.standards.fhir.medication import medication_resources
from scheduler.standards.fhir.protocol import plan_id, study_id
from scheduler.standards.fhir.resource import Json, Resource, reference, resource, resource_id
from scheduler.standards.fhir.subject import Subject
from scheduler.standards.fhir.visits import visit_resources

_REQUESTS = ("Appointment", "ServiceRequest", "MedicationRequest")


def patient_resources(subject: Subject) -> list[Resource]:
    """The resources of a patient: the patient first, then the care plan, then what is in it, then what was recorded."""
    found = [*visit_resources(subject), *medication_resources(subject), *adverse_event_resources(subject)]
    planned: list[Json] = [
        {"plannedActivityReference": reference(str(each["resourceType"]), str(each["id"]))}
        for each in found
        if each["resourceType"] in _REQUESTS
    ]
    return [_patient(subject), _research_subject(subject), _care_plan(subject, planned), *found]


def _patient(subject: Subject) -> Resource:
    """The patient by the number in the study: no name, no birth date, no address."""
    return resource("Patient", subject.id, identifier=[subject.origin.identifier("subject", subject.patient.subject)])


def _arm(subject: Subject) -> str | None:
    arm = subject.calendar.arm
    return arm if arm in subject.version.arms else None


def _research_subject(subject: Subject) -> Resource:
    arm = _arm(subject)
    consents = subject.facts(ev.Consented)
    return resource(
        "ResearchSubject",
        subject.id,
        identifier=[subject.origin.identifier("subject", subject.patient.subject)],
        status="active",
        period={"start": consents[0].event.on.isoformat()} if consents else None,
        study=reference("ResearchStudy", study_id(subject.origin)),
        subject=subject.reference,
        assignedComparisonGroup=resource_id(arm) if arm is not None else None,
    )


def _care_plan(subject: Subject, planned: list[Json]) -> Resource:
    calendar, arm, version = subject.calendar, _arm(subject), subject.version.version
    to_come = bool(calendar.pending) or any(entry.status is Status.PLANNED for entry in calendar.entries)
    definition = (
        f"{subject.origin.canonical('PlanDefinition', plan_id(subject.origin, version, arm))}|{version}"
        if arm is not None
        else None
    )
    dates = [entry.date for entry in calendar.entries if entry.date is not None]
    return resource(
        "CarePlan",
        subject.id,
        identifier=[subject.origin.identifier("subject", subject.patient.subject)],
        instantiatesCanonical=[definition] if definition is not None else None,
        status="active" if to_come else "completed",
        intent="plan",
        title=f"{subject.version.study} {version}",
        subject=subject.reference,
        period={"start": min(dates).isoformat()} if dates else None,
        created=subject.on.isoformat(),
        activity=planned,
    )
