"""Pieces of a one-line summary that need no more than the words: numbers that somebody chooses, doses, courses of fractions."""

from __future__ import annotations

import re
from decimal import Decimal

from scheduler.findings import did_you_mean
from scheduler.protocol.sentences.dosing.giving import UNITS
from scheduler.protocol.sentences.one_line.line_words import COUNTED, PER
from scheduler.protocol.sentences.words import Token, Words

_HUNDREDTH = Decimal("0.01")
_MOST = 200
_OPEN = re.compile(
    r"(?P<low>[0-9]+)(?:\s*(?P<to>-|\bto\b)\s*|\s+or\s+)(?P<high>[0-9]+)\s+(?:cycle|dose)s?\b", re.IGNORECASE
)


def is_unit(token: Token | None) -> bool:
    """True for a word such as mg or mg/m2."""
    return token is not None and token.kind == "word" and token.text.partition("/")[0] in UNITS


def read_open_number(words: Words) -> str | None:
    """ "4 or 6 cycles", "4 to 6 cycles", "4-6 cycles": what somebody chooses from; None, and nothing is read, for all else."""
    token = words.peek()
    said = _OPEN.match(words.text, token.offset) if token is not None else None
    if said is None:
        return None
    low, high = int(said["low"]), int(said["high"])
    if not 0 < low < high <= _MOST:
        words.fail("the smaller number comes first", hint="write: for 4 or 6 cycles")
    while words.accept_one_of(*COUNTED) is None:
        words.skip()
    return f"{low} {'to' if said['to'] else 'or'} {high}"


def read_doses(words: Words) -> str | None:
    """ "of dose 1", "of doses 2-4", "of doses 5 and later", as the language has it; None, and nothing is read, for all else."""
    if not any(words.next_is("of", word) for word in COUNTED):
        return None
    words.accept("of")
    words.accept_one_of(*COUNTED)
    first, last = words.number_or_range("the number of a dose")
    if first < 1:
        words.fail("doses are numbered from 1 on", back=True, hint="write: of dose 1")
    if first != last:
        return f"doses {first}-{last}"
    return f"doses {first} and later" if words.accept("and", "later") else f"dose {first}"


def read_dose_unit(words: Words) -> str:
    """A unit of doses, with what it is per: mg, mg/m2."""
    unit, slash, per = words.unit_of_amount("a unit such as mg, mg/m2 or Gy").partition("/")
    if unit not in UNITS or (slash and per not in PER):
        words.fail(f"'{unit}{slash}{per}' is not a unit", back=True, hint=did_you_mean(unit, UNITS))
    return f"{unit}{slash}{per}"


def read_course(words: Words, total: Decimal) -> tuple[int, Decimal]:
    """ "60 Gy in 30 fractions", behind "in": how many fractions, and how many Gy each has."""
    count = words.number_of("how many fractions")
    if count < 1 or not (words.accept("fractions") or words.accept("fraction")):
        words.fail("expected fractions", hint="write: 60 Gy in 30 fractions")
    of_each = total / count
    if of_each != of_each.quantize(_HUNDREDTH):
        words.fail(f"{total} Gy in {count} fractions is no round number each", hint="write: 30 fractions of 2 Gy")
    return count, of_each.quantize(_HUNDREDTH).normalize()
