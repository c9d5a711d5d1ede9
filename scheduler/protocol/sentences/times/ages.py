"""What is timed by the patient's age: "at 2, 4, 6 months of age -14 +28 days". It counts from the date of birth.

    ages = "at" n [, n] ... unit "of age" [window]

Of several ages each is an occurrence, with its number, in this order.
"""

from __future__ import annotations

import itertools
from datetime import date

from scheduler.dates import Span, Unit, add_months, add_span
from scheduler.protocol.sentences.times.moment import accept_of_age
from scheduler.protocol.sentences.words import Words

_BIRTHDAYS = tuple(add_months(date(2000, 1, 1).toordinal(), month) for month in range(48))
"""Of four years: how long three months are hangs on the months."""


def next_is_ages(words: Words) -> bool:
    """True for "at 2 months of age": "at" and a number."""
    number = words.peek(1)
    return words.next_is("at") and number is not None and number.kind in ("number", "range")


def read_ages(words: Words) -> tuple[Span, ...]:
    """Read all ages, each as the time since birth."""
    words.expect("at")
    numbers = [_age(words)]
    while words.accept(",", "and") or words.accept(",") or words.accept("and"):
        numbers.append(_age(words))
    if words.accept("to"):
        _refuse_range(words, numbers[-1], _age(words))
    unit = words.unit()
    spans = tuple(words.limited(Span(number, unit)) for number in numbers)
    if not accept_of_age(words, spans[-1]):
        words.fail("expected 'of age'", hint="write: at 2 months of age")
    if any(second <= first for first, second in itertools.pairwise(numbers)):
        words.fail("ages stand in their order, each once", back=True)
    return spans


def _age(words: Words) -> int:
    token = words.accept_kind("range")
    if token is not None:
        low, high = token.text.split("-")
        _refuse_range(words, int(low), int(high))
    return words.whole_number("an age")


def _refuse_range(words: Words, low: int, high: int) -> None:
    """Between two ages is a window: the first is the day, and the last is the limit."""
    unit = words.unit()
    if high <= low or unit in (Unit.WORKING_DAYS, Unit.HOURS):
        words.fail("from which age to which?", hint="write: at 12 months of age +28 days")
    first, last = words.limited(Span(low, unit)), words.limited(Span(high, unit))
    days = max(add_span(day, last) - add_span(day, first) for day in _BIRTHDAYS)
    right = f"at {first} of age +{days} days, not after {last} of age"
    words.fail_with("from one age to another is a window", right)
