"""Answers to "when?": a day with its reasons, or why there is none.

Known answers carry what set them; every answer carries what was looked at. A pending answer will come, a day that never comes
releases what waits for it.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from scheduler.calendar.because import Reason
from scheduler.dates import Day


class State(Enum):
    """Whether a day is known, not known yet, or will never come."""

    KNOWN = "known"
    PENDING = "pending"
    NEVER = "never"


class Answer(NamedTuple):
    """A day with its reasons. ``latest`` is the highest event number behind it, ``actual`` that it was recorded."""

    state: State
    day: Day = 0
    reasons: tuple[Reason, ...] = ()
    looked: tuple[Reason, ...] = ()
    latest: int = 0
    actual: bool = False
    created: Day | None = None


def known(day: Day, reasons: tuple[Reason, ...], latest: int = 0, *, actual: bool = False) -> Answer:
    """A day that is known, recorded or projected."""
    return Answer(State.KNOWN, day, reasons, (), latest, actual)


def pending(reasons: tuple[Reason, ...], latest: int = 0) -> Answer:
    """A day that nobody knows yet."""
    return Answer(State.PENDING, 0, reasons, (), latest)


def never(reasons: tuple[Reason, ...], latest: int = 0) -> Answer:
    """A day that will not come."""
    return Answer(State.NEVER, 0, reasons, (), latest)
