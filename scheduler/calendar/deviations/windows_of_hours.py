"""Visits and doses that were timed in hours with a window, and came outside it by the site's clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from scheduler.calendar.deviations.hours_too_short import clock_of
from scheduler.calendar.deviations.own_sentence import timing_of
from scheduler.calendar.entries.deviation import Deviated, Deviation, events_behind
from scheduler.calendar.entries.dose_sheet import in_words
from scheduler.calendar.entries.entry import Calendar, Entry, Status
from scheduler.dates import Day
from scheduler.local_times import elapsed
from scheduler.protocol.plan.study import Plan, Timeline
from scheduler.protocol.plan.times.moments import Relative, StartOf
from scheduler.protocol.plan.times.timing import Timing
from scheduler.said import Code, Quoted, Said, Value, said


class InHours(NamedTuple):
    """Something that was done, with the true minutes since what it counts from, and how many of them were outside its window."""

    before: Entry
    timing: Timing
    minutes: int
    outside: int


def windows_of_hours(plan: Plan, calendar: Calendar, zone_on: Callable[[Day], str]) -> Iterator[Deviation]:
    """A deviation in hours and minutes for each; without both times whole days are compared, as for all others."""
    for line in plan.timelines.values():
        for entry in calendar.entries:
            found = in_hours(line, entry, calendar, zone_on) if entry.timeline == line.name else None
            if found is not None and found.outside:
                what = _said(found)
                kind, numbers = Deviated.OUT_OF_WINDOW, events_behind(entry.because)
                yield Deviation(kind, line.name, entry.id, entry.date, None, what, found.timing.clause, numbers)


def _said(window: InHours) -> Said:
    told: dict[str, Value] = {
        "since": Code(in_words(window.minutes)),
        "entry": Code(window.before.id),
        "time": Code(f"{window.before.time}"),
        "off": Code(in_words(abs(window.outside))),
        "sentence": Quoted(window.timing.clause.text),
    }
    if window.outside > 0:
        return said("{since} after {entry} at {time}, {off} too late: {sentence} is asked for", **told)
    return said("{since} after {entry} at {time}, {off} too early: {sentence} is asked for", **told)


def in_hours(line: Timeline, entry: Entry, calendar: Calendar, zone_on: Callable[[Day], str]) -> InHours | None:
    """How it stands to its window of hours; None where it has none, is not done, or one of the two times is not known."""
    timing = timing_of(line, entry)
    if timing is None or timing.hours is None or timing.span is None or entry.status is not Status.DONE:
        return None
    before = _counts_from(calendar, entry, timing)
    if before is None:
        return None
    first, second = clock_of(before, zone_on), clock_of(entry, zone_on)
    if first is None or second is None:
        return None
    minutes = round(elapsed(first, second).total_seconds() / 60)
    off = minutes - 60 * (timing.span.hours or 0)
    outside = max(off - timing.hours.late, 0) or min(off + timing.hours.early, 0)
    return InHours(before, timing, minutes, outside)


def _counts_from(calendar: Calendar, entry: Entry, timing: Timing) -> Entry | None:
    moment = timing.moment
    if not isinstance(moment, StartOf):
        return None
    timeline = moment.timeline or entry.timeline
    number = entry.n - (moment.which is Relative.PREVIOUS) if isinstance(moment.which, Relative) else moment.which
    done = (each for each in calendar.entries if each.timeline == timeline and each.n == number)
    return next((each for each in done if each.status is Status.DONE), None)
