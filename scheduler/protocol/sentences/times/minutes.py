"""Lengths and windows of hours and minutes, as the sentences of sheets and of doses at home say them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from scheduler.protocol.sentences.words import Token, Words

A_UNIT = {"hours": 60, "hour": 60, "minutes": 1, "minute": 1}
"""The minutes of each unit, by its words."""


def read_decimal(words: Words, token: Token) -> Decimal:
    """The number of a word such as 0.5, -0.5 or ±5, which was just read."""
    digits = token.text.lstrip("+-± ")
    if len(digits) > 7 or not digits.replace(".", "").isdigit():
        words.fail(f"{digits[:12]} is more than any sheet needs", back=True)
    number = words.decimal(digits)
    return -number if token.text.startswith("-") else number


def read_window_in_minutes(words: Words, of_what: str) -> tuple[int | None, int | None]:
    """±5 minutes, +10 minutes or -30 +0 minutes; none at all is no window."""
    either = words.accept_kind("either")
    if either is not None:
        width = _window(words, (read_decimal(words, either),), of_what)[0]
        return width, width
    first = words.accept_kind("signed")
    if first is None:
        return None, None
    if first.text.startswith("+"):
        return 0, _window(words, (read_decimal(words, first),), of_what)[0]
    second = words.accept_kind("signed")
    if second is not None and not second.text.startswith("+"):
        words.fail("a window is written -30 +0 minutes", back=True)
    early = -read_decimal(words, first)
    late = read_decimal(words, second) if second is not None else Decimal(0)
    both = _window(words, (early, late), of_what)
    return both[0], both[1]


def _window(words: Words, numbers: tuple[Decimal, ...], of_what: str) -> tuple[int, ...]:
    unit = words.accept_one_of(*A_UNIT)
    if unit is None:
        words.fail(f"a window of {of_what} has hours or minutes", hint="write: ±5 minutes")
    return tuple(in_minutes(number, A_UNIT[unit]) for number in numbers)


def in_minutes(number: Decimal, unit: int) -> int:
    """So many of a unit in whole minutes: 0.33 hours are 20."""
    return int((number * unit).to_integral_value(ROUND_HALF_UP))
