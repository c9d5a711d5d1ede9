"""The calendar of one patient of a study version: protocol, site and log in, calendar out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.calendar.build import build_calendar
from scheduler.calendar.engine.findings.before_randomisation import (
    findings_before_randomisation,
    reasons_before_randomisation,
)
from scheduler.calendar.engine.findings.doses.first_dose_plan import findings_of_first_dose_plan
from scheduler.calendar.entries.because import Because, Unknown, highest
from scheduler.calendar.entries.entry import Calendar, Entry, Kind, Pending
from scheduler.calendar.entries.forms import forms_of
from scheduler.calendar.entries.sentences import kinds_of
from scheduler.findings import Finding, Severity, sort_findings
from scheduler.patient.course import Course
from scheduler.patient.log import Fact, Log
from scheduler.patient.replaying.replay import by_plan, replay
from scheduler.patient.sites import site_of
from scheduler.patient.versions import plan_for
from scheduler.protocol.plan.study import Plan, StudyVersion, Timeline
from scheduler.said import Code, Said, said
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
    Before randomisation, in a study of several arms, nothing can be dated but what was recorded or booked: the rest is pending.
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
    site = site_of(site, course)
    if plan is None:
        return _before_randomisation(version, site, subject, log, course, until)
    return build_calendar(plan, site, course, subject=subject, until=until, event_kinds=kinds_of(log))


def _before_randomisation(
    version: StudyVersion, site: Site, subject: str | None, log: Log, course: Course, until: date | None
) -> Calendar:
    # What screens a patient is the same in every arm.
    course = by_plan(course, next(iter(version.arms.values())))
    unknown = Unknown(said("the arm, because the patient is not randomised"))
    shared = _in_all_arms(version)
    entries = _recorded(version, site, course, set(shared), until)
    over = _over(course)
    known = {entry.id for entry in entries}
    pending = tuple(
        Pending(
            _next_id(line, course), name, Kind(line.kind), line.title, timing.clause.text, _waits(unknown, course, line)
        )
        for name, line in shared.items()
        if not over and (timing := line.timing(line.first_number)) is not None and _next_id(line, course) not in known
    )
    waiting = (*(f"{line.name}.{line.first_number}" for line in shared.values()), *known)
    return Calendar(
        study=version.study,
        version=version.version,
        subject=subject,
        arm=None,
        first_dose=None,
        first_dose_given=False,
        entries=entries,
        pending=pending,
        findings=sort_findings(
            (
                *findings_before_randomisation(version, course, waiting),
                *_never_started(over),
                *findings_of_first_dose_plan(course, _reasons_of(entries, pending)),
            )
        ),
        until=until,
        log_length=log.length,
        event_kinds=kinds_of(log),
        forms=forms_of(*version.arms.values()),
        lasts={**next(iter(version.arms.values())).lasts, **site.lasts},
        by_id={entry.id: entry for entry in entries},
        reasons={entry.id: entry.because for entry in entries},
    )


def _reasons_of(entries: tuple[Entry, ...], pending: tuple[Pending, ...]) -> list[Because]:
    return [*(entry.because for entry in entries), *(each.because for each in pending)]


def _in_all_arms(version: StudyVersion) -> dict[str, Timeline]:
    """What every arm has, by its name."""
    plans = version.arms.values()
    lines = (line for plan in plans for line in plan.timelines.values())
    return {line.name: line for line in lines if all(line.name in plan.timelines for plan in plans)}


def _recorded(
    version: StudyVersion, site: Site, course: Course, shared: set[str], until: date | None
) -> tuple[Entry, ...]:
    """The visits that somebody recorded or booked before the arm was known: they are the same in every arm."""
    if not course.entries and not course.unscheduled:
        return ()
    plan = next(iter(version.arms.values()))
    found = build_calendar(plan, site, course, until=until).entries
    unscheduled = {f"unscheduled.{fact.number}" for fact in course.unscheduled}
    told = {name for name in course.entries if name.partition(".")[0] in shared} | unscheduled
    return tuple(entry for entry in found if entry.id in told and entry.kind is not Kind.ORAL)


def _over(course: Course) -> tuple[Fact, ...]:
    """What ended it before it began: a screen failure, a withdrawal, an end of treatment, a death."""
    ends = (course.screen_failure, course.death, *course.ends_of_treatment, *course.withdrew)
    return tuple(fact for fact in ends if fact is not None)


def _never_started(over: tuple[Fact, ...]) -> Iterator[Finding]:
    """A note of each end, so that an empty calendar says why it is empty."""
    for fact in over:
        message = said(
            "{day}, event {number}: '{event}', and treatment never began: nothing is planned",
            day=Code(f"{fact.event.on}"),
            number=fact.number,
            event=Said(fact.event.event, context="record"),
        )
        yield Finding.of("never-started", Severity.NOTE, message, events=fact.numbers)


def _waits(unknown: Unknown, course: Course, line: Timeline) -> Because:
    looked_at = reasons_before_randomisation(course, f"{line.name}.{line.first_number}")
    return Because((unknown,), looked_at, highest(looked_at, 0))


def _next_id(line: Timeline, course: Course) -> str:
    """The first of it; of a screening, the one that is running."""
    first = f"{line.name}.{course.screenings.number if line.screens else line.first_number}"
    return f"{first}.1" if line.has_days else first
