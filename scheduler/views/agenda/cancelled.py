"""How long a visit that does not take place is still shown, and what it is called."""

from __future__ import annotations

from datetime import date, timedelta

from scheduler.calendar.entries.entry import Entry, Flag, Status
from scheduler.said import Said
from scheduler.views.agenda.revision import Revisions
from scheduler.views.days.attendance import Attendance
from scheduler.views.reader.wording import Phrase

SHOWN_FOR = timedelta(days=14)
"""Long enough for every program to fetch it and for the patient to look; after that struck-out lines only pile up."""


def still_shown(attendance: Attendance, history: Revisions, as_of: date) -> bool:
    """True for 14 days from the day (UTC) on which it was cancelled; from its own day, where no event did it.

    What was booked is shown up to its day, where that is later: somebody may still come.
    """
    return as_of <= shown_until(attendance, history)


def shown_until(attendance: Attendance, history: Revisions) -> date:
    """The last day on which a visit that does not take place is shown."""
    from_day = history.stamp(attendance.latest).date() if attendance.latest else attendance.day
    until = from_day + SHOWN_FOR
    was_booked = any(Flag.BOOKED in entry.flags for entry in attendance.dropped)
    return max(until, attendance.day) if was_booked else until


def cancelled_words(entries: tuple[Entry, ...]) -> Said:
    """Cancelled before it could take place, or recorded afterwards as not done."""
    return Phrase.NOT_DONE if all(entry.status is Status.NOT_DONE for entry in entries) else Phrase.CANCELLED
