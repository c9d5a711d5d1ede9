"""The calendar of one patient of a study version: protocol, site and log in, calendar out."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.build import build_calendar
from scheduler.calendar.engine.findings.before_randomisation import (
    findings_before_randomisation,
    reasons_before_randomisation,
)
from scheduler.calendar.entries.because import Because, Unknown, highest
from scheduler.calendar.entries.entry import Calendar, Kind, Pending
from scheduler.calendar.entries.sentences import kinds_of
from scheduler.findings import sort_findings
from scheduler.patient.course import Course
from scheduler.patient.log import Log
from scheduler.patient.replay import replay
from scheduler.patient.versions import plan_for
from scheduler.protocol.plan.study import Plan, StudyVersion, Timeline
from scheduler.site.site import Site


def calendar_of(
    version: StudyVersion,
    site: Site,
    log: Log,
    *,
    subject: str | None = None,
    arm: str | None = None,
    until: date | None = None,
    as_known: bool = False,
) -> Calendar:
    """One patient's calendar. ``arm`` is for a patient who does not exist yet; else the log's randomisation says it.

    With ``as_known`` every dose has the amount that follows from all that is known now, also what was recorded after it.
    Before randomisation, in a study of several arms, nothing can be dated: everything is pending.
    """
    course = replay(log)
    if as_known:
        course.late = ()
    plan = plan_for(version, course, arm)
    return calendar_by(version, plan, site, log, course, subject=subject, until=until)


def calendar_by(
    version: StudyVersion,
    plan: Plan | None,
    site: Site,
    log: Log,
    course: Course,
    *,
    subject: str | None = None,
    until: date | None = None,
) -> Calendar:
    """The calendar by the plan and the course that somebody has worked out from the log already."""
    if plan is None:
        return _before_randomisation(version, subject, log, course, until)
    return build_calendar(plan, site, course, subject=subject, until=until, event_kinds=kinds_of(log))


def _before_randomisation(
    version: StudyVersion, subject: str | None, log: Log, course: Course, until: date | None
) -> Calendar:
    unknown = Unknown("the arm, because the patient is not randomised")
    shared = {
        name: line
        for plan in version.arms.values()
        for name, line in plan.timelines.items()
        if all(name in other.timelines for other in version.arms.values())
    }
    pending = tuple(
        Pending(_first_id(line), name, Kind(line.kind), line.title, timing.clause.text, _waits(unknown, course, line))
        for name, line in shared.items()
        if (timing := line.timing(line.first_number)) is not None
    )
    waiting = (f"{line.name}.{line.first_number}" for line in shared.values())
    return Calendar(
        study=version.study,
        version=version.version,
        subject=subject,
        arm=None,
        first_dose=None,
        first_dose_given=False,
        entries=(),
        pending=pending,
        findings=sort_findings(findings_before_randomisation(version, course, waiting)),
        until=until,
        log_length=log.length,
        event_kinds=kinds_of(log),
    )


def _waits(unknown: Unknown, course: Course, line: Timeline) -> Because:
    looked_at = reasons_before_randomisation(course, f"{line.name}.{line.first_number}")
    return Because((unknown,), looked_at, highest(looked_at, 0))


def _first_id(line: Timeline) -> str:
    first = f"{line.name}.{line.first_number}"
    return f"{first}.1" if line.has_days else first
