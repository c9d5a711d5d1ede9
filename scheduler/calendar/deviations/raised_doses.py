"""Doses that were raised again after a reduction, where no sentence of the protocol lets them be."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from scheduler.calendar.entries.deviation import Deviated, Deviation
from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.entries.proposal import Proposal
from scheduler.patient.course import Course, LevelChange
from scheduler.protocol.plan.study import Plan, Timeline


def raised_doses(plan: Plan, course: Course, calendar: Calendar) -> Iterator[Deviation]:
    """A deviation for each level above the one before, with the sentence that asked for the lower one."""
    for line in plan.treatments():
        changes = course.levels.get(line.name, [])
        if len(changes) < 2 or _may_be_raised(plan, line):
            continue
        for lower, higher in pairwise(changes):
            if higher.level > lower.level:
                yield _raised(line, calendar, lower, higher)


def _may_be_raised(plan: Plan, line: Timeline) -> bool:
    """True where a rule of the treatment has "re-escalate by 1 level" or "re-escalation allowed"."""
    return any(action.re_escalation for rule in plan.rules if rule.treatment == line.name for action in rule.actions)


def _raised(line: Timeline, calendar: Calendar, lower: LevelChange, higher: LevelChange) -> Deviation:
    asked = [each for each in calendar.proposals if _asked_for(each, line, lower)]
    last = max(asked, key=lambda each: each.raised, default=None)
    after = f" after {last.title}" if last is not None else ""
    clause = last.clause if last is not None else line.ladder.clause if line.ladder is not None else None
    what = f"dose raised from level {lower.level} to {higher.level}{after}; no sentence allows it"
    numbers = tuple(sorted({*lower.fact.numbers, *higher.fact.numbers}))
    day = higher.fact.event.on
    return Deviation(Deviated.DOSE_RAISED, line.name, None, day, None, what, clause, numbers)


def _asked_for(proposal: Proposal, line: Timeline, lower: LevelChange) -> bool:
    reduces = any(option.of_protocol and option.action.most_down > 0 for option in proposal.options)
    return reduces and proposal.treatment == line.name and proposal.raised.toordinal() <= lower.day
