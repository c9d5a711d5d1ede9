"""Doses that were raised again after a reduction, where no sentence of the protocol lets them be."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.calendar.engine.findings.doses.raised_again import raised_again
from scheduler.calendar.entries.deviation import Deviated, Deviation
from scheduler.calendar.entries.entry import Calendar
from scheduler.patient.course import Course
from scheduler.protocol.plan.study import Plan


def raised_doses(plan: Plan, course: Course, calendar: Calendar) -> Iterator[Deviation]:
    """A deviation for each level above the one before, with the sentence that asked for the lower one."""
    for each in raised_again(plan, course, calendar.proposals):
        day = each.higher.fact.event.on
        yield Deviation(Deviated.DOSE_RAISED, each.line.name, None, day, None, each.what, each.clause, each.numbers)
