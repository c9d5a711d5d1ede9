"""A calendar without a patient: the same engine, with the events that a plan presumes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scheduler.errors import InvalidText
from scheduler.findings import Finding, has_errors, sort_findings
from scheduler.folder.reading.case import Case
from scheduler.folder.reading.shelf import Shelf
from scheduler.patient.appending import build_log
from scheduler.patient.events import Event, FirstDosePlanned, Randomised
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY, Site


@dataclass(frozen=True, slots=True)
class Planned:
    """A protocol and a site, and what is to say about them."""

    path: Path
    version: StudyVersion
    site: Site
    findings: tuple[Finding, ...]

    def patient(self, arm: str, first_dose: date | None, randomised: date | None = None) -> Case:
        """The patient that the plan presumes: with a first dose planned and randomised, where these days are given.

        Without ``randomised`` what hangs on randomisation is pending. Raises Refused where the dates contradict each other.
        """
        events: list[Event] = []
        if first_dose is not None:
            events.append(FirstDosePlanned(on=randomised or first_dose, to=first_dose))
        if randomised is not None:
            events.insert(0, Randomised(on=randomised, arm=arm))
        return Case(self.path, self.version, self.site, build_log(self.version, events), arm=arm)


def read_plan(protocol: Path, site: Path | None = None) -> Planned:
    """A protocol and a site from their files. Without a site every day is open. Raises InvalidText with all findings."""
    shelf = Shelf()
    version = shelf.protocol(protocol)
    place = EVERY_DAY if site is None else shelf.site(site)
    if version is None or place is None or has_errors(shelf.findings):
        raise InvalidText(shelf.findings)
    return Planned(protocol, version, place, sort_findings(shelf.findings))
