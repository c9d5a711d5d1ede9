"""Words and values that no rule could read: a misspelt term, a unit that does not convert, a grade that is not there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scheduler.asking.candidate import Candidate, Told
from scheduler.patient.dose_rules.names import term_key
from scheduler.patient.events import AdverseEvent, Measured
from scheduler.patient.words import words_of
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.rules import GradeIs, Rule
from scheduler.vocabulary import ADVERSE_EVENTS, Unknown

_FIELDS = {
    "no-such-grade": ("grade",),
    "no-unit": ("unit", "value"),
    "unread-unit": ("unit", "value"),
    "impossible-value": ("value",),
    "ambiguous-amount": ("amount", "dose"),
}
"""The field that a question is about; of those that are not here, it is the word itself."""

_WORDS = ("term", "test", "name")


def about_words(code: str) -> Callable[[Candidate], Iterator[Told]]:
    """The question with that code among all that the lists of words, units and values have to say of an event."""

    def asks(candidate: Candidate) -> Iterator[Told]:
        """What the lists of terms, tests, medicines and units say of the event."""
        fields = candidate.event.kind.fields
        for finding in words_of(candidate.event, candidate.before):
            if finding.code == code:
                field = next(
                    each for each in (*_FIELDS.get(code, _WORDS), "event") if each in fields or each == "event"
                )
                yield Told(finding.message, field, finding.hint)

    return asks


def unknown_term(candidate: Candidate) -> Iterator[Told]:
    """A word that neither CTCAE nor a rule of the protocol has: no rule about what was meant would fire."""
    event = candidate.event
    if not isinstance(event, AdverseEvent):
        return
    read = ADVERSE_EVENTS.look_up(event.term)
    if isinstance(read, Unknown) and next(_rules_about(candidate, event.term), None) is None:
        clause = _of_what_was_meant(candidate, read, event.grade)
        for told in about_words("unknown-term")(candidate):
            yield Told(f"{told.what}: no rule of the protocol about it would be read", told.field, told.hint, clause)


def _of_what_was_meant(candidate: Candidate, read: Unknown, grade: int) -> Clause | None:
    """The row of the protocol that would fire, had the nearest term been written."""
    rows = (rule for near in read.nearest for rule in _rules_about(candidate, near))
    return next((rule.clause for rule in rows if _is_of_grade(rule, grade)), None)


def _is_of_grade(rule: Rule, grade: int) -> bool:
    return any(each.low <= grade <= each.high for each in rule.conditions if isinstance(each, GradeIs))


def _rules_about(candidate: Candidate, term: str) -> Iterator[Rule]:
    """The rows of the protocol's tables about that term."""
    key = term_key(term)
    for plan in candidate.plans():
        for rule in plan.rules:
            named = (name for each in rule.conditions if isinstance(each, GradeIs) for name in each.terms)
            if key in {term_key(name) for name in named}:
                yield rule


def limit_of_zero(candidate: Candidate) -> Iterator[Told]:
    """Nothing is a multiple of an upper limit of 0."""
    event = candidate.event
    if isinstance(event, Measured) and event.upper_limit is not None and event.upper_limit <= 0:
        hint = (
            "write the laboratory's upper limit of normal in the unit of the value, or leave it out where it has none"
        )
        yield Told(f"{event.test}: an upper limit of normal of {event.upper_limit:f} cannot be", "upper_limit", hint)
