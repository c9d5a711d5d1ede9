"""One difference between two calendars of the same patient."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scheduler.said import Said


class What(StrEnum):
    """What is different."""

    MOVED = "moved"
    TIME = "time"
    WINDOW = "window"
    STATUS = "status"
    CANCELLED = "cancelled"
    DOSE = "dose"
    DAYS = "days"
    FLAGS = "flags"
    ACTIVITIES = "activities"
    NEW = "new"
    GONE = "gone"
    DATED = "dated"
    PENDING = "pending"
    WAITS = "waits"
    TABLETS = "tablets"
    FINDING = "finding"
    SOLVED = "solved"


ABOUT_ENTRIES = frozenset(What) - {What.TABLETS, What.FINDING, What.SOLVED}
"""Differences of entries themselves; the others follow from them."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is different, of one entry or of several that differ alike.

    ``before`` and ``after`` are values in English for other programs, those of the first entry where several are told together;
    None where there is none. ``sentence`` tells people. ``on`` is the first day that it bears on.
    """

    entries: tuple[str, ...]
    what: What
    before: str | None
    after: str | None
    sentence: Said
    on: date | None = None

    @property
    def entry(self) -> str:
        """The first, or only, entry; empty for what belongs to no entry."""
        return self.entries[0] if self.entries else ""
