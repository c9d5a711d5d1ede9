"""What is said to people, as a value: a whole English sentence with values in it, not yet in anybody's language.

    said("{entry} waits for itself", entry=Code("C3.D1"))
    counted("{n} patient waits", "{n} patients wait", 3)
    said_as("a status", "open")

Two of them are equal when they say the same. ``str()`` is the sentence in English; `scheduler.words` says it in other languages.
A value is a day, a number, an amount, somebody's own words, a name, an id, another sentence or a list of them. It is never a
ready-made text: nobody could say that in another language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Protocol, TypeAlias, runtime_checkable

from scheduler.dates import MONTHS, weekday_name


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, or a word of a form or a list. ``many`` is the sentence for another number ``n`` than one.

    ``context`` tells two meanings of the same English words apart: "open" as a status, and as what a button does.
    """

    sentence: str
    values: tuple[tuple[str, Value], ...] = ()
    many: str | None = None
    context: str | None = None

    def __str__(self) -> str:
        sentence = self.sentence
        if self.many is not None and not is_one(dict(self.values)["n"]):
            sentence = self.many
        if not self.values:
            return sentence
        return sentence.format_map({name: in_english(value) for name, value in self.values})


@runtime_checkable
class Sayable(Protocol):
    """What can say itself, such as a dose."""

    def as_said(self) -> Said: ...


def said(sentence: str, /, **values: Value | Sayable) -> Said:
    """A sentence. What stands in braces in it is filled in from ``values``.

    Raises TypeError for a value that is a ready-made text.
    """
    return Said(sentence, _values(values))


def counted(one: str, many: str, n: int | Decimal, /, **values: Value | Sayable) -> Said:
    """A sentence about a number of things, ``{n}`` in it: one of them, or any other number."""
    return Said(one, _values({"n": n, **values}), many)


def said_as(context: str, sentence: str, /, **values: Value | Sayable) -> Said:
    """A sentence or word that means something else elsewhere; ``context`` says what it means here."""
    return Said(sentence, _values(values), None, context)


def filled(message: Said, /, **values: Value | Sayable) -> Said:
    """The message with more values in it, where not all were known when it was made."""
    return Said(message.sentence, _values({**dict(message.values), **values}), message.many, message.context)


def _values(values: dict[str, Value | Sayable]) -> tuple[tuple[str, Value], ...]:
    return tuple(sorted((name, value_of(value)) for name, value in values.items())) if values else ()


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a person wrote, or a term of a dictionary: it stays as it is. ``language`` is its code, where that is known."""

    text: str
    language: str | None = None

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Code:
    """An id, a number of a patient, a unit: the same in every language, and of none."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Name:
    """A name that a protocol or site gives in several languages, by their codes; the first is the author's own."""

    by_language: tuple[tuple[str, str], ...]

    def within(self, language: str) -> tuple[str, str]:
        """The language that it is told in to a reader of this one, and the name: theirs, else English, else the author's."""
        english = None
        for told in self.by_language:
            if told[0] == language:
                return told
            if told[0] == "en":
                english = told
        return english or self.by_language[0]

    def __str__(self) -> str:
        return self.within("en")[1]


@dataclass(frozen=True, slots=True)
class Amount:
    """So much of a unit: 2.5 mg."""

    number: int | Decimal
    unit: str

    def __str__(self) -> str:
        return f"{in_powers(self.number, self.unit) or in_english(self.number)} {self.unit}"


FULL_DAY = said_as("date pattern", "EEEE d MMMM y")
"""Monday 2 March 2026."""
WEEKDAY_AND_DAY = said_as("date pattern", "EEE d MMM y")
"""Mon 2 Mar 2026."""
SHORT_DAY = said_as("date pattern", "d MMM y")
"""2 Mar 2026: no reader takes the month for the day."""
LONG_DAY = said_as("date pattern", "d MMMM y")
"""2 March 2026."""
MONTH = said_as("date pattern", "MMMM y")
"""March 2026."""
SHORT_MONTH = said_as("date pattern", "MMM")
"""Mar."""
WEEKDAY = said_as("date pattern", "EEEE")
"""Monday."""
SHORT_WEEKDAY = said_as("date pattern", "EEE")
"""Mon."""


@dataclass(frozen=True, slots=True)
class Day:
    """A civil day, in one of the patterns above; a plain date is said in full."""

    on: date
    pattern: Said = FULL_DAY

    def __str__(self) -> str:
        return day_in_english(self.on, self.pattern.sentence)


TO = said_as("between two days", "{first} to {last}")
AND = said_as("between two days", "{first} and {last}")
FROM_TO = said_as("between two days", "from {first} to {last}")
DASH = said_as("between two days", "{first} – {last}")


