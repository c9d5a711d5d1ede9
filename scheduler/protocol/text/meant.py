"""Sentences that can be read but name nothing that there is: said otherwise, as "dosing is Day 1", "from week 24"."""

from __future__ import annotations

from collections.abc import Callable

from scheduler.protocol.sentences.rules.only_if import read_only_if
from scheduler.protocol.sentences.spellings import Habits
from scheduler.protocol.sentences.times.place import read_activity_place
from scheduler.protocol.sentences.times.timing import read_limit, read_reference, read_timing
from scheduler.protocol.text.mending import mended_otherwise
from scheduler.source.node import Step

_READERS: dict[str, tuple[Callable[[str], object], Habits]] = {
    "study days": (read_reference, Habits.REFERENCES),
    "activities": (read_activity_place, Habits.PLACES),
    "only if": (read_only_if, Habits.FACTS),
    "until": (read_limit, Habits.LIMITS),
}


def sentences_meant(sentence: str, path: tuple[Step, ...]) -> tuple[str, ...]:
    """The sentences to write at a place in place of one whose names mean nothing; none where nothing explains them."""
    key = next((str(step) for step in reversed(path) if str(step) in _READERS), "")
    read, habits = _READERS.get(key, (read_timing, Habits.TIMINGS))
    return mended_otherwise(read, sentence, habits, ("drug",))
