"""The keys of a treatment that say how a patient's own dose is worked out; each for all its drugs, or drug by drug."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Discriminator, Field, Tag

from scheduler.protocol.plan.dosing.bands import Band
from scheduler.protocol.plan.dosing.calculation import Cap, Clearance, Rounding, Surface, WeightRule
from scheduler.protocol.sentences.dosing.band import BANDS_EXAMPLE, read_band
from scheduler.protocol.sentences.dosing.calculation import (
    CAP_EXAMPLE,
    CLEARANCE_EXAMPLE,
    ROUND_EXAMPLE,
    SURFACE_EXAMPLE,
    TOTAL_EXAMPLE,
    WEIGHT_EXAMPLE,
    read_cap,
    read_clearance,
    read_rounding,
    read_surface,
    read_total,
    read_weight,
)
from scheduler.protocol.sentences.spellings import Habits
from scheduler.protocol.text.sentence_fields import Sentence
from scheduler.written import Written

_Drug: TypeAlias = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,39}$")]


def _shape(value: object) -> str:
    return "by drug" if isinstance(value, dict) else "several" if isinstance(value, list) else "one"


SurfaceText: TypeAlias = Annotated[
    Surface, Sentence(read_surface, SURFACE_EXAMPLE, "The formula of the body surface.", Habits.CALCULATIONS)
]
WeightText: TypeAlias = Annotated[
    WeightRule,
    Sentence(read_weight, WEIGHT_EXAMPLE, "Which weight counts, and when a new one does.", Habits.CALCULATIONS),
]
ClearanceText: TypeAlias = Annotated[
    Clearance,
    Sentence(read_clearance, CLEARANCE_EXAMPLE, "The highest creatinine clearance that counts.", Habits.CALCULATIONS),
]
RoundingText: TypeAlias = Annotated[
    Rounding, Sentence(read_rounding, ROUND_EXAMPLE, "What a dose is rounded to.", Habits.CALCULATIONS)
]
CapText: TypeAlias = Annotated[
    Cap, Sentence(read_cap, CAP_EXAMPLE, "The highest amount of one dose.", Habits.CALCULATIONS)
]
TotalText: TypeAlias = Annotated[
    Cap, Sentence(read_total, TOTAL_EXAMPLE, "The highest amount of all doses together.", Habits.CALCULATIONS)
]

BandText: TypeAlias = Annotated[
    Band, Sentence(read_band, BANDS_EXAMPLE, "What patients with a value in one band get.", Habits.BANDS)
]

Roundings: TypeAlias = Annotated[
    Annotated[RoundingText, Tag("one")] | Annotated[dict[_Drug, RoundingText], Tag("by drug")], Discriminator(_shape)
]
Caps: TypeAlias = Annotated[
    Annotated[CapText, Tag("one")] | Annotated[dict[_Drug, CapText], Tag("by drug")], Discriminator(_shape)
]
Totals: TypeAlias = Annotated[
    Annotated[TotalText, Tag("one")] | Annotated[dict[_Drug, TotalText], Tag("by drug")], Discriminator(_shape)
]
_Bands: TypeAlias = Annotated[
    Annotated[BandText, Tag("one")] | Annotated[Annotated[list[BandText], Field(min_length=1)], Tag("several")],
    Discriminator(_shape),
]
Bands: TypeAlias = Annotated[
    Annotated[BandText, Tag("one")]
    | Annotated[Annotated[list[BandText], Field(min_length=1)], Tag("several")]
    | Annotated[dict[_Drug, _Bands], Tag("by drug")],
    Discriminator(_shape),
]


class CalculationText(Written):
    """How a dose per m2, per kg or by AUC becomes a patient's own, and what bounds it."""

    body_surface: SurfaceText | None = Field(default=None, alias="body surface")
    """The formula of the body surface; doses per m2 are worked out only where it is named."""
    weight: WeightText | None = None
    """Which weight counts, and by how much it must change to count anew."""
    clearance: ClearanceText | None = None
    """The highest creatinine clearance that counts for a dose by AUC; 125 mL/min where this is left out."""
    dose_by: Bands | None = Field(default=None, alias="dose by")
    """Whose dose is another, a sentence for each band; by drug where that differs.

    Of bands of several measures the lowest dose counts. While a value is missing, no dose is planned.
    """
    round_to: Roundings | None = Field(default=None, alias="round to")
    """What a dose is rounded to; by drug where that differs."""
    at_most: Caps | None = Field(default=None, alias="at most")
    """The highest amount of one dose; by drug where that differs."""
    at_most_in_total: Totals | None = Field(default=None, alias="at most in total")
    """The highest amount of all doses together; by drug where that differs."""
