"""How far a value is from the patient's own baseline: "at least 10 points below baseline", "more than 10 % from baseline".

    change   = ("at least" | "more than") number ["to" ["less than"] number] distance
             | ("up to" | "less than") number distance
    distance = ("%" | ["percentage"] "points" | unit) ("below" | "above" | "from") "baseline"

Points are the test's own unit, as of what is measured in percent. Percent is percent of the baseline. What lies on the other side
of the baseline is less than nothing below or above it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from scheduler.protocol.plan.values import Basis, ValueIs
from scheduler.protocol.sentences.words import Words

_SIDES = {
    "below": (Basis.BELOW, Basis.PERCENT_BELOW),
    "above": (Basis.ABOVE, Basis.PERCENT_ABOVE),
    "from": (Basis.FROM, Basis.PERCENT_FROM),
}
_VERBS = re.compile(
    r"\b(?:decreas|drop|fall|fell|declin|reduc|loss|lower|increas|rise|rose|gain|higher|chang)", re.IGNORECASE
)
_BEGIN = (("at", "least"), ("more", "than"), ("less", "than"), ("up", "to"))


@dataclass(frozen=True, slots=True)
class Distance:
    """To which side of the baseline, and in which unit; points where there is none."""

    basis: Basis
    unit: str | None


def next_is_change(words: Words, ahead: int = 0) -> bool:
    """True when a distance from the baseline comes next, or so many words further on."""
    if not any(words.next_is_at(ahead, *begin) for begin in _BEGIN):
        return False
    at = ahead + 2
    while (token := words.peek(at)) is not None and (
        token.kind == "number" or token.text.lower() in ("to", "less", "than")
    ):
        at += 1
    at += 2 if words.next_is_at(at, "percentage", "points") else 1
    return any(words.next_is_at(at, side, "baseline") for side in _SIDES)


def refuse_verbs(words: Words, name: str) -> None:
    """A change has a side in place of a verb: "LVEF decrease of at least 10 points from baseline" is below baseline."""
    if next_is_change(words) and _VERBS.search(name):
        words.fail(
            "a change from the baseline is said by its side", hint="write: LVEF at least 10 points below baseline"
        )


def read_change(words: Words, tests: tuple[str, ...] = ()) -> ValueIs:
    """Read a range of distances from the baseline."""
    if words.accept("less", "than") or words.next_is("up", "to"):
        below = not words.accept("up", "to")
        upper = number_in(words)
        distance = read_distance(words)
        return ValueIs(tests, None, upper, distance.basis, distance.unit, below=below)
    from_above = words.accept("at", "least")
    if not from_above:
        words.expect("more", "than")
    low, high, below = number_in(words), None, False
    if words.accept("to"):
        below = words.accept("less", "than")
        high = number_in(words)
        if high <= low:
            words.fail(f"the range from {low} to {high} runs backwards", back=True)
    distance = read_distance(words)
    return ValueIs(tests, low, high, distance.basis, distance.unit, from_above=from_above, below=below)


def read_distance(words: Words) -> Distance:
    """Read "points below baseline", "% from baseline", "mmHg above baseline"."""
    percent, unit = words.accept("%"), None
    if not percent and not (words.accept("percentage", "points") or words.accept("points") or words.accept("point")):
        unit = words.name("points, % or a unit").text
    side = words.accept_one_of(*_SIDES)
    if side is None:
        words.fail("expected 'below baseline', 'above baseline' or 'from baseline'")
    words.expect("baseline")
    return Distance(_SIDES[side][percent], unit)


def number_in(words: Words) -> Decimal:
    """Read a plain number."""
    token = words.accept_kind("number")
    if token is None:
        words.fail("expected a number")
    return words.decimal(token.text)
