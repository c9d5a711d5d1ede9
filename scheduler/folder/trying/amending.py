"""A new version of a protocol beside the ones that a study has: read against its patients, and added to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from scheduler.calendar.comparing.amendment import what_an_amendment_would_change
from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity, has_errors, sort_findings
from scheduler.folder.reading.contents import StudyFolder
from scheduler.folder.reading.files import name_of, read_text
from scheduler.folder.reading.kept import Where, database_of
from scheduler.folder.reading.many import many_calendars
from scheduler.folder.reading.shelf import Shelf
from scheduler.folder.reading.stored import opened
from scheduler.protocol.plan.study import StudyVersion
from scheduler.said import Code, Said, said
from scheduler.store.keeping.clock import refuse_wrong_clock
from scheduler.store.study import protocol_source
from scheduler.store.values import Act
from scheduler.views.coordinator.amendment import AmendmentList, amendment_list


def read_amendment(path: Path, study: StudyFolder) -> tuple[StudyVersion, tuple[Finding, ...]]:
    """The new version in that file. Raises InvalidText where it has errors, is another study's or has a version's name."""
    shelf = Shelf()
    newer = shelf.protocol(path)
    findings = [*shelf.findings, *(() if newer is None else faults_of(newer, study.versions, name_of(path)))]
    if newer is None or has_errors(findings):
        raise InvalidText(findings)
    return newer, sort_findings(findings)


def faults_of(newer: StudyVersion, versions: Sequence[StudyVersion], file: str) -> Iterator[Finding]:
    """What keeps that version from coming after these; ``file`` is what findings call its file."""
    place, study = Place(file, 1, 1), versions[-1].study
    if newer.study != study:
        message = f"this is a protocol of {newer.study}, not of {study}"
        yield Finding("another-study", Severity.ERROR, message, "name the study's own protocol", place)
    for version in versions:
        if version.version == newer.version and version.digest != newer.digest:
            message = f"the study has a version {newer.version} with another text"
            yield Finding("version-taken", Severity.ERROR, message, "give the new text a version of its own", place)
    amended = newer.amendment
    if amended is None:
        message = "the protocol does not say what it amends"
        hint = 'write: amendment: {of: "1.0", patients: may move, consent: again}'
        yield Finding("no-amendment", Severity.WARNING, message, hint, place)
    elif amended.of not in {version.version for version in versions}:
        message = f"it amends version {amended.of}, which the study does not have"
        yield Finding("amends-nothing", Severity.ERROR, message, None, Place(file, amended.line, 1))


def amendment_over(study: StudyFolder, newer: StudyVersion, on: date, until: date | None = None) -> AmendmentList:
    """What would change for each patient who moved to the new version on that day."""
    with many_calendars():
        changes = [
            what_an_amendment_would_change(
                each.version, each.site, each.log, newer, on, each.subject, until or each.until
            )
            for each in study.cases
        ]
    return amendment_list(newer, on, changes)


def add_version(where: Where, path: Path, newer: StudyVersion, act: Act) -> Said:
    """Add the version to the study and say where it is. No patient moves: each does by an event of their own."""
    text = read_text(path)
    database = database_of(where)
    if database is not None:
        with opened(database) as store:
            refuse_wrong_clock(store, act.at)
            store.add_protocol(protocol_source(text, file=path.name), act)
        return said("version {version} is in the database", version=Code(newer.version))
    target = Path(where) / f"protocol-{newer.version}.yaml"
    if path.resolve().parent != Path(where).resolve():
        with target.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
        return said("version {version} is in {file}", version=Code(newer.version), file=Code(f"{target}"))
    return said("version {version} is in {file}", version=Code(newer.version), file=Code(f"{path}"))
