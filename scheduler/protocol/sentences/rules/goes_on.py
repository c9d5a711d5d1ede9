"""With which values a treatment goes on: "ANC at least 1.5 G/L and platelets at least 100 G/L, values within 3 days".

Said after the key, it reads aloud: it goes on when ANC is at least 1.5 G/L. The days are those before the planned day.
"""

from __future__ import annotations

from dataclasses import replace

from scheduler.dates import Span
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.limits import GoesOn, Needed
from scheduler.protocol.plan.values import EitherIs
from scheduler.protocol.sentences.rules.change import refuse_verbs
from scheduler.protocol.sentences.rules.condition import read_name
from scheduler.protocol.sentences.rules.two_numbers import next_is_pair, read_two_numbers, skip_name_before_pair
from scheduler.protocol.sentences.rules.value import next_is_range, read_range
from scheduler.protocol.sentences.spellings import Habits
from scheduler.protocol.sentences.words import Words
from scheduler.vocabulary import BLOOD_PRESSURE

_SHORT = "ANC at least 1.5 G/L and platelets at least 100 G/L, values within 3 days"
GOES_ON_EXAMPLE = (
    f"{_SHORT} | {_SHORT}, in cycle 2 | {_SHORT}, from cycle 3 on, after more than 21 days: discontinue (label)"
    " | LVEF at least 50 % and less than 10 points below baseline, values within 28 days"
    " | blood pressure up to 150/90 mmHg, values within 3 days"
)


_NO_NAMES = ("at", "and", "or", "not", "is", "of", "back", "recovers", "recovered", "until", "when", "if", "waits")


def read_goes_on(text: str) -> GoesOn:
    """Read the values that each dose waits for. Raises a fault with its place and the right spelling."""
    words = Words(text, example=_SHORT, habits=Habits.VALUES)
    needs = [*_needs(words)]
    while words.accept("and"):
        # Another range of the value that was just named: "LVEF at least 50 % and less than 10 points below baseline".
        needs += _needs(words, needs[-1].test if next_is_range(words) and not next_is_pair(words) else None)
    within = _within(words)
    goes_on = GoesOn(tuple(needs), within, None, None, Clause(0, text.strip()))
    while words.accept(","):
        goes_on = _more(words, goes_on)
    clause = replace(goes_on.clause, assumptions=words.citation())
    words.finish()
    return replace(goes_on, clause=clause)


def _within(words: Words) -> int:
    """How many days a value counts for."""
    if words.next_is("or"):
        words.fail_with("all values of the sentence are needed", "and, or leave one of them out")
    if not words.accept(",", "values", "within"):
        if words.accept(",") and not words.next_is("values") and not words.next_is("within"):
            words.fail(
                "the values of how many days count?",
                hint="write 'and' between two values, then: , values within 3 days",
            )
        words.fail("the values of how many days count?", hint="write: , values within 3 days")
    within = words.span().in_days
    if within is None:
        words.fail("the days of a value are counted in days or weeks", back=True)
    return within


def _needs(words: Words, same: str | None = None) -> tuple[Needed, ...]:
    """One value, or both numbers of one measurement."""
    if not skip_name_before_pair(words):
        return (_need(words, same),)
    start = words.peek()
    values = read_two_numbers(words)
    said = words.said_since(start)
    needs = tuple(
        Needed(value.tests[0], value, said, BLOOD_PRESSURE) for value in values if not isinstance(value, EitherIs)
    )
    if len(needs) < len(values):
        hint = "write each: systolic blood pressure at least 90 mmHg and diastolic blood pressure at least 60 mmHg"
        words.fail("one of the two numbers, or both?", back=True, hint=hint)
    return needs


def _need(words: Words, same: str | None = None) -> Needed:
    name = same or read_name(words, *_NO_NAMES)
    if not next_is_range(words):
        words.fail(f"expected the values of {name}, such as 'at least 1.5 G/L'")
    refuse_verbs(words, name)
    start = words.peek()
    asked = read_range(words, (name,))
    return Needed(name, asked, words.said_since(start))


def _more(words: Words, goes_on: GoesOn) -> GoesOn:
    """From which dose on, and what is called for where it waits too long."""
    if goes_on.first is None and words.next_is("in"):
        return _numbers(words, goes_on)
    if goes_on.first is None and words.accept("from"):
        if words.accept_one_of("cycle", "dose", "fraction") is None:
            words.fail("from which cycle or dose on?", hint="write: from cycle 3 on")
        number = words.number_of("the number of a cycle or dose")
        if not words.accept("on"):
            words.fail("expected 'on'", hint=f"write: from cycle {number} on")
        return replace(goes_on, first=number)
    if goes_on.longest is None and words.accept("after", "more", "than"):
        return replace(goes_on, longest=_longest(words))
    words.fail("expected 'from cycle 3 on', or 'after more than 21 days: discontinue'")


def _numbers(words: Words, goes_on: GoesOn) -> GoesOn:
    """Of one cycle, or of those that follow each other: "in cycle 2", "in cycles 2-4"."""
    words.expect("in")
    if words.accept_one_of("cycle", "dose", "fraction", "cycles", "doses", "fractions") is None:
        words.fail("in which cycle or dose?", hint="write: in cycle 2")
    first, last = words.number_or_range("the number of a cycle or dose")
    return replace(goes_on, first=first, last=last)


def _longest(words: Words) -> Span:
    longest = words.span()
    words.expect(":")
    words.expect("discontinue")
    return longest
