"""Where a sentence stands in the file, so that what is wrong with it is found at its word."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scheduler.findings import Finding, Place, Severity
from scheduler.protocol.sentences.spellings import plain
from scheduler.source.node import Node, Step


@dataclass(frozen=True, slots=True)
class At:
    """Where a sentence stands in the file: the way to it through the keys."""

    node: Node
    path: tuple[Step, ...]

    def below(self, *steps: Step) -> At:
        """The same place, some keys further in."""
        return At(self.node, (*self.path, *steps))

    @property
    def line(self) -> int:
        """The line that the sentence stands on."""
        return self.node.place(*self.path).line

    def key(self) -> Place:
        """Where the key stands, for what is wrong with the whole."""
        return self.node.key_place(*self.path)

    def finding(self, code: str, message: str, hint: str | None = None, *, word: str | None = None) -> Finding:
        """An error at this sentence, or at a word in it."""
        return Finding(code, Severity.ERROR, message, hint, self.place(word))

    def warning(self, code: str, message: str, hint: str | None = None, *, word: str | None = None) -> Finding:
        """A warning at this sentence, or at a word in it."""
        return Finding(code, Severity.WARNING, message, hint, self.place(word))

    def note(self, code: str, message: str, hint: str | None = None, *, word: str | None = None) -> Finding:
        """A note at this sentence, or at a word in it."""
        return Finding(code, Severity.NOTE, message, hint, self.place(word))

    def place(self, word: str | None = None) -> Place:
        """Where this begins: a sentence at its first word or the one asked for, a table or list at its key."""
        if isinstance(self._text(), dict | list):
            return self.key()
        text = self._text()
        if word is not None and isinstance(text, str):
            found = re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", plain(text))
            if found is not None:
                return self.node.place_in(self.path, found.start())
        return self.node.place(*self.path)

    def with_word(self, word: str, right: str) -> str:
        """The sentence here with one of its words in another spelling; only the right word where no sentence stands here."""
        text = self._text()
        sentence = plain(text) if isinstance(text, str) else word
        return re.sub(rf"(?<![\w-]){re.escape(word)}(?![\w-])", lambda _: right, sentence)

    def _text(self) -> object:
        try:
            return self.node.at(*self.path).value
        except KeyError:
            return None
