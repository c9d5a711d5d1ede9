"""What cannot be dated yet, as a list, each with the rule that will date it."""

from __future__ import annotations

from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.entries.titles_in_words import title_in_words
from scheduler.said import said, text_of
from scheduler.views.table import Table


def table_of_pending(calendar: Calendar) -> Table:
    """What waits for something that nobody knows yet."""
    return Table(
        title=text_of(said("Not dated yet")),
        columns=("id", "what", "rule", "not before"),
        rows=(
            *((each.name, each.name, each.rule, None) for each in calendar.dates if each.date is None),
            *((each.id, text_of(title_in_words(each.title)), each.rule, each.not_before) for each in calendar.pending),
        ),
    )
