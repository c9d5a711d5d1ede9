"""One patient's case file with all that it needs: the protocol and the site that it names, and the log of its events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from scheduler.calendar.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity, has_errors, sort_findings
from scheduler.folder.files import name_of, read_text
from scheduler.folder.shelf import Shelf
from scheduler.patient.case import CaseText, parse_case
from scheduler.patient.events import Event, MovedToVersion
from scheduler.patient.log import Log, log_of
from scheduler.patient.recording import review
from scheduler.protocol.plan import StudyVersion
from scheduler.site import EVERY_DAY, Site
from scheduler.site.zone import read_zone
from scheduler.source import read_yaml


@dataclass(frozen=True, slots=True)
class Case:
    """One patient as files tell it. ``findings`` are the warnings and notes about the protocol, the site and the log.

    ``until`` is the last day of the calendar where the file says one. ``versions`` are the study's other protocol versions.
    ``arm`` is presumed for a plan without a randomised patient.
    """

    path: Path
    version: StudyVersion
    site: Site
    log: Log
    subject: str | None = None
    name: str | None = None
    until: date | None = None
    findings: tuple[Finding, ...] = ()
    versions: tuple[StudyVersion, ...] = ()
    arm: str | None = None

    def calendar(self, until: date | None = None) -> Calendar:
        """The patient's calendar, to ``until``, else to the file's own last day, else to the study's horizon."""
        return self.calendar_with(self.log, until)

    def calendar_with(self, log: Log, until: date | None = None) -> Calendar:
        """The calendar that another log would give: an earlier one, or one with an event more."""
        last = until or self.until
        return calendar_of(self.version, self.site, log, subject=self.subject, arm=self.arm, until=last)

    def history(self, until: date | None = None) -> tuple[Calendar, ...]:
        """The calendar before the first event and after each one, oldest first."""
        numbers = (0, *(record.number for record in self.log.records))
        return tuple(self.calendar_with(self.log.until(number), until) for number in numbers)

    def recorded(self) -> dict[int, datetime]:
        """When each event was recorded, in UTC, by its number."""
        return {record.number: record.event.recorded_at for record in self.log.records}

    @property
    def last_day(self) -> date | None:
        """The day of the latest event."""
        return max((record.event.on for record in self.log.records), default=None)


def read_case(path: Path, shelf: Shelf | None = None) -> Case:
    """The patient in that file. Paths in it count from its own folder.

    Raises InvalidText with the findings of all files at once when one of them has errors, or when the log contradicts itself.
    """
    shelf = shelf or Shelf()
    case = try_case(path, shelf)
    if case is None or has_errors(shelf.findings):
        raise InvalidText(shelf.findings)
    return replace(case, findings=sort_findings(shelf.findings))


def try_case(path: Path, shelf: Shelf) -> Case | None:
    """The patient in that file, or None when there is none; the shelf has the findings."""
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
    log = log_of(says.events)
    shelf.findings += review(version, log, places=says.places, versions=others)
    return Case(path, version, _site(site, says), log, says.subject, says.name, says.until, versions=others)


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
