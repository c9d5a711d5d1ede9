"""The short phrases: where (open days), how long at most, and which visits an activity belongs to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scheduler.dates import Span, Unit
from scheduler.protocol.plan.activity import Apart
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.limits import DoseRestart, LongHold
from scheduler.protocol.plan.times.moments import EVERY, Edge, Selection
from scheduler.protocol.sentences.spellings import Habits
from scheduler.protocol.sentences.times.moment import (
    OCCURRENCE_WORDS,
    PLURALS,
    read_edge,
    read_selection,
    refuse_unnamed,
)
from scheduler.protocol.sentences.words import Words

ANY_DAY = "any day"
"""Where every day will do, open or not: at home."""
OPEN_EXAMPLE = "clinic | any day | infusion on days 1, 3"
SPAN_EXAMPLE = "28 days"
LONG_HOLD_EXAMPLE = (
    "after more than 7 days, a new cycle | after more than 7 days on days 1-28, a new cycle from a chosen day"
)
_RESTART = "more than 7 days after dose 1, again from dose 1"
RESTART_EXAMPLE = (
    f"{_RESTART} | more than 28 days after doses 3 and later, again from dose 2 | "
    "more than 28 days after any dose, again from dose 1"
)
INTERVAL_EXAMPLE = "16 days until Study Day 57"
ACTIVITY_EXAMPLE = (
    "screening | every 2nd regorafenib cycle | toripalimab doses 1-4 | every visit"
    " | 0 to 3 days before every regorafenib cycle"
)

_LONGEST_BLOCK = 400


@dataclass(frozen=True, slots=True)
class OpenPhrase:
    """Where it happens, and which days of the block must all be open there."""

    resource: str
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ActivityPlace:
    """Which occurrences of a timeline an activity belongs to; None is every visit of the study.

    ``apart``: on other days than those, counted from each.
    """

    timeline: str | None
    selection: Selection
    apart: Apart | None = None


@dataclass(frozen=True, slots=True)
class IntervalPhrase:
    """How long an activity may be missing at most, and until when that holds."""

    span: Span
    until: Edge | None
    clause: Clause


def read_open(text: str) -> OpenPhrase:
    """Read "clinic", "any day", "infusion on days 1, 3", "infusion on days 1-5", "infusion on days -5 to -3, 0"."""
    words = Words(text, example=OPEN_EXAMPLE, habits=Habits.PLACES)
    if words.accept("any", "day"):
        words.finish()
        return OpenPhrase(ANY_DAY, (1,))
    if words.next_is("weekdays") or words.next_is("Mon-Fri") or words.next_is("Monday"):
        words.fail("expected a place, such as clinic")
    resource = words.name("a place, such as clinic, infusion, radiotherapy, imaging").text
    days: list[int] = []
    if words.accept("on", "days") or words.accept("on", "day"):
        days += _block(words)
        while words.accept(","):
            days += _block(words)
    following = words.peek()
    if following is not None and following.kind == "word" and not days and resource != "on":
        words.fail_with("a place is one word", f"{resource}-{following.text}")
    words.finish()
    return OpenPhrase(resource, tuple(dict.fromkeys(days)) or (1,))


def _block(words: Words) -> range:
    following = words.peek()
    if following is not None and following.kind == "range":
        first, last = words.number_or_range("a day")
        return _limited(words, first, last)
    first = _signed(words)
    last = _signed(words) if words.accept("to") else first
    if last < first:
        words.fail("these days run backwards", back=True)
    return _limited(words, first, last)


def _limited(words: Words, first: int, last: int) -> range:
    if max(abs(first), abs(last)) > _LONGEST_BLOCK:
        words.fail(f"a block of days has at most {_LONGEST_BLOCK} days", back=True)
    return range(first, last + 1)


def _signed(words: Words) -> int:
    token = words.accept_kind("signed")
    return words.signed_number(token) if token else words.number_of("a day")


def read_span(text: str) -> tuple[Span, Clause]:
    """Read a length of time, with its citation."""
    words = Words(text, example=SPAN_EXAMPLE)
    span = words.span()
    clause = Clause(0, text.strip(), words.citation())
    words.finish()
    return span, clause


def read_long_hold(text: str) -> LongHold:
    """Read what becomes of a cycle after a long hold: "after more than 7 days on days 1-28, a new cycle from a chosen day"."""
    words = Words(text, example=LONG_HOLD_EXAMPLE)
    words.expect("after", "more", "than")
    span = words.span()
    if span.in_days is None:
        words.fail("a hold is counted in days or weeks", back=True)
    days = words.numbers("a day of the cycle") if words.accept("on", "days") else ()
    words.expect(",")
    words.expect("a", "new", "cycle")
    choose = words.accept("from", "a", "chosen", "day")
    clause = Clause(0, text.strip(), words.citation())
    words.finish()
    return LongHold(span, days, choose, clause)


def read_restart(text: str) -> DoseRestart:
    """Read with which dose a treatment begins again: "more than 7 days after dose 1, again from dose 1"."""
    words = Words(text, example=_RESTART, habits=Habits.RESTARTS)
    words.expect("more", "than")
    span = words.span()
    if span.unit is Unit.WORKING_DAYS:
        words.fail("the time since a dose is counted in days, weeks or months", back=True)
    words.expect("after")
    after = _which_dose(words)
    words.expect(",")
    words.expect("again", "from")
    if words.accept_one_of(*_COUNTED) is None:
        words.fail("with which dose does it begin again?", hint="write: again from dose 1")
    again_from = words.number_of("the number of a dose")
    clause = Clause(0, text.strip(), words.citation())
    words.finish()
    return DoseRestart(span, after, again_from, clause)


def _which_dose(words: Words) -> Selection:
    """Which dose was the last: dose 1, doses 3 and later, any dose. Each is the last one, so "each" and "every" are not said."""
    if words.accept("the", "last") or words.accept("the", "previous") or words.accept("any"):
        if words.accept_one_of(*_COUNTED) is None:
            words.fail_with("after which dose?", "after any dose, or: after doses 3 and later")
        return EVERY
    if words.accept_one_of(*_COUNTED, *_SEVERAL_COUNTED) is None:
        words.fail("after which dose?", hint="write: after dose 1, or: after any dose")
    return read_selection(words)


_COUNTED, _SEVERAL_COUNTED = ("dose", "cycle"), ("doses", "cycles")


def read_interval(text: str) -> IntervalPhrase:
    """Read how long something may be missing at most: "16 days until Study Day 57"."""
    words = Words(text, example=INTERVAL_EXAMPLE)
    span = words.span()
    until = read_edge(words) if words.accept("until") else None
    clause = Clause(0, text.strip(), words.citation())
    words.finish()
    return IntervalPhrase(span, until, clause)


def read_single_edge(text: str) -> tuple[Edge, Clause]:
    """Read one moment, or a span after or before one, with its citation."""
    words = Words(text, example="Study Day 35")
    edge = read_edge(words)
    clause = Clause(0, text.strip(), words.citation())
    words.finish()
    return edge, clause


def read_activity_place(text: str) -> ActivityPlace:
    """Read where an activity belongs."""
    words = Words(text, example=ACTIVITY_EXAMPLE, habits=Habits.PLACES)
    apart = _read_apart(words)
    place = _read_visits(words, apart is not None)
    words.finish()
    return replace(place, apart=apart)


def _read_apart(words: Words) -> Apart | None:
    """Read on which days before or after a visit something is done: "0 to 3 days before", "1 day after"."""
    token = words.peek()
    if token is None or token.kind != "number":
        return None
    near = words.whole_number("how many days")
    far = words.whole_number("the other end of the window") if words.accept("to") else near
    unit = words.unit()
    days, other = Span(near, unit).in_days, words.limited(Span(far, unit)).in_days
    if days is None or other is None:
        words.fail("days apart from a visit are counted in days", back=True)
    if far < near:
        words.fail_with("the day that is next to the visit comes first", f"{far} to {near} days")
    word = words.accept_one_of("before", "after")
    if word is None:
        words.fail("expected 'before' or 'after'")
    said = words.said_since(token)
    return Apart(-other, -days, said) if word == "before" else Apart(days, other, said)


def _read_visits(words: Words, apart: bool) -> ActivityPlace:
    """Read which visits."""
    if words.accept("every", "visit"):
        if apart:
            words.fail("days before every visit of the study are many", back=True, hint="name the visits one by one")
        return ActivityPlace(None, EVERY)
    if words.accept("every"):
        token = words.accept_kind("ordinal")
        step = int(token.text[:-2]) if token else 1
        if step < 1:
            words.fail("every 0th is never", back=True)
        refuse_unnamed(words)
        name = words.name("a treatment or visit").text
        words.accept_one_of(*OCCURRENCE_WORDS, *PLURALS)
        place = ActivityPlace(name, Selection(every=step))
    else:
        refuse_unnamed(words)
        if words.next_is("weeks") or words.next_is("months"):
            words.fail("expected a treatment or visit")
        name = words.name("a treatment or visit").text
        unit = words.accept_one_of(*OCCURRENCE_WORDS, *PLURALS)
        following = words.peek()
        numbered = unit is not None or (following is not None and following.kind in ("number", "range"))
        place = ActivityPlace(name, read_selection(words) if numbered else EVERY)
    if apart and words.accept("day") and words.number_of("a day of the cycle") != 1:
        words.fail_with(
            "an activity goes by day 1 of a cycle", "day 1; or make a visit of the other day, and name that"
        )
    return place
