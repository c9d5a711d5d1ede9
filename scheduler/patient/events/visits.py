"""What became of a visit, scan, dose or contact on the calendar."""

from __future__ import annotations

from typing import Annotated, Literal

from scheduler.patient.events.fields import Count, DoseNumber, Event, LeftOut, LocalTime, OfEntry, Text, Texts
from scheduler.patient.events.kind import About, Asked, Authority, Group, Vocabulary
from scheduler.written import IsoDate


class VisitDone(
    OfEntry,
    label="Visit, scan or contact took place",
    group=Group.VISITS,
    authority=Authority.FACT,
    sentence="{entry} is done[, {answered} prompts answered][, without {not_done}]",
):
    """A visit, scan or contact took place on this day; or a day of a diary was written, with so many of its prompts."""

    event: Literal["visit done"] = "visit done"
    answered: Annotated[
        Count | None, Asked(label="Prompts answered", hint="of a diary that asks several times a day")
    ] = None
    """How many prompts of this day were answered, where a diary asks several times a day; for none, record 'not done'."""
    not_done: LeftOut = ()
    """Activities that were planned at this visit and were not done, by the protocol's words for them."""


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


class OfTimePoint(Event, about=About.SHEET):
    """An event about one time point of a sheet, such as a blood sample an hour after a dose."""

    sheet: Annotated[Text, Asked(words=Vocabulary.SHEET)]
    """The sheet, by its name in the protocol."""
    n: DoseNumber
    """The number of the dose or visit that the sheet counts from."""
    day: Count | None = None
    """The day of the cycle that it counts from, where the sheet has several; day 1 is the cycle's first."""
    point: Annotated[Text, Asked(label="Time point", hint="as the sheet names it, such as 0.5 h")]
    """The time point, as the sheet names it: 0.5 h, -30 min."""


class Sampled(
    OfTimePoint,
    label="Sample or measurement of a sheet taken",
    group=Group.VISITS,
    authority=Authority.FACT,
    sentence="{sheet} {n}[ day {day}], {point}, is taken at {at}",
):
    """A sample or measurement of a sheet was taken on this day at this time."""

    event: Literal["sampled"] = "sampled"
    at: Annotated[LocalTime, Asked(label="Time")]
    """The time of day by the site's clock at which it was taken, HH:MM."""


class NotSampled(
    OfTimePoint,
    label="Sample or measurement of a sheet not taken",
    group=Group.VISITS,
    authority=Authority.FACT,
    sentence="{sheet} {n}[ day {day}], {point}, is not taken",
):
    """A sample or measurement of a sheet was not taken; the reason says why."""

    event: Literal["not sampled"] = "not sampled"
    reason: Text
    """Why it was not taken, in staff's words."""
