"""Ranges of laboratory values as rules say them: "above 5 to 20 x upper limit", "below 50 G/L", "up to 1 x baseline"."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scheduler.protocol.plan.rules import Basis, Recovery, ValueIs
from scheduler.protocol.sentences.words import Words

STATES = ("resolved", "controlled", "ruled out", "clinically stable", "free of symptoms", "wound healed")
"""How a hold may end that no number says: somebody must see it. Resolved is grade 0, and a healed wound is recorded."""


@dataclass(frozen=True, slots=True)
class Multiple:
    """A number and what it is a multiple of, or its unit."""

    number: Decimal
    basis: Basis
    unit: str | None


def next_is_range(words: Words) -> bool:
    """True when a range of values comes next."""
    return words.next_is("above") or words.next_is("below") or words.next_is("up", "to") or words.next_is("at", "least")


def read_range(words: Words, tests: tuple[str, ...] = ()) -> ValueIs:
    """Read a range: the lower end is outside it and the upper end inside, unless "at least" and "below" say otherwise."""
    if words.accept("below"):
        upper = _multiple(words)
        return ValueIs(tests, None, upper.number, upper.basis, upper.unit, below=True)
    if words.accept("up", "to"):
        upper = _multiple(words)
        return ValueIs(tests, None, upper.number, upper.basis, upper.unit)
    from_above = words.accept("at", "least")
    if not from_above:
        words.expect("above")
    low = _number(words)
    if not words.accept("to"):
        basis, unit = _basis(words)
        return ValueIs(tests, low, None, basis, unit, from_above=from_above)
    below = words.accept("below")
    upper = _multiple(words)
    if upper.number <= low:
        words.fail(f"the range from {low} to {upper.number} runs backwards", back=True)
    return ValueIs(tests, low, upper.number, upper.basis, upper.unit, from_above=from_above, below=below)


def _multiple(words: Words) -> Multiple:
    number = _number(words)
    return Multiple(number, *_basis(words))


def _number(words: Words) -> Decimal:
    token = words.accept_kind("number")
    if token is None:
        words.fail("expected a number")
    return words.decimal(token.text)


def _basis(words: Words) -> tuple[Basis, str | None]:
    if words.accept("x", "upper", "limit"):
        return Basis.UPPER_LIMIT, None
    if words.accept("x", "baseline"):
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
    for said, above, at_least in (("below", False, False), ("above", True, False), ("at least", False, True)):
        if words.accept(*said.split()):
            limit = _multiple(words)
            shown = f"{said} {limit.number} {limit.unit or f'x {limit.basis.value}'}"
            shown, or_baseline = _or_baseline(words, shown)
            return Recovery(
                shown,
                times=limit.number,
                basis=limit.basis,
                unit=limit.unit,
                or_baseline=or_baseline,
                above=above,
                at_least=at_least,
            )
    words.fail(f"expected a grade, 'below' or 'at least' a value, or one of: {', '.join(STATES)}")


def _or_baseline(words: Words, shown: str) -> tuple[str, bool]:
    or_baseline = words.accept("or", "baseline")
    return (f"{shown} or baseline" if or_baseline else shown), or_baseline
