"""How people write that a telephone asks several times a day: 5x/day, 9 am to 9 pm, for 7 days."""

from __future__ import annotations

import re

from scheduler.protocol.sentences.habits.habit import advised, meant

_NUMBERS = {"three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10}
_CLOCK = r"([0-9]{1,2})(?:[:.]([0-9]{2}))?\s*([ap]\.?m\.?)?"


def _time(hour: str, minute: str | None, half: str | None) -> str:
    number = int(hour) % 12 + (12 if half.lower().startswith("p") else 0) if half else int(hour)
    return f"{number:02}:{minute or '00'}"


def _between(match: re.Match[str]) -> tuple[str, ...]:
    first, last = match.groups()[:3], match.groups()[3:]
    return (f"between {_time(*first)} and {_time(*last)}",)


def _in_digits(match: re.Match[str]) -> tuple[str, ...]:
    return (f"{_NUMBERS[match[1].lower()]} times a day",)


IN_PROMPTS = (
    advised(
        r"\bfor\s+([0-9]+)\s+days\b",
        "how many days under 'when': {0} days from every baseline visit; and here: 5 times a day",
    ),
    meant(r"\b([0-9]+)\s*(?:x|prompts?|times)\s*(?:/\s*|\bper\s+|\ba\s+|\beach\s+)?(?:day|daily)\b", "{0} times a day"),
    meant(rf"\b({'|'.join(_NUMBERS)})\s+times\s+(?:a|per|each)\s+day\b", _in_digits),
    meant(rf"\b(?:between|from)\s+{_CLOCK}\s*(?:and|to|-|until)\s*{_CLOCK}(?!\w)", _between),
    meant(r"(?<![0-9:])([0-9]):([0-9]{2})(?!\w)", "0{0}:{1}"),
)
