"""Dates on paper in English and Chinese, the same on every machine: the month always as a word or with its sign."""

from __future__ import annotations

from datetime import date

from scheduler.dates import MONTHS
from scheduler.exports.words import with_weekday
from scheduler.languages import Language

_CHINESE_WEEKDAYS = "一二三四五六日"


def weekday_in_words(number: int, language: Language) -> str:
    """Mon to Sun, from 0."""
    if language is Language.CHINESE:
        return f"周{_CHINESE_WEEKDAYS[number]}"
    return ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[number]


def day_in_words(day: date, language: Language) -> str:
    """Wed 3 Jun 2026; 2026年6月3日 周三."""
    if language is Language.CHINESE:
        return f"{day.year}年{day.month}月{day.day}日 {weekday_in_words(day.weekday(), language)}"
    return with_weekday(day)


def span_in_words(first: date, last: date, language: Language) -> str:
    """Mon 25 May 2026 – Tue 30 Jun 2026; a single day alone."""
    if first == last:
        return day_in_words(first, language)
    return f"{day_in_words(first, language)} – {day_in_words(last, language)}"


def month_in_words(year: int, month: int, language: Language) -> str:
    """June 2026; 2026年6月."""
    return f"{year}年{month}月" if language is Language.CHINESE else f"{MONTHS[month - 1]} {year}"
