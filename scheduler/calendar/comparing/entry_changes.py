"""What is different between two states of one entry: date, time, status, window, dose, flags, activities."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from scheduler.calendar.comparing.change import What
from scheduler.calendar.comparing.change_in_words import (
    Sentence,
    activities_are,
    how_long,
    ideal_is,
    instead,
    is_cancelled,
    marks_are,
    moves,
    status_is,
    time_is,
    window_is,
)
from scheduler.calendar.comparing.folding import Difference
from scheduler.calendar.entries.doses_in_words import doses_in_words
from scheduler.calendar.entries.entry import Entry, Flag, Kind, Status, Window
from scheduler.said import Code, Said, Value, in_english, said

NO_DATE = "no date"


def changes_of_entry(before: Entry, after: Entry) -> Iterator[Difference]:
    """Every difference that a reader sees. Reasons are not compared: new ones that change nothing are no difference."""
    yield from _status(before, after)
    if after.status is not Status.CANCELLED:
        yield from _date(before, after)
        yield from _window(before, after)
    if not (before.runs or after.runs) and after.status not in (Status.CANCELLED, Status.NOT_DONE):
        yield from _doses(before, after)
    yield from _flags(before, after)
    yield from _activities(before, after)


def difference(
    entry: Entry, what: What, before: str | None, after: str | None, told: Sentence, alike: Hashable = None
) -> Difference:
    """A difference of an entry. It is like another that is told alike, or is ``alike``."""
    return Difference(
        entry.id,
        entry.timeline,
        entry.n,
        what,
        before,
        after,
        told,
        entry.date,
        told.several if alike is None else alike,
    )


def _status(before: Entry, after: Entry) -> Iterator[Difference]:
    if before.status is after.status:
        return
    was, now = before.status.value, after.status.value
    if after.status is Status.CANCELLED:
        yield difference(before, What.CANCELLED, was, now, is_cancelled(before.status, before.date))
    else:
        yield difference(after, What.STATUS, was, now, status_is(after.status, before.status))


def _date(before: Entry, after: Entry) -> Iterator[Difference]:
    if before.date != after.date:
        both = before.date is not None and after.date is not None
        by = after.date - before.date if before.date is not None and after.date is not None else None
        told = moves(before.date, after.date)
        yield difference(after, What.MOVED, _iso(before.date), _iso(after.date), told, by if both else None)
    if before.clock != after.clock:
        told = time_is(_clock(after), _clock(before))
        yield difference(after, What.TIME, before.clock or "no time", after.clock or "no time", told)


def _clock(entry: Entry) -> Value | None:
    if entry.time is not None:
        return Code(entry.time)
    return said("not before {time}", time=Code(entry.earliest)) if entry.earliest is not None else None


def _window(before: Entry, after: Entry) -> Iterator[Difference]:
    """A window that moved as the date did needs no telling."""
    if (before.ideal, before.window) == (after.ideal, after.window):
        return
    shift = after.date - before.date if before.date is not None and after.date is not None else timedelta()
    if _shifted(before.window, shift) == after.window and _moved(before.ideal, shift) == after.ideal and shift:
        return
    if after.kind is Kind.PERIOD:
        yield _period(before, after)
    elif before.window != after.window:
        told = window_is(after.window, before.window)
        yield difference(after, What.WINDOW, _days(before), _days(after), told)
    else:
        yield difference(after, What.WINDOW, _iso(before.ideal), _iso(after.ideal), ideal_is(after.ideal, before.ideal))


def _period(before: Entry, after: Entry) -> Difference:
    """A period that begins or ends otherwise bears on the day that it ends."""
    told = instead(how_long(after.date, after.window), how_long(before.date, before.window))
    window = after.window or before.window
    on = window[1] if window is not None else after.date
    return replace(difference(after, What.WINDOW, _days(before), _days(after), told), on=on)


def _shifted(window: Window | None, shift: timedelta) -> Window | None:
    return None if window is None else (window[0] + shift, window[1] + shift)


def _moved(day: date | None, shift: timedelta) -> date | None:
    return None if day is None else day + shift


def _doses(before: Entry, after: Entry) -> Iterator[Difference]:
    if before.doses != after.doses:
        awaited = after.status is Status.PLANNED and Flag.AWAITING_DECISION in after.flags
        was = doses_in_words(before.doses)
        now = Said(Flag.AWAITING_DECISION.value, context="flag") if awaited else doses_in_words(after.doses)
        yield difference(after, What.DOSE, in_english(was), in_english(now), instead(now, was))


def _flags(before: Entry, after: Entry) -> Iterator[Difference]:
    was, now = _marks(before), _marks(after)
    if was != now:
        told = marks_are(now, was)
        yield difference(after, What.FLAGS, _list(flag.value for flag in was), _list(flag.value for flag in now), told)


def _marks(entry: Entry) -> tuple[Flag, ...]:
    """The flags but that of an open end, which the days of the period tell."""
    return tuple(flag for flag in entry.flags if flag is not Flag.OPEN_END)


def _activities(before: Entry, after: Entry) -> Iterator[Difference]:
    was, now = before.activities, after.activities
    if was != now:
        yield difference(after, What.ACTIVITIES, _list(was), _list(now), activities_are(now, was))


def _list(words: Iterable[str]) -> str:
    return "; ".join(words) or "none"


def _iso(day: date | None) -> str:
    return NO_DATE if day is None else day.isoformat()


def _days(entry: Entry) -> str:
    if entry.window is not None:
        return f"{entry.window[0]}..{entry.window[1]}"
    return f"{entry.date}.. (open)" if entry.kind is Kind.PERIOD else "none"
