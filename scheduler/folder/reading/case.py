"""One patient's case file with all that it needs: the protocol and the site that it names, and the log of its events."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

from scheduler.errors import InvalidText, Refused, UnknownSubject
from scheduler.findings import Finding, Place, Severity, did_you_mean, has_errors, sort_findings
from scheduler.folder.reading.contents import Case
from scheduler.folder.reading.files import name_of, read_text
from scheduler.folder.reading.kept import DATABASE, Where, database_of, is_address, told
from scheduler.folder.reading.shelf import Shelf
from scheduler.patient.appending import review
from scheduler.patient.case_file.case import CaseText, parse_case
from scheduler.patient.events import Corrected, Event, MovedToVersion, SiteTransferred
from scheduler.patient.log import Fact, Log, in_force, log_of
from scheduler.patient.places import check_places_of
from scheduler.patient.replaying.replay import replay
from scheduler.patient.sites import site_of
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY, Site
from scheduler.site.zone import read_zone
from scheduler.source.quoting import quoted
from scheduler.source.reading import read_yaml

__all__ = ["PATIENTS", "Case", "read_case", "try_case"]

PATIENTS = "patients"
"""The folder of a study in which its patients are."""


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
        case = _in_database(database, subject)
        if case is None:
            raise UnknownSubject(f"there is no patient {subject} in {told(study)}")
        return case
    path = Path(where)
    database = None if is_address(where) else path.parent.parent / DATABASE
    if database is None or not database.exists() or not path.exists():
        return None
    says = parse_case(read_text(path), name=name_of(path))
    return _in_database(database, says.subject or path.stem)


def _in_database(database: Where, subject: str) -> Case | None:
    # Only for a database: what it takes to read one is a fifth of all that is loaded.
    from scheduler.folder.reading.stored import stored_case

    return stored_case(database, subject)


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

    outside = tuple(_outside_the_study(path, {"protocol": says.protocol, "site": says.site}, place))
    if outside:
        shelf.findings += outside
        return None
    version = shelf.protocol(path.parent / says.protocol, lambda: place("protocol"))
    site = EVERY_DAY if says.site is None else shelf.site(path.parent / says.site, lambda: place("site"))
    if says.zone is not None and (finding := _wrong_zone(says.zone, lambda: place("zone"))):
        shelf.findings.append(finding)
        return None
    if version is None or site is None:
        return None
    log = log_of(says.events)
    sites = _sites(path.parent / says.site, shelf) if says.site is not None and _transfers(log) else ()
    shelf.findings += _unknown_sites(log, (site, *sites), says.places)
    others = _other_versions(path.parent / says.protocol, says.events, version, shelf)
    version = replace(version, others=others)
    if says.closed is None and says.open is None:
        shelf.findings += (found for each in (site, *sites) for found in check_places_of(version, each))
    found = review(version, log, places=says.places, versions=others)
    other_sites = tuple(_site(each, says) for each in sites if each.name != site.name)
    where = site_of(replace(_site(site, says), others=other_sites), replay(log))
    return Case(
        path, version, where, log, says.subject, says.name, says.until, versions=others, first_site=site.name
    ), found


def _outside_the_study(path: Path, named: Mapping[str, str | None], place: Callable[[str], Place]) -> Iterator[Finding]:
    """Files that a patient of a study's folder names and that are not in it: nobody would treat by another study's protocol."""
    patients = Path(os.path.abspath(path)).parent
    if patients.name != PATIENTS:
        return
    for key, name in named.items():
        if name is not None and not Path(os.path.abspath(patients / name)).is_relative_to(patients.parent):
            message = f"{quoted(name)} is outside of the study's folder"
            hint = "name a file of the study, such as ../protocol.yaml; a file from elsewhere has to be copied into it"
            yield Finding("outside-the-study", Severity.ERROR, message, hint, place(key))


def knowing(case: Case, events: Iterable[Event]) -> Case:
    """The patient with the study's other versions and sites, where one of these events moves to one.

    They are in the folder of the patient's own. Raises Refused where a site is named that the study does not have.
    """
    events = tuple(events)
    return _knowing_sites(_knowing_versions(case, events), events)


def _knowing_sites(case: Case, events: tuple[Event, ...]) -> Case:
    said = (event.with_ if isinstance(event, Corrected) else event for event in events)
    named = [event.site for event in said if isinstance(event, SiteTransferred)]
    if not named:
        return case
    says = parse_case(read_text(case.path), name=name_of(case.path))
    shelf = Shelf()
    sites = _sites(case.path.parent / says.site, shelf) if says.site is not None else ()
    if has_errors(shelf.findings):
        raise InvalidText(shelf.findings)
    unknown = [_unknown_site(name, (case.site, *sites)) for name in named]
    if wrong := [finding for finding in unknown if finding is not None]:
        raise Refused(wrong)
    own = shelf.site(case.path.parent / says.site) if says.site is not None else None
    assert own is not None, "a site that is known was read"
    others = tuple(_site(each, says) for each in sites if each.name != own.name)
    return replace(case, site=replace(_site(own, says), others=others))


def _sites(path: Path, shelf: Shelf) -> tuple[Site, ...]:
    """The study's sites: the texts beside a patient's own whose names begin with "site"."""
    found = (shelf.site(each) for each in sorted(path.parent.glob("site*.yaml")))
    return tuple(site for site in found if site is not None)


def _transfers(log: Log) -> list[Fact]:
    return [fact for fact in in_force(log) if isinstance(fact.event, SiteTransferred)]


def _unknown_sites(log: Log, sites: tuple[Site, ...], places: tuple[Place, ...]) -> Iterator[Finding]:
    for fact in _transfers(log):
        finding = _unknown_site(cast(SiteTransferred, fact.event).site, sites)
        if finding is not None:
            yield replace(finding, place=places[fact.numbers[-1] - 1], events=fact.numbers)


def _unknown_site(name: str, sites: tuple[Site, ...]) -> Finding | None:
    """Nobody knows the open days of a site that the study does not have."""
    known = tuple(dict.fromkeys(site.name for site in sites if site is not EVERY_DAY))
    if name in known:
        return None
    hint = did_you_mean(name, known) if known else None
    message = f"there is no site {quoted(name)} in the study"
    return Finding(
        "unknown-site", Severity.ERROR, message, hint or "write its text beside the patient's own: site-....yaml"
    )


def _knowing_versions(case: Case, events: tuple[Event, ...]) -> Case:
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
