"""How a patient's own dose follows from the protocol's dose per m2, per kg or by AUC: which values, which cap, what rounding."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.dosing.bands import Band
from scheduler.protocol.plan.dosing.dose_arithmetic import (
    CLEARANCE_AT_MOST,
    Formula,
    body_surface,
    calvert,
    is_within,
    multiple_below,
    to_band,
    to_multiple,
)
from scheduler.protocol.plan.dosing.strengths import Strengths, nearest_sum
from scheduler.said import Amount, Text, as_written, said, text_of
from scheduler.vocabulary.dosage_forms import MILLILITRE


@dataclass(frozen=True, slots=True)
class Surface:
    """The formula of the body surface, and the largest surface that counts, in m2."""

    formula: Formula
    at_most: Decimal | None
    clause: Clause


class Weighed(StrEnum):
    """Which weight counts: the first one, or the one in force."""

    BASELINE = "baseline"
    IN_FORCE = "in force"


@dataclass(frozen=True, slots=True)
class WeightRule:
    """Which weight counts. With ``change``, a new weight is used once it differs by so many percent from the one in use."""

    which: Weighed
    change: Decimal | None
    clause: Clause


class Onto(StrEnum):
    """What a dose is rounded to."""

    STEP = "a multiple"
    TABLETS = "whole tablets"
    HALVES = "half tablets"
    VIALS = "whole vials"
    BANDS = "bands"


@dataclass(frozen=True, slots=True)
class Rounding:
    """What a dose is rounded to: a multiple of ``amounts[0]``, whole units of the product, or the nearest of the bands.

    Whole units of several strengths are the nearest sum that they can make. A multiple of so many mL is one of what they hold.

    With ``within``, a rounded dose that differs by more percent is not taken: the calculated one stands.
    """

    onto: Onto
    amounts: tuple[Decimal, ...]
    unit: str | None
    within: Decimal | None
    clause: Clause


@dataclass(frozen=True, slots=True)
class Clearance:
    """The highest creatinine clearance that counts, in mL/min; None where the measured one counts, however high."""

    at_most: Decimal | None
    clause: Clause


@dataclass(frozen=True, slots=True)
class Cap:
    """The highest amount that is allowed, in a unit."""

    amount: Decimal
    unit: str
    clause: Clause


@dataclass(frozen=True, slots=True)
class Calculation:
    """How one drug's dose is worked out for a patient. What the protocol does not say is None.

    No formula is guessed: a dose per m2 is worked out only where the protocol names one. A dose by AUC has its clearance
    capped as the FDA recommends unless the protocol says otherwise. ``bands`` say whose dose is another; of bands of several
    measures the lowest dose counts.
    """

    surface: Surface | None = None
    weight: WeightRule | None = None
    clearance: Clearance | None = None
    round_to: Rounding | None = None
    at_most: Cap | None = None
    in_total: Cap | None = None
    bands: tuple[Band, ...] = ()


NO_CALCULATION = Calculation()


@dataclass(frozen=True, slots=True)
class Body:
    """What is known of a patient's body on a day: kg, cm, mL/min."""

    weight: Decimal | None = None
    height: Decimal | None = None
    clearance: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Worked:
    """A patient's own dose, with its working.

    ``amount`` is None while something is ``missing``. ``exact`` is the dose before cap and rounding, ``surface`` the body surface
    that was used; ``capped`` is the dose before rounding alone. ``clauses`` are the sentences that it rests on; ``remarks`` say
    what a person has to look at.
    """

    amount: Decimal | None
    unit: str
    exact: Decimal | None = None
    surface: Decimal | None = None
    missing: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()
    remarks: tuple[str, ...] = field(default=())
    capped: Decimal | None = field(default=None, compare=False)

    @property
    def moved(self) -> Decimal | None:
        """By how many percent rounding moved the dose, above 0 for more; None where there is nothing to compare."""
        if self.amount is None or not self.capped:
            return None
        return 100 * (self.amount - self.capped) / self.capped


def work_out(
    amount: Decimal, unit: str, per: str | None, body: Body, how: Calculation, strengths: Strengths = ()
) -> Worked:
    """The dose of one patient: ``amount`` per m2, kg or by AUC (``per``), or flat, then the cap, then rounding.

    ``strengths`` is what one tablet or vial of each strength holds, in the same unit.
    """
    exact, surface, missing, clauses = _exact(amount, per, body, how)
    if exact is None:
        return Worked(None, unit, None, surface, missing, clauses)
    capped = exact
    if how.at_most is not None and how.at_most.unit == unit:
        clauses = (*clauses, how.at_most.clause)
        capped = min(exact, how.at_most.amount)
    if how.round_to is None:
        return Worked(capped, unit, exact, surface, (), clauses, (), capped)
    limit = how.at_most.amount if how.at_most is not None and how.at_most.unit == unit else None
    rounded, remark = _rounded(capped, unit, how.round_to, strengths, limit)
    clauses = (*clauses, how.round_to.clause)
    return Worked(rounded, unit, exact, surface, (), clauses, (remark,) if remark else (), capped)


