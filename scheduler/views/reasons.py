"""How calendars and lists tell their reasons."""

from __future__ import annotations

from scheduler.calendar.entries.because import Because
from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.entries.sentences import sentences
from scheduler.said import Said
from scheduler.views.table_of_dates import Say


def reasons_of(calendar: Calendar) -> Say:
    """Tells the reasons of this calendar's entries in a few words each, with protocol lines and event numbers."""

    def say(because: Because) -> tuple[Said, ...]:
        return sentences(because, calendar)

    return say
