"""One patient as the lists over a whole study need it: the calendar, and beside it the plan and the facts it was made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from scheduler.calendar.engine.proposals.on_a_day import calendar_on
from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_by
from scheduler.patient.course import Course
from scheduler.patient.dose_rules.so_far.decided import with_decisions
from scheduler.patient.log import Log
from scheduler.patient.replaying.replay import by_plan, replay
from scheduler.patient.sites import site_of
from scheduler.patient.versions import plan_for
from scheduler.protocol.plan.study import Plan, StudyVersion
from scheduler.site.site import EVERY_DAY, Site


@dataclass(frozen=True, slots=True)
class Patient:
    """One patient of a study. ``plan`` is None while nobody knows the arm; then the calendar holds what was recorded, no more.

    ``any_arm`` is the plan of one of the arms then: the order of the trial is that of all of them. ``site`` is where the
    patient comes, each site for its time.
    """

    calendar: Calendar
    plan: Plan | None
    course: Course
    any_arm: Plan | None = None
    site: Site = EVERY_DAY

    @property
    def subject(self) -> str:
        """The patient's number in the study; empty for a plan without a patient."""
        return self.calendar.subject or ""


def patient_of(version: StudyVersion, site: Site, log: Log, *, subject: str) -> Patient:
    """A patient from the protocol, the site and the log, with the calendar up to the protocol's own horizon.

    Every dose of it is marked that hangs on a decision open by the log alone; `patient_on` knows of other days.
    """
    course = replay(log)
    plan = plan_for(version, course)
    calendar = calendar_by(version, plan, site, log, course, subject=subject)
    return patient_with(calendar, version, plan, site, course)


def patient_with(calendar: Calendar, version: StudyVersion, plan: Plan | None, site: Site, course: Course) -> Patient:
    """The same patient from a calendar, a plan and a course that somebody has worked out from the log already."""
    marked = calendar_on(calendar, None)
    if plan is None:
        any_arm = next(iter(version.arms.values()))
        return Patient(marked, None, by_plan(course, any_arm), any_arm, site_of(site, course))
    return Patient(marked, plan, with_decisions(course, plan), site=site_of(site, course))


def patient_on(patient: Patient, on: date | None) -> Patient:
    """The patient as lists of a day show them: what time alone has made the protocol propose by then is open too."""
    calendar = calendar_on(patient.calendar, on)
    return patient if calendar is patient.calendar else replace(patient, calendar=calendar)
