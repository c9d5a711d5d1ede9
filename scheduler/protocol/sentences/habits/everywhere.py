"""Habits of every kind of sentence: numbers as words, "d" for days, signs of other keyboards.

Large numbers are written in many ways in publications: 2 × 10⁸, 2*10^8, 2E8, 200 million. Here they are 2e8.
"""

from __future__ import annotations

import re

from scheduler.protocol.sentences.habits.habit import exactly, meant
from scheduler.source.ambiguous import date_readings, number_readings

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def _in_digits(match: re.Match[str]) -> tuple[str, ...]:
    return (str(NUMBERS.index(match[1].lower()) + 1),)


def _days_meant(match: re.Match[str]) -> tuple[str, ...]:
    """A date in the order of some country: all the days that it may be."""
    return date_readings(match[0])


def numbers_meant(match: re.Match[str]) -> tuple[str, ...]:
    """A number with a comma, or with zeros behind the point: all that it may be, because countries differ."""
    return number_readings(match[0])


WITH_COMMA = r"(?<![0-9,.])[0-9]+,[0-9]+\b(?!,)"
IN_DIGITS = meant(rf"\b({'|'.join(NUMBERS)})\b(?! of)", _in_digits)
EVERYWHERE = (
    exactly(r"(?<![\w/.])[0-9]{1,4}[/.][0-9]{1,2}[/.][0-9]{2,4}(?![\w/.])", _days_meant),
    IN_DIGITS,
    meant(r"\(?(?:\+\s*/?\s*-|\+-|±)\s*([0-9]+)\s*(?:d|days?)\s*\)?(?<!days)(?<!day)", "±{0} days"),
    meant(r"\b([0-9]+)\s*\(?\s*±\s*([0-9]+)\s*\)?\s*(days|weeks)\b", "{0} {2} ±{1} {2}"),
    meant(r"\(\s*±\s*([0-9]+)\s*(days?|weeks?)?\s*\)", "±{0} {1}"),
    meant(r"\+\s*/?\s*-\s*([0-9]+)(?:\s*(?:d|days?)\b)?", "±{0}"),
    meant(r"\bplus\s+or\s+minus\s+([0-9]+)", "±{0}"),
    meant(r"±\s*([0-9]+)\s*d\b", "±{0} days"),
    meant(r"±\s*([0-9]+)\s*(?:w|wk|wks)\b", "±{0} weeks"),
    meant(r"([0-9]+)\s*-?\s*(?:d|day|days)\b(?<! day)(?<! days)", "{0} days"),
    meant(r"([0-9]+)\s*-?\s*(?:w|wk|wks|weeks?)\b(?<! week)(?<! weeks)", "{0} weeks"),
    meant(r"([0-9]+)\s*-?\s*(?:mo|mos|mth|mths|months?)\b(?<! month)(?<! months)", "{0} months"),
    meant(r"([0-9]+)\s*-?\s*(?:y|yr|yrs|years?)\b(?<! year)(?<! years)", "{0} years"),
    meant(r"([0-9]+)\s*[—~～〜]\s*([0-9]+)", "{0}-{1}"),
    meant(r"\b(\w+)\s*;", "{0},"),
    meant(r";", ","),
)
LISTS_AND_CYCLES = (
    meant(r"(?<=s )([0-9]+)\s+to\s+([0-9]+)\b(?!\s+(?:days?|weeks?|months?|years?)\b)", "{0}-{1}"),
    meant(r"\b([0-9]+),?\s*(?:and|&)\s*([0-9]+)\b", "{0}, {1}"),
    meant(r"\bC([0-9]+)\s*D([0-9]+)\b", "{drug} cycle {0} day {1}"),
)

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MILLION, _BILLION = 6, 9


def _power(match: re.Match[str]) -> tuple[str, ...]:
    return (f"{match[1]}e{(match[2] or match[3]).translate(_SUPERSCRIPTS)}",)


def _in_words(match: re.Match[str]) -> tuple[str, ...]:
    """ "200 million" is 2e8: the noughts of the number go into its power."""
    power = _MILLION if match[2].lower() == "million" else _BILLION
    digits, _, after = match[1].partition(".")
    whole = (digits + after).lstrip("0")
    short = whole.rstrip("0")
    return (f"{short}e{power - len(after) + len(whole) - len(short)}",) if short else ()


POWERS_OF_TEN = (
    exactly(r"(?<![\w.])([0-9.]+)\s*[xX×*·]\s*10\s*(?:\^\s*([0-9]{1,2})(?![0-9])|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))", _power),
    exactly(r"(?<![\w.])([0-9.]+)E([0-9]{1,2})(?![\w.])", "{0}e{1}"),
    meant(r"(?<![\w.])([0-9]+(?:\.[0-9]+)?)\s+(million|billion)\b", _in_words),
)
