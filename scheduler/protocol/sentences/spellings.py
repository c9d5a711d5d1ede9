"""What people write by habit, and how this language spells it: shorthand, signs of other keyboards, words left out.

Signs that mean one thing are read as that (`plain`). None of the rest is guessed at by the reader: a wrong sentence gets a
finding, and `scheduler.protocol.text.mending` makes of these spellings the sentence to write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from scheduler.protocol.sentences.habits.bands import IN_BANDS
from scheduler.protocol.sentences.habits.consents import IN_BEFORE_CONSENT, IN_SCREENINGS
from scheduler.protocol.sentences.habits.doses import (
    IN_CALCULATIONS,
    IN_DOSES,
    IN_LEVELS,
    IN_PRODUCTS,
    TABLETS_AS_DOSES,
)
from scheduler.protocol.sentences.habits.everywhere import EVERYWHERE, LISTS_AND_CYCLES
from scheduler.protocol.sentences.habits.habit import Habit
from scheduler.protocol.sentences.habits.hours import IN_HOURS
from scheduler.protocol.sentences.habits.prompts import IN_PROMPTS
from scheduler.protocol.sentences.habits.reworded import advice
from scheduler.protocol.sentences.habits.reworded import timings as reworded_timings
from scheduler.protocol.sentences.habits.reworded.advice import Advice, advice_for
from scheduler.protocol.sentences.habits.reworded.changes import CHANGES
from scheduler.protocol.sentences.habits.reworded.chinese import CHINESE
from scheduler.protocol.sentences.habits.reworded.doses import DOSES
from scheduler.protocol.sentences.habits.reworded.facts import FACTS
from scheduler.protocol.sentences.habits.reworded.limits import LIMITS
from scheduler.protocol.sentences.habits.reworded.places import PLACES
from scheduler.protocol.sentences.habits.reworded.references import REFERENCES
from scheduler.protocol.sentences.habits.reworded.rewording import reworded
from scheduler.protocol.sentences.habits.reworded.rules import RULES
from scheduler.protocol.sentences.habits.reworded.values import BANDS, LEVELS, VALUES
from scheduler.protocol.sentences.habits.rules import IN_FACTS, IN_RESTARTS, IN_RULES, IN_VALUES
from scheduler.protocol.sentences.habits.sheets import IN_SHEETS
from scheduler.protocol.sentences.habits.summaries import IN_SUMMARIES
from scheduler.protocol.sentences.habits.taking import IN_TAKING
from scheduler.protocol.sentences.habits.timings import (
    IN_LIMITS,
    IN_MADE_UP,
    IN_PLACES,
    IN_REFERENCES,
    IN_TIMINGS,
)

_WIDE = {0xFF01 + index: chr(0x21 + index) for index in range(0x5E)}
_SIGNS = {
    **{code: sign for code, sign in _WIDE.items() if sign != "~"},
    **{ord(sign): " " for sign in "\u3000\u00a0\u2007\u2009\u202f"},
    **{ord(sign): "-" for sign in "\u2010\u2011\u2012\u2013\u2212"},
    ord("、"): ",",
    ord("。"): ".",
    ord("×"): "x",
    ord("μ"): "µ",
}
_SQUARE = re.compile(r"(?<=m)²")
_FULL_STOP = re.compile(r"(?<=\w)\.(?=\s*(?:\([^()]*\)\s*)?$)")


def plain(text: str) -> str:
    """A sentence with the signs of an English keyboard, sign by sign, so that each stays at its place.

    Full-width forms, other spaces and dashes, m², the full stop at the end; a superscript elsewhere stays: 10⁹ is not 109.
    """
    return _FULL_STOP.sub(" ", _SQUARE.sub("2", text.translate(_SIGNS)))


class Habits(Enum):
    """Which habits to look for: those of timings, of limits, of doses, and so on."""

    TIMINGS = (*IN_HOURS, *IN_TIMINGS, *EVERYWHERE)
    MADE_UP = (*IN_MADE_UP, *EVERYWHERE)
    LIMITS = (*IN_LIMITS, *IN_TIMINGS, *EVERYWHERE)
    DOSES = (*TABLETS_AS_DOSES, *IN_TAKING, *IN_DOSES, *EVERYWHERE)
    SUMMARIES = (*IN_SUMMARIES, *IN_DOSES, *EVERYWHERE)
    PRODUCTS = (*IN_PRODUCTS, *IN_DOSES, *EVERYWHERE)
    LEVELS = (*IN_LEVELS, *IN_DOSES, *EVERYWHERE)
    RESTARTS = (*IN_RESTARTS, *EVERYWHERE)
    RULES = (*IN_RULES, *EVERYWHERE)
    VALUES = (*IN_VALUES, *EVERYWHERE)
    FACTS = (*IN_FACTS, *EVERYWHERE)
    CALCULATIONS = (*IN_CALCULATIONS, *IN_DOSES, *EVERYWHERE)
    BANDS = (*IN_BANDS, *EVERYWHERE)
    PLACES = (*IN_PLACES, *LISTS_AND_CYCLES, *EVERYWHERE)
    SHEETS = (*IN_SHEETS, *LISTS_AND_CYCLES, *EVERYWHERE)
    PROMPTS = (*IN_PROMPTS, *EVERYWHERE)
    REFERENCES = (*IN_REFERENCES, *EVERYWHERE)
    SCREENINGS = (*IN_SCREENINGS, *EVERYWHERE)
    BEFORE_CONSENT = (*IN_BEFORE_CONSENT, *EVERYWHERE)


_REWORDED: dict[Habits, tuple[Habit, ...]] = {
    Habits.TIMINGS: reworded_timings.TIMINGS,
    Habits.LIMITS: (*LIMITS, *reworded_timings.TIMINGS),
    Habits.DOSES: DOSES,
    Habits.RULES: (*CHANGES, *RULES),
    Habits.FACTS: (*CHANGES, *FACTS),
    Habits.REFERENCES: REFERENCES,
    Habits.PLACES: PLACES,
    Habits.BANDS: BANDS,
    Habits.LEVELS: LEVELS,
    Habits.VALUES: (*CHANGES, *VALUES),
}
_ADVICE: dict[Habits, tuple[Advice, ...]] = {
    Habits.TIMINGS: advice.TIMINGS,
    Habits.LIMITS: advice.LIMITS,
    Habits.DOSES: advice.DOSES,
    Habits.RULES: advice.RULES,
    Habits.FACTS: advice.FACTS,
    Habits.PLACES: advice.PLACES,
    Habits.BANDS: advice.BANDS,
    Habits.LEVELS: advice.LEVELS,
    Habits.VALUES: advice.VALUES,
    Habits.CALCULATIONS: advice.CALCULATIONS,
    Habits.SHEETS: advice.SHEETS,
}


def said_otherwise(text: str, habits: Habits) -> tuple[str, ...]:
    """All readings of a wrong sentence, with its parts in the order of this language; the sentence alone where none is known."""
    return reworded(plain(text), (*CHINESE, *_REWORDED.get(habits, ())))


def what_to_do(text: str, habits: Habits) -> str | None:
    """What to do with a sentence that nothing in its place can say, where that is known."""
    return advice_for(plain(text), _ADVICE.get(habits, ()))


def habits_at(text: str, offset: int, habits: Habits) -> Iterator[tuple[Habit, re.Match[str]]]:
    """Every habit that the words at this place of a sentence may be one of; then those of the words just before it."""
    near: list[tuple[Habit, re.Match[str]]] = []
    for habit in habits.value:
        for match in habit.matches(text):
            if match.start() > offset:
                break
            if offset < match.end() or not text[match.end() : offset].strip():
                yield habit, match
            elif len(text[match.end() : offset].split()) == 1:
                near.append((habit, match))
    yield from near


@dataclass(frozen=True, slots=True)
class RightSpelling:
    """How a piece of a sentence is spelled: the piece as it was typed, and all that it may be. Advice is no sentence."""

    typed: str
    spellings: tuple[str, ...]
    advice: bool

    def __str__(self) -> str:
        return ", or: ".join(self.spellings)


def spelling_at(text: str, offset: int, habits: Habits) -> RightSpelling | None:
    """How the words at this place of a sentence are spelled, where they are one of the known habits."""
    for habit, match in habits_at(text, offset, habits):
        found = habit.spellings(match, ("drug",))
        if found and offset < match.end() and match[0] not in found and all(found):
            return RightSpelling(match[0], found, habit.advice)
    return None


def right_spelling(text: str, offset: int, habits: Habits) -> str | None:
    """The right spelling in the words of a hint, where there is one."""
    found = spelling_at(text, offset, habits)
    return None if found is None else str(found)
