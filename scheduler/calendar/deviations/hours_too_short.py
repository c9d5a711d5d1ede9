"""Doses and fractions that were given fewer hours after each other than the protocol has them, by the site's clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import time, timedelta
from itertools import pairwise
from typing import NamedTuple

from scheduler.calendar.deviations.own_sentence import timing_of
from scheduler.calendar.entries.deviation import Deviated, Deviation, events_behind
from scheduler.calendar.entries.entry import Calendar, Entry, Status
from scheduler.dates import Day, Span
from scheduler.local_times import LocalTime, as_recorded, elapsed
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.study import Plan, Timeline
from scheduler.protocol.plan.times.moments import Moment, Relative, StartOf
from scheduler.protocol.plan.times.timing import Timing
from scheduler.said import Code, Said, counted, said


class _Apart(NamedTuple):
    """The hours that have to lie between two entries, and the sentence that says so."""

    before: Entry
    entry: Entry
    hours: int
    clause: Clause


def hours_too_short(plan: Plan, calendar: Calendar, zone_on: Callable[[Day], str]) -> Iterator[Deviation]:
    """A deviation for each dose that came too few hours after what it has to wait for.

    With both times they are true hours. Without them whole days are compared; two fractions of one day are asked for their
    times when they are recorded.
    """
    for line in plan.timelines.values():
        given = [each for each in calendar.entries if each.timeline == line.name and each.status is Status.DONE]
        if line.most_a_day > 1:
            yield from _deviations(line, _of_one_day(line, given), zone_on)
        else:
            apart = (each for entry in given for each in _waits(calendar, line, given, entry))
            yield from _deviations(line, apart, zone_on)


def _deviations(line: Timeline, apart: Iterator[_Apart], zone_on: Callable[[Day], str]) -> Iterator[Deviation]:
    for each in apart:
        between = _between(each, zone_on)
        if between is not None:
            what = said("{between}, at least {hours} hours are asked for", between=between, hours=each.hours)
            kind, numbers = Deviated.INTERVAL_TOO_SHORT, events_behind(each.entry.because)
            yield Deviation(kind, line.name, each.entry.id, each.entry.date, None, what, each.clause, numbers)


def _of_one_day(line: Timeline, given: list[Entry]) -> Iterator[_Apart]:
    """Each fraction with the one before it, where both have their times."""
    clauses = [give.clause for give in line.gives if give.a_day > 1]
    hours = line.hours_apart
    if line.made_up is not None and line.made_up.a_day > 1:
        clauses.append(line.made_up.clause)
        hours = hours if line.a_day > 1 else line.made_up.hours_apart
    for before, entry in pairwise(sorted((each for each in given if each.time is not None), key=_when)):
        yield _Apart(before, entry, hours, clauses[0])


def _waits(calendar: Calendar, line: Timeline, given: list[Entry], entry: Entry) -> Iterator[_Apart]:
    timing = timing_of(line, entry)
    for span, moment in _in_hours(timing) if timing is not None else ():
        before = _counts_from(calendar, line, given, entry, moment)
        if before is not None and span.hours is not None and timing is not None:
            yield _Apart(before, entry, span.hours, timing.clause)


def _in_hours(timing: Timing) -> Iterator[tuple[Span, Moment]]:
    if timing.open_ended and timing.span is not None and timing.span.hours is not None:
        yield timing.span, timing.moment
    yield from (
        (edge.span, edge.moment) for edge in timing.not_before if edge.span is not None and edge.span.hours is not None
    )


def _counts_from(calendar: Calendar, line: Timeline, given: list[Entry], entry: Entry, moment: Moment) -> Entry | None:
    """What was given that the hours count from: of the same treatment the one before, by day and time."""
    if not isinstance(moment, StartOf):
        return None
    if moment.which is Relative.PREVIOUS and moment.timeline in ("", line.name):
        earlier = [each for each in given if each is not entry and _when(each) <= _when(entry)]
        return max(earlier, key=_when, default=None)
    number = entry.n if isinstance(moment.which, Relative) else moment.which
    done = (each for each in calendar.entries if each.timeline == moment.timeline and each.n == number)
    return next((each for each in done if each.status is Status.DONE), None)


def _between(apart: _Apart, zone_on: Callable[[Day], str]) -> Said | None:
    """How long lay between the two, in words, where it was too short."""
    before, entry = apart.before, apart.entry
    first, second = clock_of(before, zone_on), clock_of(entry, zone_on)
    if first is not None and second is not None:
        passed = elapsed(first, second)
        if passed >= timedelta(hours=apart.hours):
            return None
        day = "" if before.date == entry.date else f"{before.date} "
        return said(
            "{since} after {entry} at {time}",
            since=Code(_in_words(passed)),
            entry=Code(before.id),
            time=Code(f"{day}{before.time}"),
        )
    if before.date is None or entry.date is None:
        return None
    whole = (entry.date - before.date).days
    if 24 * whole >= apart.hours:
        return None
    return counted(
        "{n} day after {entry}, without both times",
        "{n} days after {entry}, without both times",
        whole,
        entry=Code(before.id),
    )


def _in_words(passed: timedelta) -> str:
    hours, minutes = divmod(int(passed.total_seconds()) // 60, 60)
    return f"{hours} h {minutes:02} min"


def clock_of(entry: Entry, zone_on: Callable[[Day], str]) -> LocalTime | None:
    """When it was, by the site's clock; None while its day or its time is not known."""
    if entry.date is None or entry.time is None:
        return None
    return as_recorded(entry.date, time.fromisoformat(entry.time), zone_on(entry.date.toordinal()))


def _when(entry: Entry) -> tuple[int, str]:
    return (entry.date.toordinal() if entry.date is not None else 0, entry.time or "")
