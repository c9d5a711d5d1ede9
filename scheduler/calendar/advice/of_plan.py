"""Advice that only calendars can give: what a protocol plans, looked at before the first patient comes.

For every arm, patients who do not exist yet are planned, one randomised on each day of a week, at a site that is open from
Monday to Friday. What goes wrong for them goes wrong without any fault of a patient or a nurse.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from scheduler.calendar.build import build_calendar
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.moments.answering import edge_answer
from scheduler.calendar.engine.placing.place import place
from scheduler.calendar.entries.entry import Entry
from scheduler.dates import MONDAY_TO_SUNDAY, add_span
from scheduler.findings import Finding, Place, Severity, sort_findings
from scheduler.patient.course import Course
from scheduler.patient.events import Randomised
from scheduler.patient.log import log_of
from scheduler.patient.replaying.replay import replay
from scheduler.protocol.plan.limits import Interval
from scheduler.protocol.plan.study import Plan, StudyVersion
from scheduler.site.site import EVERY_DAY

_A_MONDAY = date(2026, 1, 5)
_SITE = EVERY_DAY.with_days()


def advice(version: StudyVersion) -> tuple[Finding, ...]:
    """What the planned calendars of a protocol show; the worst case of each kind, with the day that leads to it."""
    found = (finding for plan in version.arms.values() for finding in _missing_for_too_long(version, plan))
    return sort_findings(found)


@dataclass(frozen=True, slots=True)
class _Gap:
    """Days without an activity, and what lies at their ends."""

    days: int
    before: Entry
    after: Entry | None
    randomised: date


def _missing_for_too_long(version: StudyVersion, plan: Plan) -> Iterator[Finding]:
    """Activities that are missing for longer than the protocol allows, by its own plan."""
    for interval in plan.intervals:
        gaps = [gap for start in _a_week() for gap in _gaps(plan, interval, start)]
        worst = max(gaps, key=lambda gap: gap.days, default=None)
        if worst is not None:
            yield _finding(version, plan, interval, worst)


def _a_week() -> Iterator[date]:
    return (_A_MONDAY + timedelta(days=days) for days in range(7))


def _course(plan: Plan, randomised: date) -> Course:
    return replay(log_of([Randomised(on=randomised, arm=plan.arm)]))


def _gaps(plan: Plan, interval: Interval, randomised: date) -> Iterator[_Gap]:
    course = _course(plan, randomised)
    calendar = build_calendar(plan, _SITE, course)
    end = _end(plan, interval, course)
    if calendar.first_dose is None:
        return
    done = [
        entry
        for entry in calendar.entries
        if _has(plan, entry, interval.activity) and entry.date is not None and entry.date >= calendar.first_dose
    ]
    for before, after in pairwise([*done, None]):
        if before is None or before.date is None or (end is not None and before.date >= end):
            return
        until = after.date if after is not None else end
        if until is None:
            return
        if end is not None and until > end:
            until = end
        if until.toordinal() > add_span(before.date.toordinal(), interval.most):
            yield _Gap((until - before.date).days, before, after, randomised)


def _has(plan: Plan, entry: Entry, activity: str) -> bool:
    """True where an activity is done at an entry, whatever its footnote."""
    line = plan.timelines.get(entry.timeline)
    return line is not None and any(each.name == activity for each in line.activities_of(entry.counts_as))


def _end(plan: Plan, interval: Interval, course: Course) -> date | None:
    if interval.until is None:
        return None
    line = next(iter(plan.timelines.values()))
    day = edge_answer(Evaluation(plan, _SITE, course, place), interval.until, line, 0).day
    return date.fromordinal(day) if day is not None else None


def _finding(version: StudyVersion, plan: Plan, interval: Interval, gap: _Gap) -> Finding:
    between = f"after {gap.before.id}" if gap.after is None else f"between {gap.before.id} and {gap.after.id}"
    weekday = MONDAY_TO_SUNDAY[gap.randomised.weekday()]
    message = (
        f"in arm '{plan.arm}' {gap.days} days without '{interval.activity}' lie {between}, more than {interval.most}, "
        f"for a patient randomised on a {weekday}"
    )
    hint = "plan it at one more visit, or let the visit before it be later"
    return Finding("activity-gap", Severity.WARNING, message, hint, Place(version.file, interval.clause.line, 1))
