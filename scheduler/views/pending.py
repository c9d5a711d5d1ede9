"""What cannot be dated yet, as a list, each with the rule that will date it."""

from __future__ import annotations

from scheduler.calendar.entries.entry import Calendar
from scheduler.views.table import Table


def table_of_pending(calendar: Calendar) -> Table:
    """What waits for something that nobody knows yet."""
    return Table(
        title="Not dated yet",
        columns=("id", "what", "rule", "not before"),
        rows=(
            *((each.name, each.name, each.rule, None) for each in calendar.dates if each.date is None),
            *((each.id, each.title, each.rule, each.not_before) for each in calendar.pending),
        ),
    )
