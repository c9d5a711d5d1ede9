"""Differences between two calendars as a list."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.calendar.comparing.change import Change
from scheduler.views.table import Table

COLUMNS = ("date", "entries", "what", "before", "after", "change")


def table_of_changes(changes: Iterable[Change], title: str = "What would change") -> Table:
    """One row for each difference, by the day that it bears on."""
    return Table(
        title,
        COLUMNS,
        tuple(
            (
                change.on,
                ", ".join(change.entries) or None,
                change.what.value,
                change.before,
                change.after,
                str(change.sentence),
            )
            for change in changes
        ),
    )
