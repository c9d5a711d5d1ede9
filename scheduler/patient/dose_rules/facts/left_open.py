"""Resumes that leave open at which level dosing goes on, where the protocol makes that depend on how long the recovery took.

A resume that names its level is an order. One that names none, after a recovery that took too long for the same level, is no
answer: the protocol asks for less, or for the end, and nobody has said otherwise.
"""

from __future__ import annotations

from scheduler.patient.course import Hold
from scheduler.patient.events import Resumed
from scheduler.patient.log import Fact
from scheduler.protocol.plan.actions import Action
from scheduler.protocol.plan.rules import NoLevelLeft, NotRecovered, Rule


def names_no_level(fact: Fact | None) -> bool:
    """True for a resume without its level."""
    return fact is not None and isinstance(fact.event, Resumed) and fact.event.level is None


def is_no_answer_to_the_end(rule: Rule, fact: Fact) -> bool:
    """True for a resume without its level where treatment was to end: the recovery took too long, or no lower level is left."""
    return names_no_level(fact) and any(isinstance(each, NotRecovered | NoLevelLeft) for each in rule.conditions)


def may_leave_it_open(wanted: Action, hold: Hold | None) -> bool:
    """True for a hold that was ended without a level, where the level depends on how long the recovery took."""
    return bool(wanted.by_time) and hold is not None and names_no_level(hold.closed)
