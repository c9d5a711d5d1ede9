"""How a fraction that was missed is made up: "by a second fraction of a day at least 6 hours apart, or on a Saturday".

rule = way [", or" way]
way  = "by a" "second" | "third" "fraction of a day at least" n "hours apart"  |  "on a" "Saturday" | "Sunday"
"""

from __future__ import annotations

from scheduler.dates import MONDAY_TO_SUNDAY
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.limits import MadeUp
from scheduler.protocol.plan.times.frequency import MOST_HOURS_APART
from scheduler.protocol.sentences.spellings import Habits
from scheduler.protocol.sentences.words import Words

MADE_UP_EXAMPLE = "by a second fraction of a day at least 6 hours apart, or on a Saturday | on a Saturday"
_WHICH = {"second": 2, "third": 3}
_WEEKEND = MONDAY_TO_SUNDAY[5:]


def read_made_up(text: str) -> MadeUp:
    """Read on which days and how closely a missed fraction may be made up. A person decides each time."""
    words = Words(text, example=MADE_UP_EXAMPLE, habits=Habits.MADE_UP)
    made_up = _read_way(words, MadeUp(1, 0, (), Clause(0, "")))
    while words.accept(",", "or") or words.accept("or"):
        made_up = _read_way(words, made_up)
    clause = Clause(0, text.strip(), words.citation())
    words.finish()
    return MadeUp(made_up.a_day, made_up.hours_apart, made_up.weekdays, clause)


def _read_way(words: Words, made_up: MadeUp) -> MadeUp:
    if words.accept("on", "a"):
        return MadeUp(made_up.a_day, made_up.hours_apart, (*made_up.weekdays, _read_weekday(words)), made_up.clause)
    words.expect("by", "a")
    which = words.accept_one_of(*_WHICH)
    if which is None:
        words.fail("expected second or third")
    words.expect("fraction", "of", "a", "day", "at", "least")
    hours = words.number_of("how many hours")
    if not 1 <= hours <= MOST_HOURS_APART:
        words.fail(f"fractions of one day are 1 to {MOST_HOURS_APART} hours apart", back=True)
    if words.accept_one_of("hours", "hour") is None:
        words.fail("expected hours")
    words.expect("apart")
    return MadeUp(_WHICH[which], hours, made_up.weekdays, made_up.clause)


def _read_weekday(words: Words) -> str:
    day = words.accept_one_of(*(day.lower() for day in _WEEKEND))
    if day is None:
        words.fail("expected Saturday or Sunday", hint="other days belong to the course as they are")
    return day.capitalize()
