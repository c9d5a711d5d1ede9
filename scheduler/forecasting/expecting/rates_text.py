"""What people write about what they expect, in ``rates.yaml``, as models.

seed: 2026
sources: {E1: "assumption: as in the last half-year"}
enrolment:
  - {site: Shanghai, patients: 6, per: month, source: E1}
treatments:
  regorafenib:
    delayed: {chance: 10 %, by: 7 days, source: E1}
supply:
  - {site: Shanghai, product: regorafenib, lead time: 6 weeks, order for: 8 weeks, source: E1}
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from scheduler.patient.events import parse_amount
from scheduler.protocol.text.calculations import SurfaceText as FormulaText
from scheduler.vocabulary.units import convert
from scheduler.written import IsoDate, Number, Written, fault

MOST_WEEKS = 156
MOST_RUNS = 100_000
MOST_PATIENTS = 100_000

_PERCENT = re.compile(r"(0|[1-9][0-9]?|100)(\.[0-9]{1,3})? ?%")
_DAYS = re.compile(r"([1-9][0-9]{0,3}) (day|week)s?")

Line = Annotated[str, Field(min_length=1, max_length=400)]
Packs = Annotated[int, Field(ge=0, le=1_000_000)]


def _percent(value: object) -> Fraction:
    if isinstance(value, str) and _PERCENT.fullmatch(value):
        chance = Fraction(value.removesuffix("%").strip()) / 100
        if chance <= 1:
            return chance
    raise fault("not-a-chance", "expected a chance", hint="write it in per cent, such as 12.5 %")


def _days(value: object) -> int:
    found = _DAYS.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise fault("not-a-time", "expected a time", hint="write it as 10 days or 6 weeks")
    return int(found[1]) * (7 if found[2] == "week" else 1)


Percent = Annotated[Fraction, BeforeValidator(_percent), WithJsonSchema({"type": "string", "examples": ["12.5 %"]})]
"""A chance: 12.5 %."""
InDays = Annotated[int, BeforeValidator(_days), WithJsonSchema({"type": "string", "examples": ["10 days", "6 weeks"]})]
"""A time in days or weeks."""


class Sourced(Written):
    """A number that says whose it is."""

    source: Line
    """The name of one of the file's sources."""


class EnrolmentText(Sourced):
    """How many patients begin treatment at a site."""

    site: Line
    """The site's name."""
    patients: Number
    """How many, on the mean."""
    per: Literal["week", "month"]
    """In how long."""
    first: IsoDate | None = Field(default=None, alias="from")
    """The first day on which patients come; without it, now."""
    last: IsoDate | None = Field(default=None, alias="to")
    """The last day on which patients come; without it, as far as it is looked ahead."""

    @model_validator(mode="after")
    def _makes_sense(self) -> EnrolmentText:
        if self.patients < 0:
            raise fault("below-0", f"{self.patients} patients cannot be expected", hint="nobody is 0")
        if self.patients > 1000:
            raise fault(
                "too-many-patients", f"{self.patients} patients in a {self.per} are too many", hint="at most 1000"
            )
        if self.first is not None and self.last is not None and self.last < self.first:
            raise fault("runs-backwards", f"{self.last} is before {self.first}", hint="'from' is the earlier day")
        return self


class ChanceText(Sourced):
    """How likely it is at the start of each later cycle or dose."""

    chance: Percent
    """In per cent of these starts."""


class DelayText(ChanceText):
    """How likely a start is put off, and for how long."""

    by: InDays
    """How long it is put off."""


class CourseText(Written):
    """What may happen at the start of each later cycle or dose of a treatment."""

    end_of_treatment: ChanceText | None = Field(default=None, alias="end of treatment")
    """All treatment ends there."""
    discontinued: ChanceText | None = None
    """This treatment ends there."""
    delayed: DelayText | None = None
    """The start is put off."""
    reduced: ChanceText | None = None
    """From it on, the dose is one level lower."""


def _in_unit(unit: str) -> Callable[[object], Decimal]:
    def read(value: object) -> Decimal:
        try:
            amount, written = parse_amount(value if isinstance(value, str) else "")
            found = convert(amount, written, unit)
        except ValueError:
            found = None
        if found is None or found <= 0:
            raise fault("not-an-amount", f"expected an amount in {unit}", hint=f"write it with its unit: 60 {unit}")
        return found

    return read


def _value_in(unit: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "examples": [f"60 {unit}"]})


