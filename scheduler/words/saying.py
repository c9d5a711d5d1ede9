"""A message in a reader's language."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from functools import cache, lru_cache
from string import Formatter
from typing import NamedTuple

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import get_decimal_symbol

from scheduler.languages import Language
from scheduler.said import (
    ALL_OF,
    FULL_DAY,
    NOTHING,
    ONE_OF,
    Amount,
    Code,
    Day,
    Days,
    Listed,
    Name,
    Quoted,
    Said,
    Value,
    in_powers,
    is_one,
    join,
)
from scheduler.words.catalogues import catalogue, locale_of


class Piece(NamedTuple):
    """A part of what is said. ``language`` is set where it is known to be in another language than the rest."""

    text: str
    language: str | None = None


def say(message: Value, language: Language) -> str:
    """The message in that language, with its dates, numbers and lists. Where it has no translation, it stays English."""
    if language is Language.ENGLISH and isinstance(message, Said):
        return str(message)
    if isinstance(message, Said):
        text = sentence_in(message, language)
        if not message.values:
            return text
        return text.format_map({name: say(value, language) for name, value in message.values})
    if isinstance(message, Listed):
        return _joined([say(item, language) for item in message.items], message.how, language)
    if isinstance(message, Name):
        return message.within(language)[1]
    return _plain(message, language)


def _joined(texts: list[str], how: Said, language: Language) -> str:
    if language is Language.ENGLISH or how == NOTHING:
        return join(texts, how)
    if how in (ALL_OF, ONE_OF):
        return format_list(texts, "standard" if how == ALL_OF else "or", locale_of(language))
    return sentence_in(how, language).join(texts)


def pieces(message: Value, language: Language) -> tuple[Piece, ...]:
    """The same in parts, so that a page can mark what is in another language. Together their texts are what `say` says."""
    if isinstance(message, Said):
        return tuple(_pieces_of_sentence(message, language))
    if isinstance(message, Quoted):
        return (Piece(message.text, message.language if message.language != language else None),)
    if isinstance(message, Name):
        told, name = message.within(language)
        return (Piece(name, told if told != language else None),)
    if isinstance(message, Listed):
        # A list is a sentence of as many places as it has members.
        places = say(Listed(tuple(Code(f"{{{place}}}") for place in range(len(message.items))), message.how), language)
        return tuple(_filled(places, {str(place): item for place, item in enumerate(message.items)}, language))
    return (Piece(say(message, language)),)


def _pieces_of_sentence(message: Said, language: Language) -> list[Piece]:
    text = sentence_in(message, language)
    return _filled(text, dict(message.values), language) if message.values else [Piece(text)]


def _filled(text: str, values: dict[str, Value], language: Language) -> list[Piece]:
    found: list[Piece] = []
    for before, name, _, _ in Formatter().parse(text):
        if before:
            found.append(Piece(before))
        if name is not None:
            found += pieces(values[name], language)
    return found


def sentence_in(message: Said, language: Language) -> str:
    """The sentence in that language, its places not yet filled in."""
    if language is Language.ENGLISH:
        return message.sentence if message.many is None or is_one(dict(message.values)["n"]) else message.many
    words = catalogue(language)
    if message.many is not None:
        number = _as_whole_number(dict(message.values)["n"], language)
        if message.context is not None:
            return words.npgettext(message.context, message.sentence, message.many, number)
        return words.ngettext(message.sentence, message.many, number)
    if message.context is not None:
        return words.pgettext(message.context, message.sentence)
    return words.gettext(message.sentence)


def _plain(value: Value, language: Language) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    if isinstance(value, date):
        return day_in(value, FULL_DAY, language)
    if isinstance(value, Day):
        return day_in(value.on, value.pattern, language)
    if isinstance(value, Days):
        return days_in(value, language)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, int | Decimal):
        return number_in(value, language)
    if isinstance(value, Amount):
        return f"{in_powers(value.number, value.unit) or number_in(value.number, language)} {value.unit}"
    return str(value)


@lru_cache(4096)
def day_in(day: date, pattern: Said, language: Language) -> str:
    """A day in the language's own order of its parts, which the catalogue has, with the names of CLDR."""
    if language is Language.ENGLISH:
        return str(Day(day, pattern))
    return format_date(day, sentence_in(pattern, language), locale_of(language))


def days_in(days: Days, language: Language) -> str:
    """From a day to another."""
    if language is Language.ENGLISH:
        return str(days)
    first, last = (day_in(day, days.pattern, language) for day in (days.first, days.last))
    return sentence_in(days.between, language).format(first=first, last=last)


def number_in(number: int | Decimal, language: Language) -> str:
    """2.5; 2,5: with every digit that was written, and never grouped, as 1.000 is not a thousand to every reader."""
    told = f"{number:f}" if isinstance(number, Decimal) else str(number)
    return told.replace(".", _point(language)) if "." in told else told


@cache
def _point(language: Language) -> str:
    return get_decimal_symbol(locale_of(language))


def _as_whole_number(number: Value, language: Language) -> int:
    """A whole number that has the same plural form, which is all that a catalogue knows."""
    assert isinstance(number, int | Decimal)
    if number == int(number):
        return int(number)
    return _examples(language).get(locale_of(language).plural_form(number), 2)


@cache
def _examples(language: Language) -> dict[str, int]:
    return {locale_of(language).plural_form(number): number for number in range(100, -1, -1)}
