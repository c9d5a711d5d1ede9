"""What a drug is called in the reader's language, where the protocol says so; its id stays what lists and programs have."""

from __future__ import annotations

from scheduler.calendar.entries.entry import Calendar
from scheduler.said import Text


def drug_called(calendar: Calendar, drug: str) -> str:
    """The drug's id, which is said as the title of its product; alone where that has none in other languages."""
    families = (calendar.products.get(drug), *calendar.products.values())
    title = next((each.title for family in families for each in family or () if each.name == drug), None)
    if not isinstance(title, Text):
        return drug
    made = Text(drug)
    made.said = title.said
    return made
