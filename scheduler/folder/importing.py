"""A folder's study put into a database: protocols, sites with their holidays, the key of the feeds, and every patient's log."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity
from scheduler.folder.feeds import KEY_FILE, read_key
from scheduler.folder.reading.contents import Case, StudyFolder
from scheduler.folder.reading.files import name_of, read_text
from scheduler.folder.reading.holidays import kept_holidays
from scheduler.folder.reading.kept import DATABASE, Where
from scheduler.folder.reading.stock import as_kept
from scheduler.folder.reading.study import read_folder
from scheduler.patient.case_file.case import parse_case
from scheduler.patient.log import Log
from scheduler.site.parse import parse_site
from scheduler.source.node import Data
from scheduler.source.reading import read_yaml
from scheduler.store.checked_recording import checked
from scheduler.store.interface import Store
from scheduler.store.opening import open_store
from scheduler.store.study import Study, protocol_source, site_source, study_of, transfer_in
from scheduler.store.values import Act, Enrolment, Head, NewSubject, SiteSource, StudySource

_ENROLMENT = {"protocol", "site", "subject", "events"}


def _as_recorded(study: StudyFolder) -> None:
    """Logs that were recorded already are not asked about again."""


def import_study(folder: Path, store: Store, act: Act, *, first: Callable[[StudyFolder], None] = _as_recorded) -> Head:
    """Put the study in that folder into an empty database, all of it or nothing. The folder stays as it is.

    ``first`` looks at what was read before any of it is recorded, and may raise. Without it, the logs stand as they are.
    Raises InvalidText with the findings of all files, Refused when there is a study in the database, StoreUnavailable.
    """
    study = read_folder(folder)
    first(study)
    source, subjects = _source_and_patients(folder, study)
    stock = [as_kept(log.site, record.event) for log in study.stock for record in log.records]
    return store.make_study(source, act, subjects, stock)


def source_and_patients(folder: Path) -> tuple[StudySource, list[NewSubject]]:
    """The texts that all calendars of a folder's study rest on, and its patients. Raises InvalidText with all findings."""
    return _source_and_patients(folder, read_folder(folder))


def _source_and_patients(folder: Path, study: StudyFolder) -> tuple[StudySource, list[NewSubject]]:
    sites = _Sites(folder)
    for case in study.cases:
        sites.of(case)
    protocols = tuple(
        protocol_source(read_text(Path(version.file)), file=_inside(folder, Path(version.file)))
        for version in study.versions
    )
    source = StudySource(_key(folder), protocols, sites.all())
    compiled = study_of(source)
    subjects = [_subject(case, compiled, sites) for case in study.cases]
    return source, subjects


def keep_in_database(folder: Path, act: Act, *, first: Callable[[StudyFolder], None] = _as_recorded) -> Path:
    """Make the folder's own database, and from then on it is what counts. One that is there already is left as it is."""
    database = folder / DATABASE
    if database.exists():
        return database
    with tempfile.TemporaryDirectory(dir=folder, prefix=f".{DATABASE}.") as beside:
        unfinished = Path(beside) / DATABASE
        import_into(folder, unfinished, act, first=first)
        os.rename(unfinished, database)
    return database


def import_into(folder: Path, where: Where, act: Act, *, first: Callable[[StudyFolder], None] = _as_recorded) -> Head:
    """The same into the empty database at that place, which is made where there is none."""
    store = open_store(where)
    try:
        return import_study(folder, store, act, first=first)
    finally:
        store.close()


class _Sites:
    """The sites that the folder's patients go to, by their files; the study's own is the first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sources: dict[str, SiteSource] = {}
        self._read(folder / "site.yaml")

    def of(self, case: Case) -> str | None:
        """The name of the site at which a patient came in. Those of transfers are read too: they lie beside it."""
        says = parse_case(read_text(case.path), name=name_of(case.path))
        if says.site is None:
            return None
        own = case.path.parent / says.site
        named = {event.site for each in case.log.records if (event := transfer_in(each.event)) is not None}
        for path in sorted(own.parent.glob("site*.yaml")) if named else ():
            if parse_site(read_text(path), name=name_of(path)).name in named:
                self._read(path)
        return self._read(own).name

    def all(self) -> tuple[SiteSource, ...]:
        """All sites. Raises InvalidText when two of them have one name."""
        names = [source.name for source in self._sources.values()]
        for file, source in self._sources.items():
            if names.count(source.name) > 1:
                message = f"two sites are called {source.name}"
                place = read_yaml(source.text, name=file).place("site")
                raise InvalidText([Finding("duplicate-site", Severity.ERROR, message, "give each a name", place)])
        return tuple(self._sources.values())

    def _read(self, path: Path) -> SiteSource:
        file = name_of(path)
        if file not in self._sources:
            inside = _inside(self._folder, path)
            self._sources[file] = site_source(read_text(path), file=inside, holidays=kept_holidays(path))
        return self._sources[file]


def _subject(case: Case, study: Study, sites: _Sites) -> NewSubject:
    if case.version.digest not in {version.digest for version in study.versions}:
        message = f"the protocol of {case.subject} is not one of the study's"
        hint = "put it into the study's folder as protocol*.yaml"
        raise InvalidText([Finding("other-protocol", Severity.ERROR, message, hint, Place(name_of(case.path), 1, 1))])
    text = read_yaml(read_text(case.path), name=name_of(case.path)).value
    keys: dict[str, Data] = {}
    if isinstance(text, dict):
        keys = {key: value for key, value in text.items() if key not in _ENROLMENT}
    enrolment = Enrolment(case.subject or case.path.stem, sites.of(case), case.version.digest, keys)
    events = [record.event for record in case.log.records]
    return NewSubject(enrolment, checked(study, case.version.digest, Log(), events))


def _key(folder: Path) -> bytes:
    path = folder / KEY_FILE
    return read_key(path) if path.exists() else secrets.token_bytes(32)


def _inside(folder: Path, path: Path) -> str:
    """The file's path from the study's folder; of one that lies elsewhere, its name."""
    inside = os.path.relpath(path, folder)
    return path.name if inside.startswith("..") else Path(inside).as_posix()
