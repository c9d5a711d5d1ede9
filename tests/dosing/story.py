"""Stories about patients of the seed study, told in the words of a case file, one event a line."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.exposure.exposure_lines import Exposure
from scheduler.calendar.exposure.of_patient import exposure_of
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.events import AnyEvent, Event
from scheduler.patient.log import Log, log_of
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY, Site
from scheduler.source.reading import read_yaml
from scheduler.source.validation import validate
from tests.seed import VERSION


def told(story: str) -> Log:
    """The log of a story: "2026-05-11 cycle started, treatment: regorafenib, cycle: 1"."""
    lines = (line.strip() for line in story.strip().splitlines())
    text = "\n".join(f"- {{on: {line[:10]}, event: {line[11:]}}}" for line in lines)
    events: tuple[Event, ...] = validate(read_yaml(text, name="story"), tuple[AnyEvent, ...])
    return log_of(events)


def exposure(story: str, until: str, site: Site = EVERY_DAY, version: StudyVersion = VERSION) -> Exposure:
    return exposure_of(version, site, told(story), date.fromisoformat(until))


def calendar(story: str, until: str | None = None, site: Site = EVERY_DAY, version: StudyVersion = VERSION) -> Calendar:
    return calendar_of(version, site, told(story), until=date.fromisoformat(until) if until else None)
