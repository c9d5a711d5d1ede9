"""How reasons are told in calendars and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.calendar.entry import Calendar
    from scheduler.protocol.plan import StudyVersion
    from scheduler.views.table_of_dates import Say


def reasons_of(calendar: Calendar, version: StudyVersion) -> Say:
    """Tells the reasons of this calendar in plain sentences."""
    from scheduler.calendar.because import After, Because, Closed, Event, Unknown
    from scheduler.protocol.clause import Clause

    def say(because: Because) -> tuple[str, ...]:
        told = []
        for reason in because.set_by:
            match reason:
                case Clause():
                    told.append(f"Line {reason.line}: {reason.text}.")
                case Event():
                    told.append(f"Event {reason.number}.")
                case Closed():
                    told.append(f"Closed on {reason.dates[0]}: {reason.why}.")
                case After():
                    told.append(f"Counts from {reason.entry}.")
                case Unknown():
                    told.append(f"Nobody knows yet: {reason.what}.")
        return tuple(told)

    return say
