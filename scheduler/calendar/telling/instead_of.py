"""What was given beside what was due: "1200 mg instead of 240 mg", and what is left of a fraction that was given in part."""

from __future__ import annotations

from scheduler.calendar.engine.dosing.parts import REST_OF_A_FRACTION, short_of
from scheduler.calendar.entries.entry import Calendar, Entry, Flag
from scheduler.calendar.telling.standing import instead_of
from scheduler.findings import said_together


def with_what_was_due(title: str, calendar: Calendar, entry: Entry) -> str:
    """The title of an attendance, and, where another amount was given than due, both amounts."""
    if not entry.due:
        return title
    left = f"; {_left(calendar, entry)}" if Flag.IN_PART in entry.flags else ""
    return f"{title.removesuffix('.')}: {instead_of(entry.doses, entry.due)}{left}."


def _left(calendar: Calendar, entry: Entry) -> str:
    asked = any(each.code == REST_OF_A_FRACTION and each.entry == entry.id for each in calendar.findings)
    if not asked:
        return "the rest was given up"
    left = tuple(map(str, short_of(entry.doses, entry.due)))
    return f"{said_together(left)} {'is' if len(left) == 1 else 'are'} left"
