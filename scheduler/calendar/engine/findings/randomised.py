"""Randomisation after a run-in or induction on another day than the protocol has for it."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.placement import Placement
from scheduler.calendar.entries.deviation import Deviated, Deviation, days
from scheduler.calendar.entries.entry import Calendar
from scheduler.dates import Day, civil_date
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
    what = _out_of_days(placement, fact.day)
    if what is None:
        return
    hint = "correct the date, or report it"
    yield Finding(RANDOMISED_OUT_OF_DAYS, Severity.WARNING, what, hint, events=fact.numbers)


def _out_of_days(placement: Placement, day: Day) -> str | None:
    """What is wrong with the day, in words; None where it is one of its days, or a sentence without a window names one alone."""
    timing, first, last = placement.timing, placement.first, placement.last
    if placement.ideal is None:
        clause = timing.clause.text if timing is not None else placement.line.title
        return f"randomised, and what its days count from has no date: {clause}"
    if first is not None and last is not None:
        if first <= day <= last:
            return None
        off, side = (day - last, "after") if day > last else (first - day, "before")
        return f"randomised {days(off)} {side} its days, {civil_date(first)} to {civil_date(last)}"
    if timing is not None and timing.open_ended and day < placement.ideal:
        return f"randomised {days(placement.ideal - day)} before {civil_date(placement.ideal)}, the first of its days"
    return None


def randomised_out_of_days(plan: Plan, course: Course, calendar: Calendar) -> Iterator[Deviation]:
    """The same, as a deviation."""
    line = plan.dates.get("randomisation")
    timing, fact = line.timing(1) if line is not None else None, course.dates.get("randomisation")
    for finding in calendar.findings:
        if finding.code == RANDOMISED_OUT_OF_DAYS and timing is not None and fact is not None:
            kind, name = Deviated.OUT_OF_WINDOW, "randomisation"
            yield Deviation(kind, name, None, fact.event.on, None, finding.message, timing.clause, finding.events)
