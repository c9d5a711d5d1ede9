"""The pharmacy's weeks. The coordinator's day is told as it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from scheduler.views.pharmacy.dispensing_line import DispensingLine, ProductTotal
from scheduler.views.shapes.shape import CivilDate, Shape


@dataclass(frozen=True, kw_only=True)
class Printed(Shape):
    """When the list was printed last."""

    first: CivilDate
    """The first day of that list."""
    last: CivilDate
    """Its last day."""
    at: datetime
    """When, in UTC."""
    by: str
    """By whom."""


@dataclass(frozen=True, kw_only=True)
class Dispensing(Shape):
    """The pharmacy's list of a period, both days included."""

    study: str
    """The study."""
    first: CivilDate
    """The first day."""
    last: CivilDate
    """The last day."""
    head: str
    """How far the study's log had come when the list was made. Give it back when the list is printed."""
    lines: tuple[DispensingLine, ...]
    """What is sure."""
    apart: tuple[DispensingLine, ...]
    """On hold, awaiting a decision, pending, provisional, cancelled, or moved since the last print: ask first."""
    totals: tuple[ProductTotal, ...]
    """What the period needs of each product."""
    printed: Printed | None
    """The print that changes are marked against."""
