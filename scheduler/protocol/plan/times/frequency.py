"""How often a day a dose is given, and at which end of the day where it is only one of two."""

from __future__ import annotations

import re

EVENING, MORNING = "once in the evening", "once in the morning"
EVERY_OTHER_DAY = "every other day"
EVERY_HOURS: dict[str | None, int] = {"every 4 hours": 6, "every 6 hours": 4, "every 8 hours": 3}
"""What is taken by the clock, day and night, and how many doses a day that is. Every 12 hours is said as twice daily."""

_EVERY_DAYS = re.compile("every ([0-9]+) days")
_AS_NEEDED = re.compile("as needed, at most (?:once|([0-9]+) times) a day")

TIMES_A_WEEK: dict[str, int] = {
    "twice weekly": 2,
    "three times a week": 3,
    "four times a week": 4,
    "five times a week": 5,
}
"""What is given on so many days of each week. Which days they are is always said."""

DOSES_A_DAY: dict[str | None, int] = {
    None: 1,
    "once": 1,
    "daily": 1,
    "once daily": 1,
    "twice daily": 2,
    "three times daily": 3,
    "four times daily": 4,
    EVENING: 1,
    MORNING: 1,
    **EVERY_HOURS,
    **dict.fromkeys(TIMES_A_WEEK, 1),
}
"""How many doses a dosing day has. Of what is given every other day, or twice weekly, the others are no dosing days."""

FRACTIONS_A_DAY = {"twice daily": 2, "three times daily": 3}
"""How many fractions a day has. Each is an occurrence with its own number, dose and record: its dose is never that of the day."""

MOST_HOURS_APART = 12

HOURS_APART = 6
"""The hours between two fractions of a day that are presumed where the protocol does not say them; `check` asks for them."""

SEVERAL_A_DAY = tuple(often for often, times in DOSES_A_DAY.items() if often is not None and times > 1)
"""What makes several doses on each of its days."""

_REPEATED = frozenset({"daily", "once daily", *SEVERAL_A_DAY})

_PLAIN = (None, "once", "daily", "once daily", *TIMES_A_WEEK)


def doses_a_day(frequency: str | None) -> int | None:
    """How many doses a dosing day has; None where nobody knows, as of what is taken as needed."""
    return 1 if days_between(frequency) is not None else DOSES_A_DAY.get(frequency)


def days_between(frequency: str | None) -> int | None:
    """From one dosing day to the next: 2 for every other day, 3 for "every 3 days"; None where each day has a dose."""
    if frequency == EVERY_OTHER_DAY:
        return 2
    found = _EVERY_DAYS.fullmatch(frequency or "")
    return int(found[1]) if found else None


def as_needed(most: int) -> str:
    """What is taken as needed, in its one wording: "as needed, at most 3 times a day"."""
    return f"as needed, at most {'once' if most == 1 else f'{most} times'} a day"


def most_as_needed(frequency: str | None) -> int | None:
    """How often a day at most, of what is taken as needed; None of all that has its doses by the plan."""
    found = _AS_NEEDED.fullmatch(frequency or "")
    return int(found[1] or 1) if found else None


def is_repeated(frequency: str | None) -> bool:
    """True for what is given on many days, so that the sentence must say which."""
    many = frequency in _REPEATED or days_between(frequency) is not None
    return many or most_as_needed(frequency) is not None


def beside_the_amount(frequency: str | None) -> str | None:
    """What must be said beside an amount, because it is not the whole day's: "twice daily". None for one dose a day."""
    return None if frequency in _PLAIN or days_between(frequency) is not None else frequency
