"""Two numbers of one measurement: "blood pressure at least 160/100 mmHg" is the systolic one or the diastolic one.

    ["blood pressure"] ("at least" | "above") pair ["to" ["below"] pair] unit
    ["blood pressure"] ("below" | "up to") pair unit

At least and above are so where one of the two is; below and up to where both are, as blood pressures are graded.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from scheduler.protocol.plan.actions import Recovery
from scheduler.protocol.plan.only_if import PairIs
from scheduler.protocol.plan.values import Basis, EitherIs, ValueIs
from scheduler.protocol.sentences.words import Words
from scheduler.vocabulary import BLOOD_PRESSURE, two_numbers_of

_BEGIN = (("at", "least"), ("above",), ("below",), ("up", "to"))
_SYSTOLIC, _DIASTOLIC = two_numbers_of(BLOOD_PRESSURE) or ("", "")


class _Pair(NamedTuple):
    systolic: Decimal
    diastolic: Decimal


def next_is_pair(words: Words, ahead: int = 0) -> bool:
    """True when a range of two numbers comes next, or so many words further on."""
    for begin in _BEGIN:
        following = words.peek(ahead + len(begin))
        if words.next_is_at(ahead, *begin) and following is not None and following.kind == "pair":
            return True
    return False


def skip_name_before_pair(words: Words) -> bool:
    """Read the name of the measurement where a range of its two numbers follows; True where the range comes next."""
    first, second = words.peek(), words.peek(1)
    for token, name in ((first, (first,)), (second, (first, second))):
        said = " ".join(each.text for each in name if each is not None)
        if token is not None and two_numbers_of(said) is not None and next_is_pair(words, len(name)):
            for _ in name:
                words.skip()
            return True
    return next_is_pair(words)


def read_pair_of(words: Words, name: str) -> PairIs:
    """Read the range of two numbers that a fact about the patient is in: "at least 140/90 to below 160/100 mmHg"."""
    if two_numbers_of(name) is None:
        words.fail(
            f"'{name}' is one number", hint="write one number; only a blood pressure has two, such as 140/90 mmHg"
        )
    low = high = None
    from_above = words.accept("at", "least")
    below = not from_above and words.accept("below")
    if from_above or words.accept("above"):
        low = _pair(words)
        if words.accept("to"):
            below = words.accept("below")
            high = _pair(words)
            if not (high.systolic > low.systolic and high.diastolic > low.diastolic):
                words.fail("this range runs backwards", back=True)
    else:
        if not below:
            words.expect("up", "to")
        high = _pair(words)
    return PairIs(name, low, high, _unit(words), from_above, below)


def read_two_numbers(words: Words) -> tuple[ValueIs | EitherIs, ...]:
    """Read a range of two numbers, as the conditions that all have to be so."""
    start = words.peek()
    for low, from_above in (("at least", True), ("above", False)):
        if words.accept(*low.split()):
            return _from(words, start.offset if start is not None else 0, from_above)
    below = words.accept("below")
    if not below:
        words.expect("up", "to")
    return _both(_pair(words), _unit(words), below)


def _from(words: Words, start: int, from_above: bool) -> tuple[ValueIs | EitherIs, ...]:
    lower = _pair(words)
    to = words.accept("to")
    below = to and words.accept("below")
    upper = _pair(words) if to else None
    if upper is not None and not (upper.systolic > lower.systolic and upper.diastolic > lower.diastolic):
        words.fail("this range runs backwards", back=True)
    unit = _unit(words)
    following = words.peek()
    said = words.text[start : following.offset if following is not None else len(words.text)].strip()
    values = tuple(
        ValueIs((test,), number, None, Basis.ABSOLUTE, unit, from_above=from_above)
        for test, number in ((_SYSTOLIC, lower.systolic), (_DIASTOLIC, lower.diastolic))
    )
    either = EitherIs(values, f"{BLOOD_PRESSURE} {said}")
    return (either, *(_both(upper, unit, below) if upper is not None else ()))


def _both(pair: _Pair, unit: str, below: bool) -> tuple[ValueIs, ...]:
    return tuple(
        ValueIs((test,), None, number, Basis.ABSOLUTE, unit, below=below)
        for test, number in ((_SYSTOLIC, pair.systolic), (_DIASTOLIC, pair.diastolic))
    )


def read_two_recovered(words: Words) -> Recovery:
    """Read what both numbers have to come back to: "below 150/90 mmHg"."""
    start = words.peek()
    values = read_two_numbers(words)
    said = words.said_since(start)
    recovery: Recovery | None = None
    for value in reversed(values):
        if isinstance(value, EitherIs):
            words.fail(
                "both numbers have to come back", back=True, hint="write: below 150/90 mmHg, or: up to 150/90 mmHg"
            )
        recovery = Recovery(
            said,
            times=value.up_to,
            basis=value.basis,
            unit=value.unit,
            at_most=not value.below,
            also=recovery,
            test=value.tests[0],
        )
    assert recovery is not None
    return recovery


def _pair(words: Words) -> _Pair:
    token = words.accept_kind("pair")
    if token is None:
        words.fail("expected two numbers, such as 160/100")
    first, second = (words.decimal(number) for number in token.text.split("/"))
    if second >= first:
        words.fail("the first number is the systolic one, and is the higher", back=True)
    return _Pair(first, second)


def _unit(words: Words) -> str:
    return words.name("a unit, such as mmHg").text
