"""What became of a visit, scan, dose or contact on the calendar."""

from __future__ import annotations

from typing import Literal

from scheduler.patient.events.fields import Event, OfEntry, Texts
from scheduler.written import IsoDate


class VisitDone(OfEntry):
    """A visit, scan or contact took place on this day."""

    event: Literal["visit done"] = "visit done"


class NotDone(OfEntry):
    """What was planned did not take place; in a course of fractions, the attempt failed on this day."""

    event: Literal["not done"] = "not done"


class Booked(OfEntry):
    """An appointment was made for the day ``to``; ``at`` is its local time."""

    event: Literal["booked"] = "booked"
    to: IsoDate


class Rebooked(OfEntry):
    """An appointment was moved to the day ``to``; ``at`` is its local time."""

    event: Literal["rebooked"] = "rebooked"
    to: IsoDate


class UnscheduledVisit(Event):
    """The patient was seen although no visit was planned."""

    event: Literal["unscheduled visit"] = "unscheduled visit"
    activities: Texts = ()
