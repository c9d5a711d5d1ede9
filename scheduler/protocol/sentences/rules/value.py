"""Ranges of laboratory values as rules say them: "above 5 to 20 x upper limit", "below 50 G/L", "up to 1 x baseline".

How far a value is from the baseline is read by `change`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scheduler.protocol.plan.actions import Recovery
from scheduler.protocol.plan.values import Basis, ValueIs
from scheduler.protocol.sentences.rules.change import next_is_change, number_in, read_change
from scheduler.protocol.sentences.rules.two_numbers import read_two_recovered, skip_name_before_pair
from scheduler.protocol.sentences.words import Words

STATES = ("resolved", "controlled", "ruled out", "clinically stable", "free of symptoms", "wound healed")
"""How a hold may end that no number says: somebody must see it. Resolved is grade 0, and a healed wound is recorded."""


@dataclass(frozen=True, slots=True)
class Multiple:
    """A number and what it is a multiple of, or its unit."""

    number: Decimal
    basis: Basis
    unit: str | None


_BEGIN = (("above",), ("below",), ("up", "to"), ("at", "least"))


def next_is_range(words: Words, ahead: int = 0) -> bool:
    """True when a range of values comes next, or so many words further on."""
    return any(words.next_is_at(ahead, *begin) for begin in _BEGIN) or next_is_change(words, ahead)


def read_range(words: Words, tests: tuple[str, ...] = ()) -> ValueIs:
    """Read a range: the lower end is outside it and the upper end inside, unless "at least" and "below" say otherwise."""
    if next_is_change(words):
        return read_change(words, tests)
    if words.accept("below"):
        upper = _multiple(words)
        return ValueIs(tests, None, upper.number, upper.basis, upper.unit, below=True)
    if words.accept("up", "to"):
        upper = _multiple(words)
        return ValueIs(tests, None, upper.number, upper.basis, upper.unit)
    from_above = words.accept("at", "least")
    if not from_above:
        words.expect("above")
    low = number_in(words)
    if not words.accept("to"):
        basis, unit = _basis(words)
        return ValueIs(tests, low, None, basis, unit, from_above=from_above)
    below = words.accept("below")
    upper = _multiple(words)
    if upper.number <= low:
        words.fail(f"the range from {low} to {upper.number} runs backwards", back=True)
    return ValueIs(tests, low, upper.number, upper.basis, upper.unit, from_above=from_above, below=below)


def _multiple(words: Words) -> Multiple:
    number = number_in(words)
    return Multiple(number, *_basis(words))


def _basis(words: Words) -> tuple[Basis, str | None]:
    if words.accept("x", "upper", "limit") or words.accept("times", "upper", "limit"):
        return Basis.UPPER_LIMIT, None
    if words.accept("x", "baseline") or words.accept("times", "baseline"):
        return Basis.BASELINE, None
    if words.accept("x"):
        words.fail("expected 'upper limit' or 'baseline'")
    sign = words.peek()
    # Percent is written apart, as every unit is.
    if sign is not None and words.text[sign.offset - 1] == " " and words.accept("%"):
        return Basis.ABSOLUTE, "%"
    if words.next_is("and") or words.next_is("or"):
        words.fail("expected 'x upper limit', 'x baseline' or a unit")
    return Basis.ABSOLUTE, words.name("'x upper limit', 'x baseline' or a unit").text


def read_recovery(words: Words) -> Recovery:
    """Read what a hold or extra monitoring waits for: a grade, a value, or a state that somebody must see."""
    for state in STATES:
        if words.accept(*state.split()):
            return Recovery(state, grade=0 if state == "resolved" else None, healed=state == "wound healed")
    if words.accept("grade"):
        low, high = words.number_or_range("a grade")
        if low != 0 or high > 3:
            words.fail("a hold ends at grade 0, or from grade 0 to a grade below 4: write grade 0-1", back=True)
        shown = "grade 0" if high == 0 else f"grade 0-{high}"
        said, or_baseline = _or_baseline(words, shown)
        return Recovery(said, grade=high, or_baseline=or_baseline)
    if skip_name_before_pair(words):
        return read_two_recovered(words)
    if next_is_range(words):
        return _recovered_value(words)
    words.fail(f"expected a grade, 'below' or 'at least' a value, or one of: {', '.join(STATES)}")


def _recovered_value(words: Words) -> Recovery:
    """A value to which it has to come back, and another range of the same test that it has to be in besides."""
    start, change = words.peek(), next_is_change(words)
    asked = read_range(words)
    if asked.above is not None and asked.up_to is not None:
        words.fail("a hold ends below, above or at least one value", back=True, hint="join two of them by 'and'")
    said = words.said_since(start)
    shown, or_baseline = (said, False) if change else _or_baseline(words, said)
    also = _recovered_value(words) if words.accept("and") else None
    limit = asked.up_to if asked.above is None else asked.above
    return Recovery(
        shown if also is None else f"{shown} and {also.words}",
        times=limit,
        basis=asked.basis,
        unit=asked.unit,
        or_baseline=or_baseline,
        above=asked.above is not None and not asked.from_above,
        at_least=asked.from_above,
        at_most=asked.above is None and not asked.below,
        also=also,
    )


def _or_baseline(words: Words, shown: str) -> tuple[str, bool]:
    or_baseline = words.accept("or", "baseline")
    return (f"{shown} or baseline" if or_baseline else shown), or_baseline
