"""What a physician orders: prescriptions, delays, holds, dose levels, stops, and decisions on what the protocol proposes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import model_validator

from scheduler.patient.events.fields import (
    Count,
    DoseNumber,
    DoseText,
    Event,
    Level,
    OfTreatment,
    Quantity,
    Text,
    TodayTaken,
    on_day,
)
from scheduler.patient.events.kind import About, Asked, Authority, Group, Vocabulary
from scheduler.said import said
from scheduler.written import IsoDate, fault


class Held(
    OfTreatment,
    label="Treatment put on hold",
    group=Group.ORDERS,
    authority=Authority.ORDER,
    sentence="{treatment} is held[today_taken:, after that day's dose]",
):
    """Dosing of a treatment stops from this day on, this day included unless its dose was taken already."""

    event: Literal["held"] = "held"
    today_taken: TodayTaken = False
    """That day's dose was taken before the order, so that the first day without a dose is the next."""


class Delayed(
    OfTreatment,
    label="Start put off to a known day",
    group=Group.ORDERS,
    authority=Authority.ORDER,
    sentence="{treatment} {number}[ day {day}] is delayed until {until}",
):
    """The start of a cycle or dose is put off to a known day, for reasons of logistics.

    What is given on several days of a cycle has the cycle's number and its ``day``.
    """

    event: Literal["delayed"] = "delayed"
    cycle: Count | None = None
    """The number of the cycle that is put off, for what is taken day by day; otherwise say which dose by 'n'."""
    n: DoseNumber | None = None
    """The number of the dose that is put off, for what is given at the site; otherwise say which 'cycle'."""
    day: Count | None = None
    """The day inside the cycle, where the treatment is given on several days of it."""
    until: IsoDate
    """The earliest day on which it is started or given, itself included: YYYY-MM-DD."""

    @property
    def number(self) -> int:
        """The number of the cycle or dose."""
        return self.cycle or self.n or 0

    @property
    def entries(self) -> tuple[str, ...]:
        """The cycle or dose."""
        return (on_day(f"{self.treatment}.{self.number}", self.day),)

    @model_validator(mode="after")
    def _one_number(self) -> Delayed:
        if (self.cycle is None) == (self.n is None):
            message = said("it must say which cycle or which dose is delayed, and not both")
            raise fault("which-delayed", message, hint=said("write 'cycle: 3' or, for doses, 'n: 3'"))
        return self


class Resumed(
    OfTreatment,
    label="Treatment resumed",
    group=Group.ORDERS,
    authority=Authority.SIGNED_ORDER,
    sentence="{treatment} is resumed[ at {dose} (level {level})]",
):
    """Dosing of a treatment goes on from this day on, at the level of before or at the level and dose given here.

    ``day`` is the day of the cycle's schedule that it goes on from, where the protocol asks for one after a long hold.
    """

    event: Literal["resumed"] = "resumed"
    day: Count | None = None
    """The day of the cycle's schedule that it goes on from, where the protocol asks for one after a long hold."""
    level: Level | None = None
    """The dose level from this day on: 0, then -1, -2 down the ladder; without it, the level of before."""
    dose: DoseText | None = None
    """The dose of that level, with its unit, such as 40 mg; it is written whenever the level is."""

    @model_validator(mode="after")
    def _level_and_dose(self) -> Resumed:
        if (self.level is None) != (self.dose is None):
            message = said("the level is missing") if self.level is None else said("the dose is missing")
            hint = said("write both, such as 'level: -1' and 'dose: 80 mg', or neither to go on as before")
            raise fault("level-without-dose", message, hint=hint)
        return self


class DoseChanged(
    OfTreatment,
    label="Dose level changed",
    group=Group.ORDERS,
    authority=Authority.SIGNED_ORDER,
    sentence=("the dose of {treatment} is changed to {dose} (level {level})[today_taken:, after that day's dose]"),
):
    """From this day on another dose level holds, this day included unless its dose was taken already."""

    event: Literal["dose changed"] = "dose changed"
    level: Level
    """The dose level from this day on: 0, then -1, -2 down the ladder."""
    dose: DoseText
    """The dose of that level, with its unit, such as 80 mg."""
    today_taken: TodayTaken = False
    """That day's dose was taken before the order, so that the first day at the new level is the next."""


class Prescribed(
    OfTreatment,
    label="Dose prescribed",
    group=Group.ORDERS,
    authority=Authority.SIGNED_ORDER,
    sentence="[{course} of ]{treatment} is prescribed at {per_fraction} {unit} each time",
):
    """The dose that this patient gets each time, inside the protocol's range: of a fraction, or of a drug by AUC."""

    event: Literal["prescribed"] = "prescribed"
    course: Text | None = None
    """The course or drug, by its name in the protocol, such as hypofractionated; left out where the treatment is one."""
    per_fraction: Annotated[Quantity, Asked(label="Dose each time")]
    """The dose of one fraction or administration, a number in the unit below."""
    unit: Text
    """The unit of that dose as the protocol has it, such as Gy, AUC or mg/m2."""


class Discontinued(
    OfTreatment,
    label="One treatment ended for good",
    group=Group.ORDERS,
    authority=Authority.SIGNED_ORDER,
    sentence="{treatment} is discontinued[today_taken:, after that day's dose]",
):
    """One treatment ends for good; the others run on."""

    event: Literal["discontinued"] = "discontinued"
    today_taken: TodayTaken = False
    """That day's dose was taken before the order, so that the first day without a dose is the next."""


class EndOfTreatment(
    Event,
    about=About.PATIENT,
    label="All treatment ended",
    group=Group.ORDERS,
    authority=Authority.SIGNED_ORDER,
    sentence="all treatment ends[today_taken:, after that day's dose]",
):
    """All treatments end for good."""

    event: Literal["end of treatment"] = "end of treatment"
    reason: Annotated[Text | None, Asked(hint="a listed reason, or other: ...", words=Vocabulary.END_REASON)] = None
    """Why, in a word of CDISC's codelist: progression, adverse event, completed, withdrawal by subject; else "other: ..."."""
    today_taken: TodayTaken = False
    """That day's doses were taken before the order, so that the first day without a dose is the next."""


class TreatedBeyondProgression(
    Event,
    about=About.PATIENT,
    label="Treatment goes on beyond progression",
    group=Group.ORDERS,
    authority=Authority.SIGNED_ORDER,
    sentence="treatment goes on beyond progression",
):
    """Treatment goes on although the disease has progressed."""

    event: Literal["treated beyond progression"] = "treated beyond progression"


class Decided(
    Event,
    about=About.PROPOSAL,
    label="Decision about a proposal",
    group=Group.ORDERS,
    authority=Authority.SIGNED_ORDER,
    sentence='about {proposal} it is decided: "{action}"[today_taken:, after that day\'s dose]',
):
    """A named person chose what to do about a proposal of the protocol's dose rules: one of its options, by words or number.

    It takes effect on its day, that day included unless its dose was taken already.
    """

    event: Literal["decided"] = "decided"
    proposal: Text
    """The proposal, by its id on the calendar."""
    action: Text
    """What was chosen: one of the proposal's options, by its words or its number."""
    today_taken: TodayTaken = False
    """That day's dose was taken before the decision, so that it takes effect on the next day."""