def _exact(
    amount: Decimal, per: str | None, body: Body, how: Calculation
) -> tuple[Decimal | None, Decimal | None, tuple[str, ...], tuple[Clause, ...]]:
    """The dose before cap and rounding, the surface, what is missing, and the sentences."""
    weighed = (how.weight.clause,) if how.weight is not None else ()
    if per == "m2":
        if how.surface is None:
            return None, None, ("formula of the body surface",), ()
        clauses: tuple[Clause, ...] = (how.surface.clause, *weighed)
        if body.weight is None or body.height is None:
            wanted = {"weight": body.weight, "height": body.height}
            return None, None, tuple(name for name, value in wanted.items() if value is None), clauses
        surface = body_surface(how.surface.formula, body.height, body.weight)
        if how.surface.at_most is not None:
            surface = min(surface, how.surface.at_most)
        return amount * surface, surface, (), clauses
    if per == "kg":
        if body.weight is None:
            return None, None, ("weight",), weighed
        return amount * body.weight, None, (), weighed
    if per == "AUC":
        clauses = (how.clearance.clause,) if how.clearance is not None else ()
        if body.clearance is None:
            return None, None, ("creatinine clearance",), clauses
        at_most = how.clearance.at_most if how.clearance is not None else CLEARANCE_AT_MOST
        return calvert(amount, body.clearance, at_most), None, (), clauses
    return amount, None, (), ()


def _rounded(
    amount: Decimal, unit: str, rounding: Rounding, strengths: Strengths, limit: Decimal | None
) -> tuple[Decimal, str | None]:
    """The rounded amount; or, with a remark, the amount as it was calculated."""
    if rounding.onto is Onto.BANDS:
        bands = [band for band in rounding.amounts if limit is None or band <= limit]
        within = rounding.within if rounding.within is not None else Decimal(100)
        band = to_band(amount, bands, within) if rounding.unit == unit else None
        return (amount, _no_band(amount, unit, within)) if band is None else (band, None)
    step = _step_of(rounding, unit, strengths)
    if not strengths if rounding.onto is not Onto.STEP else step is None:
        to = as_written(rounding.clause.text)
        return amount, text_of(said("{amount} cannot be rounded to {to}", amount=_said(amount, unit), to=to))
    if rounding.onto is Onto.HALVES:
        strengths = tuple(each / 2 for each in strengths)
    rounded = _to_step(amount, step, limit) if step is not None else nearest_sum(amount, strengths, limit)
    if not rounded:
        smallest = step if step is not None else strengths[-1]
        told = said(
            "{amount} is no more than half of {smallest}", amount=_said(amount, unit), smallest=_said(smallest, unit)
        )
        return amount, text_of(told)
    if rounding.within is not None and not is_within(amount, rounded, rounding.within):
        told = said(
            "{rounded} is not within {percent} % of {amount}",
            rounded=_said(rounded, unit),
            percent=rounding.within.normalize(),
            amount=_said(amount, unit),
        )
        return amount, text_of(told)
    return rounded, None


def _step_of(rounding: Rounding, unit: str, strengths: Strengths) -> Decimal | None:
    """What a dose is a multiple of, in its unit; of a volume, what so many mL hold. None where it is no multiple of anything."""
    if rounding.onto is not Onto.STEP:
        return None
    if rounding.unit == MILLILITRE != unit:
        return rounding.amounts[0] * strengths[0] if strengths else None
    return rounding.amounts[0] if rounding.unit == unit else None


def _to_step(amount: Decimal, step: Decimal, limit: Decimal | None) -> Decimal:
    rounded = to_multiple(amount, step)
    return multiple_below(limit, step) if limit is not None and rounded > limit else rounded


def _no_band(amount: Decimal, unit: str, within: Decimal) -> Text:
    told = said("no band lies within {percent} % of {amount}", percent=within.normalize(), amount=_said(amount, unit))
    return text_of(told)


def _said(amount: Decimal, unit: str) -> Amount:
    return Amount(amount.normalize(), unit)
