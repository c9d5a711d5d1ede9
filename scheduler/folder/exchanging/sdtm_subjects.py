"""Subjects of an SDTM folder as case files of a study."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from scheduler.errors import InvalidText, Refused
from scheduler.exports.tables.csv import table_as_csv
from scheduler.findings import Finding, Severity, has_errors
from scheduler.folder.event_line import event_line
from scheduler.folder.exchanging.sdtm_records import read_datasets
from scheduler.folder.reading.files import name_of, write_whole
from scheduler.folder.reading.kept import DATABASE
from scheduler.folder.reading.shelf import Shelf
from scheduler.protocol.plan.study import StudyVersion
from scheduler.standards.sdtm_in.report import Report
from scheduler.standards.sdtm_in.subjects import Imported, import_subjects
from scheduler.store.checked_recording import NUMBER

REPORT = "sdtm-report"
"""The name of the report's files, beside the protocol."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the patients' files, how many events they have, the report, and what is to say."""

    files: tuple[str, ...]
    events: int
    report: Report
    findings: tuple[Finding, ...]


def import_sdtm_folder(datasets: Path, study: Path) -> Written:
    """Write ``patients/NUMBER.yaml`` for each subject into a study's folder, and the report beside its protocol.

    Raises InvalidText where the protocol or a dataset cannot be read, and Refused where a patient is there already, a number
    is none that a file may have, or the study is kept in a database. Then nothing is written.
    """
    version = _version(study)
    found = read_datasets(datasets)
    subjects, report = import_subjects(version, found.records)
    _refuse(study, subjects)
    findings = [*found.findings, *_of_another_study(version, [each.text("STUDYID") for each in found.records])]
    sites = _sites(study)
    unknown = sorted({each.site for each in subjects if each.site and each.site not in sites})
    if unknown:
        message = f"no site of the study is called {', '.join(unknown[:10])}: those patients are at site.yaml"
        hint = "write site-....yaml for each, whose name is the SITEID, and import again into a new folder"
        findings.append(Finding("site-presumed", Severity.WARNING, message, hint))
    folder = study / "patients"
    folder.mkdir(exist_ok=True)
    for each in subjects:
        site = sites.get(each.site, "site.yaml")
        write_whole(folder / f"{each.subject}.yaml", _case(each, site).encode("utf-8"))
    write_whole(study / f"{REPORT}.csv", table_as_csv(report.table(version.study)).encode("utf-8"))
    write_whole(study / f"{REPORT}.txt", report.text(version.study).encode("utf-8"))
    names = tuple(f"{each.subject}.yaml" for each in subjects)
    return Written(names, sum(each.log.length for each in subjects), report, tuple(findings))


def _version(study: Path) -> StudyVersion:
    shelf = Shelf()
    version = shelf.protocol(study / "protocol.yaml")
    if version is None or has_errors(shelf.findings):
        raise InvalidText(shelf.findings)
    return version


def _refuse(study: Path, subjects: tuple[Imported, ...]) -> None:
    if (study / DATABASE).exists():
        message, hint = "the study is kept in a database", "import into a folder with its protocol alone"
        raise Refused([Finding("kept-in-database", Severity.ERROR, message, hint)])
    hint = "letters, digits, hyphens and points, at most 40"
    faults = [
        Finding("bad-subject", Severity.ERROR, f"{json.dumps(each.subject[:60])} is no number of a patient", hint)
        for each in subjects
        if not re.fullmatch(NUMBER, each.subject)
    ]
    there = [each.subject for each in subjects if not faults and (study / "patients" / f"{each.subject}.yaml").exists()]
    if there:
        message = f"{len(there)} of the patients are there already: {', '.join(there[:10])}"
        faults.append(Finding("subject-there", Severity.ERROR, message, "import into a folder without them"))
    if faults:
        raise Refused(faults)


def _of_another_study(version: StudyVersion, studies: list[str]) -> list[Finding]:
    others = sorted({study for study in studies if study and study != version.study})
    message = f"the records are of {', '.join(others[:5])}, and the protocol is of {version.study}"
    return [Finding("other-study", Severity.WARNING, message, "make sure that it is their protocol")] if others else []


def _sites(study: Path) -> dict[str, str]:
    """The sites' files by the names of the sites."""
    shelf = Shelf()
    paths = sorted(study.glob("site*.yaml"))
    found = {site.name: path.name for path in paths if (site := shelf.site(path)) is not None}
    if has_errors(shelf.findings):
        raise InvalidText(shelf.findings)
    if "site.yaml" not in [path.name for path in paths]:
        message = f"there is no file {name_of(study / 'site.yaml')}"
        raise InvalidText(
            [Finding("no-such-file", Severity.ERROR, message, "write the site, or copy that of an example")]
        )
    return found


def _case(subject: Imported, site: str) -> str:
    lines = [f"protocol: ../protocol.yaml\nsite: ../{site}\nsubject: {json.dumps(subject.subject)}\n"]
    lines += ["events:\n"] if subject.log.records else []
    lines += [f"  - {event_line(record.event)}\n" for record in subject.log.records]
    return "".join(lines)
