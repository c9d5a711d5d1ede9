"""Windows: they may not reach into the next occurrence's, and nothing may come before what it counts from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scheduler.dates import Span, Unit
from scheduler.findings import Finding
from scheduler.protocol.checks.protocol import Protocol, timings
from scheduler.protocol.plan.offsets import shortest_days
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.plan.times.moments import DayOf, EndOf, LastDayOf, Relative, StartOf
from scheduler.protocol.plan.times.timing import Timing
from scheduler.protocol.sentences.spellings import plain


def check_overlaps(protocol: Protocol) -> Iterator[Finding]:
    """28 days ±15: the window of one occurrence reaches into that of the next."""
    for _, line in protocol.timelines():
        for timing in timings(line):
            interval = _interval(line, timing)
            days = shortest_days(interval) if interval is not None else None
            if days is None or timing.early is None or timing.late is None or timing.early >= days:
                continue
            if timing.early + timing.late >= days:
                message = f"the windows overlap: -{timing.early} +{timing.late} around occurrences {interval} apart"
                hint = f"together they can be at most {days - 1} days"
                yield protocol.at(timing.clause).warning("windows-overlap", message, hint)


_BARE_WINDOW = re.compile(
    r"(weeks?|months?|years?)\s+((?:[+-]\s*[0-9]+\s+)?[±+-]\s*[0-9]+)(?!\s*(?:[0-9]|days?\b|weeks?\b|[+-]\s*[0-9]))"
)
_DAYS_OF = {Unit.WEEKS: 7, Unit.MONTHS: 30, Unit.YEARS: 365}


def check_unit_of_windows(protocol: Protocol) -> Iterator[Finding]:
    """6 months ±1: a day, or a month? It is read as days; where the other reading is likely too, both are shown."""
    for _, line in protocol.timelines():
        for timing in timings(line):
            sentence, span = plain(timing.clause.text), timing.every or timing.span
            bare = _BARE_WINDOW.search(sentence)
            widest = max(timing.early or 0, timing.late or 0)
            if span is None or bare is None or span.unit not in _DAYS_OF or 2 * widest > span.amount:
                continue
            longer = _longer(bare[2], _DAYS_OF[span.unit])
            in_days, in_units = (
                f"{sentence[: bare.start(2)]}{_days(window)}{sentence[bare.end(2) :]}" for window in (bare[2], longer)
            )
            message = f"{bare[2]} what? It is read as {_days(bare[2])}"
            yield protocol.at(timing.clause).warning(
                "window-of-what", message, f"write: {in_days}, or: {in_units}", word=bare[2]
            )


def _days(window: str) -> str:
    return f"{window} day" if window[-2:] in ("±1", "+1", "-1") else f"{window} days"


def _longer(window: str, factor: int) -> str:
    return re.sub("[0-9]+", lambda digits: str(int(digits[0]) * factor), window)


def _interval(line: Timeline, timing: Timing) -> Span | None:
    if timing.every is not None:
        return timing.every
    moment = timing.moment
    if not isinstance(moment, StartOf) or moment.timeline != line.name or timing.sign < 0:
        return None
    return timing.span if moment.which is Relative.PREVIOUS else None


def check_order_of_windows(protocol: Protocol) -> Iterator[Finding]:
    """A window so wide that it begins before the day that it counts from."""
    for _, line in protocol.timelines():
        for timing in timings(line):
            days = shortest_days(timing.span) if timing.span is not None else None
            if days is None or timing.every is not None or not _counts_from_what_happens(line, timing):
                continue
            toward = timing.early if timing.sign > 0 else timing.late
            if toward is not None and toward >= days > 0:
                side = "on or before" if timing.sign > 0 else "on or after"
                message = f"the window begins {side} the day that it counts from"
                hint = f"at most {days - 1} days on that side"
                yield protocol.at(timing.clause).finding("window-too-wide", message, hint)


def _counts_from_what_happens(line: Timeline, timing: Timing) -> bool:
    moment = timing.moment
    own = isinstance(moment, StartOf | DayOf | LastDayOf) and moment.timeline == line.name
    return own or isinstance(moment, EndOf) or timing.sign < 0
