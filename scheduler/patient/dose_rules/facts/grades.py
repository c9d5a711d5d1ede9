"""The course of adverse events by CTCAE term: which grade from which event on, and how many episodes there were.

A patient can have several adverse events of one term at a time; the term then has the highest grade among them. An episode
begins when the term reaches a rule's lowest grade, and ends when it is back at the grade that the rule calls over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple, cast

from scheduler.dates import Day
from scheduler.patient.dose_rules.facts.names import term_key
from scheduler.patient.events import AdverseEvent, OfAdverseEvent, Regraded
from scheduler.patient.log import Fact
from scheduler.protocol.plan.rules import Attribution


class GradeStep(NamedTuple):
    """From this fact on, its term has the grade ``grade``; just before it was ``before``. 0 is none.

    ``own`` and ``own_before`` are those of the adverse event itself, where the term has several.
    """

    fact: Fact
    day: Day
    grade: int
    before: int
    own: int
    own_before: int


Course = tuple[GradeStep, ...]
"""The steps of one term, in the order they count."""


def courses_by_term(facts: Iterable[Fact], names: Collection[str], attributed: Attribution) -> dict[str, Course]:
    """The course of each term, of those adverse events that are for a treatment known by ``names``."""
    terms: dict[int, str] = {}
    grades: dict[str, dict[int, int]] = {}
    by_term: dict[str, list[GradeStep]] = {}
    for fact in facts:
        event = fact.event
        if type(event) is AdverseEvent:
            if not _is_for(event, names, attributed):
                continue
            terms[event.ae] = term_key(event.term)
            number, own = event.ae, event.grade
        else:
            change = cast(OfAdverseEvent, event)
            number, own = change.ae, change.grade if type(change) is Regraded else 0
        term = terms.get(number)
        if term is None:
            continue
        ongoing = grades.setdefault(term, {})
        before, own_before = max(ongoing.values(), default=0), ongoing.get(number, 0)
        ongoing[number] = own
        step = GradeStep(fact, fact.day, max(ongoing.values()), before, own, own_before)
        by_term.setdefault(term, []).append(step)
    return {term: tuple(steps) for term, steps in by_term.items()}


def _is_for(event: AdverseEvent, names: Collection[str], attributed: Attribution) -> bool:
    """True when an adverse event counts for a treatment, by what it was recorded as related to."""
    if attributed is Attribution.ANYTHING:
        return True
    if not event.related:
        return attributed is Attribution.THIS_OR_NOTHING
    return any(name.casefold() in names for name in event.related)


def occurrence(steps: Course, at: int, low: int, over: int, since: Day) -> int:
    """Which episode of at least grade ``low`` runs after the step ``at``; one is over at grade ``over`` or below.

    Those that began before ``since`` are not counted.
    """
    over = min(over, low - 1)
    number, running = 0, False
    for step in steps[: at + 1]:
        if step.grade <= over:
            running = False
        elif step.grade >= low and not running:
            running = True
            number += step.day >= since
    return max(1, number)
