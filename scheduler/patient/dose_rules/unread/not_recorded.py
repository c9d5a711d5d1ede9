"""What rules would read and nobody recorded: the limit or baseline of a value, or the value behind a grade.

A rule that cannot be read proposes nothing, and that looks like "go on". So what is missing is told, with the event that it is
missing from. Nothing is guessed: no usual upper limit, no normal baseline, no value in the middle of a grade.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import cast

from scheduler.dates import Day
from scheduler.findings import AND, OR, Finding, Severity
from scheduler.patient.dose_rules.facts.names import BASELINE, keys_measured, term_key, test_key
from scheduler.patient.dose_rules.facts.values import LATEST_FOR, Measurement, Values, in_range
from scheduler.patient.dose_rules.firing.all_rules import look_at
from scheduler.patient.dose_rules.firing.conditions import GRADES
from scheduler.patient.dose_rules.so_far.history import History
from scheduler.patient.dose_rules.so_far.index import Index
from scheduler.patient.dose_rules.so_far.reading import Readings, Unmeasured
from scheduler.patient.events import AdverseEvent, Measured, Regraded
from scheduler.patient.log import Fact
from scheduler.protocol.plan.rules import AttributeIs, GradeIs, LevelIs, Rule, values_in
from scheduler.protocol.plan.values import Basis, ValueIs
from scheduler.said import Code, Listed, Quoted, filled, listed, said
from scheduler.vocabulary import TESTS, LaboratoryTest

NO_UPPER_LIMIT = "no-upper-limit"
NO_BASELINE = "no-baseline"
NO_VALUE = "no-value"
UNIT = "unit-not-comparable"

_NOW = (AttributeIs, LevelIs, GradeIs)
"""Conditions that say no whatever the value is. Which time it is, or whether it improved, cannot be told without the value."""


@dataclass(frozen=True, slots=True)
class _Lack:
    """One value and what it lacks. ``to`` is the unit that it would have to be in."""

    code: str
    measured: Measurement
    to: str | None = None


def findings_of_what_is_missing(history: History, readings: Readings) -> Iterator[Finding]:
    """Every value and grade since the first dose that rules are about and cannot read, in the order of the log."""
    yield from _of_values(history, readings)
    yield from (finding for _, finding in _of_lasting(each for each in readings.unmeasured if each.has_come))
    first = history.course.first_day
    if first is not None:
        graded = [fact for fact in history.raising if type(fact.event) in GRADES and fact.day >= first]
        yield from _of_grades(history, history.index, graded)


def findings_to_come(readings: Readings) -> Iterator[tuple[date, Finding]]:
    """What will be missing by the passing of days alone, with the day from which it is: the log has not come to it."""
    yield from _of_lasting(each for each in readings.unmeasured if not each.has_come)


def _of_values(history: History, read: Readings) -> Iterator[Finding]:
    lacking: dict[_Lack, dict[str, None]] = {}
    for fact, rules in _that_may_lack(history, read):
        for rule in rules:
            for lack in _lacks(history, rule, fact):
                lacking.setdefault(lack, {})[rule.treatment] = None
    attributes = {fact.number for facts in history.attributes.values() for fact in facts}
    for lack, treatments in lacking.items():
        yield _of_lack(lack, tuple(treatments), is_attribute=lack.measured.fact.number in attributes)


def _of_lasting(unmeasured: Iterable[Unmeasured]) -> Iterator[tuple[date, Finding]]:
    """Values of which nobody knows how long they lasted, from the day on of which one would say it: none was measured since."""
    found: dict[tuple[Fact, Day], dict[str, None]] = {}
    for fact, day, rule, _ in unmeasured:
        found.setdefault((fact, day), {})[rule.treatment] = None
    for (fact, day), treatments in found.items():
        event = cast(Measured, fact.event)
        message = said(
            "{day}, event {number}: {test} {amount}: the rules for {treatments} ask how long it has been so, and none was "
            "measured from {since} on",
            day=Code(f"{event.on}"),
            number=fact.number,
            test=Quoted(event.test),
            amount=Code(event.amount),
            treatments=_all_of(treatments),
            since=Code(f"{date.fromordinal(day)}"),
        )
        hint = said("record 'measured' with test: {test}", test=Quoted(event.test))
        yield date.fromordinal(day), Finding.of(NO_VALUE, Severity.WARNING, message, hint, events=fact.numbers)


def _that_may_lack(history: History, read: Readings) -> Iterator[tuple[Fact, Iterable[Rule]]]:
    """The rules that may lack something, with the measurement that they were read against."""
    yield from ((fact, rules) for fact, rules in read.unread if type(fact.event) is Measured)
    late = history.index.values_late
    for fact in history.raising if late else ():
        event = fact.event
        if type(event) is Measured:
            known = [rule for key in keys_measured(event) for rule in history.index.tests.get(key, ())]
            yield fact, [rule for rule in late if rule in known]


def _is_over(history: History, treatment: str, fact: Fact) -> bool:
    return history.ended_by(treatment, fact.day) is not None


def _lacks(history: History, rule: Rule, trigger: Fact) -> list[_Lack]:
    """What keeps a rule from being read against a measurement; nothing where it holds, or cannot hold, all the same."""
    for condition in rule.conditions:
        if isinstance(condition, _NOW) and not look_at(history, rule, condition, trigger).holds:
            return []
    if _is_over(history, rule.treatment, trigger):
        return []
    lacks: list[_Lack] = []
    for condition in rule.conditions:
        values = values_in(condition)
        found = [_lacks_of_value(history, value, trigger) for value in values]
        if values and all(missing is None for missing in found):
            return []
        lacks += [lack for missing in found if [] not in found for lack in missing or ()]
    return lacks


def _lacks_of_value(history: History, asked: ValueIs, trigger: Fact) -> list[_Lack] | None:
    """What the condition lacks; empty where one of its tests is in the range, None where none can be."""
    day = trigger.day
    place = history.places[trigger.number]
    missing: list[_Lack] = []
    for test in asked.tests:
        measured = history.values.latest(test_key(test), place, day)
        if measured is None:
            continue
        how = history.values.multiple_at_baseline if asked.at_baseline else history.values.multiple
        number = how(measured, asked.basis, asked.unit).number
        if in_range(number, asked):
            return []
        if number is None:
            missing.append(_lack(history.values, asked, measured))
    return missing or None


def _lack(values: Values, asked: ValueIs, measured: Measurement) -> _Lack:
    needs_baseline = asked.at_baseline or asked.basis is Basis.BASELINE or asked.basis.is_change
    if needs_baseline and not values.baseline(measured)[0]:
        return _Lack(NO_BASELINE, measured)
    if asked.basis is Basis.UPPER_LIMIT:
        return _Lack(NO_UPPER_LIMIT, measured)
    return _Lack(UNIT, measured, asked.unit)


def _of_lack(lack: _Lack, treatments: tuple[str, ...], *, is_attribute: bool) -> Finding:
    measured = lack.measured
    number, test, unit = measured.fact.number, Quoted(_spelled(measured.test)), Code(f"{lack.to}")
    message = filled(
        _LACKING[lack.code],
        day=Code(f"{measured.fact.event.on}"),
        number=number,
        test=test,
        amount=Code(measured.amount),
        treatments=_all_of(treatments),
    )
    if lack.code == NO_UPPER_LIMIT:
        hint = said("correct event {number}: give its 'upper_limit'", number=number)
        if is_attribute:
            hint = said("record 'measured' with test: {test}, its value, unit and upper_limit", test=test)
    elif lack.code == NO_BASELINE:
        hint = said(
            "record 'attribute' with name: {name}, and its value in {unit}",
            name=Quoted(f"{BASELINE}{_spelled(measured.test)}"),
            unit=Code(measured.unit),
        )
    else:
        message = filled(message, unit=unit)
        hint = said("correct event {number}: give the value in {unit}", number=number, unit=unit)
    return Finding.of(lack.code, Severity.WARNING, message, hint, events=measured.fact.numbers)


_LACKING = {
    NO_UPPER_LIMIT: said(
        "{day}, event {number}: {test} {amount} has no upper limit of normal, and the rules for {treatments} compare it with one"
    ),
    NO_BASELINE: said(
        "{day}, event {number}: {test} {amount} has no baseline, and the rules for {treatments} compare it with one"
    ),
    UNIT: said(
        "{day}, event {number}: {test} {amount} cannot be read in {unit}, and the rules for {treatments} ask for it"
    ),
}


def _of_grades(history: History, index: Index, graded: Iterable[Fact]) -> Iterator[Finding]:
    """Grades of terms that the rules of a treatment ask about by value alone, where no such value was recorded."""
    terms: dict[int, str] = {}
    for fact in graded:
        event = cast(AdverseEvent | Regraded, fact.event)
        if type(event) is AdverseEvent:
            terms[event.ae] = event.term
        term = terms.get(event.ae)
        tests = _graded_by(term_key(term)) if term is not None else ()
        if term is None or not tests or not event.grade:
            continue
        treatments = _asking_by_value(history, index, tests, term, fact)
        if treatments and not any(_was_measured(history, test, fact) for test in tests):
            yield _of_grade(event, term, tests, treatments, fact)


@cache
def _graded_by(term: str) -> tuple[LaboratoryTest, ...]:
    """The tests whose values CTCAE grades a term by."""
    return tuple(test for test in TESTS.values() if any(term_key(each) == term for each in test.terms))


def _asking_by_value(
    history: History, index: Index, tests: Iterable[LaboratoryTest], term: str, fact: Fact
) -> tuple[str, ...]:
    by_grade = {rule.treatment for rule in index.terms.get(term_key(term), ())}
    by_value = dict.fromkeys(rule.treatment for test in tests for rule in index.tests.get(test_key(test.name), ()))
    return tuple(each for each in by_value if each not in by_grade and not _is_over(history, each, fact))


def _was_measured(history: History, test: LaboratoryTest, fact: Fact) -> bool:
    day = fact.day
    return any(
        abs(measured.day - day) <= LATEST_FOR for measured in history.values.by_test.get(test_key(test.name), ())
    )


def _of_grade(
    event: AdverseEvent | Regraded, term: str, tests: Iterable[LaboratoryTest], treatments: tuple[str, ...], fact: Fact
) -> Finding:
    names = listed(*(Code(test.name) for test in tests), how=OR)
    message = said(
        "{day}, event {number}: {term}, grade {grade}, has no value: the rules for {treatments} ask for {names}, and none "
        "was measured within {within} days",
        day=Code(f"{event.on}"),
        number=fact.number,
        term=Quoted(term),
        grade=event.grade,
        treatments=_all_of(treatments),
        names=names,
        within=LATEST_FOR,
    )
    hint = said("record 'measured' with test: {test}, its value, unit and upper_limit", test=names)
    return Finding.of(NO_VALUE, Severity.WARNING, message, hint, events=fact.numbers)


def _all_of(treatments: Iterable[str]) -> Listed:
    return listed(*map(Code, treatments), how=AND)


def _spelled(test: str) -> str:
    """The test as it is known here; as it was written where nobody knows it."""
    return next((known for known in TESTS if test_key(known) == test), test)
