"""What a row of a decision table is for: the finding first, then what narrows it.

    grade 2, 2nd to 3rd time
    above 3 x upper limit with bilirubin above 2 x upper limit, unless Gilbert syndrome
    on prednisone or equivalent above 10 mg for more than 12 weeks
    less than 2 weeks before elective surgery
    major surgery
    febrile neutropenia
    grade 4 neutropenia for more than 7 days

A grade or a value without a name is that of what the table is ``on``; a value with a name is that test's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from scheduler.protocol.plan.rules import (
    HAPPENINGS,
    AttributeIs,
    BeforeSurgery,
    Condition,
    GradeIs,
    Happened,
    LastsFor,
    LevelIs,
    MedicineFor,
    NoLevelLeft,
    NotImproved,
    OccurrenceIs,
    OnHoldFor,
    SinceLastDose,
    Worsened,
)
from scheduler.protocol.plan.values import ValueIs
from scheduler.protocol.sentences.rules.change import next_is_change, refuse_verbs
from scheduler.protocol.sentences.rules.two_numbers import next_is_pair, read_two_numbers, skip_name_before_pair
from scheduler.protocol.sentences.rules.value import next_is_range, read_range
from scheduler.protocol.sentences.words import Words
from scheduler.vocabulary import ADVERSE_EVENTS, offer, terms_of

HIGHEST_GRADE = 4
"""Grade 5 is death: nothing is left to decide."""


def read_conditions(words: Words) -> tuple[Condition, ...]:
    """Read everything before the colon."""
    conditions = [*_conditions(words)]
    while not words.next_is(":"):
        words.accept(",")
        if words.done:
            words.fail("expected ':' and what is to be done")
        same = _of_the_same(words, conditions[-1])
        conditions += [same] if same is not None else _conditions(words)
    return tuple(conditions)


def _conditions(words: Words) -> tuple[Condition, ...]:
    """One finding; of two numbers of one measurement all that has to be so."""
    named = words.next_is("with") and (next_is_pair(words, 2) or next_is_pair(words, 3))
    if named:
        words.accept("with")
    return read_two_numbers(words) if skip_name_before_pair(words) else (_condition(words),)


def _of_the_same(words: Words, before: Condition) -> Condition | None:
    """Another range of the value that was just named: "LVEF below 50 % and at least 10 points below baseline"."""
    if not isinstance(before, ValueIs) or before.at_baseline or not words.next_is("and"):
        return None
    if not next_is_range(words, 1):
        return None
    words.accept("and")
    return read_range(words, before.tests)


def _condition(words: Words) -> Condition:
    for read in _READERS:
        condition = read(words)
        if condition is not None:
            return condition
    if words.next_is("and"):
        words.fail_with("all conditions of a row are needed, and the second follows 'with'", "with")
    if words.next_is("if") or words.next_is("when"):
        words.fail("every row is an 'if'", hint="leave it out")
    name = read_name(words, "for")
    if next_is_pair(words):
        words.fail(
            f"'{name}' has no two numbers", hint="a blood pressure has: write blood pressure at least 160/100 mmHg"
        )
    if _ends_a_condition(words) and terms_of(name) is not None:
        return GradeIs((name,), 1, HIGHEST_GRADE, of_its_own=True)
    if not next_is_range(words):
        hint = offer(ADVERSE_EVENTS.nearest(name)) if _ends_a_condition(words) else None
        words.fail("expected a grade, a value or another condition", back=bool(name), hint=hint)
    refuse_verbs(words, name)
    if " or " in name:
        words.fail("a row has one value", hint=f"write a row for each: {', '.join(name.split(' or '))}")
    return read_range(words, (name,))


def _ends_a_condition(words: Words) -> bool:
    following = words.peek()
    return following is not None and (following.text in (":", ",") or words.next_is("for", "more", "than"))


def _grade(words: Words) -> Condition | None:
    if words.accept("any", "grade"):
        return GradeIs((), 1, HIGHEST_GRADE)
    if not words.accept("grade"):
        return None
    low, high = words.number_or_range("a grade")
    if low < 1 or high > HIGHEST_GRADE:
        words.fail("a rule is for grades 1 to 4", back=True)
    terms = _terms(words)
    return GradeIs(terms, low, high, of_its_own=bool(terms))


_NO_TERM = (
    "with",
    "without",
    "unless",
    "at",
    "on",
    "for",
    "not",
    "no",
    "worse",
    "and",
    "or",
    "if",
    "when",
    "despite",
    "lasting",
)
_AFTER_A_TERM = ("for", "not", "worse", "at", "on", "lasting", "and", "or", "if")


def _terms(words: Words) -> tuple[str, ...]:
    """The adverse event that a grade is of, where the row names it: "grade 4 neutropenia"."""
    words.accept("of")
    token = words.peek()
    if token is None or token.kind != "word" or token.text.lower() in _NO_TERM or next_is_range(words):
        return ()
    name = read_name(words, *_AFTER_A_TERM)
    if terms_of(name) is None:
        hint = offer(ADVERSE_EVENTS.nearest(name))
        words.fail("expected a grade, a value or another condition", back=True, hint=hint)
    return (name,)


def _lasts(words: Words) -> Condition | None:
    """How long it has been so: "for more than 7 days"."""
    if not words.accept("for", "more", "than"):
        return None
    return LastsFor(words.span())


def _value(words: Words) -> Condition | None:
    return read_range(words) if next_is_range(words) else None


def _occurrence(words: Words) -> Condition | None:
    first = words.accept_kind("ordinal")
    if first is None:
        return None
    low = high = _counted(words, first.text)
    later = False
    if words.accept("to"):
        last = words.accept_kind("ordinal")
        if last is None:
            words.fail("expected which time, such as 3rd")
        high = _counted(words, last.text)
        if high <= low:
            words.fail("these times run backwards", back=True)
    words.expect("time")
    if high == low:
        later = words.accept("or", "later")
    return OccurrenceIs(low, None if later else high)


def _counted(words: Words, ordinal: str) -> int:
    digits = ordinal[:-2]
    if len(digits) > 2 or int(digits) < 1:
        words.fail(f"'{ordinal[:8]}' is no time that a rule counts", back=True)
    return int(digits)


def _course(words: Words) -> Condition | None:
    if words.accept("not", "improved", "within"):
        return NotImproved(words.span())
    return Worsened() if words.accept("worse", "than", "before") else None


def _attribute_or_value(words: Words) -> Condition | None:
    if words.accept("without") or words.accept("unless"):
        return AttributeIs(read_name(words), False)
    if not words.accept("with"):
        return None
    if words.accept("baseline"):
        if next_is_change(words):
            words.fail("the baseline is no change", hint="say it without 'with baseline'")
        return replace(read_range(words), at_baseline=True)
    name = read_name(words)
    refuse_verbs(words, name)
    return read_range(words, (name,)) if next_is_range(words) else AttributeIs(name, True)


def _level(words: Words) -> Condition | None:
    if words.accept("at", "the", "lowest", "level"):
        return LevelIs(None, None)
    if words.accept("no", "lower", "level", "is", "left"):
        return NoLevelLeft()
    if not (words.accept("at", "level") or words.accept("at", "levels")):
        return None
    high = _level_number(words)
    low = _level_number(words) if words.accept("to") else high
    if low > high:
        words.fail("levels are written from the higher to the lower: at levels 0 to -1", back=True)
    return LevelIs(low, high)


def _level_number(words: Words) -> int:
    token = words.accept_kind("signed")
    level = words.signed_number(token, 99) if token else words.whole_number("a level, such as -1")
    if level > 0 or level < -99:
        words.fail("levels are 0, -1, -2 and so on", back=True)
    return level


def _time(words: Words) -> Condition | None:
    if words.accept("on", "hold", "for", "more", "than"):
        return OnHoldFor(words.span())
    if words.accept("more", "than"):
        span = words.span()
        words.expect("since", "the", "last", "dose")
        return SinceLastDose(span)
    if not words.accept("on"):
        return None
    name = read_name(words, "above", "for", "or")
    or_equivalent = words.accept("or", "equivalent")
    above, unit = _daily_dose(words) if words.accept("above") else (None, None)
    words.expect("for", "more", "than")
    return MedicineFor(name, words.span(), above, unit, or_equivalent)


def _daily_dose(words: Words) -> tuple[Decimal, str]:
    token = words.accept_kind("number")
    if token is None:
        words.fail("expected a daily dose, such as 10 mg")
    return words.decimal(token.text), words.unit_of_amount("a unit, such as mg")


def _happening(words: Words) -> Condition | None:
    if words.accept("less", "than"):
        span = words.span()
        words.expect("before", "elective", "surgery")
        return BeforeSurgery(span)
    return next((Happened(what) for what in HAPPENINGS if words.accept(*what.split())), None)


def read_name(words: Words, *stops: str) -> str:
    """A name of one or several words, up to a comma, a colon or a range of values."""
    name: list[str] = []
    while (token := words.peek()) is not None and token.kind != "mark":
        if next_is_range(words) or token.text in (*stops, "with", "without", "unless"):
            break
        if token.kind not in ("word", "number"):
            break
        words.accept_kind(token.kind)
        name.append(token.text)
    if not name:
        words.fail("expected a name")
    return " ".join(name)


_READERS: tuple[Callable[[Words], Condition | None], ...] = (
    _grade,
    _value,
    _occurrence,
    _course,
    _lasts,
    _attribute_or_value,
    _level,
    _time,
    _happening,
)
