"""Randomisation after a run-in or induction on another day than the protocol has for it."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.entries.deviation import Deviated, Deviation, days
from scheduler.calendar.entries.entry import Calendar
from scheduler.dates import civil_date
from scheduler.findings import Finding, Severity
from scheduler.patient.course import Course
from scheduler.protocol.plan.study import Plan

RANDOMISED_OUT_OF_DAYS = "randomised-out-of-days"


def findings_of_randomisation(ev: Evaluation) -> Iterator[Finding]:
    """A warning where the recorded day is outside the days that follow from what was given before it."""
    fact, line = ev.course.dates.get("randomisation"), ev.plan.dates.get("randomisation")
    if fact is None or line is None or not any(each.before_randomisation for each in ev.plan.treatments()):
        return
    placement = ev.place(line, 1)
    first, last = placement.first, placement.last
    if first is None or last is None:
        clause = placement.timing.clause.text if placement.timing is not None else line.title
        what = f"randomised, and what its days count from has no date: {clause}"
    elif first <= fact.day <= last:
        return
    else:
        off, side = (fact.day - last, "after") if fact.day > last else (first - fact.day, "before")
        what = f"randomised {days(off)} {side} its days, {civil_date(first)} to {civil_date(last)}"
    hint = "correct the date, or report it"
    yield Finding(RANDOMISED_OUT_OF_DAYS, Severity.WARNING, what, hint, events=fact.numbers)


def randomised_out_of_days(plan: Plan, course: Course, calendar: Calendar) -> Iterator[Deviation]:
    """The same, as a deviation."""
    line = plan.dates.get("randomisation")
    timing, fact = line.timing(1) if line is not None else None, course.dates.get("randomisation")
    for finding in calendar.findings:
        if finding.code == RANDOMISED_OUT_OF_DAYS and timing is not None and fact is not None:
            kind, name = Deviated.OUT_OF_WINDOW, "randomisation"
            yield Deviation(kind, name, None, fact.event.on, None, finding.message, timing.clause, finding.events)
