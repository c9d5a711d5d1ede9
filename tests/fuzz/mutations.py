"""How a text that is right becomes one that somebody might send: by slips of the hand, and by malice."""

from __future__ import annotations

from random import Random

ODD = (
    "\x00",
    "\x1b[31m",
    "\ufeff",
    "\u202e",
    "\ud800",
    "𝟛",
    "²",
    "٣",
    "½",
    "ﬁ",
    "İ",
    "é" * 300,
    "9" * 5000,
    "-1",
    "0",
    "1e999",
    "NaN",
    "inf",
    "null",
    "~",
    "true",
    "[]",
    "{}",
    "&a *a",
    "<<: *a",
    "!!python/object/apply:os.system [id]",
    "2026-02-30",
    "9999-12-31",
    "0001-01-01",
    "24:00",
    "02:30",
    "{{7*7}}",
    "%s%n",
    "'; DROP TABLE records; --",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "=1+1",
    "a" * 70_000,
    ":" * 50,
    "- " * 200,
    "[" * 400,
)


def mutated(text: str, chance: Random) -> str:
    """The text with one to four changes in it."""
    for _ in range(chance.randint(1, 4)):
        text = chance.choice(WAYS)(text, chance)
    return text


def _letter(text: str, chance: Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice((chr(chance.randrange(32, 0x3000)), "", " ", ",", ":", "#", "'")) + text[at + 1 :]


def _odd(text: str, chance: Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(ODD) + text[at:]


def _without_line(text: str, chance: Random) -> str:
    lines = text.split("\n")
    del lines[chance.randrange(len(lines))]
    return "\n".join(lines)


def _twice(text: str, chance: Random) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    return "\n".join([*lines[: at + 1], lines[at], *lines[at + 1 :]])


def _indented(text: str, chance: Random) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    lines[at] = chance.choice(("  ", "\t", " ")) + lines[at]
    return "\n".join(lines)


def _changed_word(text: str, chance: Random) -> str:
    words = text.split(" ")
    words[chance.randrange(len(words))] = chance.choice((*words[:200], *ODD))
    return " ".join(words)


def _changed_number(text: str, chance: Random) -> str:
    at = [index for index, letter in enumerate(text) if letter.isdigit()]
    if not at:
        return text
    here = chance.choice(at)
    return text[:here] + chance.choice(("0", "9", "99999999999999999999", "-7", "1.5", "")) + text[here + 1 :]


def _cut(text: str, chance: Random) -> str:
    return text[: chance.randrange(len(text) + 1)]


def _swapped(text: str, chance: Random) -> str:
    lines = text.split("\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


WAYS = (
    _letter,
    _letter,
    _odd,
    _without_line,
    _twice,
    _indented,
    _changed_word,
    _changed_word,
    _changed_number,
    _cut,
    _swapped,
)
