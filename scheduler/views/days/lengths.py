"""How long visits last, as the site says it, and when one that was booked for a time is over."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from scheduler.calendar.entries.entry import Calendar, Entry
from scheduler.calendar.entries.unplanned import treatment_of
from scheduler.site.capacity import length_of
from scheduler.views.days.attendance import Attendance, time_of


def minutes_of(entry: Entry, calendar: Calendar) -> int | None:
    """How long one part of a visit lasts; None where the site does not say it."""
    return length_of(calendar.lasts, treatment_of(entry.timeline), entry.kind.value, entry.activities)


def minutes_of_visit(attendance: Attendance, calendar: Calendar) -> int | None:
    """From the earliest booked time of a visit to its end; None without a time, or where any part's length is not known.

    What has no time of its own comes on top: it takes the patient's time too.
    """
    start = attendance.time
    lengths = [(time_of(part), minutes_of(part, calendar)) for part in attendance.parts]
    if start is None or not lengths or any(minutes is None for _, minutes in lengths):
        return None
    timed = [_minutes_between(start, at) + (minutes or 0) for at, minutes in lengths if at is not None]
    return max(timed) + sum(minutes or 0 for at, minutes in lengths if at is None)


def _minutes_between(start: time, at: time) -> int:
    day = date.min
    return (datetime.combine(day, at) - datetime.combine(day, start)) // timedelta(minutes=1)
