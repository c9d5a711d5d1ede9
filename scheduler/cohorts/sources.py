"""Where logs come from: a study's folder, its database, or Parquet beside the study's texts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from scheduler.cohorts.told import Told
from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity
from scheduler.folder.importing import source_and_patients
from scheduler.folder.reading.files import name_of, read_text
from scheduler.folder.reading.holidays import kept_holidays
from scheduler.folder.reading.kept import Where, database_of
from scheduler.folder.reading.stored import opened, study_in
from scheduler.patient.events import canonical_text
from scheduler.patient.log import Log
from scheduler.source.node import Data
from scheduler.store.study import protocol_source, site_source
from scheduler.store.values import StudySource

NO_SITE = "any site"
"""The site of a patient who has none: every day is open."""
LOGS = "logs"
"""The folder of Parquet files beside ``protocol*.yaml`` and ``site*.yaml``."""
_NO_FEEDS = bytes(32)
"""The key of the feeds is nobody's business here: it goes to no worker."""
_KEYS = ("closed", "open", "zone")
"""What of a case file moves dates, beside its events."""


class Source(Protocol):
    """Patients and their logs. It goes to whoever reads a part of it, to another machine too."""

    @property
    def reviewed(self) -> bool:
        """True where a log that contradicts itself was refused when it was taken in."""
        ...

    def study(self) -> StudySource:
        """The texts that all calendars rest on. Raises InvalidText."""
        ...

    def subjects(self) -> Mapping[str | None, Sequence[str]]:
        """The patients' numbers by the site at which they came in, sorted."""
        ...

    def read(self, site: str | None, subjects: Sequence[str]) -> Sequence[Told]:
        """These patients of a site, in the order of their numbers; who is there no more is left out."""
        ...

    def part(self, site: str | None, subjects: Sequence[str]) -> Source:
        """What somebody needs who reads these patients alone."""
        ...


def source_at(where: Where) -> Source:
    """The source there: Parquet, a database or case files. Raises InvalidText, StoreUnavailable."""
    if isinstance(where, Path) or "://" not in where:
        # A command has it as text, and the text of a path is no address.
        folder = Path(where)
        if (folder / LOGS).is_dir():
            return _in_parquet(folder)
        database = database_of(folder)
        return _in_files(folder) if database is None else InDatabase(database)
    return InDatabase(where)


@dataclass(frozen=True, slots=True)
class InFiles:
    """Case files: read once, and as few patients as somebody needs are handed on."""

    source: StudySource
    patients: tuple[Told, ...]

    @property
    def reviewed(self) -> bool:
        """When it was read."""
        return True

    def study(self) -> StudySource:
        """The texts of the folder."""
        return self.source

    def subjects(self) -> Mapping[str | None, Sequence[str]]:
        """By site."""
        found: dict[str | None, list[str]] = {}
        for each in sorted(self.patients, key=lambda each: each.subject):
            found.setdefault(each.site, []).append(each.subject)
        return found

    def read(self, site: str | None, subjects: Sequence[str]) -> Sequence[Told]:
        """From what was read."""
        wanted = frozenset(subjects)
        found = (each for each in self.patients if each.site == site and each.subject in wanted)
        return sorted(found, key=lambda each: each.subject)

    def part(self, site: str | None, subjects: Sequence[str]) -> Source:
        """These patients."""
        return InFiles(self.source, tuple(self.read(site, subjects)))


def _in_files(folder: Path) -> InFiles:
    source, patients = source_and_patients(folder)
    told = (
        Told(
            each.enrolment.subject,
            each.enrolment.site,
            each.enrolment.protocol,
            _keys(each.enrolment.keys),
            tuple((number, canonical_text(addition.event)) for number, addition in enumerate(each.events, 1)),
        )
        for each in patients
    )
    return InFiles(replace(source, feed_key=_NO_FEEDS), tuple(told))


@dataclass(frozen=True, slots=True)
class InDatabase:
    """A study's database. Whoever reads a part of it opens it anew."""

    where: Where = field(repr=False)

    @property
    def reviewed(self) -> bool:
        """When it was recorded."""
        return True

    def study(self) -> StudySource:
        """The texts as they stand in the database."""
        with opened(self.where) as store:
            return replace(study_in(store, self.where).source, feed_key=_NO_FEEDS)

    def subjects(self) -> Mapping[str | None, Sequence[str]]:
        """By site."""
        found: dict[str | None, list[str]] = {}
        with opened(self.where) as store:
            for each in store.subjects():
                found.setdefault(each.enrolled_at, []).append(each.subject)
        return {site: sorted(subjects) for site, subjects in found.items()}

    def read(self, site: str | None, subjects: Sequence[str]) -> Sequence[Told]:
        """Their logs in one read."""
        with opened(self.where) as store:
            known = [each for name in subjects if (each := store.subject(name)) is not None]
            logs = store.logs([each.subject for each in known])
        return [
            Told(
                each.subject,
                each.enrolled_at,
                each.protocol,
                _keys(each.keys),
                tuple(
                    (record.number, canonical_text(record.event)) for record in logs.get(each.subject, Log()).records
                ),
            )
            for each in known
        ]

    def part(self, site: str | None, subjects: Sequence[str]) -> Source:
        """The same database."""
        return self


