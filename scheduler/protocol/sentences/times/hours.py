"""What is timed in hours, by the clock: 46 hours after a dose, 24 hours ±2 hours, 24 to 72 hours, within 24 hours after it."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from scheduler.dates import Span, Unit
from scheduler.protocol.plan.times.moments import Moment
from scheduler.protocol.plan.times.timing import Timing, WindowOfHours
from scheduler.protocol.sentences.times.minutes import A_UNIT, read_window_in_minutes
from scheduler.protocol.sentences.times.moment import EachOf, read_follows, read_moment
from scheduler.protocol.sentences.words import Words

HoursPhrase: TypeAlias = tuple[Timing, Moment | EachOf]
"""A timing in hours, and the moment that it counts from."""

_A_DAY = 24 * 60


def read_hours(words: Words, timing: Timing, amount: int) -> HoursPhrase:
    """ "46 hours after every pump dose": a moment with its own time, once that of the dose is recorded."""
    span = words.hours(amount)
    early, late = read_window_in_minutes(words, "what is timed in hours")
    if not words.accept("after"):
        words.fail("hours are counted after a dose, fraction or visit", hint=f"write: {span} after the previous dose")
    if early is not None and early > amount * A_UNIT["hours"]:
        words.fail("the window begins before what it counts from", back=True)
    return _after_hours(words, timing, span, early, late)


def read_range_of_hours(words: Words, timing: Timing, ideal: int) -> HoursPhrase:
    """ "24 to 72 hours after every drug dose": the first number is the ideal."""
    words.expect("to")
    other = words.whole_number("the other end of the window")
    if other <= ideal:
        rest = words.text[token.offset :] if (token := words.peek()) is not None else "hours"
        words.fail_with("the ideal comes first", f"{other} to {ideal} {rest}")
    words.expect("hours")
    span = words.limited(Span(ideal, Unit.HOURS))
    words.expect("after")
    return _after_hours(words, timing, span, 0, (other - ideal) * A_UNIT["hours"])


def read_within(words: Words, timing: Timing) -> HoursPhrase:
    """ "within 24 hours after every drug dose": at once, or up to so much later."""
    words.expect("within")
    most = words.whole_number("how many hours")
    words.accept_one_of("hours", "hour")
    if most == 0:
        words.fail("0 hours are no time", back=True, hint="leave them out")
    words.limited(Span(most, Unit.HOURS))
    if not words.accept("after"):
        words.fail("hours are counted after a dose, fraction or visit", hint="write: after every drug dose")
    return _after_hours(words, timing, Span(0, Unit.HOURS), 0, most * A_UNIT["hours"])


def _after_hours(words: Words, timing: Timing, span: Span, early: int | None, late: int | None) -> HoursPhrase:
    """What is timed in hours; of its window whole days count while a time is not known."""
    moment: Moment | EachOf = read_follows(words) if words.next_is("every") else read_moment(words)
    timing = replace(timing, span=span)
    if early is not None and late is not None:
        days = early // _A_DAY, late // _A_DAY
        timing = replace(timing, early=days[0], late=days[1], hours=WindowOfHours(early, late))
    return timing, moment
