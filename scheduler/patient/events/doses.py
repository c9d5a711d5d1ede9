"""What was given and taken, handed out and brought back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, Field, PlainSerializer, model_validator

from scheduler.patient.events.fields import (
    Count,
    DoseNumber,
    DoseText,
    Event,
    LeftOut,
    OfTreatment,
    Parts,
    Text,
    Times,
    amount_in_short,
    on_day,
    parse_part,
)
from scheduler.patient.events.kind import About, Asked, Authority, Group, Vocabulary
from scheduler.said import Code, said
from scheduler.vocabulary.dosage_forms import Count as UnitCount
from scheduler.vocabulary.dosage_forms import as_count
from scheduler.written import IsoDate, Number, fault


def _units_text(count: UnitCount) -> int | str:
    return count if isinstance(count, int) else f"{count:f}"


def _units(number: Decimal) -> UnitCount:
    if number < 0:
        hint = said("nothing is 0; what came back is recorded as 'returned'")
        raise fault("below-0", said("{number} is below 0", number=number), hint=hint)
    return as_count(number)


Units = Annotated[Number, AfterValidator(_units), PlainSerializer(_units_text, when_used="json")]
"""How many tablets, capsules, vials or mL."""

Amount = Annotated[DoseText | None, Asked(label="Amount, if not as planned")]
"""An amount that differs from the planned one."""


Fractions = Annotated[
    int | None,
    Field(ge=1, le=3),
    Asked(label="Fractions in this record", hint="only where it is of more than one; the amount is that of all"),
]
"""How many fractions of a day one record is of."""


class Days(NamedTuple):
    """Consecutive civil days, the first and the last included."""

    first: date
    last: date


class FirstDosePlanned(
    Event,
    about=About.PATIENT,
    label="First dose planned",
    group=Group.DOSES,
    authority=Authority.FACT,
    sentence="the first dose is planned for {day}",
    sets=("first dose",),
):
    """The first dose is planned for a day: for ``to``, or for the day of the event itself."""

    event: Literal["first dose planned"] = "first dose planned"
    to: IsoDate | None = None
    """The day for which the first dose is planned, YYYY-MM-DD; without it, the day of the event itself."""

    @property
    def day(self) -> date:
        """The planned day."""
        return self.to or self.on


class OfTablets(OfTreatment):
    """An event about a treatment that the patient takes day by day."""

    treatment: Annotated[Text, Asked(words=Vocabulary.TABLETS)]
    """The treatment that is taken day by day, by its name in the protocol."""


class CycleStarted(
    OfTablets,
    label="Cycle at home started",
    group=Group.DOSES,
    authority=Authority.FACT,
    sentence="{treatment} cycle {cycle}[ day {day}] is started[, without {not_done}]",
    sets=("first dose",),
):
    """The first dose of a cycle was taken. What begins on several days of a cycle has the cycle's number and its ``day``."""

    event: Literal["cycle started"] = "cycle started"
    cycle: Count
    """The number of the cycle, counted from 1."""
    day: Count | None = None
    """The day inside the cycle, where the treatment is given on several days of it; day 1 is the cycle's first."""
    not_done: LeftOut = ()
    """Activities that were planned at this visit and were not done, by the protocol's words for them."""

    @property
    def entries(self) -> tuple[str, ...]:
        """The cycle, or what begins on one of its days."""
        return (on_day(f"{self.treatment}.{self.cycle}", self.day),)


class Given(
    OfTreatment,
    label="Infusion, injection or fraction given",
    group=Group.DOSES,
    authority=Authority.FACT,
    sentence=(
        "{treatment} {n}[ day {day}] is given[, {fractions} fractions in one record][, {amount}][, {amounts}]"
        "[, without {not_done}]"
    ),
    sets=("first dose",),
):
    """A dose or fraction was given at the site. Without ``amount``, it was the amount in force.

    What is given on several days of a cycle has the cycle's number and its ``day``. A record of several ``fractions`` of that day
    is a record of each of them, from ``n`` on: the amounts are those of all together, and the time is that of the first.
    """

    event: Literal["given"] = "given"
    treatment: Annotated[Text, Asked(words=Vocabulary.DOSES)]
    """The treatment that was given at the site, by its name in the protocol."""
    n: DoseNumber
    """The number of the dose or fraction, counted from 1; of the cycle where each cycle has several days."""
    day: Count | None = None
    """The day inside the cycle, where the treatment is given on several days of it; day 1 is the cycle's first."""
    fractions: Fractions = None
    """How many fractions this record is of, where a site records those of a day together; n is the first, amounts are of all."""
    amount: Amount = None
    """What was given, with its unit, such as 240 mg; without it, the amount in force that day."""
    amounts: Parts = ()
    """What was given of each drug or course where it was not all, such as [5 Gy hypofractionated, 0 Gy low-dose]."""
    not_done: LeftOut = ()
    """Activities that were planned at this visit and were not done, by the protocol's words for them."""

    @property
    def entries(self) -> tuple[str, ...]:
        """The dose, or each fraction of the record."""
        return tuple(on_day(f"{self.treatment}.{n}", self.day) for n in self.numbers)

    @property
    def numbers(self) -> range:
        """The number of the dose, or that of each fraction of the record."""
        return range(self.n, self.n + (self.fractions or 1))

    @property
    def parts(self) -> tuple[tuple[Decimal, str, str], ...]:
        """The amounts of each drug or course, with their units and names."""
        return tuple(parse_part(text) for text in self.amounts)

    @property
    def is_stated(self) -> bool:
        """True where the record itself says how much was given."""
        return self.amount is not None or bool(self.amounts)

    @model_validator(mode="after")
    def _one_or_each(self) -> Given:
        if self.amount is not None and self.amounts:
            message = said("'amount' and 'amounts' both say what was given")
            raise fault("amount-twice", message, hint=said("keep one of them"))
        return self


