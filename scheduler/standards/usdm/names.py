"""Names for the protocol: one word from a label, free, and no word of the language."""

from __future__ import annotations

import re
import unicodedata

from scheduler.protocol.compiling.known_names import is_a_word_of_the_language
from scheduler.protocol.sentences.times.moment import NAMED_DATES

LONGEST = 40


class Names:
    """The names that are taken, and a free one for each label."""

    def __init__(self, *, sort: str = "visit", named_dates: bool = False) -> None:
        """None is taken. ``sort`` goes after a word that is none of its own; ``named_dates`` may be names too."""
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}
        self._sort = sort
        self._named_dates = named_dates

    def free(self, *labels: str) -> str:
        """The first label that gives a free name; else the first with a number after it."""
        words = [self._no_word_of_the_language(word) for word in map(one_word, labels) if word] or [f"one-{self._sort}"]
        for word in words:
            if self._is_free(word):
                return self._take(word)
        stem = words[0][: LONGEST - 6]
        number = self._next.get(stem, 2)
        while not self._is_free(f"{stem}-{number}"):
            number += 1
        self._next[stem] = number + 1
        return self._take(f"{stem}-{number}")

    def _no_word_of_the_language(self, word: str) -> str:
        kept = is_a_word_of_the_language(word) or (word in NAMED_DATES and not self._named_dates)
        return f"{word[: LONGEST - 10]}-{self._sort}" if kept else word

    def _is_free(self, word: str) -> bool:
        return word.replace("-", "") not in self._taken

    def _take(self, word: str) -> str:
        self._taken.add(word.replace("-", ""))
        return word


def one_word(label: str) -> str:
    """Letters, digits and hyphens of a label, a letter first; empty where it has no letter."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().casefold()
    signed = re.sub(r"(?<![a-z0-9])-(?=\d)", " minus ", plain)
    word = re.sub(r"[^a-z0-9]+", "-", signed).strip("-")
    word = f"at-{word}" if word[:1].isdigit() else word
    return word[:LONGEST].strip("-")
