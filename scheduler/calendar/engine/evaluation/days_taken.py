"""The days on which tablets were taken: as the patient reported them, and as an order says that its own day's dose was taken."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.dates import Day
from scheduler.patient.course import Course, Hold, Report
from scheduler.patient.log import Fact
from scheduler.protocol.plan.study import Timeline

DaysTaken = tuple[tuple[Day, Report], ...]


def days_taken(ev: Evaluation, line: Timeline) -> DaysTaken:
    """The days in order, each with what tells of it.

    An order to hold or discontinue one treatment counts as a report of its day where nothing was reported of it, once the patient
    has had a first dose. An end of all treatment does not say of which tablets it speaks.
    """
    if not line.has_days:
        return ()
    reported = ev.course.taken.get(line.name, ())
    ordered = list(_by_orders(ev.course, line, ev.holds(line)))
    return tuple(sorted((*reported, *ordered), key=lambda each: each[0])) if ordered else reported


def _by_orders(course: Course, line: Timeline, holds: Iterable[Hold]) -> Iterable[tuple[Day, Report]]:
    if course.first_day is None or line.as_needed:
        return
    reports, told = course.reports.get(line.name, ()), set[Day]()
    for fact in (hold.opened for hold in holds):
        silent = fact.day not in told and not any(each.first <= fact.day <= each.last for each in reports)
        if silent and fact.day >= course.first_day and takes_the_dose(course, fact):
            told.add(fact.day)
            yield fact.day, Report(fact.day, fact.day, True, fact)


def takes_the_dose(course: Course, fact: Fact) -> bool:
    """True of an order about one treatment that says that its day's dose had been taken."""
    return bool(getattr(fact.event, "today_taken", False)) and fact not in course.ends_of_treatment
