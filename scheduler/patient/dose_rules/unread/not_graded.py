"""Measured values that nobody graded, where the rules of a treatment ask for the grade: creatinine at six times its limit.

A grade is a person's judgement, so a value never counts as an adverse event by itself; but rules that wait for the grade must not
stay silent about the value. Whoever grades the term within a week has judged it, whatever the grade.
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import AND, OR, Finding, Severity
from scheduler.patient.dose_rules.facts.names import term_key
from scheduler.patient.dose_rules.facts.recovery import grade_of_value
from scheduler.patient.dose_rules.facts.values import LATEST_FOR, Measurement
from scheduler.patient.dose_rules.firing.all_rules import look_at
from scheduler.patient.dose_rules.so_far.history import History
from scheduler.patient.dose_rules.so_far.index import Index
from scheduler.patient.dose_rules.so_far.rows import is_named
from scheduler.protocol.plan.actions import Strictness
from scheduler.protocol.plan.rules import AttributeIs, Attribution, GradeIs, Rule
from scheduler.said import Code, Quoted, listed, said
from scheduler.vocabulary import TERMS, laboratory_named

NO_GRADE = "no-grade"


def findings_of_what_is_not_graded(history: History) -> Iterator[Finding]:
    """Every value since the first dose whose CTCAE grade would call for more than going on, and that nobody graded."""
    start = history.course.first_day
    if start is None:
        return
    index = history.index
    for test, measurements in history.values.by_test.items():
        known = laboratory_named(test)
        if known is None or not known.terms:
            continue
        by_value = {rule.treatment for rule in index.tests.get(test, ())}
        for measured in measurements:
            grade = grade_of_value(history.values, measured) if measured.day >= start else None
            if grade:
                yield from _of_value(history, index, measured, known.terms, grade, by_value)


def _of_value(
    history: History, index: Index, measured: Measurement, terms: tuple[str, ...], grade: int, by_value: set[str]
) -> Iterator[Finding]:
    asking: dict[str, None] = {}
    for term in terms:
        for rule in (*index.terms.get(term_key(term), ()), *index.other_terms):
            if rule.treatment not in by_value and _would_ask(history, rule, measured, term, grade):
                asking[rule.treatment] = None
    if not asking or any(_is_graded(history, measured, term, grade) for term in terms):
        return
    event = measured.fact.event
    message = said(
        "{day}, event {number}: {test} {amount} would be grade {grade} of {terms}: the rules for {treatments} ask for the "
        "grade, and nobody recorded one",
        day=Code(f"{event.on}"),
        number=measured.fact.number,
        test=Quoted(getattr(event, "test", "")),
        amount=Code(measured.amount),
        grade=grade,
        terms=listed(*(Code(TERMS[each].name if each in TERMS else each) for each in terms), how=OR),
        treatments=listed(*map(Code, sorted(asking)), how=AND),
    )
    hint = said("record the adverse event with the grade that the investigator gives it")
    yield Finding.of(NO_GRADE, Severity.WARNING, message, hint, events=measured.fact.numbers)


def _would_ask(history: History, rule: Rule, measured: Measurement, term: str, grade: int) -> bool:
    """True when a rule would call for more than going on, were the value an adverse event of its grade."""
    if rule.strictness is Strictness.CONTINUE or rule.attributed is Attribution.THIS:
        return False
    if history.ended_by(rule.treatment, measured.day) is not None:
        return False
    for condition in rule.conditions:
        if isinstance(condition, GradeIs):
            if not (is_named(rule, condition, term_key(term)) and condition.low <= grade <= condition.high):
                return False
        elif isinstance(condition, AttributeIs) and not look_at(history, rule, condition, measured.fact).holds:
            return False
    return True


def _is_graded(history: History, measured: Measurement, term: str, grade: int) -> bool:
    steps = history.grades((), Attribution.ANYTHING).get(term_key(term), ())
    if any(abs(step.day - measured.day) <= LATEST_FOR for step in steps):
        return True
    before = [step.grade for step in steps if step.day <= measured.day]
    return bool(before) and before[-1] >= grade
