"""A study as FHIR bundles in a folder: one of the protocol, and one of each patient."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scheduler.findings import Finding, Severity
from scheduler.folder.reading.contents import Case, StudyFolder
from scheduler.folder.reading.files import write_whole
from scheduler.folder.reading.many import many_calendars
from scheduler.standards.fhir.bundle import bundle_of
from scheduler.standards.fhir.json_text import as_json
from scheduler.standards.fhir.patient import patient_resources
from scheduler.standards.fhir.protocol import protocol_resources
from scheduler.standards.fhir.resource import Origin, Resource, resource_id
from scheduler.standards.fhir.subject import Subject, ordered_of
from scheduler.views.patients import patient_of

ANYWHERE = "https://fhir.invalid"
"""Where the resources are from if nobody says it: an address that never answers (RFC 2606)."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the names of the files, and how many resources are in them."""

    files: tuple[str, ...]
    resources: int
    findings: tuple[Finding, ...]


def write_fhir(study: StudyFolder, out: Path, on: date, base: str = ANYWHERE) -> Written:
    """Write ``protocol.json`` and ``subject-NUMBER.json`` for each patient into a folder, as they stand on a day."""
    origin = Origin(base.rstrip("/"), study.version.study)
    out.mkdir(parents=True, exist_ok=True)
    files, resources = [], 0
    for name, of, found in _bundles(study, origin, on):
        write_whole(out / name, f"{as_json(bundle_of(of, found, origin))}\n".encode())
        files.append(name)
        resources += len(found)
    return Written(tuple(files), resources, tuple(_findings(base)))


def _bundles(study: StudyFolder, origin: Origin, on: date) -> Iterator[tuple[str, str, list[Resource]]]:
    yield "protocol.json", "protocol", protocol_resources(study.version, origin)
    with many_calendars():
        for case in study.cases:
            subject = subject_of(case, origin, on)
            yield f"subject-{subject.id}.json", resource_id("subject", subject.id), patient_resources(subject)


def subject_of(case: Case, origin: Origin, on: date) -> Subject:
    """A patient as FHIR needs them, on a day."""
    patient = patient_of(case.version, case.site, case.log, subject=case.subject or "")
    return Subject(origin, case.version, patient, case.site, on, ordered_of(case.version, case.site, case.log))


def _findings(base: str) -> Iterator[Finding]:
    if base == ANYWHERE:
        message = f"the addresses in the bundles begin with {ANYWHERE}, where nobody answers"
        yield Finding("no-fhir-server", Severity.NOTE, message, "give the address of your FHIR server with --base")
