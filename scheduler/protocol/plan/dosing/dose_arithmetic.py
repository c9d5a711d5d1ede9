"""Arithmetic of doses: body surface, dose per m2 and per kg, carboplatin by AUC, rounding, caps and totals.

Everything is exact on `Decimal`, and rounds where it says so:

- A body surface is rounded half up to 0.01 m2, as it is written in charts, so that a pharmacist can check a dose by hand.
- A dose is rounded to the nearest multiple, unit or band; of two that are equally near, to the lower.
- A cap is applied before rounding, and rounding never goes above it.

A patient's value that is missing gives no dose: None, never 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal, localcontext
from enum import StrEnum

HUNDREDTH = Decimal("0.01")
_DIGITS = 34
"""Digits that roots and powers are worked out with, before the result is rounded to hundredths."""

NON_RENAL_CLEARANCE = Decimal(25)
"""mL/min. Source: Calvert AH et al., J Clin Oncol 1989;7:1748."""

CLEARANCE_AT_MOST = Decimal(125)
"""mL/min. Source: US Food and Drug Administration, carboplatin dosing, October 2010: AUC 6 is then at most 900 mg."""

BAND_WITHIN = Decimal(6)
"""Percent of the calculated dose. Source: NICE key therapeutic topic 22, on the dose bands of NHS England."""


class Formula(StrEnum):
    """How a body surface is worked out from height and weight."""

    DU_BOIS = "Du Bois"
    MOSTELLER = "Mosteller"


def body_surface(formula: Formula, height: Decimal, weight: Decimal) -> Decimal:
    """The body surface in m2, from cm and kg, rounded half up to 0.01. Raises ValueError for what is not above 0.

    Du Bois: 0.007184 x weight^0.425 x height^0.725 (Arch Intern Med 1916;17:863). Mosteller: the square root of height x
    weight / 3600 (N Engl J Med 1987;317:1098).
    """
    if height <= 0 or weight <= 0:
        raise ValueError("height and weight are above 0")
    with localcontext() as context:
        context.prec = _DIGITS
        if formula is Formula.DU_BOIS:
            surface = Decimal("0.007184") * weight ** Decimal("0.425") * height ** Decimal("0.725")
        else:
            surface = (height * weight / 3600).sqrt()
    return surface.quantize(HUNDREDTH, ROUND_HALF_UP)


def calvert(auc: Decimal, clearance: Decimal, at_most: Decimal | None = CLEARANCE_AT_MOST) -> Decimal:
    """The carboplatin dose in mg for a target AUC in mg/mL x min: AUC x (clearance + 25), the clearance in mL/min.

    ``at_most`` is the highest clearance that counts. Raises ValueError for a negative clearance.
    """
    if clearance < 0:
        raise ValueError("a clearance is not below 0")
    counted = clearance if at_most is None else min(clearance, at_most)
    return auc * (counted + NON_RENAL_CLEARANCE)


def used_weights(weights: Sequence[Decimal], change: Decimal | None) -> tuple[int, ...]:
    """Which of the weights, in the order of weighing, doses were worked out with, one after the other; the last one holds.

    ``change`` is by how many percent of the one in use a weight must differ, up or down, to be used instead; that much is
    enough. None: every new weight is used.
    """
    used: list[int] = []
    for number, weight in enumerate(weights):
        if not used or change is None or 100 * abs(weight - weights[used[-1]]) >= change * weights[used[-1]]:
            used.append(number)
    return tuple(used)


def to_multiple(amount: Decimal, step: Decimal) -> Decimal:
    """The nearest multiple of a step, of two equally near the lower: 155 mg in steps of 10 mg is 150 mg."""
    _check_step(step)
    return (amount / step).quantize(Decimal(1), ROUND_HALF_DOWN) * step


def multiple_below(amount: Decimal, step: Decimal) -> Decimal:
    """The highest multiple of a step that is not above an amount."""
    _check_step(step)
    return (amount / step).quantize(Decimal(1), ROUND_FLOOR) * step


def to_band(amount: Decimal, bands: Iterable[Decimal], within: Decimal = BAND_WITHIN) -> Decimal | None:
    """The nearest band, of two equally near the lower; None where none lies within so many percent of the amount."""
    near = [band for band in bands if 100 * abs(band - amount) <= within * amount]
    return min(near, key=lambda band: (abs(band - amount), band), default=None)


def is_within(amount: Decimal, rounded: Decimal, percent: Decimal) -> bool:
    """True when a rounded amount differs by at most so many percent of the calculated one."""
    return 100 * abs(rounded - amount) <= percent * amount


def room_left(given: Iterable[Decimal], limit: Decimal) -> Decimal:
    """How much may still be given below a limit in total; below 0 when it was passed."""
    return limit - sum(given, Decimal(0))


def _check_step(step: Decimal) -> None:
    if step <= 0:
        raise ValueError("a step is above 0")
