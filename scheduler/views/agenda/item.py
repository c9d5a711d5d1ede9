"""What one reader may see, as plain values: the only thing that the exports are given.

An agenda is made for one audience, at one level of detail, in one language. Drugs, arms, reasons and names that this
reader may not see are not in it at all, so no exporter can let them out by mistake.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from scheduler.calendar.entries.entry import Kind
from scheduler.languages import Language
from scheduler.views.reader.audience import Audience, Detail


class ItemKind(StrEnum):
    """Whether an item fills whole days or starts at a time of day."""

    ALL_DAY = "all-day"
    TIMED = "timed"


class Standing(StrEnum):
    """Whether an item takes place."""

    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One line in a reader's calendar: a visit, a day of tablets, a hold.

    ``first`` and ``last`` are civil dates at the site, both included. ``time`` is the local time of the booking on the
    first day, and ``minutes`` how long it lasts, None where nobody says it: then a timed item has no end.
    ``transparent`` items do not make the reader busy. ``sequence`` is the highest number of an event that made the item
    what it is and ``last_modified`` when that was recorded (UTC). ``alarm`` is how long before the start the reader
    asked to be reminded; nobody is reminded without asking. ``kinds`` are those of what somebody comes for, as far as this reader
    may see them, empty for what nobody comes for. ``place`` is where, ``categories`` and ``colour`` (a name of CSS3) sort it
    for staff, and ``url`` is the page about it: a link says them, no calendar.
    """

    uid: str
    first: date
    last: date
    time: time | None
    summary: str
    description: tuple[str, ...]
    transparent: bool
    standing: Standing
    sequence: int
    last_modified: datetime
    alarm: timedelta | None = None
    minutes: int | None = None
    kinds: tuple[Kind, ...] = ()
    place: str = ""
    categories: tuple[str, ...] = ()
    colour: str = ""
    url: str = ""

    @property
    def kind(self) -> ItemKind:
        """All-day, or timed."""
        return ItemKind.ALL_DAY if self.time is None else ItemKind.TIMED


@dataclass(frozen=True, slots=True)
class Agenda:
    """What one reader may see of one subject's calendar, or of a site's.

    ``uid`` tells this agenda from every other; it is never written on the calendar (RFC 7986 allows it, vdirsyncer then
    keeps one event of the whole feed). ``zone`` is the site's IANA zone, in which the times are meant.
    ``last_modified`` (UTC) is when the last event that could have changed it was recorded: it never goes back.
    """

    uid: str
    audience: Audience
    detail: Detail
    language: Language
    name: str
    description: tuple[str, ...]
    zone: str
    last_modified: datetime
    items: tuple[AgendaItem, ...]


def in_order(items: list[AgendaItem]) -> tuple[AgendaItem, ...]:
    """By day, whole days first, then by time; what is alike in that, by its words and its UID."""
    return tuple(sorted(items, key=lambda item: (item.first, item.time or time.min, item.summary, item.uid)))
