"""How entries of doses that the plan does not have are named: their timeline is the treatment's, and says so."""

from __future__ import annotations

from scheduler.calendar.entries.entry import Entry

SUFFIX = ".unplanned"


def treatment_of(timeline: str) -> str:
    """The treatment that an entry belongs to, also where the plan does not have its dose."""
    return timeline.removesuffix(SUFFIX)


def is_unplanned(entry: Entry) -> bool:
    """True for a dose that the plan does not have."""
    return entry.timeline.endswith(SUFFIX)
