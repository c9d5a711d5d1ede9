"""One patient's case file with all that it needs: the protocol and the site that it names, and the log of its events."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from scheduler.errors import InvalidText, UnknownSubject
from scheduler.findings import Finding, Place, Severity, has_errors, sort_findings
from scheduler.folder.contents import Case
from scheduler.folder.files import name_of, read_text
from scheduler.folder.kept import DATABASE, Where, database_of, is_address, told
from scheduler.folder.shelf import Shelf
from scheduler.folder.stored import stored_case
from scheduler.patient.case import CaseText, parse_case
from scheduler.patient.events import Event, MovedToVersion
from scheduler.patient.log import log_of
from scheduler.patient.recording import review
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY, Site
from scheduler.site.zone import read_zone
from scheduler.source.reading import read_yaml

__all__ = ["Case", "read_case", "try_case"]


def read_case(where: Where, shelf: Shelf | None = None) -> Case:
    """The patient in that file. Paths in it count from its own folder. ``STUDY#EXP-001`` is a patient of a database.

    Where the study's folder has a database with this patient, the database is read: the file is only where it came from.
    Raises InvalidText with the findings of all files at once when one of them has errors, or when the log contradicts itself.
    """
    stored = _stored(where)
    if stored is not None:
        return stored
    shelf = shelf or Shelf()
    case = try_case(Path(where), shelf)
    if case is None or has_errors(shelf.findings):
        raise InvalidText(shelf.findings)
    return replace(case, findings=sort_findings(shelf.findings))


def _stored(where: Where) -> Case | None:
    study, sign, subject = str(where).rpartition("#")
    if sign and (database := database_of(study)) is not None:
        case = stored_case(database, subject)
        if case is None:
            raise UnknownSubject(f"there is no patient {subject} in {told(study)}")
        return case
    path = Path(where)
    database = None if is_address(where) else path.parent.parent / DATABASE
    if database is None or not database.exists() or not path.exists():
        return None
    says = parse_case(read_text(path), name=name_of(path))
    return stored_case(database, says.subject or path.stem)


def try_case(path: Path, shelf: Shelf) -> Case | None:
    """The patient in that file, or None when there is none; the shelf has the findings."""
    read = case_and_review(path, shelf)
    if read is None:
        return None
    case, found = read
    shelf.findings += found
    return case


def case_and_review(path: Path, shelf: Shelf) -> tuple[Case, tuple[Finding, ...]] | None:
    """The patient in that file, and what is to say about the log alone: a story may be about a log that contradicts itself."""
    shelf.names.add(name_of(path))
    try:
        text = read_text(path)
        says = parse_case(text, name=name_of(path))
    except InvalidText as error:
        shelf.findings += error.findings
        return None

    def place(key: str) -> Place:
        return read_yaml(text, name=name_of(path)).place(key)

    version = shelf.protocol(path.parent / says.protocol, lambda: place("protocol"))
    site = EVERY_DAY if says.site is None else shelf.site(path.parent / says.site, lambda: place("site"))
    if says.zone is not None and (finding := _wrong_zone(says.zone, lambda: place("zone"))):
        shelf.findings.append(finding)
        return None
    if version is None or site is None:
        return None
    others = _other_versions(path.parent / says.protocol, says.events, version, shelf)
    version = replace(version, others=others)
    log = log_of(says.events)
    found = review(version, log, places=says.places, versions=others)
    return Case(path, version, _site(site, says), log, says.subject, says.name, says.until, versions=others), found


def knowing(case: Case, events: Iterable[Event]) -> Case:
    """The patient with the study's other versions, where one of these events moves to one. They are in the same folder."""
    if case.versions or not any(isinstance(event, MovedToVersion) for event in events):
        return case
    shelf = Shelf()
    own = case.path.parent / parse_case(read_text(case.path), name=name_of(case.path)).protocol
    beside = (shelf.protocol(each) for each in sorted(own.parent.glob("protocol*.yaml")))
    others = tuple(other for other in beside if other is not None and other.version != case.version.version)
    if has_errors(shelf.findings):
        raise InvalidText(shelf.findings)
    return replace(case, version=replace(case.version, others=others), versions=others)


def _site(site: Site, says: CaseText) -> Site:
    if says.closed is not None or says.open is not None:
        site = site.with_days(says.closed or (), says.open or ())
    return site if says.zone is None else replace(site, zone=says.zone)


def _wrong_zone(zone: str, place: Callable[[], Place]) -> Finding | None:
    try:
        read_zone(zone)
    except ValueError as error:
        hint = getattr(error, "context", None) or {}
        return Finding("unknown-zone", Severity.ERROR, str(error), hint.get("hint"), place())
    return None


def _other_versions(
    path: Path, events: tuple[Event, ...], version: StudyVersion, shelf: Shelf
) -> tuple[StudyVersion, ...]:
    """The protocols beside the patient's own, where the patient moved from one to another."""
    if not any(isinstance(event, MovedToVersion) for event in events):
        return ()
    beside = (shelf.protocol(each) for each in sorted(path.parent.glob("protocol*.yaml")))
    return tuple(other for other in beside if other is not None and other.version != version.version)
