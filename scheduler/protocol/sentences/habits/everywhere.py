"""Habits of every kind of sentence: numbers as words, "d" for days, signs of other keyboards."""

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
