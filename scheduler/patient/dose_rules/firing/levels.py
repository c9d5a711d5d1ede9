"""Reductions that the ladder has no level for."""

from __future__ import annotations

from scheduler.dates import Day
from scheduler.patient.course import Hold
from scheduler.patient.dose_rules.facts.left_open import may_leave_it_open
from scheduler.patient.dose_rules.facts.recovery_time import recovery_of
from scheduler.patient.dose_rules.so_far.history import History
from scheduler.patient.dose_rules.so_far.options import has_level
from scheduler.patient.dose_rules.so_far.reading import Reading, Readings
from scheduler.patient.dose_rules.so_far.rows import asks_for_tests
from scheduler.patient.events import Decided, Held
from scheduler.protocol.plan.rules import Rule


def level_at(history: History, treatment: str, day: Day) -> int:
    """The dose level that what comes up on a day came up under."""
    change = history.level_before(treatment, day)
    return change.level if change is not None else history.plan.start_level(treatment)


def no_level_left(history: History, rules: list[Rule], readings: Readings) -> None:
    """Read the study's own rule for a reduction that is not possible against what called for the reduction."""
    for reading in readings.fired if rules else ():
        action = reading.rule.actions[0]
        for rule in rules:
            if rule.treatment == reading.rule.treatment and action.by_time:
                _after_slow_recovery(history, rule, reading, readings)
            if rule.treatment != reading.rule.treatment or action.levels_down <= 0:
                continue
            change = history.level_before(rule.treatment, reading.day)
            facts = (*reading.facts, change.fact) if change is not None else reading.facts
            level = level_at(history, rule.treatment, reading.day)
            if not has_level(history.ladder(rule.treatment), level, action):
                readings.fire(reading._replace(rule=rule, facts=facts))
                continue
            come = (reading.reached_by,) if reading.reached_by is not None else ()
            readings.miss(rule.treatment, reading.day, asks_for_tests(rule), (*facts, *come))


def _after_slow_recovery(history: History, rule: Rule, reading: Reading, readings: Readings) -> None:
    """Read the same rule against a resume that names no level, where the recovery was so slow that dosing goes on lower."""
    action, treatment = reading.rule.actions[0], rule.treatment
    ladder, level = history.ladder(treatment), level_at(history, treatment, reading.day)
    if ladder is None or not has_level(ladder, level, action):
        return
    for hold in history.course.holds.get(treatment, ()):
        if hold.end is None or hold.closed is None or not is_for(reading, hold) or not may_leave_it_open(action, hold):
            continue
        took = recovery_of(history.plan, history.course, reading.rule, action, reading.trigger, hold.end)
        change = history.level_before(treatment, reading.day)
        facts = tuple(
            dict.fromkeys((*reading.facts, *hold.facts, *took.facts, *((change.fact,) if change is not None else ())))
        )
        if took.down and ladder.amount(level - took.down) is None:
            readings.fire(reading._replace(rule=rule, day=hold.end, facts=facts, reached_by=hold.closed))
            return
        readings.miss(treatment, hold.end, asks_for_tests(rule), facts)


def is_for(reading: Reading, hold: Hold) -> bool:
    """True for a hold that was ordered after the finding, or decided on it."""
    event = hold.opened.event
    decided = isinstance(event, Decided) and event.proposal == reading.id
    return decided or (isinstance(event, Held) and hold.start >= reading.day and not hold.discontinued)