Kilograms = Annotated[Decimal, BeforeValidator(_in_unit("kg")), _value_in("kg")]
Centimetres = Annotated[Decimal, BeforeValidator(_in_unit("cm")), _value_in("cm")]
MillilitresAMinute = Annotated[Decimal, BeforeValidator(_in_unit("mL/min")), _value_in("mL/min")]
Years = Annotated[Decimal, BeforeValidator(_in_unit("years")), _value_in("years")]


class BodySizeText(ChanceText):
    """What part of the patients weighs so much; what doses are worked out from, each with its unit."""

    weight: Kilograms | None = None
    """Their weight: 62 kg."""
    height: Centimetres | None = None
    """Their height: 165 cm."""
    clearance: MillilitresAMinute | None = Field(default=None, alias="creatinine clearance")
    """Their creatinine clearance: 90 mL/min."""
    age: Years | None = None
    """Their age: 60 years."""

    @property
    def values(self) -> dict[str, Decimal]:
        """What is said, by the names that attributes have in a log."""
        said = {"weight": self.weight, "height": self.height, "creatinine clearance": self.clearance, "age": self.age}
        return {name: value for name, value in said.items() if value is not None}


class SurfaceText(Sourced):
    """How a body surface is worked out where the protocol names no formula."""

    formula: FormulaText
    """Mosteller or Du Bois."""


class StockText(Written):
    """A lot that is in stock."""

    quantity: Packs
    """Packs; units where the protocol names no packs."""
    expires: IsoDate | None = None
    """The last day on which it may be used."""


class OnTheWayText(StockText):
    """A delivery that was ordered and has not come."""

    arrives: IsoDate
    """The day on which it comes."""


class SupplyText(Sourced):
    """How one drug comes to one site, and what is there."""

    site: Line
    """The site's name."""
    product: Line
    """The drug, by its name under the protocol's products."""
    strength: Line | None = None
    """Which strength, where it comes in several: 20 mg."""
    stock: Annotated[tuple[StockText, ...], Field(max_length=200)] = ()
    """What is at the site, in place of the site's own stock log; without it, the log is asked where there is one."""
    on_the_way: tuple[OnTheWayText, ...] = Field(default=(), alias="on the way", max_length=200)
    """What was ordered and has not come."""
    lead_time: InDays = Field(alias="lead time")
    """How long it takes from the order to the delivery."""
    order_for: InDays = Field(alias="order for")
    """How long one order is to last."""
    safety_stock: Packs = Field(default=0, alias="safety stock")
    """How many packs are to be left at any time."""
    risk: Percent = Fraction(1, 20)
    """The chance of having fewer that is borne; 5 % without it."""
    shelf_life: InDays | None = Field(default=None, alias="shelf life")
    """How long what is delivered can be used; without it, expiry of new deliveries is not reckoned with."""


class RatesText(Written):
    """A whole ``rates.yaml``."""

    sources: dict[Line, Line] = Field(default={}, max_length=100)
    """Where the numbers come from, by short names: a publication, the registration, or an assumption."""
    seed: Annotated[int, Field(ge=0, le=2**53)]
    """The same seed gives the same numbers."""
    runs: Annotated[int, Field(ge=1, le=MOST_RUNS)] = 1000
    """How often the future is made up."""
    weeks: Annotated[int, Field(ge=1, le=MOST_WEEKS)] = 26
    """How far it is looked ahead."""
    enrolment: Annotated[tuple[EnrolmentText, ...], Field(max_length=200)] = ()
    """How many patients come, at each site."""
    all_patients: Annotated[int, Field(ge=1, le=MOST_PATIENTS)] | None = Field(default=None, alias="all patients")
    """How many the study may have in all, those who are in it among them."""
    allocation: dict[Line, Annotated[int, Field(ge=0, le=100)]] = Field(default={}, max_length=50)
    """How many of each arm among so many: {control: 1, experimental: 1}; without it, of all arms alike."""
    treatments: dict[Line, CourseText] = Field(default={}, max_length=50)
    """What may happen to each treatment, or to cycles that several drugs share."""
    body_sizes: Annotated[tuple[BodySizeText, ...], Field(max_length=50)] = Field(default=(), alias="body sizes")
    """The bodies of who comes, in parts that are 100 % together; they stand in where nothing is recorded of a patient."""
    body_surface: SurfaceText | None = Field(default=None, alias="body surface")
    """How a body surface is worked out where the protocol names no formula; without it, nothing is guessed."""
    supply: Annotated[tuple[SupplyText, ...], Field(max_length=400)] = ()
    """How each drug comes to each site."""
