"""Reductions that the ladder has no level for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduler.dates import Day
from scheduler.patient.dose_rules.history import History
from scheduler.patient.dose_rules.reading import Reading
from scheduler.protocol.plan import Ladder
from scheduler.protocol.rules import Action, Rule


def has_level(ladder: Ladder | None, level: int, action: Action) -> bool:
    """True when the ladder has the level that an action leads to. Nothing leads above the ladder, nor is that needed."""
    if action.levels_down <= 0:
        return True
    return ladder is not None and ladder.amount(level - action.levels_down) is not None


def level_at(history: History, treatment: str, day: Day) -> int:
    """The dose level that what comes up on a day came up under."""
    change = history.level_before(treatment, day)
    return change.level if change is not None else 0


def no_level_left(history: History, rules: Iterable[Rule], readings: Iterable[Reading]) -> Iterator[Reading]:
    """The study's own rule for a reduction that is not possible, read against what called for the reduction."""
    known = tuple(rules)
    for reading in readings:
        for rule in known:
            if rule.treatment != reading.rule.treatment or not reading.fires:
                continue
            ladder = history.ladder(rule.treatment)
            change = history.level_before(rule.treatment, reading.day)
            facts = (*reading.facts, change.fact) if change is not None else reading.facts
            possible = has_level(ladder, change.level if change is not None else 0, reading.rule.actions[0])
            if reading.rule.actions[0].levels_down > 0:
                yield Reading(
                    rule, reading.trigger, reading.day, facts, not possible, reading.assumed, reading.reached_by
                )
