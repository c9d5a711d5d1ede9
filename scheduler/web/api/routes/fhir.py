"""FHIR R5, to read only: the protocol's definitions, and the patients whom this account may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from importlib.metadata import version as version_of
from typing import Annotated, Any

from fastapi import Query
from starlette.responses import JSONResponse, Response

from scheduler.protocol.plan.study import StudyVersion
from scheduler.standards.fhir.bundle import bundle_of
from scheduler.standards.fhir.json_text import as_json
from scheduler.standards.fhir.patient import patient_resources
from scheduler.standards.fhir.protocol import protocol_resources
from scheduler.standards.fhir.resource import Json, Origin, Resource, resource_id
from scheduler.standards.fhir.subject import Subject, ordered_of
from scheduler.web.api.problems import one_wrong
from scheduler.web.api.rules import router_for
from scheduler.web.guards.requests import Visit, Visiting
from scheduler.web.problems import not_found
from scheduler.web.showing.addresses_of_fhir import address_on

MEDIA_TYPE = "application/fhir+json"


class FhirAnswer(JSONResponse):
    """An answer in FHIR's own JSON."""

    media_type = MEDIA_TYPE

    def render(self, content: Json) -> bytes:
        """The text: amounts stay decimal numbers."""
        return as_json(content).encode()


router = router_for("fhir")


class Kind(StrEnum):
    """The kinds of resource that can be read."""

    RESEARCH_STUDY = "ResearchStudy"
    PLAN_DEFINITION = "PlanDefinition"
    ACTIVITY_DEFINITION = "ActivityDefinition"
    PATIENT = "Patient"
    RESEARCH_SUBJECT = "ResearchSubject"
    CARE_PLAN = "CarePlan"
    APPOINTMENT = "Appointment"
    SERVICE_REQUEST = "ServiceRequest"
    MEDICATION_REQUEST = "MedicationRequest"
    MEDICATION_ADMINISTRATION = "MedicationAdministration"
    MEDICATION_DISPENSE = "MedicationDispense"
    ADVERSE_EVENT = "AdverseEvent"


OF_THE_PROTOCOL = (Kind.RESEARCH_STUDY, Kind.PLAN_DEFINITION, Kind.ACTIVITY_DEFINITION)

Patient = Annotated[
    str | None,
    Query(description="Whose; needed for what is about a patient.", max_length=80, examples=["EXP-001"]),
]


@router.get("/fhir/metadata", response_model=dict[str, Any], response_class=FhirAnswer)
def metadata(visit: Visiting) -> Response:
    """What this FHIR server can: read each kind, and search what is about one patient."""
    described: list[Json] = []
    for kind in Kind:
        told: Resource = {"type": kind.value, "interaction": [{"code": "read"}, {"code": "search-type"}]}
        if kind not in (*OF_THE_PROTOCOL, Kind.PATIENT):
            told["searchParam"] = [{"name": "patient", "type": "reference"}]
        described.append(told)
    statement: Resource = {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": visit.server.clock.today("UTC").isoformat(),
        "kind": "instance",
        "software": {"name": "scheduler", "version": version_of("scheduler")},
        "implementation": {
            "description": "What is planned and recorded for the patients of a study",
            "url": address_on(visit),
        },
        "fhirVersion": "5.0.0",
        "format": ["json"],
        "rest": [{"mode": "server", "resource": described}],
    }
    return FhirAnswer(statement)


@router.get("/fhir/{kind}", response_model=dict[str, Any], response_class=FhirAnswer)
def search(visit: Visiting, kind: Kind, patient: Patient = None) -> Response:
    """All of one kind: definitions, the patients that this account may see, or what is about one patient."""
    origin = _origin(visit)
    if kind in OF_THE_PROTOCOL:
        found = _definitions(visit, origin)
    elif kind is Kind.PATIENT and patient is None:
        found = [_bare(each.subject, origin) for each in visit.subjects()]
    elif patient is None:
        raise one_wrong("whose", f"{kind.value} is about a patient", "say whose with ?patient=")
    else:
        found = _about(visit, patient, origin)
    return FhirAnswer(bundle_of("found", (each for each in found if _is(each, kind)), origin, "searchset"))


@router.get("/fhir/Patient/{subject}/$everything", response_model=dict[str, Any], response_class=FhirAnswer)
def everything(visit: Visiting, subject: str) -> Response:
    """Everything about one patient, in one bundle."""
    origin = _origin(visit)
    found = _about(visit, subject, origin)
    return FhirAnswer(bundle_of("everything", found, origin, "searchset"))


@router.get("/fhir/{kind}/{id}", response_model=dict[str, Any], response_class=FhirAnswer)
def read(visit: Visiting, kind: Kind, id: str) -> Response:
    """One resource."""
    origin = _origin(visit)
    if kind in OF_THE_PROTOCOL:
        found: Iterable[Resource] = _definitions(visit, origin)
    else:
        found = _about(visit, _whose(visit, id), origin)
    one = next((each for each in found if _is(each, kind) and each["id"] == id), None)
    if one is None:
        raise not_found()
    return FhirAnswer(one)


def _is(resource: Resource, kind: Kind) -> bool:
    return resource["resourceType"] == kind.value


def _origin(visit: Visit) -> Origin:
    return Origin(address_on(visit), visit.server.patients.study().newest.study)


def _bare(number: str, origin: Origin) -> Resource:
    return {
        "resourceType": "Patient",
        "id": resource_id(number),
        "identifier": [origin.identifier("subject", number)],
    }


def _whose(visit: Visit, of: str) -> str:
    """The number of the patient that a resource of that id is about. Raises Problem where this person may see none."""
    ids = {resource_id(each.subject): each.subject for each in visit.subjects()}
    ids |= {number: number for number in ids.values()}
    parts = of.split(".")
    starts = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    number = next((ids[start] for start in starts if start in ids), None)
    if number is None:
        raise not_found()
    return number


def _about(visit: Visit, patient: str, origin: Origin) -> list[Resource]:
    """All resources about a patient as of today, by number or id."""
    shown = visit.shown(_whose(visit, patient.removeprefix("Patient/")))
    today = visit.server.clock.today(shown.site.zone)
    ordered = ordered_of(shown.version, shown.site, shown.log)
    subject = Subject(origin, shown.version, shown.patient, shown.site, today, ordered)
    return visit.server.patients.once(shown, ("fhir", today, origin.base), lambda: patient_resources(subject))


@dataclass(frozen=True, slots=True)
class _Version:
    """A version of the protocol, known by the digest of its text."""

    digest: str
    version: StudyVersion = field(compare=False)


def _definitions(visit: Visit, origin: Origin) -> list[Resource]:
    """The definitions of all versions; the study is as the newest says."""
    study = visit.server.patients.study()
    newest_first = sorted(study.versions, key=lambda each: each is not study.newest)
    found = [each for version in newest_first for each in definitions_of(_Version(version.digest, version), origin)]
    return list({(each["resourceType"], each["id"]): each for each in reversed(found)}.values())[::-1]


@lru_cache(maxsize=16)
def definitions_of(version: _Version, origin: Origin) -> tuple[Resource, ...]:
    """The definitions of one version, worked out once."""
    return tuple(protocol_resources(version.version, origin))
