"""The sentence of a sheet: at which hours around a dose or visit something is taken.

    at -0.5, 0.25, 0.5, 1, 2, 4, 8, 12 hours ±5 minutes after every drug dose (A1)
       ^time points           ^unit ^window             ^what it counts from

    sheet = "at" times "hours" | "minutes" [window] "after" | "before" which
    which = "every" treatment "dose"  |  treatment "dose" n  |  treatment "doses" numbers  |  "days" days "of" cycles  |  visit

A window is ±5 minutes, +10 minutes, or -30 +0 minutes; hours are said too. A number below 0 is before.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.sheet import MINUTES_A_DAY, TimePoint
from scheduler.protocol.plan.times.follows import Follows
from scheduler.protocol.plan.times.moments import EVERY, OWN, DayOf, Named, Selection, StartOf
from scheduler.protocol.sentences.spellings import Habits
from scheduler.protocol.sentences.times.minutes import A_UNIT, in_minutes, read_decimal, read_window_in_minutes
from scheduler.protocol.sentences.times.moment import (
    NAMED_DATES,
    EachOf,
    names_several,
    read_days_of_cycles,
    read_follows,
    read_listed_follows,
    read_moment,
)
from scheduler.protocol.sentences.words import Words

SHEET_EXAMPLE = (
    "at -0.5, 0.25, 0.5, 1, 2, 4, 8, 12, 24, 48, 72 hours ±5 minutes after every drug dose | "
    "at 30, 60, 120 minutes +10 minutes after drug dose 1"
)
_SHORT = {60: "h", 1: "min"}
_NO_NAMES = ("dosing", "administration", "intake", "dose")
_MOST_POINTS = 100
_LONGEST = 60 * MINUTES_A_DAY
_UNSAID = Clause(0, "")


@dataclass(frozen=True, slots=True)
class SheetPhrase:
    """Time points as they were written, and the doses or visits that they count from."""

    points: tuple[TimePoint, ...]
    follows: Follows


def read_sheet(text: str) -> SheetPhrase:
    """Read one sentence of a sheet. Raises a fault with its place and the right spelling."""
    words = Words(text, example=SHEET_EXAMPLE.partition(" | ")[0], habits=Habits.SHEETS)
    words.expect("at")
    numbers = _read_numbers(words)
    unit = _read_unit(words)
    early, late = read_window_in_minutes(words, "a time point")
    word = words.accept_one_of("after", "before")
    if word is None:
        words.fail("expected 'after' or 'before'")
    points = [_point(words, number, unit, -1 if word == "before" else 1) for number in numbers]
    follows = _read_which(words)
    clause = Clause(0, text.strip(), words.citation())
    words.finish()
    return SheetPhrase(
        tuple(
            TimePoint(name, minutes, early, late, clause) for name, minutes in sorted(points, key=lambda each: each[1])
        ),
        follows,
    )


def _read_numbers(words: Words) -> list[Decimal]:
    numbers = [_read_number(words)]
    while words.next_is(","):
        _refuse_decimal_comma(words)
        words.accept(",")
        number = _read_number(words)
        if number in numbers:
            words.fail(f"{number:f} stands here already", back=True, hint="leave it out")
        numbers.append(number)
    if len(numbers) > _MOST_POINTS:
        words.fail(f"a sheet has at most {_MOST_POINTS} time points", back=True)
    return numbers


def _refuse_decimal_comma(words: Words) -> None:
    """0,5 is half an hour in many countries, and 0 and 5 in others."""
    before, comma, after = words.peek(-1), words.peek(), words.peek(1)
    if before is None or comma is None or after is None or not before.kind == after.kind == "number":
        return
    if after.offset == comma.offset + 1 == before.offset + len(before.text) + 1:
        message = f"{before.text},{after.text} may be one number or two"
        words.fail_with(message, f"{before.text}.{after.text}, or: {before.text}, {after.text}")


def _read_number(words: Words) -> Decimal:
    token = words.accept_kind("number") or words.accept_kind("signed")
    if token is None:
        words.fail("expected a time, such as 0.5")
    return read_decimal(words, token)


def _read_unit(words: Words) -> int:
    word = words.accept_one_of(*A_UNIT)
    if word is None:
        words.fail("expected hours or minutes", hint="write: 24 hours for a day")
    return A_UNIT[word]


def _point(words: Words, number: Decimal, unit: int, sign: int) -> tuple[str, int]:
    """How a time point is called, and its minutes: 0.33 hours are "0.33 h" and 20 minutes."""
    number *= sign
    minutes = in_minutes(number, unit)
    if minutes <= -MINUTES_A_DAY:
        hint = "a day or more before is a visit of its own, such as: 1 day before every drug dose is due"
        words.fail("a sheet begins less than 24 hours before", back=True, hint=hint)
    if minutes > _LONGEST:
        words.fail("a sheet ends within 60 days", back=True, hint="write a visit of its own")
    plain = f"{number.normalize():f}" if number else "0"
    return f"{plain} {_SHORT[unit]}", minutes


def _read_which(words: Words) -> Follows:
    if words.next_is("every"):
        each: EachOf | None = read_follows(words)
    elif words.next_is("days") or words.next_is("day"):
        each = read_days_of_cycles(words)
    elif names_several(words):
        each = read_listed_follows(words)
    else:
        return _read_one(words)
    assert each is not None
    if each.due:
        words.fail("a time point counts from what takes place", back=True, hint="write: after every drug dose")
    return each.follows


def _read_one(words: Words) -> Follows:
    start = words.peek()
    if start is not None and f"{start.text} {_next_text(words)}".lower() in NAMED_DATES:
        words.fail_with("which dose?", "drug dose 1, or: every drug dose")
    moment = read_moment(words)
    if isinstance(moment, StartOf | DayOf) and isinstance(moment.which, int):
        if moment.timeline == OWN:
            words.fail("which treatment's?", back=True, hint=f"write: drug dose {moment.which}, or: every drug dose")
        days = (moment.day,) if isinstance(moment, DayOf) else ()
        return Follows(moment.timeline, Selection((moment.which,)), days)
    if isinstance(moment, Named) and moment.name.lower() in _NO_NAMES:
        words.fail(f"after which {moment.name}?", back=True, hint="write: after every drug dose")
    if isinstance(moment, Named) and moment.name not in NAMED_DATES:
        return Follows(moment.name, EVERY)
    words.fail("a time point counts from a dose or a visit", back=True, hint="write: after every drug dose")


def _next_text(words: Words) -> str:
    token = words.peek(1)
    return token.text if token is not None else ""
