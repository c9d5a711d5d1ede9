"""How many of so many, with the exact interval: no approximation, so that it holds for ten patients as for a thousand.

Source: Clopper and Pearson, Biometrika 1934;26:404. Each bound is the rate at which so many or more, or so many or fewer, would
be seen in 2.5 of 100 trials.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import exp, fsum, lgamma, log, log1p

_ONE_SIDE = 0.025
_STEPS = 60
_PLACES = Decimal("0.000001")
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Rate:
    """``n`` of ``of`` patients. ``low`` and ``high`` are the interval of 95 percent, parts of 1; None where there is nobody."""

    n: int
    of: int
    low: Decimal | None
    high: Decimal | None

    @property
    def percent(self) -> Decimal | None:
        """The rate in percent, rounded half up to a tenth."""
        return None if not self.of else in_percent(Decimal(self.n) / Decimal(self.of))


def rate(n: int, of: int) -> Rate:
    """So many of so many, with the exact interval of 95 percent. Raises ValueError for more than there are."""
    if not 0 <= n <= of:
        raise ValueError(f"{n} of {of} is no rate")
    if not of:
        return Rate(n, of, None, None)
    low = 0.0 if n == 0 else _where(lambda p: _at_least(n, of, p) < _ONE_SIDE)
    high = 1.0 if n == of else _where(lambda p: _at_least(n + 1, of, p) < 1 - _ONE_SIDE)
    return Rate(n, of, _exactly(low), _exactly(high))


def _where(still_below: Callable[[float], bool]) -> float:
    """The rate up to which it is so: between 0 and 1, halved again and again."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if still_below(middle) else (low, middle)
    return (low + high) / 2


def _at_least(n: int, of: int, p: float) -> float:
    """The probability of ``n`` or more of ``of``, each with the probability ``p``, which is neither 0 nor 1."""
    whole = lgamma(of + 1)
    terms = (
        exp(whole - lgamma(k + 1) - lgamma(of - k + 1) + k * log(p) + (of - k) * log1p(-p)) for k in range(n, of + 1)
    )
    return fsum(terms)


def _exactly(bound: float) -> Decimal:
    return Decimal(bound).quantize(_PLACES, ROUND_HALF_UP)


def in_percent(part: Decimal) -> Decimal:
    """A part of 1 in percent, rounded half up to a tenth."""
    return (100 * part).quantize(_TENTH, ROUND_HALF_UP)
