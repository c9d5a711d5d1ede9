"""What decisions rest on: what a decision changed would be otherwise without what it was about."""

from __future__ import annotations

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.entries.because import Reason
from scheduler.identity import Memo
from scheduler.patient.dose_rules.so_far.decided import choice_of, rests_on


def what_decisions_rest_on(ev: Evaluation) -> Memo[Reason, tuple[Reason, ...]]:
    """What each decision, as a reason, was about, and the dose levels that it counts from."""
    if not ev.plan.rules:
        return Memo()
    choices = ((fact, choice_of(ev.plan, ev.course, fact)) for fact in ev.course.decided)
    return Memo(
        (ev.event(fact.number), ev.events(*rests_on(ev.course, choice, fact)))
        for fact, choice in choices
        if choice is not None
    )
