"""A dose made of units of several strengths: 65 mg is 1 x 20 mg and 3 x 15 mg. Exact, and with the fewest units.

Strengths are in one unit, the largest first. A sum that they cannot make is None: never a rounded one.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from math import gcd

Strengths = tuple[Decimal, ...]
"""What one unit of each strength holds, the largest first."""


@lru_cache(maxsize=4096)
def made_of(amount: Decimal, strengths: Strengths) -> tuple[int, ...] | None:
    """How many units of each strength make an amount: the fewest in all, and of two ways the one with more of the larger.

    None where no sum of them is that amount.
    """
    total, *sizes = _whole_numbers((amount, *strengths))
    if amount <= 0 or not sizes or total % gcd(*sizes):
        return None
    return _fewest(total, tuple(sizes))


def only_way(amount: Decimal, strengths: Strengths) -> tuple[int, ...] | None:
    """How many units of each strength are in an amount, where there is no other way to make it; else None."""
    total, *sizes = _whole_numbers((amount, *strengths))
    if amount <= 0 or not sizes or total % gcd(*sizes):
        return None
    found = tuple(islice(_ways(total, tuple(sizes)), 2))
    return found[0] if len(found) == 1 else None


def sum_at_most(amount: Decimal, strengths: Strengths) -> Decimal | None:
    """The largest sum of the strengths that is not above an amount; None where even one unit is more."""
    return _first_sum(_towards(amount, strengths, -1), strengths)


def sum_at_least(amount: Decimal, strengths: Strengths) -> Decimal | None:
    """The smallest sum of the strengths that is not below an amount: at least one unit."""
    return _first_sum(_towards(amount, strengths, 1), strengths)


def nearest_sum(amount: Decimal, strengths: Strengths, limit: Decimal | None = None) -> Decimal | None:
    """The sum of the strengths that is nearest to an amount and not above a limit, of two equally near the lower.

    None where the amount is no more than half of the smallest unit, or where one unit is more than the limit.
    """
    below, above = sum_at_most(amount, strengths), sum_at_least(amount, strengths)
    if above is not None and (limit is None or above <= limit) and above - amount < amount - (below or Decimal(0)):
        return above
    return below if below is None or limit is None or below <= limit else sum_at_most(limit, strengths)


def _first_sum(amounts: Iterator[Decimal], strengths: Strengths) -> Decimal | None:
    counts = next(filter(None, (made_of(each, strengths) for each in amounts)), None)
    return sum((n * each for n, each in zip(counts, strengths, strict=True)), Decimal(0)) if counts else None


def _towards(amount: Decimal, strengths: Strengths, direction: int) -> Iterator[Decimal]:
    """The amounts above 0 that may be sums, from the nearest one on; far enough for one unit of the smallest strength."""
    total, *sizes = _whole_numbers((amount, *strengths))
    step, scale = gcd(*sizes), strengths[-1] / sizes[-1]
    first = total // step if direction < 0 or total % step == 0 else total // step + 1
    for number in range(sizes[-1] // step + 1):
        if (multiple := first + direction * number) > 0:
            yield multiple * step * scale


@lru_cache(maxsize=4096)
def _fewest(total: int, sizes: tuple[int, ...]) -> tuple[int, ...] | None:
    largest, *smaller = sizes
    if not smaller:
        return (total // largest,) if total % largest == 0 else None
    fewest: tuple[int, ...] | None = None
    for count in range(total // largest, -1, -1):
        left = total - count * largest
        # What is left needs more units the fewer there are of the largest.
        if fewest is not None and count + -(-left // smaller[0]) >= sum(fewest):
            break
        rest = _fewest(left, tuple(smaller))
        if rest is not None and (fewest is None or count + sum(rest) < sum(fewest)):
            fewest = (count, *rest)
    return fewest


def _ways(total: int, sizes: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    largest, *smaller = sizes
    if not smaller:
        if total % largest == 0:
            yield (total // largest,)
        return
    for count in range(total // largest, -1, -1):
        for rest in _ways(total - count * largest, tuple(smaller)):
            yield (count, *rest)


def _whole_numbers(amounts: tuple[Decimal, ...]) -> list[int]:
    """The amounts as whole numbers of one small unit, so that nothing is rounded."""
    places = max(0, *(-exponent for each in amounts if isinstance(exponent := each.as_tuple().exponent, int)))
    return [int(each.scaleb(places)) for each in amounts]
