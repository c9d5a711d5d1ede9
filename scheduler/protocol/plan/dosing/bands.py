"""A dose that depends on the patient: by age, weight, body mass index, body surface or creatinine clearance, band by band."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from scheduler.protocol.plan.clause import Clause
from scheduler.said import Said, said


class Measure(StrEnum):
    """What of a patient decides on the dose."""

    AGE = "age"
    WEIGHT = "weight"
    BODY_MASS_INDEX = "body mass index"
    BODY_SURFACE = "body surface"
    CLEARANCE = "creatinine clearance"


IN_UNIT = {
    Measure.AGE: "years",
    Measure.WEIGHT: "kg",
    Measure.BODY_MASS_INDEX: "kg/m2",
    Measure.BODY_SURFACE: "m2",
    Measure.CLEARANCE: "mL/min",
}
"""The unit in which each is said, recorded and compared."""


class Taken(StrEnum):
    """Which value counts: the last one up to the study's first dose, whatever follows; or always the last one."""

    AT_FIRST_DOSE = "at first dose"
    IN_FORCE = "in force"


@dataclass(frozen=True, slots=True)
class Band:
    """What patients with a value between two ends get; None leaves an end open.

    ``includes_low`` and ``includes_high``: the end itself belongs to it. ``share`` is of the dose that the protocol or the level
    says, 0.5 for half, and is divided by ``parts``: 1 of 3 for a third. Where it is None, ``amount`` in ``unit`` is given
    instead, per m2 or kg where ``per`` says so; or these patients have ``levels`` of their own, as many as the treatment has.
    """

    measure: Measure
    taken: Taken
    low: Decimal | None
    high: Decimal | None
    includes_low: bool
    includes_high: bool
    clause: Clause
    share: Decimal | None = None
    amount: Decimal | None = None
    unit: str | None = None
    per: str | None = None
    levels: tuple[Decimal, ...] = ()
    parts: int = 1

    def of_dose(self, amount: Decimal) -> Decimal:
        """Its share of a dose; of a band without a share the dose itself."""
        return amount if self.share is None else amount * self.share / self.parts

    @property
    def is_full(self) -> bool:
        """True where it is the whole dose."""
        return self.share is not None and self.share == self.parts

    @property
    def share_said(self) -> Said:
        """Its share: 50 %; one third."""
        assert self.share is not None
        if self.parts == 3:
            return said("one third") if self.share == 1 else said("two thirds")
        return said("{number} %", number=(100 * self.share).normalize())

    def holds(self, value: Decimal) -> bool:
        """True for a value in the band."""
        above = self.low is None or value > self.low or (self.includes_low and value == self.low)
        below = self.high is None or value < self.high or (self.includes_high and value == self.high)
        return above and below

    @property
    def whom(self) -> str:
        """Whom it is for, as the sentence has it: "age above 75 years at first dose"."""
        return self.clause.text.partition(":")[0].strip()


def in_order(bands: tuple[Band, ...], measure: Measure) -> list[Band]:
    """The bands of one measure, from the lowest up."""
    own = [band for band in bands if band.measure is measure]
    return sorted(own, key=lambda band: (band.low is not None, band.low or Decimal(0), not band.includes_low))


def measures_of(bands: tuple[Band, ...]) -> tuple[Measure, ...]:
    """What the bands ask of a patient, in the order in which it is named."""
    return tuple(dict.fromkeys(band.measure for band in bands))
