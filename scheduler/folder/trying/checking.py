"""All that is wrong with some files: protocols, sites and patients are told apart by their keys.

What only a patient, a folder or a calendar needs is imported where there is one: most protocols are checked without.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity, sort_findings
from scheduler.folder.reading.files import name_of, read_text
from scheduler.folder.reading.kept import Where, database_of
from scheduler.folder.reading.shelf import Shelf
from scheduler.protocol.plan.study import StudyVersion
from scheduler.source.node import Node
from scheduler.source.reading import read_yaml


class Sort(StrEnum):
    """What a file holds."""

    PROTOCOL = "protocol"
    SITE = "site"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in all files, how many files were read, and the protocols among them that can be used."""

    findings: tuple[Finding, ...]
    versions: tuple[StudyVersion, ...]
    files: int


def check_files(places: Iterable[Where]) -> Checked:
    """All that is to say about these files; a folder or a database is a study. Each finding once, in the order of reading."""
    shelf = Shelf()
    versions: list[StudyVersion | None] = []
    for place in places:
        database, path = database_of(place), Path(place)
        if database is not None:
            versions += _check_database(database, shelf)
        elif path.is_dir():
            from scheduler.folder.reading.study import try_study

            study = try_study(path, shelf)
            versions += study.versions if study else ()
            shelf.findings += _other_sites(path, shelf, study.versions if study else ())
        else:
            versions.append(_check_file(path, shelf))
    known = {version.file: version for version in versions if version is not None}
    shelf.findings += _advice(known.values())
    return Checked(sort_findings(shelf.findings), tuple(known.values()), len(shelf.names))


def _advice(versions: Iterable[StudyVersion]) -> Iterator[Finding]:
    """What calendars show of the protocols that say how often something has to be done. Others need none, nor the engine."""
    asked = [version for version in versions if any(plan.intervals for plan in version.arms.values())]
    if asked:
        from scheduler.calendar.advice.of_plan import advice

        yield from (finding for version in asked for finding in advice(version))


def _other_sites(folder: Path, shelf: Shelf, versions: Iterable[StudyVersion]) -> Iterator[Finding]:
    """What is wrong with the sites that a patient may be transferred to, before one is."""
    from scheduler.patient.places import check_places_of
    from scheduler.patient.site_names import check_site_names

    names: dict[str, Path] = {}
    for path in sorted(folder.glob("site*.yaml")):
        site = shelf.site(path)
        if site is None:
            continue
        if site.name in names:
            message = f"the site {site.name} has a second file"
            hint = (
                f"the first is {name_of(names[site.name])}: a transfer names a site by its name, so give each its own"
            )
            yield Finding("duplicate-site", Severity.ERROR, message, hint, Place(name_of(path), 1, 1))
        names.setdefault(site.name, path)
        yield from (found for version in versions for found in check_places_of(version, site))
        yield from (found for version in versions for found in check_site_names(version, site))


def _check_database(database: Where, shelf: Shelf) -> tuple[StudyVersion, ...]:
    from scheduler.folder.reading.study import read_study

    try:
        study = read_study(database)
    except InvalidText as error:
        shelf.findings += error.findings
        return ()
    shelf.findings += study.findings
    shelf.names |= {version.file for version in study.versions} | {str(case.path) for case in study.cases}
    return study.versions


def _check_file(path: Path, shelf: Shelf) -> StudyVersion | None:
    shelf.names.add(name_of(path))
    try:
        node = read_yaml(read_text(path), name=name_of(path))
    except InvalidText as error:
        shelf.findings += error.findings
        return None
    match sort_of(node):
        case Sort.PROTOCOL:
            return shelf.protocol(path)
        case Sort.SITE:
            shelf.site(path)
        case Sort.CASE:
            from scheduler.folder.reading.case import try_case

            case = try_case(path, shelf)
            return case.version if case else None
        case None:
            hint = "a protocol begins with 'study:', a site with 'site:', a patient's case file with 'protocol:'"
            place = Place(name_of(path), 1, 1)
            message = "this is neither a protocol nor a site nor a case file"
            shelf.findings.append(Finding("unknown-file", Severity.ERROR, message, hint, place))
    return None


def sort_of(node: Node) -> Sort | None:
    """What a text is, by its keys."""
    keys = set(node.keys)
    if {"study", "arms", "treatments"} & keys:
        return Sort.PROTOCOL
    if {"protocol", "events", "expect"} & keys:
        return Sort.CASE
    if {"site", "public holidays", "weekdays", "resources"} & keys:
        return Sort.SITE
    return None
