"""A study's texts as the engine needs them: protocols compiled, sites with the holidays that are kept with them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from scheduler.errors import InvalidText
from scheduler.findings import Finding, sort_findings
from scheduler.patient.events import Corrected, Event, SiteTransferred
from scheduler.patient.log import Log
from scheduler.patient.places import check_places_of
from scheduler.patient.replaying.replay import replay
from scheduler.patient.sites import site_of as over_its_time
from scheduler.patient.versions import oldest_first
from scheduler.protocol.parse import parse_kept_protocol, parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.holiday_table import HolidayTable, holiday_table_as_text, holiday_table_from_text
from scheduler.site.parse import parse_site
from scheduler.site.public_holidays import holiday_table
from scheduler.site.site import EVERY_DAY, Site
from scheduler.source.node import Data
from scheduler.source.reading import read_yaml
from scheduler.store.values import ProtocolSource, SiteSource, StudySource, Subject


@dataclass(frozen=True, slots=True)
class Study:
    """What all calendars of a study rest on. ``versions`` are in the order of their amendments,
    else of their adding; the last is the newest.

    ``findings`` are warnings and notes about the protocols, and about sites that lack a place of theirs.
    """

    source: StudySource
    versions: tuple[StudyVersion, ...]
    sites: tuple[Site, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def newest(self) -> StudyVersion:
        """The version that new patients come in under."""
        return self.versions[-1]

    def version(self, digest: str) -> StudyVersion:
        """The version whose text has that digest, with the others that its patients may move to."""
        found = next(version for version in self.versions if version.digest == digest)
        return replace(found, others=self.others(digest))

    def others(self, digest: str) -> tuple[StudyVersion, ...]:
        """All versions but the one of that digest: where its patients may move to."""
        return tuple(version for version in self.versions if version.digest != digest)

    def site(self, name: str | None) -> Site | None:
        """The site of that name."""
        return next((site for site in self.sites if site.name == name), None)

    def site_of(self, subject: Subject, log: Log) -> Site:
        """Where a patient comes by that log: each site for its own time, where the patient was transferred.

        It has the open days and the zone that the patient's own case file told. ``others`` are those of a transfer to come.
        """
        first = self.site(subject.enrolled_at) or EVERY_DAY
        others = tuple(_as_told(each, subject) for each in self.sites if each.name != first.name)
        site = replace(_as_told(first, subject), others=others)
        return over_its_time(site, replay(log)) if any(transfer_in(each.event) for each in log.records) else site


def transfer_in(event: Event) -> SiteTransferred | None:
    """The transfer that an event tells, or puts right; None for any other event."""
    said = event.with_ if isinstance(event, Corrected) else event
    return said if isinstance(said, SiteTransferred) else None


def _as_told(site: Site, subject: Subject) -> Site:
    closed, opened, zone = (subject.keys.get(key) for key in ("closed", "open", "zone"))
    if isinstance(closed, list) or isinstance(opened, list):
        site = site.with_days(_days(closed), _days(opened))
    return replace(site, zone=zone) if isinstance(zone, str) else site


def _days(said: Data) -> list[date]:
    return [date.fromisoformat(str(day)) for day in said] if isinstance(said, list) else []


def protocol_source(text: str, *, file: str) -> ProtocolSource:
    """A protocol to be added. Raises InvalidText with all that is wrong with it."""
    version, _ = parse_protocol(text, name=file)
    return ProtocolSource(version.version, file, text)


def site_source(text: str, *, file: str, holidays: HolidayTable | None = None) -> SiteSource:
    """A site to be added, with the public holidays as they stand now, or as a table kept from earlier has them.

    Raises InvalidText with all that is wrong with it.
    """
    name = parse_site(text, name=file, holidays=holidays).name
    region = read_yaml(text, name=file).value
    if not isinstance(region, dict) or not isinstance(code := region.get("public holidays"), str):
        return SiteSource(name, file, text)
    country, _, part = code.partition("-")
    return SiteSource(name, file, text, holiday_table_as_text(holidays or holiday_table(country, part or None)))


def study_of(source: StudySource) -> Study:
    """The study that these texts describe. It changes only when the store's `Position.study` does.

    Raises InvalidText with all findings at once: a newer release of the program may refuse what an older one took,
    but for sentences that it reads as before, which are warnings.
    """
    findings: list[Finding] = []
    versions: list[StudyVersion] = []
    sites: list[Site] = []
    for protocol in source.protocols:
        try:
            version, remarks = parse_kept_protocol(protocol.text, name=protocol.file)
            versions.append(version)
            findings += remarks
        except InvalidText as error:
            findings += error.findings
    for each in source.sites:
        try:
            sites.append(site_of(each))
        except InvalidText as error:
            findings += error.findings
    if len(versions) < len(source.protocols) or len(sites) < len(source.sites):
        raise InvalidText(findings)
    findings += (found for version in versions for site in sites for found in check_places_of(version, site))
    return Study(source, oldest_first(versions), tuple(sites), sort_findings(findings))


def site_of(source: SiteSource) -> Site:
    """The site with the public holidays that are kept with it, whatever the library would say today."""
    kept = None if source.holidays is None else holiday_table_from_text(source.holidays)
    return parse_site(source.text, name=source.file, holidays=kept)
