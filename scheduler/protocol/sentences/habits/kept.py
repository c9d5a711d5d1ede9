"""What a hint must keep of the sentence that was typed: every number and every moment that it names.

A hint that drops a dose, a window, a limit or an anchor and still reads well is worse than none: it would be followed.
"""

from __future__ import annotations

import re
from collections import Counter

from scheduler.protocol.sentences.habits.everywhere import NUMBERS

_NUMBER = re.compile(r"(?<![\w.])(?:[0-9]+[.,])?[0-9]+|(?<=[A-Za-z±+-])[0-9]+")
_SAID = re.compile(rf"\b({'|'.join(NUMBERS)})\b", re.IGNORECASE)
_IN_UNITS = re.compile(
    r"(?:[x×*]\s*)?\b10\s*(?:\^|\*\*)?\s*(?:9|⁹)\s*/\s*l\b|\bm(?:\^|\*\*)?2\b|\bmm(?:\^|\*\*)?3\b", re.IGNORECASE
)
"""Numbers that belong to a unit: 10^9/L, m2."""

_MOMENTS = (
    r"first\s+(?:dose|administration)|(?:start|beginning)\s+of\s+(?:study\s+)?(?:treatment|therapy|dosing)",
    r"(?:last|final)\s+(?:\S+\s+)?(?:dose|administration)|last\s+\S+\s+dose",
    r"end\s+of\s+(?:study\s+)?(?:treatment|therapy)|\bEOT\b",
    r"randomi[sz](?:ation|ed)",
    r"consent|\bICF\b",
    r"enrol",
    r"screening",
    r"progress|\bPD\b",
    r"surgery",
    r"\bdeath\b",
    r"baseline",
)


def numbers_in(text: str) -> Counter[str]:
    """The numbers of a sentence as digits, those in words too, each as often as it stands there."""
    in_digits = _SAID.sub(lambda match: str(NUMBERS.index(match[1].lower()) + 1), _IN_UNITS.sub("", text))
    return Counter(number.replace(",", ".") for number in _NUMBER.findall(in_digits))


def keeps_numbers(typed: str, offered: str) -> bool:
    """True when every number that was typed stands in what is offered."""
    return not numbers_in(typed) - numbers_in(offered)


def keeps(typed: str, offered: str) -> bool:
    """True when every number and every named moment of what was typed stands in what is offered."""
    moments = (re.compile(moment, re.IGNORECASE) for moment in _MOMENTS)
    return keeps_numbers(typed, offered) and all(
        each.search(offered) is not None for each in moments if each.search(typed) is not None
    )
