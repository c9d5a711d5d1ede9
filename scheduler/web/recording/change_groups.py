"""What events change, in three groups: what they are about, the next weeks, and what comes later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.calendar.comparing.change import ABOUT_ENTRIES, Change
from scheduler.patient.events import Corrected, Event

WEEKS = 8
"""How far ahead a reader looks first."""


@dataclass(frozen=True, slots=True)
class ChangeGroups:
    """The changes in their order: of the events' own entries, of the next weeks (and of days without a date), and later."""

    own: tuple[Change, ...]
    near: tuple[Change, ...]
    later: tuple[Change, ...]


def grouped(changes: Sequence[Change], events: Sequence[Event], today: date) -> ChangeGroups:
    """The same changes, each in one group. ``today`` is the site's."""
    about = {entry for event in events for entry in (event.with_ if isinstance(event, Corrected) else event).entries}
    own = [each for each in changes if _is_about(each, about)]
    rest = [each for each in changes if each not in own]
    last = today + timedelta(weeks=WEEKS)
    return ChangeGroups(
        tuple(own),
        tuple(each for each in rest if each.on is None or each.on <= last),
        tuple(each for each in rest if each.on is not None and each.on > last),
    )


def _is_about(change: Change, entries: set[str]) -> bool:
    """True where all entries of a change are those of the events, or days of them."""
    return (
        change.what in ABOUT_ENTRIES
        and bool(change.entries)
        and all(any(name == each or name.startswith(f"{each}.") for each in entries) for name in change.entries)
    )
