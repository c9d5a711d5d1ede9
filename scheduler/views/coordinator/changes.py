"""Differences between two calendars as a list, and as plain data for other programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from scheduler.calendar.comparing.change import Change
from scheduler.views.table import Table

Plain: TypeAlias = str | list[str] | None

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
                change.sentence,
            )
            for change in changes
        ),
    )


def changes_in_keys(changes: Iterable[Change]) -> list[dict[str, Plain]]:
    """Every difference as keys and values; ``entries`` lists all that differ alike."""
    return [
        {
            "date": change.on.isoformat() if change.on is not None else None,
            "entries": list(change.entries),
            "what": change.what.value,
            "before": change.before,
            "after": change.after,
            "change": change.sentence,
        }
        for change in changes
    ]
