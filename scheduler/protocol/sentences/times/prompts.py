"""How often a diary asks on each of its days.

5 times a day between 09:00 and 21:00 (A1)
^how many      ^hours, where they are said

prompts = n "times a day" | "twice a day" | "three times a day", then ["at" times | "between" time "and" time]
"""

from __future__ import annotations

from typing import NoReturn

from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.times.prompts import Prompts
from scheduler.protocol.sentences.spellings import Habits
from scheduler.protocol.sentences.words import Words

PROMPTS_EXAMPLE = "5 times a day between 09:00 and 21:00 | 3 times a day at 09:00, 14:00, 20:00 | 5 times a day"
_MOST = 24
_MINUTES = 60


def read_prompts(text: str) -> Prompts:
    """Read how often a day, and when. Raises a fault with its place and the right spelling."""
    words = Words(text, example=PROMPTS_EXAMPLE.partition(" | ")[0], habits=Habits.PROMPTS)
    a_day = _read_how_often(words)
    at: tuple[str, ...] = ()
    between: tuple[str, str] | None = None
    if words.accept("at"):
        at = _read_times(words, a_day)
    elif words.accept("between"):
        first = _read_time(words)
        words.expect("and")
        between = first, _read_time(words)
        if between[1] <= first:
            words.fail(f"{between[1]} is not after {first}", back=True, hint="a day's prompts are of one day")
    clause = Clause(0, text.strip(), words.citation())
    words.finish()
    return Prompts(a_day, clause, at, between)


def _read_how_often(words: Words) -> int:
    number = 2 if words.accept("twice") else words.number_of("how many times")
    if not 2 <= number <= _MOST:
        words.fail(f"prompts of a day are 2 to {_MOST}", back=True, hint="leave 'prompts' out for one a day")
    words.accept("times")
    words.expect("a", "day")
    return number


def _read_times(words: Words, a_day: int) -> tuple[str, ...]:
    times = [_read_time(words)]
    while words.accept(","):
        times.append(_read_time(words))
    if times != sorted(set(times)):
        words.fail("the times of a day stand in their order, each once", back=True)
    if len(times) != a_day:
        words.fail(f"these are {len(times)} times, and it is said {a_day} times a day", back=True)
    return tuple(times)


def _read_time(words: Words) -> str:
    hours = words.accept_kind("number")
    if hours is None or not words.accept(":"):
        _no_time(words)
    minutes = words.accept_kind("number")
    if minutes is None or not (hours.text + minutes.text).isdigit() or len(minutes.text) != 2:
        _no_time(words)
    if not (len(hours.text) == 2 and int(hours.text) < 24 and int(minutes.text) < _MINUTES):
        _no_time(words)
    return f"{hours.text}:{minutes.text}"


def _no_time(words: Words) -> NoReturn:
    words.fail("expected a time of day", hint="write hours and minutes, such as 09:00")
