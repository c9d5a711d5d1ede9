"""How a record is put right: nothing is changed or deleted, a later record corrects or strikes an earlier one."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import ConfigDict, Field, TypeAdapter

from scheduler.patient.events import doses, enrolment, observations, orders, visits
from scheduler.patient.events.fields import Count, Event, Text

AnyFact: TypeAlias = (
    enrolment.Consented
    | enrolment.Screened
    | enrolment.ScreenFailed
    | enrolment.Randomised
    | enrolment.Reached
    | enrolment.Joined
    | enrolment.Left
    | enrolment.MovedToVersion
    | enrolment.SiteTransferred
    | enrolment.Withdrew
    | enrolment.LostToFollowUp
    | enrolment.Contacted
    | enrolment.Died
    | doses.FirstDosePlanned
    | doses.CycleStarted
    | doses.Given
    | doses.Taken
    | doses.NotTaken
    | doses.Dispensed
    | doses.Returned
    | doses.Lost
    | orders.Prescribed
    | orders.Delayed
    | orders.Held
    | orders.Resumed
    | orders.DoseChanged
    | orders.Discontinued
    | orders.EndOfTreatment
    | orders.TreatedBeyondProgression
    | orders.Decided
    | visits.VisitDone
    | visits.NotDone
    | visits.Booked
    | visits.Rebooked
    | visits.UnscheduledVisit
    | observations.AdverseEvent
    | observations.Regraded
    | observations.Resolved
    | observations.Measured
    | observations.MedicineStarted
    | observations.MedicineChanged
    | observations.MedicineStopped
    | observations.Attribute
    | observations.Response
    | observations.Progressed
    | observations.NewAnticancerTherapy
    | observations.Pregnancy
    | observations.Surgery
)
"""Every event that says something about the patient, and not about another record."""


class Corrected(Event):
    """The event of that number should read otherwise; ``with_`` is the whole event as it should be."""

    event: Literal["corrected"] = "corrected"
    number: Count
    with_: Annotated[AnyFact, Field(discriminator="event", alias="with")]
    reason: Text


class Struck(Event):
    """The event of that number should not have been recorded."""

    event: Literal["struck"] = "struck"
    number: Count
    reason: Text


AnyEvent: TypeAlias = Annotated[AnyFact | Corrected | Struck, Field(discriminator="event")]
"""Every event there is, told apart by its key ``event``."""

ANY_EVENT: TypeAdapter[Event] = TypeAdapter(AnyEvent, config=ConfigDict(defer_build=True))
"""Reads an event of any kind."""
