"""A patient's adverse events, each with its worst grade and what it is related to."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.patient.episodes.adverse_events import AdverseEventCourse, adverse_events_of
from scheduler.standards.fhir.protocol import study_id
from scheduler.standards.fhir.resource import Resource, concept, notes, reference, resource
from scheduler.standards.fhir.subject import Subject

_DEATH = 5


def adverse_event_resources(subject: Subject) -> Iterator[Resource]:
    """An AdverseEvent for each; R5 has no place for a grade, so that it is an extension."""
    facts = [fact for fact in subject.patient.course.facts if fact.event.on <= subject.on]
    for course in adverse_events_of(facts):
        period: Resource = {"start": course.onset.isoformat()}
        if course.end is not None:
            period["end"] = course.end.isoformat()
        yield resource(
            "AdverseEvent",
            subject.id_of("ae", str(course.ae)),
            extension=[{"url": subject.origin.extension("ctcae-grade"), "valueInteger": course.worst}],
            identifier=[subject.origin.identifier("adverse-event", str(course.ae))],
            status="in-progress" if course.end is None else "completed",
            actuality="actual",
            code=concept(course.recorded_term),
            subject=subject.reference,
            occurrencePeriod=period,
            seriousness=concept("serious" if course.serious else "non-serious"),
            outcome=[concept(_outcome(course))],
            study=[reference("ResearchStudy", study_id(subject.origin))],
            suspectEntity=[{"instanceCodeableConcept": concept(each)} for each in course.related],
            note=notes("; ".join(f"{day}: grade {grade}" if grade else f"{day}: over" for day, grade in course.grades)),
        )


def _outcome(course: AdverseEventCourse) -> str:
    if course.now == _DEATH:
        return "fatal"
    return "resolved" if course.end is not None else "ongoing"
