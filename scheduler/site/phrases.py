"""The phrases of a site's text: days of the week ("Monday to Friday"), dates ("2026-07-01..2026-07-05") and hours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

from scheduler.dates import MONDAY_TO_SUNDAY
from scheduler.findings import did_you_mean
from scheduler.site.capacity import Hours
from scheduler.written import fault

LONGEST = 366
"""Days in the longest range: a longer one is a slip of the year, or a resource that has closed for good."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HOURS = re.compile(r"([0-9]{2}):([0-9]{2})\s*-\s*([0-9]{2}):([0-9]{2})")
_HOW_TO_WRITE_HOURS = "write 08:00-17:00"
_HOW_TO_WRITE_DATES = "write 2026-07-01, or 2026-07-01..2026-07-05 for a range"
_HOW_TO_WRITE_WEEKDAYS = "write 'Monday to Friday', 'Tuesday, Thursday', 'every day' or 'none'"


@dataclass(frozen=True, slots=True)
class Days:
    """The days from ``first`` to ``last``, both of them included; one day when they are the same."""

    first: date
    last: date


def read_weekdays(text: object) -> frozenset[int]:
    """Days of the week, Monday as 0: "Monday to Friday", "Tuesday, Thursday", "every day" or "none".

    Raises the fault "not-a-weekday", which points at the word.
    """
    if not isinstance(text, str):
        raise fault("not-a-weekday", "expected days of the week", hint=_HOW_TO_WRITE_WEEKDAYS)
    if text == "every day":
        return frozenset(range(7))
    if text == "none":
        return frozenset()
    days: set[int] = set()
    offset = 0
    for part in text.split(","):
        first, to, last = part.partition(" to ")
        start = _weekday(first, offset)
        length = (_weekday(last, offset + len(first + to)) - start) % 7 if to else 0
        days |= {(start + step) % 7 for step in range(length + 1)}
        offset += len(part) + 1
    return frozenset(days)


def read_days(text: object) -> Days:
    """A date or a range of dates: "2026-07-01", "2026-07-01..2026-07-05".

    Raises the fault "not-a-date", "days-backwards" or "range-too-long", which points at the word.
    """
    if not isinstance(text, str):
        raise fault("not-a-date", "expected a date or a range of dates", hint=_HOW_TO_WRITE_DATES)
    first, dots, last = text.partition("..")
    begin = _date(first, 0)
    end = _date(last, len(first + dots)) if dots else begin
    length = (end - begin).days + 1
    if length < 1:
        raise fault("days-backwards", "the range ends before it begins", hint=f"write {end}..{begin}")
    if length > LONGEST:
        message = f"a range of {length} days is longer than {LONGEST}"
        raise fault("range-too-long", message, hint="check the years; for a longer one write several ranges")
    return Days(begin, end)


def read_hours(text: object) -> Hours:
    """From when to when: "08:00-17:00". Raises the fault "not-hours" or "hours-backwards"."""
    found = _HOURS.fullmatch(text.strip()) if isinstance(text, str) else None
    if found is None:
        raise fault("not-hours", "expected hours of the day", hint=_HOW_TO_WRITE_HOURS)
    first, first_minute, last, last_minute = map(int, found.groups())
    if max(first, last) > 23 or max(first_minute, last_minute) > 59:
        raise fault("not-hours", f"'{found[0][:30]}' are no hours of a day", hint=_HOW_TO_WRITE_HOURS)
    opens, closes = time(first, first_minute), time(last, last_minute)
    if closes <= opens:
        raise fault("hours-backwards", "it closes before it opens", hint=f"write {closes:%H:%M}-{opens:%H:%M}")
    return Hours(opens, closes)


def _weekday(words: str, offset: int) -> int:
    word = words.strip()
    if word not in MONDAY_TO_SUNDAY:
        hint = did_you_mean(word.capitalize(), MONDAY_TO_SUNDAY) if word else None
        message = f"'{word[:20]}' is not a day of the week"
        raise fault("not-a-weekday", message, hint=hint or _HOW_TO_WRITE_WEEKDAYS, offset=offset + _indent(words))
    return MONDAY_TO_SUNDAY.index(word)


def _date(words: str, offset: int) -> date:
    word = words.strip()
    here = offset + _indent(words)
    if not _DATE.fullmatch(word):
        raise fault("not-a-date", f"'{word[:60]}' is not a date", hint=_HOW_TO_WRITE_DATES, offset=here)
    try:
        return date.fromisoformat(word)
    except ValueError:
        message = f"there is no day {word} in the calendar"
        raise fault("not-a-date", message, hint=_HOW_TO_WRITE_DATES, offset=here) from None


def _indent(words: str) -> int:
    return len(words) - len(words.lstrip())
