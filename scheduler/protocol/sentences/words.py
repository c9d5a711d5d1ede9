"""A sentence of the protocol, read word by word.

Every phrase of the language is read with this cursor. It knows words and numbers, not meanings, and it remembers where each
word stands so that a fault can be shown at its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NoReturn

from scheduler.dates import MONTHS, Span, Unit
from scheduler.protocol.sentences.spellings import Habits, plain, right_spelling
from scheduler.source.ambiguous import number_readings, which
from scheduler.written import fault

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})(?![\w-])
    | (?P<either>±\s*[0-9]+(?:\.[0-9]+)?)(?!\w)
    | (?P<signed>(?<!\w)[+-]\s*[0-9]+(?:\.[0-9]+)?)(?!\w)
    | (?P<ordinal>[0-9]+(?:st|nd|rd|th))(?!\w)
    | (?P<range>[0-9]+(?:\.[0-9]+)?-[0-9]+(?:\.[0-9]+)?)(?![\w-])
    | (?P<pair>[0-9]+(?:\.[0-9]+)?/[0-9]+(?:\.[0-9]+)?)(?![\w/])
    | (?P<number>[0-9]+(?:\.[0-9]+)?(?:e[0-9]{1,2})?)(?!\w)
    | (?P<word>[^\W\d_][\w./-]*|[0-9][\w-]*[^\W\d_][\w-]*)
    | (?P<mark>[(),:%])
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

_DAYS_OF_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MOST = {
    Unit.HOURS: 1_000,
    Unit.DAYS: 36_600,
    Unit.WEEKS: 5_220,
    Unit.MONTHS: 1_200,
    Unit.YEARS: 100,
    Unit.WORKING_DAYS: 400,
}
_LARGEST = 9_999
_LONGEST = 400
"""No protocol speaks of more than a hundred years, of more than so many cycles, or in longer sentences."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark: its kind, its text, where it starts in the sentence."""

    kind: str
    text: str
    offset: int


def split_words(text: str) -> tuple[list[Token], int | None]:
    """The words of a sentence, and where a character stands that belongs to no word, if there is one."""
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            rest = text[position:].lstrip()
            return tokens, len(text) - len(rest) if rest else None
        kind = str(match.lastgroup)
        tokens.append(Token(kind, match.group(kind), match.start(kind)))
        position = match.end()
    return tokens, None


_REMARK = "leave the remark out; what an activity has to carry word for word is its 'footnote'"