@dataclass(frozen=True, slots=True)
class Days:
    """From a day to a later one, both included. English says once what both have in common: 28 to 29 March 2026.

    ``pattern`` is LONG_DAY or SHORT_DAY, and ``between`` one of the ways above.
    """

    first: date
    last: date
    between: Said = TO
    pattern: Said = LONG_DAY

    def __str__(self) -> str:
        pattern = self.pattern.sentence
        of_first = pattern if self.first.year != self.last.year else pattern.removesuffix(" y")
        if (self.first.year, self.first.month) == (self.last.year, self.last.month):
            of_first = "d"
        return self.between.sentence.format(
            first=day_in_english(self.first, of_first), last=day_in_english(self.last, pattern)
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """Several things in one sentence, in their order. ``how`` is one of the ways below."""

    items: tuple[Value, ...]
    how: Said

    def __str__(self) -> str:
        return join([in_english(item) for item in self.items], self.how)


ALL_OF = Said(" and ")
"""a, b and c; in other languages as CLDR has it."""
ONE_OF = Said(" or ")
"""a, b or c; likewise."""
COMMAS = said_as("between the members of a list", ", ")
SEMICOLONS = said_as("between the members of a list", "; ")
BESIDE = Said(" + ")
SPACES = Said(" ")
NOTHING = Said("")
"""Parts of one text."""

Value: TypeAlias = date | datetime | time | int | Decimal | Said | Quoted | Code | Name | Amount | Day | Days | Listed

_VALUES = (date, datetime, time, int, Decimal, Said, Quoted, Code, Name, Amount, Day, Days, Listed)


def listed(*items: Value | Sayable, how: Said = ALL_OF) -> Listed:
    """Several values as one."""
    return Listed(tuple(value_of(item) for item in items), how)


def _has_other_letters(text: str) -> bool:
    """True where some of it is in other letters than Latin ones, such as Greek or Chinese."""
    return not text.isascii() and any("\u0370" <= each <= "\u1eff" or "\u2e80" <= each <= "\uffef" for each in text)


def as_written(text: str) -> Value:
    """Words of a protocol's author: English where they are in Latin letters; else in a language that nobody has told."""
    if isinstance(text, Text):
        return text.said
    return Quoted(text, None if _has_other_letters(text) else "en")


class Text(str):
    """What is said, as the English text that lists and other programs have; ``said`` has it for readers of other languages.

    It is a text like any other: equal to the same words that were read back from somewhere.
    """

    said: Value


def text_of(message: Value) -> Text:
    """The message as a text that a page can still say in the reader's language."""
    text = Text(in_english(message))
    text.said = message
    return text


def told_as(text: str, message: Value | Sayable) -> Text:
    """A text that lists for programs have, and what readers of other languages are told in its place."""
    told = Text(text)
    told.said = value_of(message)
    return told


def said_of(text: str) -> Value:
    """What a text says, for a reader of any language; one that was never a message stands as it is, in English."""
    return text.said if isinstance(text, Text) else Quoted(text, "en")


def own_words(text: str) -> Value:
    """What a protocol's or a site's author wrote: in several languages where they gave it so, else as it was written."""
    return text.said if isinstance(text, Text) else Quoted(text)


def named(by_language: Mapping[str, str], text: str | None = None) -> Text:
    """A name that its author gives in several languages, by their codes. As a text it is ``text``, else the English one."""
    name = Name(tuple(by_language.items()))
    found = Text(str(name) if text is None else text)
    found.said = name
    return found


def languages_of(text: str | None) -> tuple[str, ...]:
    """The languages that an author gave a name in, by their codes; none for a plain text."""
    said = text.said if isinstance(text, Text) else None
    return tuple(code for code, _ in said.by_language) if isinstance(said, Name) else ()


def languages_missing(text: str | None, wanted: Iterable[str]) -> tuple[str, ...]:
    """Those of them that a name is not in. A plain text in other letters than Latin ones is taken for its readers' own."""
    if text is not None and not isinstance(text, Text) and _has_other_letters(text):
        return ()
    return tuple(code for code in wanted if code not in languages_of(text))


def joined(texts: Iterable[str], how: Said) -> Text:
    """Several texts as one."""
    return text_of(Listed(tuple(map(said_of, texts)), how))


def value_of(value: Value | Sayable) -> Value:
    """The value, or what it says of itself.

    Raises TypeError for anything that is no value of a sentence.
    """
    if isinstance(value, _VALUES) and not isinstance(value, bool):
        return value
    if isinstance(value, Sayable):
        return value.as_said()
    raise TypeError(f"a sentence takes no {type(value).__name__}: {value!r}; is it quoted, a code, or said by itself?")


def is_one(number: object) -> bool:
    """True for one, and for a part of one: ½ tablet."""
    return isinstance(number, int | Decimal) and 0 < number <= 1


def in_english(value: Value) -> str:
    """One value as it stands in an English sentence. A moment is told to the minute, in UTC as it was recorded."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    if isinstance(value, date):
        return day_in_english(value, FULL_DAY.sentence)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)


_IN_POWERS = ("cells", "cells/kg", "cells/m2")
_FROM = 6


def in_powers(number: int | Decimal, unit: str) -> str | None:
    """A number of cells as it is written, 2 x 10^8: nobody counts eight zeros. None of fewer than a million, and of all else."""
    found = Decimal(number)
    if unit not in _IN_POWERS or not found or found.adjusted() < _FROM:
        return None
    power = found.adjusted()
    return f"{found.scaleb(-power).normalize():f} x 10^{power}"


_PART_OF_DAY = re.compile("E+|M+|d|y")


def day_in_english(day: date, pattern: str) -> str:
    """A day in a pattern of CLDR, of which these letters are known: EEEE, EEE, d, MMMM, MMM, y."""
    weekday, month = weekday_name(day.toordinal()), MONTHS[day.month - 1]
    parts = {
        "EEEE": weekday,
        "EEE": weekday[:3],
        "d": str(day.day),
        "MMMM": month,
        "MMM": month[:3],
        "y": str(day.year),
    }
    return _PART_OF_DAY.sub(lambda found: parts[found[0]], pattern)


def join(texts: list[str], how: Said) -> str:
    """A list in English words."""
    if how not in (ALL_OF, ONE_OF):
        return how.sentence.join(texts)
    if len(texts) < 2:
        return "".join(texts)
    return how.sentence.join([", ".join(texts[:-1]), texts[-1]])
