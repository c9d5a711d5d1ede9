"""What has not recovered in the protocol's time while dosing is held for it: "else discontinue".

The time runs from the finding; its last day is in time. What nobody recorded as recovered has not, and a person decides.
"""

from __future__ import annotations

from scheduler.dates import Day, add_span
from scheduler.patient.dose_rules.facts.recovery_time import recovered_by
from scheduler.patient.dose_rules.so_far.history import History
from scheduler.patient.log import Fact
from scheduler.protocol.plan.rules import NotRecovered, Rule


def until(history: History, rule: Rule, asked: NotRecovered, trigger: Fact) -> tuple[Day, bool, tuple[Fact, ...]]:
    """The first day after the time, whether dosing is still held then and nothing recovered, and the facts that say so."""
    last = add_span(trigger.day, asked.within)
    recovered = recovered_by(history.plan, history.course, rule, asked.recovery, trigger, last)
    held = [
        hold
        for hold in history.course.holds.get(rule.treatment, ())
        if not hold.discontinued and hold.start <= last and (hold.end is None or hold.end > last)
    ]
    facts = tuple(fact for hold in held for fact in hold.facts)
    if recovered is not None:
        return last + 1, False, (recovered, *facts)
    return last + 1, bool(held), facts
