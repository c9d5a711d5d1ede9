"""What was recorded under a word or in a unit that no rule reads. That looks like "nothing is wrong", so it is told.

Recording asks about such words; a log that is older than the question, or where somebody confirmed one, is shown as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from scheduler.findings import Finding, Severity
from scheduler.patient.dose_rules.history import History
from scheduler.patient.events import AdverseEvent, Measured
from scheduler.patient.log import Fact
from scheduler.vocabulary import ADVERSE_EVENTS, TESTS, known_term, offer
from scheduler.vocabulary.possible import is_readable

UNKNOWN_TERM = "unknown-term"
UNREAD_UNIT = "unread-unit"


def findings_of_what_is_not_read(history: History) -> Iterator[Finding]:
    """Every adverse event under a word that is not CTCAE's, and every value in a unit that its test is not measured in."""
    for fact in history.graded:
        if type(fact.event) is AdverseEvent and known_term(fact.event.term) is None:
            yield _unknown_term(history, fact, fact.event)
    for test, measurements in history.values.by_test.items():
        known = next((each for name, each in TESTS.items() if name.casefold() == test), None)
        for measured in measurements if known is not None else ():
            if known is not None and not is_readable(known, measured.unit):
                yield _unread(measured.fact, known.unit)


def _unknown_term(history: History, fact: Fact, event: AdverseEvent) -> Finding:
    treatments = sorted({rule.treatment for rule in history.plan.rules})
    only = f": the rules for {' and '.join(treatments)} read it as any other adverse event" if treatments else ""
    message = f"{event.on}, event {fact.number}: '{event.term}' is no term of CTCAE v5.0{only}"
    nearest = offer(ADVERSE_EVENTS.nearest(event.term))
    hint = nearest or "correct it to a term, or to '{class} - Other, specify: {what}' with its class"
    return Finding(UNKNOWN_TERM, Severity.WARNING, message, hint, events=fact.numbers)


def _unread(fact: Fact, unit: str) -> Finding:
    event = cast(Measured, fact.event)
    message = f"{event.on}, event {fact.number}: {event.test} {event.amount} is not read: {event.unit} is no unit of it"
    hint = f"correct event {fact.number}: give the value in {unit}" if unit else "correct it: leave the unit out"
    return Finding(UNREAD_UNIT, Severity.WARNING, message, hint, events=fact.numbers)
