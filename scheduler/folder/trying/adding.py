"""A protocol's or a site's text that somebody wants to add to a study: read beside what the study has, before it is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from scheduler.calendar.advice.of_plan import advice
from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity, has_errors, sort_findings
from scheduler.folder.trying.amending import faults_of
from scheduler.folder.trying.checking import Sort, sort_of
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.said import said
from scheduler.site.site import Site
from scheduler.source.reading import read_yaml
from scheduler.store.study import Study, protocol_source, site_source, study_of
from scheduler.store.values import ProtocolSource, SiteSource


@dataclass(frozen=True, slots=True)
class Added:
    """A text that can be added. ``study`` is the study as it would be; ``replaces`` is the site whose text it takes the place of.

    One of ``version`` and ``site`` is there. ``findings`` are warnings and notes.
    """

    source: ProtocolSource | SiteSource
    study: Study
    findings: tuple[Finding, ...]
    version: StudyVersion | None = None
    site: Site | None = None
    replaces: Site | None = None

    @property
    def name(self) -> str:
        """What it is called: the study with its version, or the site."""
        return (
            self.source.name
            if isinstance(self.source, SiteSource)
            else f"{self.study.newest.study} {self.source.version}"
        )


def read_added(text: str, study: Study, *, name: str) -> Added:
    """What that text would add. Raises InvalidText with all findings where it cannot be added.

    ``name`` is what findings call the file.
    """
    node = read_yaml(text, name=name)
    match sort_of(node):
        case Sort.PROTOCOL:
            return _protocol(text, study, name)
        case Sort.SITE:
            return _site(text, study, name)
    message = said("this is neither a protocol nor a site")
    hint = said("a protocol begins with 'study:', a site with 'site:'")
    raise InvalidText([Finding.of("unknown-file", Severity.ERROR, message, hint, Place(name, 1, 1))])


def _protocol(text: str, study: Study, name: str) -> Added:
    version, remarks = parse_protocol(text, name=name)
    findings = [*remarks, *faults_of(version, study.versions, name), *advice(version)]
    if version.digest in {each.digest for each in study.versions}:
        message = said("the study has this very text already")
        findings.append(Finding.of("version-there", Severity.ERROR, message, place=Place(name, 1, 1)))
    if has_errors(findings):
        raise InvalidText(findings)
    source = protocol_source(text, file=name)
    later = study_of(replace(study.source, protocols=(*study.source.protocols, source)))
    return Added(source, later, _new(findings, later, study), version=version)


def _site(text: str, study: Study, name: str) -> Added:
    source = site_source(text, file=name)
    sites = {each.name: each for each in study.source.sites} | {source.name: source}
    later = study_of(replace(study.source, sites=tuple(sites.values())))
    site, before = later.site(source.name), study.site(source.name)
    return Added(source, later, _new((), later, study), site=site, replaces=before)


def _new(findings: Iterable[Finding], later: Study, study: Study) -> tuple[Finding, ...]:
    """What is to say about the text, and about the study with it that was not to say before."""
    return sort_findings([*findings, *(each for each in later.findings if each not in study.findings)])
