"""Doses that were raised again after a reduction, where no sentence of the protocol lets them be."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.calendar.entries.deviation import Deviated, Deviation
from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.entries.proposal import Proposal
from scheduler.patient.course import Course, LevelChange
from scheduler.patient.dose_rules.firing.steps_up import reduced, start_of
from scheduler.protocol.plan.rules import Rule, StepUp
from scheduler.protocol.plan.study import Plan, Timeline
from scheduler.said import Said, Value, own_words, said


def raised_doses(plan: Plan, course: Course, calendar: Calendar) -> Iterator[Deviation]:
    """A deviation for each level above the one before, with the sentence that asked for the lower one."""
    for line in plan.treatments():
        changes: list[LevelChange] = course.levels.get(line.name, [])
        for at, higher in enumerate(changes):
            lower = changes[at - 1] if at else None
            before = lower.level if lower is not None else plan.start_level(line.name)
            why = _forbidden(plan, course, line, changes[:at], higher) if higher.level > before else None
            if why is not None:
                yield _raised(line, calendar, before, lower, higher, why)


def _forbidden(
    plan: Plan, course: Course, line: Timeline, before: list[LevelChange], higher: LevelChange
) -> Said | None:
    """What the protocol has against a higher level; None where a sentence allows it."""
    ladder = line.ladder
    if ladder is not None and ladder.kept and reduced(before, ladder.start):
        return said("a lower level is kept")
    rules = [rule for rule in plan.rules if rule.treatment == line.name]
    if any(action.re_escalation for rule in rules if not _is_a_step(rule) for action in rule.actions):
        return None
    if ladder is None or ladder.steps is None:
        return said("no sentence allows it")
    start = start_of(course, line.name, ladder.steps.cycle)
    if start is not None and higher.level <= ladder.highest_on(higher.day - start.day + 1):
        return None
    return said("it is before the day of its step")


def _is_a_step(rule: Rule) -> bool:
    return isinstance(rule.conditions[0], StepUp)


def _raised(
    line: Timeline, calendar: Calendar, before: int, lower: LevelChange | None, higher: LevelChange, why: Said
) -> Deviation:
    asked = [each for each in calendar.proposals if lower is not None and _asked_for(each, line, lower)]
    last = max(asked, key=lambda each: each.raised, default=None)
    own = line.ladder.clause if line.ladder is not None else None
    clause = own if last is None or (line.ladder is not None and line.ladder.kept) else last.clause
    told: dict[str, Value] = {"before": before, "level": higher.level, "why": why}
    what = (
        said("dose raised from level {before} to {level} after {rule}; {why}", rule=own_words(last.title), **told)
        if last is not None
        else said("dose raised from level {before} to {level}; {why}", **told)
    )
    numbers = tuple(sorted({*(lower.fact.numbers if lower is not None else ()), *higher.fact.numbers}))
    day = higher.fact.event.on
    return Deviation(Deviated.DOSE_RAISED, line.name, None, day, None, what, clause, numbers)


def _asked_for(proposal: Proposal, line: Timeline, lower: LevelChange) -> bool:
    reduces = any(option.of_protocol and option.action.most_down > 0 for option in proposal.options)
    return reduces and proposal.treatment == line.name and proposal.raised.toordinal() <= lower.day
