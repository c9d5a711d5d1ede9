"""Fewest trips of several patients: what is proposed, with what accepts it, and what was booked."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.bundling.shape import FewestTrips
from scheduler.views.shapes.shape import Shape


@dataclass(frozen=True, kw_only=True)
class TripsTogether(Shape):
    """A proposal for several patients of a site. Nothing of it is recorded."""

    site: str | None
    """The site; null in a study without sites."""
    logs: dict[str, int]
    """How many events the log of each patient who is planned for has."""
    confirm: str | None
    """The digest of the appointments, which accepts them; null where there is nothing to book."""
    plan: FewestTrips
    """The proposal; the patients in the order of their numbers."""


@dataclass(frozen=True, kw_only=True)
class BookedOf(Shape):
    """What was booked for one patient."""

    subject: str
    """The number in the study."""
    numbers: tuple[int, ...]
    """The numbers of the new events in the patient's log."""
    events: int
    """How many events the log has now."""


@dataclass(frozen=True, kw_only=True)
class BookedTogether(Shape):
    """What was booked just now, in one transaction."""

    booked: tuple[BookedOf, ...]
    """Each patient for whom something was booked."""
