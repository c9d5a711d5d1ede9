"""Reductions that the ladder has no level for."""

from __future__ import annotations

from scheduler.dates import Day
from scheduler.patient.dose_rules.so_far.history import History
from scheduler.patient.dose_rules.so_far.options import has_level
from scheduler.patient.dose_rules.so_far.reading import Readings
from scheduler.patient.dose_rules.so_far.rows import asks_for_tests
from scheduler.protocol.plan.rules import Rule


def level_at(history: History, treatment: str, day: Day) -> int:
    """The dose level that what comes up on a day came up under."""
    change = history.level_before(treatment, day)
    return change.level if change is not None else history.plan.start_level(treatment)


def no_level_left(history: History, rules: list[Rule], found: Readings) -> None:
    """Read the study's own rule for a reduction that is not possible against what called for the reduction."""
    for reading in found.fired if rules else ():
        action = reading.rule.actions[0]
        for rule in rules:
            if rule.treatment != reading.rule.treatment or action.levels_down <= 0:
                continue
            change = history.level_before(rule.treatment, reading.day)
            facts = (*reading.facts, change.fact) if change is not None else reading.facts
            level = level_at(history, rule.treatment, reading.day)
            if not has_level(history.ladder(rule.treatment), level, action):
                found.fire(reading._replace(rule=rule, facts=facts))
                continue
            come = (reading.reached_by,) if reading.reached_by is not None else ()
            found.miss(rule.treatment, reading.day, asks_for_tests(rule), (*facts, *come))
