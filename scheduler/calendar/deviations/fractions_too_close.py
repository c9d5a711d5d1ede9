"""Fractions of one day that were given sooner after each other than the protocol has them: tissue has not recovered yet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from scheduler.calendar.entries.deviation import Deviated, Deviation, events_behind
from scheduler.calendar.entries.entry import Calendar, Entry, Status
from scheduler.protocol.plan.study import Plan, Timeline


def fractions_too_close(plan: Plan, calendar: Calendar) -> Iterator[Deviation]:
    """A deviation for each fraction whose time is too soon after that of the one before on its day, by the site's clock."""
    for line in plan.timelines.values():
        if line.a_day > 1:
            given = [each for each in calendar.entries if each.timeline == line.name and each.status is Status.DONE]
            timed = sorted((each for each in given if each.time is not None), key=_when)
            for before, entry in pairwise(timed):
                if entry.date == before.date and _minutes(entry) - _minutes(before) < 60 * line.hours_apart:
                    yield _too_close(line, before, entry)


def _too_close(line: Timeline, before: Entry, entry: Entry) -> Deviation:
    hours, minutes = divmod(_minutes(entry) - _minutes(before), 60)
    what = f"{hours} h {minutes:02} min after {before.id} at {before.time}, at least {line.hours_apart} hours are asked for"
    clause = next(give.clause for give in line.gives if give.a_day > 1)
    numbers = events_behind(entry.because)
    return Deviation(Deviated.INTERVAL_TOO_SHORT, line.name, entry.id, entry.date, None, what, clause, numbers)


def _when(entry: Entry) -> tuple[int, int]:
    return (entry.date.toordinal() if entry.date is not None else 0, _minutes(entry))


def _minutes(entry: Entry) -> int:
    hours, _, minutes = (entry.time or "00:00").partition(":")
    return 60 * int(hours) + int(minutes)
