"""Which open day is taken when the ideal day is closed: later, nearest (a tie goes later) or earlier."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from scheduler.calendar.entries.because import Closed
from scheduler.dates import MONDAY_TO_SUNDAY, Day
from scheduler.protocol.plan.study import IfClosed
from scheduler.site.open_days import OpenDays


class Choice(NamedTuple):
    """The day that was chosen, the closed days that it was moved by, and whether it lies outside the window."""

    day: Day | None
    closed: Closed | None = None
    outside: bool = False


class Fallback(Enum):
    """Where to look when the window has no open day: after it, before it, or (what must precede) nowhere later at all."""

    AFTER = "the first open day after it"
    BEFORE = "the last open day up to the ideal, inside it if there is one"
    NONE = "the last open day before it, and inside it no day after the ideal"


def choose_day(
    days: OpenDays, ideal: Day, first: Day, last: Day | None, rule: IfClosed, fallback: Fallback = Fallback.AFTER
) -> Choice:
    """The open day for an ideal day inside the window ``first`` to ``last`` (no ``last``: no end).

    With no such day in the window it is the first open day after it. What must precede its moment, or keep to a ceiling, has no
    later fallback: it is the last open day up to the ideal one, else none.
    """
    if days.is_open(ideal):
        return Choice(ideal)
    day = _inside(days, ideal, first, last, rule, fallback)
    outside = day is None
    if day is None and fallback is Fallback.AFTER:
        day = days.first_open((last if last is not None else ideal) + 1)
    elif day is None:
        # With a ceiling on the ideal day, "later" found nothing, though the window may be open before it.
        day = days.last_open(ideal)
        outside = day is None or day < first
    return Choice(day, _closed_between(days, ideal, day), outside)


def _inside(days: OpenDays, ideal: Day, first: Day, last: Day | None, rule: IfClosed, fallback: Fallback) -> Day | None:
    if rule is IfClosed.EARLIER:
        earlier = days.last_open(ideal, first)
        return earlier if earlier is not None or fallback is Fallback.NONE else days.first_open(ideal, last)
    if rule is IfClosed.NEAREST and last is not None:
        # A tie goes later: OpenDays.nearest_open asks the later of two equally near days first.
        return days.nearest_open(ideal, first, last)
    return days.first_open(ideal, last)


def _closed_between(days: OpenDays, ideal: Day, day: Day | None) -> Closed:
    """The closed days that stood in the way, and all that closed them."""
    first, last = (ideal, ideal) if day is None else (ideal, day - 1) if day > ideal else (day + 1, ideal)
    return Closed(first, last, _all_of(days.why_closed(each) or "closed" for each in range(first, last + 1)))


def _all_of(reasons: Iterable[str]) -> str:
    """Each reason once, and once what stands before a colon: "Saturday and Sunday; public holiday: Labor Day, Day off"."""
    named: dict[str, list[str]] = {}
    for why in dict.fromkeys(reasons):
        kind, _, name = why.partition(": ")
        named.setdefault("" if why in MONDAY_TO_SUNDAY else kind, []).append(why if why in MONDAY_TO_SUNDAY else name)
    return "; ".join(_named(kind, [name for name in names if name]) for kind, names in named.items())


def _named(kind: str, names: list[str]) -> str:
    if not kind:
        return " and ".join(names)
    return f"{kind}: {', '.join(names)}" if names else kind
