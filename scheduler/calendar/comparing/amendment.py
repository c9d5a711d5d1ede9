"""What a new version of the protocol would change for one patient who moves to it, before anybody moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from scheduler.calendar.comparing.whatif import Comparison, compare
from scheduler.calendar.entries.entry import Calendar, Entry, Kind, Status, Window
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.findings import Finding
from scheduler.patient.events import MovedToVersion
from scheduler.patient.log import Log
from scheduler.patient.replaying.replay import replay
from scheduler.patient.versions import plan_for
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import Site

CivilDate = date


@dataclass(frozen=True, slots=True)
class TooLate:
    """What the new version asks for before the day of the move: nobody can do it any more."""

    entry: str
    title: str
    window: Window | None
    date: CivilDate


@dataclass(frozen=True, slots=True)
class AmendmentChanges:
    """One patient who would move: both calendars, what is too late, and what has to be done or decided first."""

    subject: str | None
    comparison: Comparison
    too_late: tuple[TooLate, ...]
    findings: tuple[Finding, ...]
    is_there_already: bool = False


def what_an_amendment_would_change(
    version: StudyVersion,
    site: Site,
    log: Log,
    newer: StudyVersion,
    on: date,
    subject: str | None = None,
    until: date | None = None,
) -> AmendmentChanges:
    """The calendar of a patient who moves to ``newer`` on a day, beside the one of staying. Nothing is recorded."""
    before = calendar_of(version, site, log, subject=subject, until=until)
    if _version_of(version, log) == newer.version:
        return AmendmentChanges(subject, compare(version, before, before), (), (), is_there_already=True)
    known = replace(version, others=(*(each for each in version.others if each.version != newer.version), newer))
    moved = log.append_unchecked(MovedToVersion(on=on, version=newer.version))
    after = calendar_of(known, site, moved, subject=subject, until=until)
    findings = tuple(finding for finding in after.findings if finding not in before.findings)
    always = calendar_of(newer, site, _without_moves(log), subject=subject, until=until)
    return AmendmentChanges(subject, compare(known, before, after), tuple(_too_late(always, before, on)), findings)


def _version_of(version: StudyVersion, log: Log) -> str:
    plan = plan_for(version, replay(log))
    return plan.version if plan is not None else version.version


def _without_moves(log: Log) -> Log:
    for fact in replay(log).moves:
        log = log.without(fact.number)
    return log


def _too_late(always: Calendar, before: Calendar, on: date) -> Iterator[TooLate]:
    for entry in always.entries:
        if entry.date is not None and entry.date < on and _is_new(entry, before):
            yield TooLate(entry.id, entry.title, entry.window, entry.date)


def _is_new(entry: Entry, before: Calendar) -> bool:
    return entry.status is Status.PLANNED and entry.kind is not Kind.PERIOD and before.entry(entry.id) is None