class Words:
    """A cursor over the words of one sentence. ``example`` is the right spelling that a fault shows.

    ``habits`` are the other spellings that people use in such a sentence; for those the fault shows the right one.
    """

    def __init__(self, text: str, *, example: str, habits: Habits = Habits.TIMINGS) -> None:
        self.text = text = plain(text)
        self.example = example
        self.habits = habits
        self._at = 0
        if len(text) > _LONGEST:
            raise fault("phrase", f"a sentence has at most {_LONGEST} characters", hint="split it, or say it shorter")
        self._tokens, odd = split_words(text)
        if odd is not None:
            raise self._fault(f"'{text[odd]}' does not belong here", odd)
        self._texts = [token.text.lower() for token in self._tokens]

    @property
    def done(self) -> bool:
        """True when all words are read."""
        return self._at >= len(self._tokens)

    def peek(self, ahead: int = 0) -> Token | None:
        """The next word (or one further on), still unread."""
        index = self._at + ahead
        return self._tokens[index] if 0 <= index < len(self._tokens) else None

    def next_is(self, *words: str) -> bool:
        """True when exactly these words come next."""
        at, texts = self._at, self._texts
        if at + len(words) > len(texts):
            return False
        return all(texts[index] == word.lower() for index, word in enumerate(words, at))

    def next_is_at(self, ahead: int, *words: str) -> bool:
        """True when exactly these words come so many words further on."""
        at = self._at + ahead
        return self._texts[at : at + len(words)] == [word.lower() for word in words]

    def accept(self, *words: str) -> bool:
        """Read these words if they come next."""
        if not self.next_is(*words):
            return False
        self._at += len(words)
        return True

    def accept_one_of(self, *words: str) -> str | None:
        """Read one of these words if it comes next, and say which."""
        if self.done or self._texts[self._at] not in words:
            return None
        self._at += 1
        return self._texts[self._at - 1]

    def said_since(self, first: Token | None) -> str:
        """The words from one that was the next then up to the next now, as they are written."""
        after = self.peek()
        end = after.offset if after is not None else len(self.text)
        return self.text[first.offset : end].strip() if first is not None else ""

    def accept_kind(self, kind: str) -> Token | None:
        """Read the next word if it is of that kind."""
        token = self.peek()
        if token is None or token.kind != kind:
            return None
        self._at += 1
        return token

    def skip(self) -> None:
        """Read the next word, whatever it is."""
        self._at += 1

    def expect(self, *words: str) -> None:
        """Read these words, or it is a fault."""
        if not self.accept(*words):
            self.fail(f"expected '{' '.join(words)}'")

    def whole_number(self, what: str) -> int:
        """Read a whole number."""
        token = self.accept_kind("number")
        if token is None or not token.text.isdigit():
            self.fail(f"expected {what}, a whole number", back=token is not None)
        if len(token.text) > 6:
            self.fail(f"{token.text[:12]} is more than any protocol needs", back=True)
        return int(token.text)

    def signed_number(self, token: Token, most: int = _MOST[Unit.DAYS]) -> int:
        """The number of a word such as +7, -5 or ±3, which was just read."""
        digits = token.text.lstrip("+-± ")
        if not digits.isdigit():
            self.fail(f"expected whole days, found {digits[:12]}", back=True)
        if len(digits) > 6 or int(digits) > most:
            self.fail(f"{digits[:12]} is more than any protocol needs", back=True)
        return -int(digits) if token.text.startswith("-") else int(digits)

    def name(self, what: str) -> Token:
        """Read a name: one word, as it is written where the thing is defined."""
        token = self.accept_kind("word")
        if token is None:
            self.fail(f"expected {what}")
        return token

    def unit_of_amount(self, what: str) -> str:
        """Read a unit such as mg or mg/m2; µg is read as mcg."""
        return re.sub(r"^µg(?!\w)", "mcg", self.name(what).text)

    def span(self, *, hours: bool = False) -> Span:
        """Read a length of time: "28 days", "5 working days", "24 months"; "72 hours" where hours may be said."""
        amount = self.whole_number("how many days, weeks, months or years")
        if self.next_is("hours") or self.next_is("hour"):
            if hours:
                return self.hours(amount)
            self.fail_with("timings are counted in days", str(Span(-(-amount // 24))))
        return self.limited(Span(amount, self.unit()))

    def hours(self, amount: int) -> Span:
        """Read the word "hours" after their number."""
        self.accept_one_of("hours", "hour")
        if amount == 0:
            self.fail("0 hours are no time", back=True, hint="leave them out")
        return self.limited(Span(amount, Unit.HOURS))

    def limited(self, span: Span) -> Span:
        """A length of time that was just read, unless it is longer than any study."""
        if span.amount > _MOST[span.unit]:
            self.fail(f"{span} is longer than any study", back=True, hint="a hundred years are the most")
        return span

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

    def each_number(self, what: str) -> tuple[int, ...]:
        """Read a list of numbers and ranges, each number of them once, in the order they are written."""
        found = tuple(dict.fromkeys(n for first, last in self.numbers(what) for n in range(first, last + 1)))
        if len(found) > _LARGEST:
            self.fail("these are more than any protocol needs", back=True)
        return found

    def number_of(self, what: str) -> int:
        """Read the number of an occurrence."""
        number = self.whole_number(what)
        if number > _LARGEST:
            self.fail(f"{number} is more than any protocol needs", back=True)
        return number

    def decimal(self, text: str) -> Decimal:
        """The number that was just read. One with zeros behind the point, 1.000, is a thousand elsewhere: a fault with both."""
        readings = number_readings(text)
        if readings:
            message = f"{text} may be {' or '.join(readings)}"
            raise fault("phrase", message, hint=f"write {which(readings)}", offset=self._back())
        return Decimal(text)

    def _back(self) -> int:
        token = self.peek(-1)
        return token.offset if token is not None else 0

    def number_or_range(self, what: str) -> tuple[int, int]:
        """Read one number, or a range such as 1-21."""
        token = self.accept_kind("range")
        if token is None:
            number = self.number_of(what)
            return number, number
        first, last = token.text.split("-")
        if not (first.isdigit() and last.isdigit()):
            self.fail(f"expected {what}, whole numbers", back=True)
        if int(first) > int(last):
            self.fail(f"the range {token.text} runs backwards", back=True, hint="write the smaller number first")
        if int(last) > _LARGEST:
            self.fail(f"{last[:12]} is more than any protocol needs", back=True)
        return int(first), int(last)

    @property
    def next_is_date(self) -> bool:
        """True when a civil date comes next: 2028-06-01, or 1 June 2028."""
        kinds = [token.kind if (token := self.peek(ahead)) is not None else "" for ahead in (0, 1, 2)]
        return kinds[0] == "date" or (kinds == ["number", "word", "number"] and self._month(1) is not None)

    def _month(self, ahead: int = 0) -> int | None:
        token = self.peek(ahead)
        name = token.text.capitalize() if token is not None else ""
        return MONTHS.index(name) + 1 if name in MONTHS else None

    def _date_in_words(self) -> str:
        day, month = self.whole_number("a day"), self._month()
        self.accept_kind("word")
        return f"{self.whole_number('a year'):04d}-{month:02d}-{day:02d}"

    def day_of_year(self) -> tuple[int, int]:
        """Read a day of every year, such as 1 March, as month and day."""
        day = self.whole_number("a day, such as 1 March")
        month = self._month()
        if month is None:
            self.fail("expected a month, such as March")
        self.accept_kind("word")
        if not 1 <= day <= _DAYS_OF_MONTHS[month - 1]:
            self.fail(f"not every year has a {day} {MONTHS[month - 1]}", back=True)
        return month, day

    def day(self) -> int | None:
        """Read a civil date if one comes next, as its ordinal."""
        if not self.next_is_date:
            return None
        token = self.accept_kind("date")
        written = token.text if token is not None else self._date_in_words()
        try:
            return date.fromisoformat(written).toordinal()
        except ValueError:
            self.fail(f"there is no day {written} in the calendar", back=True, hint="write it as YYYY-MM-DD")

    def citation(self) -> tuple[str, ...]:
        """Read the citation that closes a sentence: "(A2, registration)". Empty where there is none."""
        if not self.accept("("):
            return ()
        cited = [self.name("a source or an assumption").text]
        while self.accept(","):
            cited.append(self.name("a source or an assumption").text)
        if self.done:
            hint = "close it with ')'; in a list in [ ], put a sentence with a comma in quotes"
            raise fault("phrase", "the bracket is not closed", hint=hint, offset=self.text.index("("))
        token = self.peek()
        if token is not None and token.kind == "word":
            self.fail("brackets at the end are for sources and assumptions, not for a remark", hint=_REMARK)
        self.expect(")")
        return tuple(cited)

    def finish(self) -> None:
        """The sentence must end here."""
        token = self.peek()
        if token is not None:
            self.fail(f"'{token.text}' was not expected here")

    def fail(self, message: str, *, back: bool = False, hint: str | None = None) -> NoReturn:
        """A fault at the next word (or at the one just read). The hint is for want of a known habit."""
        token = self.peek(-1) if back else self.peek()
        offset = token.offset if token else len(self.text.rstrip())
        if token is not None and message.startswith("expected"):
            message = f"{message}, found '{token.text}'"
        raise self._fault(message, offset, hint)

    def fail_with(self, message: str, right: str) -> NoReturn:
        """A fault at the next word, with the right spelling of what was meant."""
        token = self.peek()
        raise fault(
            "phrase", message, hint=f"write: {right}", offset=token.offset if token else len(self.text.rstrip())
        )

    def _fault(self, message: str, offset: int, hint: str | None = None) -> ValueError:
        right = right_spelling(self.text, offset, self.habits)
        # The beginning of a sentence is no sentence to write.
        whole = right is not None and not right.endswith(" ")
        said = f"write: {right}" if whole else hint or f"write it like: {self.example}"
        return fault("phrase", message, hint=said, offset=offset)
