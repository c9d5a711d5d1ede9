"""What is different between two states of one entry: date, time, status, window, dose, flags, activities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from scheduler.calendar.comparing.change import What
from scheduler.calendar.comparing.folding import Difference
from scheduler.calendar.entries.doses_in_words import doses_in_words
from scheduler.calendar.entries.entry import Entry, Flag, Kind, Status, Window
from scheduler.said import in_english

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
    entry: Entry,
    what: What,
    before: str | None,
    after: str | None,
    told: str | None = None,
    one: str | None = None,
    alike: str | None = None,
) -> Difference:
    """A difference of an entry. Without ``told`` it is told as the value before and the value after."""
    said = told if told is not None else f": {before} -> {after}"
    on = entry.date
    return Difference(entry.id, entry.timeline, entry.n, what, before, after, said, on, alike or said, one)


def _status(before: Entry, after: Entry) -> Iterator[Difference]:
    if before.status is after.status:
        return
    was, now = before.status.value, after.status.value
    if after.status is Status.CANCELLED:
        one = f": {was}, {_iso(before.date)} -> {now}"
        yield difference(before, What.CANCELLED, was, now, one=one)
    else:
        yield difference(after, What.STATUS, was, now)


def _date(before: Entry, after: Entry) -> Iterator[Difference]:
    if before.date != after.date:
        was, now = _iso(before.date), _iso(after.date)
        if before.date is None or after.date is None:
            yield difference(after, What.MOVED, was, now)
        else:
            days = (after.date - before.date).days
            by = f"by {days:+d} day{'' if abs(days) == 1 else 's'}"
            one = f" moves {by}: {was} -> {now}"
            yield difference(after, What.MOVED, was, now, f" move {by}, the first from {was} to {now}", one, by)
    if before.clock != after.clock:
        yield difference(after, What.TIME, before.clock or "no time", after.clock or "no time")


def _window(before: Entry, after: Entry) -> Iterator[Difference]:
    """A window that moved as the date did needs no telling."""
    if (before.ideal, before.window) == (after.ideal, after.window):
        return
    shift = after.date - before.date if before.date is not None and after.date is not None else timedelta()
    if _shifted(before.window, shift) == after.window and _moved(before.ideal, shift) == after.ideal and shift:
        return
    if after.kind is Kind.PERIOD:
        yield _period(before, after)
        return
    what = " window" if before.window != after.window else " ideal date"
    was = _days(before) if before.window != after.window else _iso(before.ideal)
    now = _days(after) if before.window != after.window else _iso(after.ideal)
    yield difference(after, What.WINDOW, was, now, f"{what}: {was} -> {now}")


def _period(before: Entry, after: Entry) -> Difference:
    """A period that begins or ends otherwise bears on the day that it ends."""
    was, now = _days(before), _days(after)
    window = after.window or before.window
    on = window[1] if window is not None else after.date
    return replace(difference(after, What.WINDOW, was, now), on=on)


def _shifted(window: Window | None, shift: timedelta) -> Window | None:
    return None if window is None else (window[0] + shift, window[1] + shift)


def _moved(day: date | None, shift: timedelta) -> date | None:
    return None if day is None else day + shift


def _doses(before: Entry, after: Entry) -> Iterator[Difference]:
    if before.doses != after.doses:
        yield difference(
            after, What.DOSE, in_english(doses_in_words(before.doses)), in_english(doses_in_words(after.doses))
        )


def _flags(before: Entry, after: Entry) -> Iterator[Difference]:
    was, now = _list(_marks(before)), _list(_marks(after))
    if was != now:
        yield difference(after, What.FLAGS, was, now)


def _marks(entry: Entry) -> tuple[str, ...]:
    """The flags but that of an open end, which the days of the period tell."""
    return tuple(flag.value for flag in entry.flags if flag is not Flag.OPEN_END)


def _activities(before: Entry, after: Entry) -> Iterator[Difference]:
    if before.activities != after.activities:
        yield difference(after, What.ACTIVITIES, _list(before.activities), _list(after.activities))


def _list(words: tuple[str, ...]) -> str:
    return "; ".join(words) or "none"


def _iso(day: date | None) -> str:
    return NO_DATE if day is None else day.isoformat()


def _days(entry: Entry) -> str:
    if entry.window is not None:
        return f"{entry.window[0]}..{entry.window[1]}"
    return f"{entry.date}.. (open)" if entry.kind is Kind.PERIOD else "none"
