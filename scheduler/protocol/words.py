"""A sentence of the protocol, read word by word.

Every phrase of the language is read with this cursor. It knows words and numbers, not meanings, and it remembers where each
word stands so that a fault can be shown at its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from scheduler.dates import Span, Unit
from scheduler.written import fault

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<date>\d{4}-\d{2}-\d{2})(?![\w-])
    | (?P<either>±\s*\d+)
    | (?P<signed>(?<!\w)[+-]\s*\d+)(?![\w])
    | (?P<ordinal>\d+(?:st|nd|rd|th))(?!\w)
    | (?P<range>\d+(?:\.\d+)?-\d+(?:\.\d+)?)(?![\w-])
    | (?P<number>\d+(?:\.\d+)?(?:e\d+)?)(?![\w])
    | (?P<word>[^\W\d_][\w./-]*|\d[\w-]*[^\W\d_][\w-]*)
    | (?P<mark>[(),:])
    )""",
    re.VERBOSE,
)

_UNITS = {
    "day": Unit.DAYS,
    "days": Unit.DAYS,
    "week": Unit.WEEKS,
    "weeks": Unit.WEEKS,
    "month": Unit.MONTHS,
    "months": Unit.MONTHS,
    "year": Unit.YEARS,
    "years": Unit.YEARS,
}


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark: its kind, its text, where it starts in the sentence."""

    kind: str
    text: str
    offset: int


def split_words(text: str, *, example: str) -> list[Token]:
    """The words of a sentence. A character that belongs to no word is a fault at its place."""
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        if text[position:].isspace():
            break
        match = _TOKEN.match(text, position)
        if match is None:
            start = position + len(text[position:]) - len(text[position:].lstrip())
            raise fault("phrase", f"'{text[start]}' does not belong here", hint=f"write it like: {example}", offset=start)
        kind = str(match.lastgroup)
        tokens.append(Token(kind, match.group(kind), match.start(kind)))
        position = match.end()
    return tokens


class Words:
    """A cursor over the words of one sentence. ``example`` is the right spelling that a fault shows."""

    def __init__(self, text: str, *, example: str) -> None:
        self.text = text
        self.example = example
        self._tokens = split_words(text, example=example)
        self._at = 0

    @property
    def done(self) -> bool:
        """True when all words are read."""
        return self._at >= len(self._tokens)

    def peek(self, ahead: int = 0) -> Token | None:
        """The next word (or one further on), still unread."""
        index = self._at + ahead
        return self._tokens[index] if index < len(self._tokens) else None

    def next_is(self, *words: str) -> bool:
        """True when exactly these words come next."""
        for ahead, word in enumerate(words):
            token = self.peek(ahead)
            if token is None or token.text.lower() != word.lower():
                return False
        return True

    def accept(self, *words: str) -> bool:
        """Read these words if they come next."""
        if not self.next_is(*words):
            return False
        self._at += len(words)
        return True

    def accept_one_of(self, *words: str) -> str | None:
        """Read one of these words if it comes next, and say which."""
        token = self.peek()
        if token is None or token.text.lower() not in words:
            return None
        self._at += 1
        return token.text.lower()

    def accept_kind(self, kind: str) -> Token | None:
        """Read the next word if it is of that kind."""
        token = self.peek()
        if token is None or token.kind != kind:
            return None
        self._at += 1
        return token

    def expect(self, *words: str) -> None:
        """Read these words, or it is a fault."""
        if not self.accept(*words):
            self.fail(f"expected '{' '.join(words)}'")

    def whole_number(self, what: str) -> int:
        """Read a whole number."""
        token = self.accept_kind("number")
        if token is None or not token.text.isdigit() or len(token.text) > 6:
            self.fail(f"expected {what}, a whole number", back=token is not None)
        return int(token.text)

    def name(self, what: str) -> Token:
        """Read a name: one word, as it is written where the thing is defined."""
        token = self.accept_kind("word")
        if token is None:
            self.fail(f"expected {what}")
        return token

    def span(self) -> Span:
        """Read a length of time: "28 days", "5 working days", "24 months"."""
        amount = self.whole_number("how many days, weeks, months or years")
        return Span(amount, self.unit())

    def unit(self) -> Unit:
        """Read a unit of time."""
        if self.accept("working", "days") or self.accept("working", "day"):
            return Unit.WORKING_DAYS
        word = self.accept_one_of(*_UNITS)
        if word is None:
            self.fail("expected days, weeks, months, years or working days")
        return _UNITS[word]

    def numbers(self, what: str) -> tuple[tuple[int, int], ...]:
        """Read a list of numbers and ranges, "1-7, 15": each as first and last, both included."""
        found = [self.number_or_range(what)]
        while self.next_is(",") and (following := self.peek(1)) is not None and following.kind in ("number", "range"):
            self.accept(",")
            found.append(self.number_or_range(what))
        return tuple(found)

    def number_or_range(self, what: str) -> tuple[int, int]:
        """Read one number, or a range such as 1-21."""
        token = self.accept_kind("range")
        if token is None:
            number = self.whole_number(what)
            return number, number
        first, last = token.text.split("-")
        if not (first.isdigit() and last.isdigit() and len(first) < 7 and len(last) < 7):
            self.fail(f"expected {what}, whole numbers", back=True)
        if int(first) > int(last):
            self.fail(f"the range {token.text} runs backwards", back=True)
        return int(first), int(last)

    def day(self) -> int | None:
        """Read a civil date if one comes next, as its ordinal."""
        token = self.accept_kind("date")
        if token is None:
            return None
        try:
            return date.fromisoformat(token.text).toordinal()
        except ValueError:
            self.fail(f"there is no day {token.text} in the calendar", back=True)

    def citation(self) -> tuple[str, ...]:
        """Read the citation that closes a sentence: "(A2, registration)". Empty where there is none."""
        if not self.accept("("):
            return ()
        cited = [self.name("a source or an assumption").text]
        while self.accept(","):
            cited.append(self.name("a source or an assumption").text)
        self.expect(")")
        return tuple(cited)

    def finish(self) -> None:
        """The sentence must end here."""
        if not self.done:
            token = self.peek()
            self.fail(f"'{token.text if token else ''}' was not expected here")

    def fail(self, message: str, *, back: bool = False) -> NoReturn:
        """A fault at the next word (or at the one just read)."""
        token = self.peek(-1) if back else self.peek()
        offset = token.offset if token else len(self.text.rstrip())
        if token is not None and message.startswith("expected"):
            message = f"{message}, found '{token.text}'"
        raise fault("phrase", message, hint=f"write it like: {self.example}", offset=offset)
