"""A study as SDTM files in a folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.exports.tables.csv import table_as_csv
from scheduler.findings import Finding, Severity, said_together
from scheduler.folder.exchanging.transport_file import missing_extra, transport_file
from scheduler.folder.reading.contents import Case, StudyFolder
from scheduler.folder.reading.files import write_whole
from scheduler.folder.reading.many import many_calendars
from scheduler.patient import events as ev
from scheduler.patient.cut_log import as_ordered
from scheduler.standards.sdtm.datasets import Dataset
from scheduler.standards.sdtm.exposure import days_unreported
from scheduler.standards.sdtm.study import datasets_of
from scheduler.standards.sdtm.subject import Subject
from scheduler.standards.sdtm_files.dataset_json import dataset_as_json
from scheduler.standards.sdtm_files.variable_list import variable_list
from scheduler.standards.sdtm_files.xpt import faults_of
from scheduler.views.patients import patient_of

NOT_EXPORTED = (
    ev.Measured,
    ev.Sampled,
    ev.NotSampled,
    ev.MedicineStarted,
    ev.MedicineChanged,
    ev.MedicineStopped,
    ev.NewAnticancerTherapy,
    ev.SurgeryPlanned,
    ev.Surgery,
    ev.WoundHealed,
    ev.Pregnancy,
    ev.Joined,
    ev.Left,
)
"""What belongs into datasets that are not written here: laboratory, medicines, procedures."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the names of the files, the datasets with their records, and what is to say about them."""

    files: tuple[str, ...]
    datasets: tuple[Dataset, ...]
    findings: tuple[Finding, ...]


def write_sdtm(study: StudyFolder, out: Path, on: date, made: datetime, program_version: str) -> Written:
    """Write every dataset that has a record as ``.json`` and ``.xpt``, and ``variables.csv``, into a folder.

    ``on`` is the last day that is exported. A dataset with a text that is too long has no transport file: a finding says which.
    """
    with many_calendars():
        subjects = [subject_of(case, on) for case in study.cases]
        datasets = datasets_of(study.version, subjects)
    findings = [finding for dataset in datasets for finding in faults_of(dataset)]
    missing = missing_extra()
    out.mkdir(parents=True, exist_ok=True)
    files = []
    for name, content in _contents(study, datasets, made, program_version, missing is None):
        write_whole(out / name, content)
        files.append(name)
    return Written(tuple(files), datasets, (*findings, *([missing] if missing else []), *_notes(study, subjects)))


def subject_of(case: Case, on: date) -> Subject:
    """A patient as SDTM needs them, up to a day."""
    subject = case.subject or ""
    return Subject(
        version=case.version,
        patient=patient_of(case.version, case.site, case.log, subject=subject),
        ordered=calendar_of(case.version, case.site, as_ordered(case.log), subject=subject),
        deviations=tuple(deviations_of(case.version, case.site, case.log, subject=subject, on=on)),
        site=case.site.name,
        on=on,
        country=case.site.country,
    )


def _contents(
    study: StudyFolder, datasets: tuple[Dataset, ...], made: datetime, program_version: str, with_transport: bool
) -> Iterator[tuple[str, bytes]]:
    for dataset in datasets:
        name = dataset.name.lower()
        yield f"{name}.json", dataset_as_json(dataset, study.version.study, made, program_version).encode()
        if with_transport and not any(faults_of(dataset)):
            yield f"{name}.xpt", transport_file(dataset)
    yield "variables.csv", table_as_csv(variable_list(study.version.study, datasets)).encode()


def _notes(study: StudyFolder, subjects: list[Subject]) -> Iterator[Finding]:
    """What a programmer has to know of this study's datasets beside their variables."""
    if not any(plan.epochs for plan in study.version.arms.values()):
        message = (
            "the protocol names no epochs: SCREENING lasts until the first dose, TREATMENT until the end of treatment"
        )
        yield Finding("epochs-presumed", Severity.NOTE, message, "write 'epochs:' in the protocol to have its own")
    nowhere = sorted({subject.site for subject in subjects if subject.country is None})
    if nowhere:
        message = f"COUNTRY is missing in DM: the file of {said_together(nowhere)} says no country"
        yield Finding("country-not-said", Severity.WARNING, message, "write its three letters there: 'country: CHN'")
    left_out = Counter(fact.event.event for subject in subjects for fact in subject.facts(*NOT_EXPORTED))
    if left_out:
        told = said_together(f"{number} '{kind}'" for kind, number in sorted(left_out.items()))
        message = f"no dataset has these records: {told}"
        yield Finding("records-not-exported", Severity.NOTE, message, "the study's own export has them")
    for subject in subjects:
        unreported = days_unreported(subject)
        if unreported:
            message = (
                f"{subject.patient.subject}: of {unreported} dosing days nobody reported whether tablets were taken"
            )
            hint = "they are in EC as SCHEDULED alone, and not in EX"
            yield Finding("days-not-reported", Severity.NOTE, message, hint)