@dataclass(frozen=True, slots=True)
class InParquet:
    """Parquet files of logs, one row an event, beside the study's texts."""

    folder: Path
    source: StudySource

    @property
    def reviewed(self) -> bool:
        """Nobody has."""
        return False

    def study(self) -> StudySource:
        """The texts of the folder."""
        return self.source

    def subjects(self) -> Mapping[str | None, Sequence[str]]:
        """By site. Raises InvalidText where a site is named that has no text."""
        found: dict[str | None, list[str]] = {}
        asked = f"SELECT DISTINCT site, subject FROM {self._logs} ORDER BY subject"
        for site, subject in self._rows(asked, {}, threads=None):
            found.setdefault(site, []).append(subject)
        named = (site for site in found if site is not None)
        self._refuse_unknown("site", named, [each.name for each in self.source.sites])
        return found

    def read(self, site: str | None, subjects: Sequence[str]) -> Sequence[Told]:
        """Those between the first and the last of them, of the files that have any."""
        asked = (
            f"SELECT subject, protocol, number, event FROM {self._logs} WHERE site IS NOT DISTINCT FROM $site "
            "AND subject BETWEEN $first AND $last ORDER BY subject, number"
        )
        versions = {each.version: each.digest for each in self.source.protocols}
        wanted = frozenset(subjects)
        protocols: dict[str, str] = {}
        events: dict[str, list[tuple[int, str]]] = {}
        said = {"site": site, "first": subjects[0], "last": subjects[-1]}
        for subject, protocol, number, event in self._rows(asked, said):
            if subject in wanted:
                protocols.setdefault(subject, protocol)
                events.setdefault(subject, []).append((number, event))
        self._refuse_unknown("version of the protocol", protocols.values(), versions)
        return [Told(subject, site, versions[protocols[subject]], "{}", tuple(log)) for subject, log in events.items()]

    def part(self, site: str | None, subjects: Sequence[str]) -> Source:
        """The same files."""
        return self

    @property
    def _logs(self) -> str:
        path = str(self.folder / LOGS / "**" / "*.parquet").replace("'", "''")
        return f"read_parquet('{path}', hive_partitioning = false)"

    @staticmethod
    def _rows(asked: str, said: Mapping[str, object], threads: int | None = 1) -> Iterator[tuple[Any, ...]]:
        import duckdb

        with duckdb.connect(config={"threads": threads} if threads else {}) as connection:
            found = connection.execute(asked, said or None)
            while rows := found.fetchmany(50_000):
                yield from rows

    def _refuse_unknown(self, what: str, named: Iterable[str], known: Iterable[str]) -> None:
        place = Place(name_of(self.folder), 1, 1)
        findings = [
            Finding(
                "unknown-in-logs",
                Severity.ERROR,
                f"the logs name a {what} that is not there: {name}",
                f"write its text beside the logs; there are: {', '.join(sorted(known))}",
                place,
            )
            for name in sorted(set(named) - set(known))
        ]
        if findings:
            raise InvalidText(findings)


def _in_parquet(folder: Path) -> InParquet:
    protocols, sites = sorted(folder.glob("protocol*.yaml")), sorted(folder.glob("site*.yaml"))
    if not protocols or not sites:
        message = "there are logs and no study: protocol.yaml or site.yaml is missing"
        hint = "put both beside the folder of logs"
        raise InvalidText([Finding("no-protocol", Severity.ERROR, message, hint, Place(name_of(folder), 1, 1))])
    texts = StudySource(
        _NO_FEEDS,
        tuple(protocol_source(read_text(path), file=path.name) for path in protocols),
        tuple(site_source(read_text(path), file=path.name, holidays=kept_holidays(path)) for path in sites),
    )
    return InParquet(folder, texts)


def _keys(keys: Mapping[str, Data]) -> str:
    return json.dumps({key: keys[key] for key in _KEYS if key in keys}, sort_keys=True)
