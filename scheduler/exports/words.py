"""Dates and doses in words of a language, the same on every machine and in every locale."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.entries import doses_in_words as values
from scheduler.calendar.entries.entry import Dose
from scheduler.languages import Language
from scheduler.said import DASH, SHORT_DAY, SHORT_WEEKDAY, WEEKDAY_AND_DAY, Days
from scheduler.words.saying import day_in, days_in, say


def weekday(day: date, language: Language = Language.ENGLISH) -> str:
    """Mon to Sun."""
    return day_in(day, SHORT_WEEKDAY, language)


def short_date(day: date, language: Language = Language.ENGLISH) -> str:
    """2 Mar 2026: no reader takes the month for the day."""
    return day_in(day, SHORT_DAY, language)


def with_weekday(day: date, language: Language = Language.ENGLISH) -> str:
    """Mon 2 Mar 2026."""
    return day_in(day, WEEKDAY_AND_DAY, language)


def dates_between(first: date, last: date, language: Language = Language.ENGLISH) -> str:
    """28 – 31 Mar 2026, 28 Mar – 3 Apr 2026; both days included."""
    return short_date(first, language) if first == last else days_in(Days(first, last, DASH, SHORT_DAY), language)


def dose_in_words(dose: Dose, language: Language = Language.ENGLISH) -> str:
    """The amount, the level when it is a lowered one, and the time that it is given over."""
    if language is not Language.ENGLISH:
        return say(values.doses_in_words((dose,)), language)
    level = f" (level {signed(dose.level)})" if dose.level is not None and dose.level != 0 else ""
    return f"{dose}{level}{dose.over_time}"


def doses_in_words(doses: tuple[Dose, ...], language: Language = Language.ENGLISH) -> str:
    """All doses of one day."""
    return "; ".join(dose_in_words(dose, language) for dose in doses)


def signed(number: int) -> str:
    """A number with a true minus sign, which a narrow column does not break off."""
    return f"\N{MINUS SIGN}{-number}" if number < 0 else str(number)
