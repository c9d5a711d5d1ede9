"""Large numbers as publications write them: 2 × 10⁸, 2*10^8, 2E8, 200 million. Here they are 2e8."""

from __future__ import annotations

import re

from scheduler.protocol.sentences.habits.habit import exactly, meant

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MILLION, _BILLION = 6, 9


def _power(match: re.Match[str]) -> tuple[str, ...]:
    return (f"{match[1]}e{(match[2] or match[3]).translate(_SUPERSCRIPTS)}",)


def _in_words(match: re.Match[str]) -> tuple[str, ...]:
    """ "200 million" is 2e8: the noughts of the number go into its power."""
    power = _MILLION if match[2].lower() == "million" else _BILLION
    digits, _, after = match[1].partition(".")
    whole = (digits + after).lstrip("0")
    short = whole.rstrip("0")
    return (f"{short}e{power - len(after) + len(whole) - len(short)}",) if short else ()


POWERS_OF_TEN = (
    exactly(r"(?<![\w.])([0-9.]+)\s*[xX×*·]\s*10\s*(?:\^\s*([0-9]{1,2})(?![0-9])|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))", _power),
    exactly(r"(?<![\w.])([0-9.]+)E([0-9]{1,2})(?![\w.])", "{0}e{1}"),
    meant(r"(?<![\w.])([0-9]+(?:\.[0-9]+)?)\s+(million|billion)\b", _in_words),
)
