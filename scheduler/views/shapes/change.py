"""Differences between two calendars, as other programs are told them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.calendar.comparing import change
from scheduler.calendar.comparing.change import What
from scheduler.views.shapes.shape import CivilDate, Shape


@dataclass(frozen=True, kw_only=True)
class Change(Shape):
    """One difference between two calendars."""

    date: CivilDate | None
    """The first day that it bears on."""
    entries: tuple[str, ...]
    """The entries that differ alike."""
    what: What
    """What is different."""
    before: str | None
    """How it was, in words."""
    after: str | None
    """How it would be, in words."""
    change: str
    """The difference in a sentence."""


def tell_changes(changes: Iterable[change.Change]) -> tuple[Change, ...]:
    """Every difference; ``entries`` lists all that differ alike."""
    return tuple(Change.taken_from(each, date=each.on, change=str(each.sentence)) for each in changes)
