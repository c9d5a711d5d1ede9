"""A wrong sentence with its parts in the order of this language: every reading that it has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scheduler.protocol.sentences.habits.habit import Habit


def reworded(text: str, rows: Iterable[Habit]) -> tuple[str, ...]:
    """The sentence after every row of a table that fits it; several where a row has several readings."""
    readings: tuple[str, ...] = (text,)
    for row in rows:
        readings = tuple(dict.fromkeys(said for each in readings for said in _once(row, each)))
    return readings


def _once(row: Habit, text: str) -> Iterator[str]:
    match = next(row.matches(text), None)
    spellings = row.spellings(match, ("drug",)) if match is not None else ()
    if match is None or not spellings:
        yield text
        return
    for spelling in spellings:
        yield re.sub(r"\s+(?=[,:])", "", " ".join(f"{text[: match.start()]}{spelling}{text[match.end() :]}".split()))
