"""What was given and taken, handed out and brought back."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from scheduler.patient.events.fields import Count, DoseText, Event, OfTreatment, Text
from scheduler.written import IsoDate, fault

Units = Annotated[int, Field(ge=0)]
"""How many tablets, capsules or vials."""


class FirstDosePlanned(Event):
    """The first dose is planned for a day: for ``to``, or for the day of the event itself."""

    event: Literal["first dose planned"] = "first dose planned"
    to: IsoDate | None = None

    @property
    def day(self) -> date:
        """The planned day."""
        return self.to or self.on


class CycleStarted(OfTreatment):
    """The first dose of a cycle was taken."""

    event: Literal["cycle started"] = "cycle started"
    cycle: Count


class Given(OfTreatment):
    """A dose or fraction was given at the site. Without ``amount``, it was the amount in force.

    What is given on several days of a cycle has the cycle's number and its ``day``.
    """

    event: Literal["given"] = "given"
    n: Count
    day: Count | None = None
    amount: DoseText | None = None


class OfDays(OfTreatment):
    """An event about consecutive days of a treatment, the first and the last included."""

    from_: IsoDate = Field(alias="from")
    to: IsoDate

    @model_validator(mode="after")
    def _in_order(self) -> OfDays:
        if self.to < self.from_:
            message = f"the last day, {self.to}, is before the first, {self.from_}"
            raise fault("days-reversed", message, hint="'from' is the first day and 'to' the last, both included")
        return self


class Taken(OfDays):
    """The patient took the tablets on these days, both included. Without ``amount``, it was the amount in force."""

    event: Literal["taken"] = "taken"
    amount: DoseText | None = None


class NotTaken(OfDays):
    """The patient did not take the tablets on these days, both included."""

    event: Literal["not taken"] = "not taken"


class OfUnits(OfTreatment):
    """An event about counted units of a treatment."""

    cycle: Count | None = None
    quantity: Units
    lot: Text | None = None
    expires: IsoDate | None = None


class Dispensed(OfUnits):
    """Units were handed out to the patient."""

    event: Literal["dispensed"] = "dispensed"


class Returned(OfUnits):
    """Units were brought back and counted."""

    event: Literal["returned"] = "returned"


class Lost(OfUnits):
    """Units were lost, by the patient's account."""

    event: Literal["lost"] = "lost"
