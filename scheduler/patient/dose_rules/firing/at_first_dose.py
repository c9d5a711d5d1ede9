"""The grade at a treatment's first dose is its baseline: what a patient began with is judged before that dose, not after.

Rows that go on or reduce wait until the event is worse than it was at the first dose. Rows that hold or discontinue propose
before that dose, while the grade stands. Whether something improves is asked of what came up under treatment alone, and so is
how often it came up.
"""

from __future__ import annotations

from scheduler.patient.dose_rules.so_far.history import FirstDose, History
from scheduler.patient.dose_rules.so_far.reading import Look
from scheduler.patient.dose_rules.so_far.seen import SeenGrade
from scheduler.patient.log import Fact
from scheduler.protocol.plan.actions import Strictness
from scheduler.protocol.plan.rules import GradeIs, LastsFor, NotImproved, Rule

CALLS = Look(True)
_IN_TIME = (NotImproved, LastsFor)


def look_at_first_dose(history: History, rule: Rule, trigger: Fact) -> Look:
    """Whether a row calls for anything at a grade, seen from the treatment's first dose; with what says so where it does not."""
    asked = next((condition for condition in rule.conditions if type(condition) is GradeIs), None)
    seen = history.grade(rule.related_to, rule.attributed, trigger) if asked is not None else None
    if asked is None or seen is None:
        return CALLS
    start = history.first_dose_of(rule.treatment)
    if start is None or trigger.day < start.day:
        return _before(rule, asked, seen, start)
    return _after(rule, seen, start)


def _before(rule: Rule, asked: GradeIs, seen: SeenGrade, start: FirstDose | None) -> Look:
    """A hold or a discontinuation, while the grade stands."""
    if not _stops(rule) or any(type(condition) in _IN_TIME for condition in rule.conditions):
        return Look(False)
    last = [step for step in seen.later if start is None or step.day < start.day][-1:]
    if last and last[0].grade < asked.low:
        return Look(False, (last[0].fact,))
    return CALLS


def _after(rule: Rule, seen: SeenGrade, start: FirstDose) -> Look:
    """Going on, or a reduction, once it is worse than it was at the first dose."""
    before = [step for step in seen.steps if step.day < start.day]
    if _stops(rule) or not before or seen.step.grade > before[-1].grade:
        return CALLS
    return Look(False, (before[-1].fact, start.fact))


def _stops(rule: Rule) -> bool:
    return any(action.strictness >= Strictness.HOLD for action in rule.actions)
