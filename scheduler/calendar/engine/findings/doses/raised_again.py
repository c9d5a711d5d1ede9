"""Doses that were raised again after a reduction, where no sentence of the protocol lets them be.

It is asked before it is recorded, and stands where it was: a person ordered it. What the protocol has against it is told as long
as the higher level stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from scheduler.calendar.entries.proposal import Proposal, State
from scheduler.findings import Finding, Severity
from scheduler.patient.course import Course, LevelChange
from scheduler.patient.dose_rules.firing.steps_up import reduced, start_of
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.rules import Rule, StepUp
from scheduler.protocol.plan.study import Plan, Timeline
from scheduler.said import Code, Said, Value, own_words, said

DOSE_RAISED = "dose-raised"


class Raised(NamedTuple):
    """A level above the one before: of which treatment, by what, what was in force, and what the protocol has against it.

    ``over``: a person said why it stands, or the dose was lowered again.
    """

    line: Timeline
    higher: LevelChange
    what: Said
    clause: Clause | None
    numbers: tuple[int, ...]
    over: bool


def findings_of_raised_doses(plan: Plan, course: Course, proposals: Iterable[Proposal]) -> Iterator[Finding]:
    """A warning for each dose that was raised against the protocol; a note where somebody said why, or lowered it again."""
    for each in raised_again(plan, course, [one for one in proposals if one.state is not State.TO_COME]):
        message = said("{about}: {what}", about=Code(each.line.name), what=each.what)
        hint = said("record 'dose changed' with the lower level, or say why in the record")
        severity = Severity.NOTE if each.over else Severity.WARNING
        yield Finding.of(DOSE_RAISED, severity, message, None if each.over else hint, None, None, each.numbers)


def raised_again(plan: Plan, course: Course, proposals: Iterable[Proposal]) -> Iterator[Raised]:
    """Each level above the one before that no sentence allows, with the sentence that asked for the lower one."""
    known = tuple(proposals)
    for line in plan.treatments():
        changes: list[LevelChange] = course.levels.get(line.name, [])
        for at, higher in enumerate(changes):
            lower = changes[at - 1] if at else None
            before = lower.level if lower is not None else plan.start_level(line.name)
            why = _forbidden(plan, course, line, changes[:at], higher) if higher.level > before else None
            if why is not None:
                over = higher.fact.event.override is not None or any(each.level <= before for each in changes[at + 1 :])
                yield _raised(line, known, before, lower, higher, why, over)


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
    line: Timeline,
    proposals: tuple[Proposal, ...],
    before: int,
    lower: LevelChange | None,
    higher: LevelChange,
    why: Said,
    over: bool,
) -> Raised:
    asked = [each for each in proposals if lower is not None and _asked_for(each, line, lower)]
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
    return Raised(line, higher, what, clause, numbers, over)


def _asked_for(proposal: Proposal, line: Timeline, lower: LevelChange) -> bool:
    reduces = any(option.of_protocol and option.action.most_down > 0 for option in proposal.options)
    return reduces and proposal.treatment == line.name and proposal.raised.toordinal() <= lower.day
