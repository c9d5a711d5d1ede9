"""How a record is put right: nothing is changed or deleted, a later record corrects or strikes an earlier one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal, TypeAlias, get_args

from pydantic import ConfigDict, Field, TypeAdapter

from scheduler.patient.events import doses, enrolment, observations, operations, orders, reviews, visits
from scheduler.patient.events.fields import Count, Event, Text
from scheduler.patient.events.kind import About, Authority, EventKind, Group

AnyFact: TypeAlias = (
    visits.VisitDone
    | visits.NotDone
    | visits.Booked
    | visits.Rebooked
    | visits.UnscheduledVisit
    | visits.Sampled
    | visits.NotSampled
    | doses.FirstDosePlanned
    | doses.CycleStarted
    | doses.Given
    | doses.Taken
    | doses.NotTaken
    | orders.Held
    | orders.Delayed
    | orders.Resumed
    | orders.DoseChanged
    | orders.Prescribed
    | orders.Discontinued
    | orders.EndOfTreatment
    | orders.TreatedBeyondProgression
    | orders.Decided
    | observations.AdverseEvent
    | observations.Regraded
    | observations.Resolved
    | observations.Measured
    | observations.Response
    | observations.Progressed
    | observations.Attribute
    | observations.MedicineStarted
    | observations.MedicineChanged
    | observations.MedicineStopped
    | observations.NewAnticancerTherapy
    | operations.SurgeryPlanned
    | operations.Surgery
    | operations.WoundHealed
    | observations.Pregnancy
    | doses.Dispensed
    | doses.Returned
    | doses.Lost
    | enrolment.Consented
    | enrolment.Screened
    | enrolment.ScreenFailed
    | enrolment.Randomised
    | enrolment.Reached
    | enrolment.DateOfBirth
    | enrolment.Joined
    | enrolment.Left
    | enrolment.MovedToVersion
    | enrolment.SiteTransferred
    | enrolment.Withdrew
    | enrolment.LostToFollowUp
    | enrolment.Contacted
    | enrolment.Died
    | reviews.Reviewed
    | reviews.Reported
    | reviews.DeviationAssessed
)
"""Every event that says something about the patient, and not about another record; pages list them in this order."""

FACTS: Mapping[str, EventKind] = MappingProxyType({model.kind.word: model.kind for model in get_args(AnyFact)})
"""Their kinds by their words."""


class OfRecord(Event, about=About.RECORD):
    """An event about an earlier event of the same log."""

    number: Count
    """The number of the event that it is about, as the log counts them from 1."""
    reason: Text
    """Why the record is put right, in staff's words."""


class Corrected(
    OfRecord,
    label="A record corrected",
    group=Group.RECORDS,
    authority=Authority.AMENDMENT,
    sentence="event {number} is corrected and now reads: {with_}",
):
    """The event of that number should read otherwise; ``with_`` is the whole event as it should be."""

    event: Literal["corrected"] = "corrected"
    with_: Annotated[AnyFact, Field(discriminator="event", alias="with")]
    """The whole event as it should read, with its own day."""


class Struck(
    OfRecord,
    label="A record struck",
    group=Group.RECORDS,
    authority=Authority.AMENDMENT,
    sentence="event {number} is struck: it should not have been recorded",
):
    """The event of that number should not have been recorded."""

    event: Literal["struck"] = "struck"


AnyEvent: TypeAlias = Annotated[AnyFact | Corrected | Struck, Field(discriminator="event")]
"""Every event there is, told apart by its key ``event``."""

ANY_EVENT: TypeAdapter[Event] = TypeAdapter(AnyEvent, config=ConfigDict(defer_build=True))
"""Reads an event of any kind."""
