"""Answers to "when?": a day with its reasons, or why there is none.

A known answer carries what set it; every answer carries what was looked at. A pending answer will come; a day that never comes
releases what waits for it.
"""

from __future__ import annotations

from typing import NamedTuple

from scheduler.calendar.engine.evaluation.placement import BEYOND, CANCELLED, DONE, PENDING, Placement
from scheduler.calendar.entries.because import Count, Event, Reason
from scheduler.dates import Day


class Answer(NamedTuple):
    """A day with its reasons; no ``day`` is one that nobody knows yet, or one that will ``never`` come.

    ``latest`` is the highest event number behind it, ``actual`` that it was recorded. ``created`` is the day of the event
    without which nothing would hang on this day: nothing is planned before it. ``counted`` is how the day was come to from
    the moment that was asked for, where it is not that moment's own; ``time`` is the local time on that day, where hours were
    counted from one that is recorded.
    """

    day: Day | None
    reasons: tuple[Reason, ...] = ()
    looked: tuple[Reason, ...] = ()
    latest: int = 0
    actual: bool = False
    created: Day | None = None
    never: bool = False
    counted: Count | None = None
    time: str | None = None

    def events(self) -> tuple[Event, ...]:
        """The events among the reasons."""
        return tuple(reason for reason in self.reasons if isinstance(reason, Event))

    @property
    def is_pending(self) -> bool:
        """True when nobody knows the day yet."""
        return self.day is None and not self.never


def known(day: Day, reasons: tuple[Reason, ...], latest: int = 0, *, actual: bool = False) -> Answer:
    """A day that is known, recorded or projected."""
    return Answer(day, reasons, (), latest, actual)


def pending(reasons: tuple[Reason, ...], latest: int = 0) -> Answer:
    """A day that nobody knows yet."""
    return Answer(None, reasons, (), latest)


def never(reasons: tuple[Reason, ...], latest: int = 0) -> Answer:
    """A day that will not come."""
    return Answer(None, reasons, (), latest, never=True)


def of_occurrence(placement: Placement, reason: Reason, day: Day | None, counted: Count | None = None) -> Answer:
    """A day that an occurrence leads to, for the reason that it is; none where it has none yet, or never will."""
    if placement.standing is PENDING or placement.undated:
        return pending((reason,), placement.latest)
    if day is None or placement.standing in (CANCELLED, BEYOND):
        return never((reason,), placement.latest)
    return Answer(day, (reason,), (), placement.latest, placement.standing is DONE, None, False, counted)
