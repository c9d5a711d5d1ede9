"""What decisions rest on: what a decision changed would be otherwise without what it was about."""

from __future__ import annotations

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.entries.because import Reason
from scheduler.patient.dose_rules.so_far.decided import choice_of, rests_on


def what_decisions_rest_on(ev: Evaluation) -> dict[int, tuple[Reason, ...]]:
    """What each decision was about, and the dose levels that it counts from: by the identity of the decision as a reason."""
    if not ev.plan.rules:
        return {}
    choices = ((fact, choice_of(ev.plan, ev.course, fact)) for fact in ev.course.decided)
    return {
        id(ev.event(fact.number)): ev.events(*rests_on(ev.course, choice, fact))
        for fact, choice in choices
        if choice is not None
    }
