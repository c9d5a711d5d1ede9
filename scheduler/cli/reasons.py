"""How reasons are told in calendars and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.calendar.entry import Calendar
    from scheduler.views.table_of_dates import Say


def reasons_of(calendar: Calendar) -> Say:
    """Tells the reasons of this calendar in plain sentences."""
    from scheduler.calendar.sentences import sentences

    return lambda because: sentences(because, calendar)
