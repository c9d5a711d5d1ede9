"""Studies other than the seed study, in as few lines as say what they are about; and their calendars in short words."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.entries.entry import Calendar, Entry
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY, Site
from tests.dosing.story import told

WEEKDAYS = EVERY_DAY.with_days((), ())
"""A site that is open from Monday to Friday and knows no holidays."""


def study(rest: str, arms: str = "{all: everybody}") -> StudyVersion:
    """A study from what its protocol says beside its name."""
    head = f'study: OTHER\nversion: "1.0"\ntitle: Another study\narms: {arms}\n'
    return parse_protocol(head + rest, name="protocol.yaml")[0]


def calendar(
    version: StudyVersion, story: str, until: str = "2026-06-30", site: Site = EVERY_DAY, arm: str = "all"
) -> Calendar:
    """The calendar of a patient who was randomised on Friday 27 February 2026, event 1."""
    log = told(f"2026-02-27 randomised, arm: {arm}\n{story}")
    return calendar_of(version, site, log, until=date.fromisoformat(until))


def dates(found: Calendar, timeline: str) -> dict[str, str]:
    """The dates of one timeline, without the year and the timeline's name: {"1": "03-02"}."""
    return {each.id.partition(".")[2]: _short(each.date) for each in found.entries if each.timeline == timeline}


def ideals(found: Calendar, timeline: str) -> dict[str, str]:
    """The ideal dates of one timeline."""
    return {each.id.partition(".")[2]: _short(each.ideal) for each in found.entries if each.timeline == timeline}


def pending(found: Calendar) -> set[str]:
    """What waits for something that nobody knows yet."""
    return {each.id for each in found.pending}


def runs(found: Calendar, name: str) -> list[str]:
    """The days of a cycle, alike in dose and status: "10-28 03-16..04-03 28 mcg planned"."""
    return [
        f"{run.first_day}-{run.last_day} {_short(run.first_date)}..{_short(run.last_date)} "
        f"{' + '.join([*map(str, run.doses), run.status.value])}"
        for run in entry(found, name).runs
    ]


def entry(found: Calendar, name: str) -> Entry:
    """One entry, which must be there."""
    return found.by_id[name]


def codes(found: Calendar) -> list[str]:
    """What has to be looked at."""
    return [finding.code for finding in found.findings]


def _short(day: date | None) -> str:
    return f"{day:%m-%d}" if day is not None else "no date"
