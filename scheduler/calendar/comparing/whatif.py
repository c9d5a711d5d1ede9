"""What would change if something were recorded, before it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scheduler.calendar.comparing.compare import Change, compare_calendars
from scheduler.calendar.engine.proposals.on_a_day import calendar_on
from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.appending import append
from scheduler.patient.events import Event
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import Site


@dataclass(frozen=True, slots=True)
class Comparison:
    """A patient's calendar as it is and as it would be, and every difference."""

    before: Calendar
    after: Calendar
    changes: tuple[Change, ...]


def what_would_change(
    version: StudyVersion,
    site: Site,
    log: Log,
    events: Iterable[Event],
    subject: str | None = None,
    until: date | None = None,
) -> Comparison:
    """The calendar with these events more, beside the one without. Raises Refused for what contradicts the log."""
    longer = log
    for event in events:
        longer = append(version, longer, event, versions=version.others)
    before = calendar_of(version, site, log, subject=subject, until=until)
    after = calendar_of(version, site, longer, subject=subject, until=until)
    return compare(version, before, after)


def what_other_days_would_change(
    version: StudyVersion, site: Site, other: Site, log: Log, subject: str | None = None, until: date | None = None
) -> Comparison:
    """The calendar with other open days of the site, such as a closure, beside the one with today's."""
    before = calendar_of(version, site, log, subject=subject, until=until)
    after = calendar_of(version, other, log, subject=subject, until=until)
    return compare(version, before, after)


def compare(version: StudyVersion, before: Calendar, after: Calendar) -> Comparison:
    """Two calendars of one patient beside each other, tablets included, each with all that hangs on its open decisions."""
    before, after = calendar_on(before, None), calendar_on(after, None)
    plan = version.plan(after.arm)
    return Comparison(before, after, compare_calendars(before, after, plan.products if plan is not None else None))
