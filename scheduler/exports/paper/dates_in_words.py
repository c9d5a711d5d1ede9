"""Dates on paper in the reader's language, the same on every machine: the month always as a word or with its sign."""

from __future__ import annotations

from datetime import date

from scheduler.exports.words import weekday, with_weekday
from scheduler.languages import Language
from scheduler.said import MONTH
from scheduler.words.saying import day_in

_A_MONDAY = date(2024, 1, 1)


def weekday_in_words(number: int, language: Language) -> str:
    """Mon to Sun, from 0."""
    return weekday(date.fromordinal(_A_MONDAY.toordinal() + number), language)


def day_in_words(day: date, language: Language) -> str:
    """Wed 3 Jun 2026; 2026年6月3日 周三."""
    return with_weekday(day, language)


def span_in_words(first: date, last: date, language: Language) -> str:
    """Mon 25 May 2026 – Tue 30 Jun 2026; a single day alone."""
    if first == last:
        return day_in_words(first, language)
    return f"{day_in_words(first, language)} – {day_in_words(last, language)}"


def month_in_words(year: int, month: int, language: Language) -> str:
    """June 2026; 2026年6月."""
    return day_in(date(year, month, 1), MONTH, language)
