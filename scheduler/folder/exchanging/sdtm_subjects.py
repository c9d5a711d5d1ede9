"""Subjects of an SDTM folder as case files of a study."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from scheduler.errors import InvalidText, Refused
from scheduler.exports.tables.csv import table_as_csv
from scheduler.findings import Finding, Severity, has_errors
from scheduler.folder.event_line import event_line
from scheduler.folder.exchanging.sdtm_records import Datasets, read_datasets
from scheduler.folder.reading.files import name_of, write_whole
from scheduler.folder.reading.kept import DATABASE
from scheduler.folder.reading.shelf import Shelf
from scheduler.protocol.plan.study import StudyVersion
from scheduler.said import Code, Listed, Quoted, counted, listed, said
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


@dataclass(frozen=True, slots=True)
class Brought:
    """What datasets become: each patient's case file by its name, how many events they have, the report, and what is to say."""

    cases: Mapping[str, str]
    events: int
    report: Report
    findings: tuple[Finding, ...]

    def report_files(self, study: str) -> dict[str, str]:
        """The report's two files by their names."""
        return {
            f"{REPORT}.csv": table_as_csv(self.report.table(study)),
            f"{REPORT}.txt": self.report.text(study),
        }


def import_sdtm_folder(datasets: Path, study: Path) -> Written:
    """Write ``patients/NUMBER.yaml`` for each subject into a study's folder, and the report beside its protocol.

    Raises InvalidText where the protocol or a dataset cannot be read, and Refused where a patient is there already, a number
    is none that a file may have, or the study is kept in a database. Then nothing is written.
    """
    version = _version(study)
    found = read_datasets(datasets)
    subjects, report = import_subjects(version, found.records)
    folder = study / "patients"
    if (study / DATABASE).exists():
        what, hint = said("the study is kept in a database"), said("import into a folder with its protocol alone")
        raise Refused([Finding.of("kept-in-database", Severity.ERROR, what, hint)])
    there = [path.stem for path in sorted(folder.glob("*.yaml"))]
    brought = _brought(version, found, subjects, report, _sites(study), there)
    folder.mkdir(exist_ok=True)
    for name, case in brought.cases.items():
        write_whole(folder / name, case.encode("utf-8"))
    for name, text in brought.report_files(version.study).items():
        write_whole(study / name, text.encode("utf-8"))
    return Written(tuple(brought.cases), brought.events, report, brought.findings)


def subjects_as_cases(version: StudyVersion, found: Datasets, sites: Iterable[str]) -> Brought:
    """The subjects of these datasets as case files beside a protocol and its sites, ``site.yaml`` for the first of them.

    Raises Refused where a number is none that a file may have.
    """
    subjects, report = import_subjects(version, found.records)
    files = {name: "site.yaml" if number == 1 else f"site-{number}.yaml" for number, name in enumerate(sites, 1)}
    return _brought(version, found, subjects, report, files, ())


def _brought(
    version: StudyVersion,
    found: Datasets,
    subjects: tuple[Imported, ...],
    report: Report,
    sites: Mapping[str, str],
    there: Iterable[str],
) -> Brought:
    """``sites`` gives each site's file, and ``there`` are the patients that the folder has."""
    _refuse(subjects, there)
    findings = [*found.findings, *_of_another_study(version, [each.text("STUDYID") for each in found.records])]
    unknown = sorted({each.site for each in subjects if each.site and each.site not in sites})
    if unknown:
        what = said(
            "no site of the study is called {names}: those patients are at site.yaml", names=_codes(unknown[:10])
        )
        hint = said("write site-....yaml for each, whose name is the SITEID, and import again into a new folder")
        findings.append(Finding.of("site-presumed", Severity.WARNING, what, hint))
    cases = {f"{each.subject}.yaml": _case(each, sites.get(each.site, "site.yaml")) for each in subjects}
    return Brought(cases, sum(each.log.length for each in subjects), report, tuple(findings))


def _version(study: Path) -> StudyVersion:
    shelf = Shelf()
    version = shelf.protocol(study / "protocol.yaml")
    if version is None or has_errors(shelf.findings):
        raise InvalidText(shelf.findings)
    return version


def _refuse(subjects: tuple[Imported, ...], there: Iterable[str]) -> None:
    hint = said("letters, digits, hyphens and points, at most 40")
    faults = [
        Finding.of(
            "bad-subject",
            Severity.ERROR,
            said("{number} is no number of a patient", number=Code(json.dumps(each.subject[:60]))),
            hint,
        )
        for each in subjects
        if not re.fullmatch(NUMBER, each.subject)
    ]
    known = {name.casefold() for name in there}
    again = [each.subject for each in subjects if not faults and each.subject.casefold() in known]
    if again:
        what = counted(
            "{n} of the patients is there already: {numbers}",
            "{n} of the patients are there already: {numbers}",
            len(again),
            numbers=_codes(again[:10]),
        )
        faults.append(Finding.of("subject-there", Severity.ERROR, what, said("import into a folder without them")))
    for several in _alike(subjects):
        what = said(
            "{numbers} differ only in small and capital letters: on some disks they are one file", numbers=several
        )
        faults.append(Finding.of("subjects-alike", Severity.ERROR, what, said("make sure who is who in USUBJID")))
    if faults:
        raise Refused(faults)


def _alike(subjects: Iterable[Imported]) -> Iterator[Listed]:
    alike: dict[str, list[str]] = {}
    for each in subjects:
        alike.setdefault(each.subject.casefold(), []).append(each.subject)
    return (_codes(several) for several in alike.values() if len(several) > 1)


def _codes(names: Iterable[str]) -> Listed:
    return listed(*map(Code, names))


def _of_another_study(version: StudyVersion, studies: list[str]) -> list[Finding]:
    others = sorted({study for study in studies if study and study != version.study})
    if not others:
        return []
    what = said(
        "the records are of {others}, and the protocol is of {study}",
        others=listed(*map(Quoted, others[:5])),
        study=Code(version.study),
    )
    return [Finding.of("other-study", Severity.WARNING, what, said("make sure that it is their protocol"))]


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