class OfDays(OfTablets):
    """An event about consecutive days of a treatment, the first and the last included."""

    from_: IsoDate = Field(alias="from")
    """The first of the days, itself included: YYYY-MM-DD."""
    to: IsoDate
    """The last of the days, itself included: YYYY-MM-DD."""

    @property
    def days(self) -> Days:
        """The days from the first to the last."""
        return Days(self.from_, self.to)

    @property
    def first_day(self) -> date:
        """The first of the days, or that of the report where it is earlier."""
        return min(self.on, self.from_)

    @model_validator(mode="after")
    def _in_order(self) -> OfDays:
        if self.to < self.from_:
            message = said(
                "the last day, {last}, is before the first, {first}",
                last=Code(f"{self.to}"),
                first=Code(f"{self.from_}"),
            )
            raise fault("days-reversed", message, hint=said("'from' is the first day and 'to' the last, both included"))
        return self


class Taken(
    OfDays,
    label="Taken at home",
    group=Group.DOSES,
    authority=Authority.FACT,
    sentence="{treatment} was taken on {days}[, {amount} a day][, at {times}]",
):
    """The patient took the tablets on these days, both included. Without ``amount``, it was the amount in force.

    Where the hours between two doses count, ``times`` are those of all doses of each of these days; a dose after midnight is one
    of the next day.
    """

    event: Literal["taken"] = "taken"
    amount: Amount = None
    """What was taken on each of the days, with its unit, such as 80 mg; without it, the amount in force."""
    times: Annotated[Times, Asked(label="Times of the doses")] = ()
    """The times of day of the doses on each of the days, by the site's clock, such as [08:00, 20:30]."""

    @property
    def all_times(self) -> tuple[str, ...]:
        """The times of the doses, or that of the only one that is said."""
        return self.times or ((self.at,) if self.at is not None else ())

    @model_validator(mode="after")
    def _times_of_a_day(self) -> Taken:
        if self.at is not None and self.times:
            message = said("'at' and 'times' both say when it was taken")
            raise fault("times-twice", message, hint=said("keep 'times'"))
        if any(second <= first for first, second in pairwise(self.times)):
            hint = said("write them in their order; a dose after midnight is one of the next day")
            message = said("{times} are not in order", times=Code(", ".join(self.times)))
            raise fault("times-reversed", message, hint=hint)
        return self


class NotTaken(
    OfDays,
    label="Not taken at home",
    group=Group.DOSES,
    authority=Authority.FACT,
    sentence="{treatment} was not taken on {days}",
):
    """The patient did not take the tablets on these days, both included."""

    event: Literal["not taken"] = "not taken"


class OfUnits(OfTreatment):
    """An event about counted units of a treatment."""

    cycle: Count | None = None
    """The number of the cycle for which the units were handed out, where that is known."""
    quantity: Annotated[
        Units, Asked(label="How many", hint="single tablets or capsules, or mL; not packs", sort="number")
    ]
    """How many tablets, capsules or vials, or how many mL of a liquid: single units, not packs."""
    lot: Text | None = None
    """The lot (batch) number on the pack."""
    expires: Annotated[IsoDate | None, Asked(label="Expiry")] = None
    """The last day on which the units may be used: YYYY-MM-DD."""
    strength: DoseText | None = None
    """What one unit holds, such as 20 mg: asked for where the product comes in several strengths."""

    @property
    def strength_in_short(self) -> str | None:
        """The strength as products are told apart by it: "20 mg", however it was written."""
        return amount_in_short(self.strength) if self.strength is not None else None


class Dispensed(
    OfUnits,
    label="Handed out",
    group=Group.PHARMACY,
    authority=Authority.PHARMACY,
    sentence="{treatment} is handed out[ for cycle {cycle}], {quantity} in all[ of {strength}][, lot {lot}][, expiry {expires}]",
):
    """Units were handed out to the patient."""

    event: Literal["dispensed"] = "dispensed"


class Returned(
    OfUnits,
    label="Brought back and counted",
    group=Group.PHARMACY,
    authority=Authority.PHARMACY,
    sentence="{treatment} is brought back[ of cycle {cycle}], {quantity} in all[ of {strength}][, lot {lot}][, expiry {expires}]",
):
    """Units were brought back and counted."""

    event: Literal["returned"] = "returned"


class Lost(
    OfUnits,
    label="Lost by the patient",
    group=Group.PHARMACY,
    authority=Authority.PHARMACY,
    sentence="{treatment} is lost[ of cycle {cycle}], {quantity} in all[ of {strength}][, lot {lot}][, expiry {expires}]",
):
    """Units were lost, by the patient's account."""

    event: Literal["lost"] = "lost"
