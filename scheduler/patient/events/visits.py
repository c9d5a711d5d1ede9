"""What became of a visit, scan, dose or contact on the calendar."""

from __future__ import annotations

from typing import Literal

from scheduler.patient.events.fields import Event, OfEntry, Texts
from scheduler.patient.events.kind import About, Authority, Group
from scheduler.written import IsoDate


class VisitDone(
    OfEntry,
    label="Visit, scan or contact took place",
    group=Group.VISITS,
    authority=Authority.FACT,
    sentence="{entry} is done",
):
    """A visit, scan or contact took place on this day."""

    event: Literal["visit done"] = "visit done"


class NotDone(
    OfEntry,
    label="Planned visit or fraction was not done",
    group=Group.VISITS,
    authority=Authority.FACT,
    sentence="{entry} is not done",
):
    """What was planned did not take place; in a course of fractions, the attempt failed on this day."""

    event: Literal["not done"] = "not done"


class Booked(
    OfEntry,
    label="Appointment made",
    group=Group.VISITS,
    authority=Authority.FACT,
    sentence="{entry} is booked for {to}[ at {at}]",
):
    """An appointment was made for the day ``to``; ``at`` is its local time."""

    event: Literal["booked"] = "booked"
    to: IsoDate
    """The day of the appointment, by the site's calendar: YYYY-MM-DD."""


class Rebooked(
    OfEntry,
    label="Appointment moved",
    group=Group.VISITS,
    authority=Authority.FACT,
    sentence="{entry} is rebooked for {to}[ at {at}]",
):
    """An appointment was moved to the day ``to``; ``at`` is its local time."""

    event: Literal["rebooked"] = "rebooked"
    to: IsoDate
    """The new day of the appointment, by the site's calendar: YYYY-MM-DD."""


class UnscheduledVisit(
    Event,
    about=About.PATIENT,
    label="Unscheduled visit",
    group=Group.VISITS,
    authority=Authority.FACT,
    sentence="an unscheduled visit took place[, with {activities}]",
):
    """The patient was seen although no visit was planned."""

    event: Literal["unscheduled visit"] = "unscheduled visit"
    activities: Texts = ()
    """What was done at the visit, such as ECG or liver function tests; one word or phrase for each."""
