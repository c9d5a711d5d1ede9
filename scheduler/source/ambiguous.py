"""Numbers and dates that one country reads otherwise than the next, with all that each may mean. Which is meant, a person says.

Source for zeros that trail: ISMP's list of error-prone dose designations; "1.0 mg" is read as 10, "1.000 mg" as 1000.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

_WITH_COMMA = re.compile(r"([0-9]+),([0-9]+)")
_IN_THOUSANDS = re.compile(r"[0-9]{1,3}(?:([,. '’])[0-9]{3})(?:\1[0-9]{3})*")
_TRAILING = re.compile(r"([1-9][0-9]{0,2})\.([0-9]{2}0)")
_AMOUNT = re.compile(r"([0-9][0-9.,'’]*(?: [0-9]{3})*) *([^0-9 ]\S*)")
_ZEROS = re.compile(r"(?<![A-Za-z_.0-9])(?<![A-Za-z]-)([0-9]+\.[0-9]*?)0+(?![0-9.])")
_CITED = re.compile(r"\s*\([^()]*\)\s*$")
_NUMERIC_DATE = re.compile(r"([0-9]{1,4})[/.\-年]([0-9]{1,2})[/.\-月]([0-9]{2}|[0-9]{4}|[0-9])日?")
_COMPACT_DATE = re.compile(r"([12][0-9]{3})([0-9]{2})([0-9]{2})")
_WORDED_DATE = re.compile(
    r"(?:([0-9]{1,2})(?:st|nd|rd|th|\.)? )?([A-Za-z]{3,9})\.?,? (?:([0-9]{1,2})(?:st|nd|rd|th)?,? )?([0-9]{4})"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def number_readings(text: str) -> tuple[str, ...]:
    """What a number may mean that is not written in plain digits: "2,400" is 2400 or 2.4. Empty where it is plain or none."""
    return tuple(dict.fromkeys(_numbers(text.strip())))


def _numbers(text: str) -> Iterator[str]:
    trailing = _TRAILING.fullmatch(text)
    if trailing is not None:
        yield _without_zeros(text)
        yield trailing[1] + trailing[2]
        return
    if _IN_THOUSANDS.fullmatch(text) and not text.startswith("0") and not re.fullmatch(r"[0-9]+\.[0-9]+", text):
        yield re.sub(r"[,. '’]", "", text)
    comma = _WITH_COMMA.fullmatch(text)
    if comma is not None:
        yield _without_zeros(f"{comma[1]}.{comma[2]}")


def _without_zeros(number: str) -> str:
    return number.rstrip("0").removesuffix(".")


def without_zeros(text: str) -> str:
    """Doses as they are read aloud: "1.0 mg" is 1 mg, "2.50 mg/m2" is 2.5 mg/m2. What is cited behind keeps its name."""
    cited = _CITED.search(text)
    end = cited.start() if cited is not None else len(text)
    return _ZEROS.sub(lambda found: found[1].removesuffix("."), text[:end]) + text[end:]


def amount_readings(text: str) -> tuple[str, ...]:
    """What an amount with its unit may mean: "1.000 mg" is 1 mg or 1000 mg. Empty where there is one reading."""
    found = plain_amounts(text)
    return found if len(found) > 1 else ()


def plain_amounts(text: str) -> tuple[str, ...]:
    """An amount in plain digits, as often as there are readings: "2 400 mg" is 2400 mg. Empty where it is plain, or none."""
    found = _AMOUNT.fullmatch(text.strip())
    return tuple(f"{number} {found[2]}" for number in number_readings(found[1])) if found is not None else ()


def date_readings(text: str) -> tuple[str, ...]:
    """The days that a text may mean, each as YYYY-MM-DD: 3/4/2026 is 2026-04-03 or 2026-03-04. Empty where it is no date."""
    text = " ".join(text.split())
    found = (_day(*parts) for parts in _dates(text))
    return tuple(dict.fromkeys(day.isoformat() for day in found if day is not None))


def which(readings: Sequence[str]) -> str:
    """All readings as one piece of a hint: "2400 or 2.4, whichever is meant"; nothing where there are none."""
    return " or ".join(readings) + (", whichever is meant" if len(readings) > 1 else "")


def _dates(text: str) -> Iterator[tuple[int, int, int]]:
    """Year, month and day in every order that the text allows: the day first, as most of the world writes it."""
    numeric, compact, worded = (pattern.fullmatch(text) for pattern in (_NUMERIC_DATE, _COMPACT_DATE, _WORDED_DATE))
    if compact is not None:
        yield int(compact[1]), int(compact[2]), int(compact[3])
    elif numeric is not None and len(numeric[1]) == 4:
        yield int(numeric[1]), int(numeric[2]), int(numeric[3])
    elif numeric is not None and len(numeric[1]) <= 2:
        first, second, last = int(numeric[1]), int(numeric[2]), numeric[3]
        year = int(last) if len(last) == 4 else 2000 + int(last)
        yield year, second, first
        yield year, first, second
        if len(last) <= 2 and len(numeric[1]) == 2:
            yield 2000 + first, second, int(last)
    elif worded is not None and (worded[1] is None) is not (worded[3] is None):
        month = worded[2].lower()[:3]
        if month in _MONTHS:
            yield int(worded[4]), _MONTHS.index(month) + 1, int(worded[1] or worded[3])


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
