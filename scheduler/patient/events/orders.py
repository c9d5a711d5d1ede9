"""What a physician orders: prescriptions, delays, holds, dose levels, stops, and decisions on what the protocol proposes."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from scheduler.patient.events.fields import Count, DoseText, Event, OfTreatment, Quantity, Text
from scheduler.written import IsoDate, fault


class Prescribed(OfTreatment):
    """The dose per fraction of a course of radiotherapy, inside the protocol's range."""

    event: Literal["prescribed"] = "prescribed"
    course: Text
    per_fraction: Quantity
    unit: Text


class Delayed(OfTreatment):
    """The start of a cycle or dose is put off to a known day, for reasons of logistics.

    What is given on several days of a cycle has the cycle's number and its ``day``.
    """

    event: Literal["delayed"] = "delayed"
    cycle: Count | None = None
    n: Count | None = None
    day: Count | None = None
    until: IsoDate

    @property
    def number(self) -> int:
        """The number of the cycle or dose."""
        return self.cycle or self.n or 0

    @model_validator(mode="after")
    def _one_number(self) -> Delayed:
        if (self.cycle is None) == (self.n is None):
            message = "it must say which cycle or which dose is delayed, and not both"
            raise fault("which-delayed", message, hint="write 'cycle: 3' or, for doses, 'n: 3'")
        return self


class Held(OfTreatment):
    """Dosing of a treatment stops from this day on, this day included unless its dose was taken already."""

    event: Literal["held"] = "held"
    today_taken: bool = False


class Resumed(OfTreatment):
    """Dosing of a treatment goes on from this day on, at the level of before or at the level and dose given here.

    ``day`` is the day of the cycle's schedule that it goes on from, where the protocol asks for one after a long hold.
    """

    event: Literal["resumed"] = "resumed"
    day: Count | None = None
    level: int | None = None
    dose: DoseText | None = None

    @model_validator(mode="after")
    def _level_and_dose(self) -> Resumed:
        if (self.level is None) != (self.dose is None):
            missing = "level" if self.level is None else "dose"
            hint = "write both, such as 'level: -1' and 'dose: 80 mg', or neither to go on as before"
            raise fault("level-without-dose", f"the {missing} is missing", hint=hint)
        return self


class DoseChanged(OfTreatment):
    """From this day on another dose level holds, this day included unless its dose was taken already."""

    event: Literal["dose changed"] = "dose changed"
    level: int
    dose: DoseText
    today_taken: bool = False


class Discontinued(OfTreatment):
    """One treatment ends for good; the others run on."""

    event: Literal["discontinued"] = "discontinued"
    today_taken: bool = False


class EndOfTreatment(Event):
    """All treatments end for good."""

    event: Literal["end of treatment"] = "end of treatment"
    today_taken: bool = False


class TreatedBeyondProgression(Event):
    """Treatment goes on although the disease has progressed."""

    event: Literal["treated beyond progression"] = "treated beyond progression"


class Decided(Event):
    """A named person chose what to do about a proposal of the protocol's dose rules: one of its options, by words or number.

    It takes effect on its day, that day included unless its dose was taken already.
    """

    event: Literal["decided"] = "decided"
    proposal: Text
    action: Text
    today_taken: bool = False
