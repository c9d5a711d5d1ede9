"""Words, grades and limits that no rule could read: a misspelt term, a grade that the term does not have."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.asking.candidate import Candidate, Told
from scheduler.ctcae import Term, term_named
from scheduler.ctcae.nearest import nearest_terms
from scheduler.patient.dose_rules.names import term_key
from scheduler.patient.events import AdverseEvent, Measured, Regraded
from scheduler.protocol.plan.rules import GradeIs, Rule


def unknown_term(candidate: Candidate) -> Iterator[Told]:
    """A word that neither CTCAE nor a rule of the protocol has: no rule about what was meant would fire."""
    event = candidate.event
    if (
        not isinstance(event, AdverseEvent)
        or term_named(event.term) is not None
        or _is_in_a_rule(candidate, event.term)
    ):
        return
    near = nearest_terms(event.term)
    what = f"'{event.term}' is no term of CTCAE v5.0, so that no rule of the protocol about it would be read"
    hint = (
        f"did you mean {' or '.join(near)}?"
        if near
        else "look for it in CTCAE v5.0, and write the term as it stands there"
    )
    meant = [name.partition(" (")[0] for name in near]
    rows = [rule for name in meant for rule in _rules_about(candidate, name)]
    of_grade = (rule for rule in rows if _is_of_grade(rule, event.grade))
    yield Told(what, "term", hint, next((rule.clause for rule in of_grade), None))


def _is_of_grade(rule: Rule, grade: int) -> bool:
    return any(each.low <= grade <= each.high for each in rule.conditions if isinstance(each, GradeIs))


def _is_in_a_rule(candidate: Candidate, term: str) -> bool:
    return next(_rules_about(candidate, term), None) is not None


def _rules_about(candidate: Candidate, term: str) -> Iterator[Rule]:
    """The rows of the protocol's tables about that term."""
    key = term_key(term)
    for plan in candidate.plans():
        for rule in plan.rules:
            named = (name for each in rule.conditions if isinstance(each, GradeIs) for name in each.terms)
            if key in {term_key(name) for name in named}:
                yield rule


def synonym(candidate: Candidate) -> Iterator[Told]:
    """Another name for a term is taken for the term."""
    event = candidate.event
    term = term_named(event.term) if isinstance(event, AdverseEvent) else None
    if (
        isinstance(event, AdverseEvent)
        and term is not None
        and " ".join(event.term.split()).casefold() != term.name.casefold()
    ):
        yield Told(f"'{event.term}' is read as {term.name} (CTCAE v5.0)", "term")


def grade_not_there(candidate: Candidate) -> Iterator[Told]:
    """A grade that CTCAE does not have for the term."""
    event = candidate.event
    term = _term_of(candidate)
    if isinstance(event, AdverseEvent | Regraded) and term is not None and event.grade not in term.grades:
        what = f"{term.name} has no grade {event.grade} in CTCAE v5.0"
        hint = f"its grades are {', '.join(map(str, term.grades))}; a worse event may be another term"
        yield Told(what, "grade", hint)


def _term_of(candidate: Candidate) -> Term | None:
    event = candidate.event
    if isinstance(event, Regraded):
        facts = (fact.event for fact in candidate.course.of(AdverseEvent))
        known = (each.term for each in facts if isinstance(each, AdverseEvent) and each.ae == event.ae)
        return term_named(next(known, ""))
    return term_named(event.term) if isinstance(event, AdverseEvent) else None


def limit_of_zero(candidate: Candidate) -> Iterator[Told]:
    """Nothing is a multiple of an upper limit of 0."""
    event = candidate.event
    if isinstance(event, Measured) and event.upper_limit is not None and event.upper_limit <= 0:
        hint = (
            "write the laboratory's upper limit of normal in the unit of the value, or leave it out where it has none"
        )
        yield Told(f"{event.test}: an upper limit of normal of {event.upper_limit:f} cannot be", "upper_limit", hint)
