"""The days around an ideal day that a timing allows: "±3 days", "-7 +28", "+3 working days", "1 to 28 days before".

Working days are open days of the site, counted from the ideal day.
"""

from __future__ import annotations

from typing import NamedTuple

from scheduler.dates import Span, Unit
from scheduler.protocol.sentences.words import Words


class Window(NamedTuple):
    """So many days earlier and later, None where nothing is said; ``in_open_days``: open days of the site are counted."""

    early: int | None
    late: int | None
    in_open_days: bool = False


NO_WINDOW = Window(None, None)


def read_window(words: Words) -> Window:
    """±3, +7, or -7 +28, with or without "days"; none at all is no window."""
    token = words.accept_kind("either")
    if token is not None:
        width = words.signed_number(token)
        return _in_unit(words, width, width)
    first = words.accept_kind("signed")
    if first is None:
        return NO_WINDOW
    if first.text.startswith("+"):
        late = words.signed_number(first)
        if (swapped := words.accept_kind("signed")) is not None:
            words.fail_with("the early days come first", f"{swapped.text} {first.text}")
        return _in_unit(words, 0, late)
    early = -words.signed_number(first)
    second = words.accept_kind("signed")
    if second is not None and not second.text.startswith("+"):
        words.fail("a window is written -7 +28", back=True)
    return _in_unit(words, early, words.signed_number(second) if second is not None else 0)


def _in_unit(words: Words, early: int, late: int) -> Window:
    if words.accept("working", "days") or words.accept("working", "day"):
        return Window(early, late, in_open_days=True)
    if words.accept_one_of("weeks", "week"):
        return Window(early * 7, late * 7)
    if words.next_is("hours") or words.next_is("hour"):
        words.fail("a window of hours goes with hours", hint="write: 24 hours ±2 hours after every drug dose")
    words.accept_one_of("days", "day")
    return Window(early, late)


def window_to(words: Words, span: Span, other: int, sign: int) -> Window:
    """ "1 to 28 days before": the ideal first, then the other end of the window."""
    in_open_days = span.unit is Unit.WORKING_DAYS
    first = span.amount if in_open_days else span.in_days
    if first is None:
        words.fail(
            "a window from one number to another is counted in days or weeks",
            back=True,
            hint="write: 3 months ±14 days after first dose",
        )
    last = words.limited(Span(other, span.unit))
    difference = (last.amount if in_open_days else last.in_days or 0) - first
    if difference < 0:
        unit = " working days" if in_open_days else ""
        window = f"{span} {'-' if sign > 0 else '+'}{-difference}{unit}"
        words.fail_with("the ideal day comes first", f"{other} to {span}, or where {span} is ideal: {window}")
    return Window(0, difference, in_open_days) if sign > 0 else Window(difference, 0, in_open_days)
