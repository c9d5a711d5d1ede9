"""One habit: how it looks in a sentence, and all that may be meant by it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

Spelling: TypeAlias = str | Callable[[re.Match[str]], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Habit:
    """One habit: how it looks, and all that may be meant by it.

    ``exact``: in just these letters, because G is not g. ``advice`` is told but is no part of a sentence.
    """

    looks: str
    meant: tuple[Spelling, ...]
    exact: bool = False
    advice: bool = False

    @property
    def works_out(self) -> bool:
        """True where numbers change on the way: 200 cGy are 2 Gy."""
        return any(callable(spelling) for spelling in self.meant)

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """Where a sentence has it."""
        return _compiled(self.looks, self.exact).finditer(text)

    def spellings(self, match: re.Match[str], names: Iterable[str]) -> tuple[str, ...]:
        """The right spellings; where a treatment must be named, one for each of these."""
        spelled: list[str] = []
        for spelling in self.meant:
            if callable(spelling):
                spelled += spelling(match)
            elif "{drug}" in spelling:
                spelled += [spelling.format(*match.groups(""), drug=name) for name in names]
            else:
                spelled.append(spelling.format(*match.groups("")))
        return tuple(dict.fromkeys(spelled))


@cache
def _compiled(looks: str, exact: bool, more: int = 0) -> re.Pattern[str]:
    """Only for a sentence that is wrong, because most are right and there are many habits."""
    return re.compile(looks, more if exact else more | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Looks:
    """How a piece of a sentence looks, in large or small letters. ``spaced``: spaces and line ends in it mean nothing."""

    text: str
    spaced: bool = False

    @property
    def pattern(self) -> re.Pattern[str]:
        """What finds it."""
        return _compiled(self.text, False, re.VERBOSE if self.spaced else 0)


def meant(looks: str, *spellings: Spelling) -> Habit:
    """A habit in large or small letters. Spellings take the groups of the pattern: "{0} days"."""
    return Habit(looks, spellings)


def exactly(looks: str, *spellings: Spelling) -> Habit:
    """A habit in just these letters."""
    return Habit(looks, spellings, exact=True)


def advised(looks: str, words: str) -> Habit:
    """A habit that no other words in the same place can mend: the hint says what to do."""
    return Habit(looks, (words,), advice=True)
