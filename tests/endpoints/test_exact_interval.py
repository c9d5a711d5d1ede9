"""The exact interval of a rate against published ones, and what is true of every rate."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.endpoints.arms.exact_interval import rate


@pytest.mark.parametrize(
    ("n", "of", "low", "high"),
    [
        # R's manual of binom.test, its example after Conover (1971), Practical Nonparametric Statistics.
        (682, 925, "0.7076683", "0.7654066"),
        # None or all of 10 in closed form, 1 - 0.025 ^ (1/10) = 0.3084971; 1 and 5 of 10 as R's binom.test prints them.
        (0, 10, "0", "0.3084971"),
        (1, 10, "0.0025286", "0.4450161"),
        (5, 10, "0.1870860", "0.8129140"),
        (10, 10, "0.6915029", "1"),
    ],
)
def test_published_intervals(n: int, of: int, low: str, high: str) -> None:
    found = rate(n, of)
    assert found.low is not None
    assert found.high is not None
    assert abs(found.low - Decimal(low)) < Decimal("0.000001")
    assert abs(found.high - Decimal(high)) < Decimal("0.000001")


def test_with_nobody_there_is_no_rate() -> None:
    found = rate(0, 0)
    assert (found.percent, found.low, found.high) == (None, None, None)
    with pytest.raises(ValueError, match="3 of 2"):
        rate(3, 2)


# None of n: the upper bound p solves (1 - p)^n = 0.025.
@given(st.integers(1, 300))
def test_none_of_many(of: int) -> None:
    high = rate(0, of).high
    assert high is not None
    assert abs((1 - float(high)) ** of - 0.025) < 0.025 * of * 2e-6


@given(st.integers(1, 200).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_of_the_others_mirrors_it(n_of: tuple[int, int]) -> None:
    n, of = n_of
    some, others = rate(n, of), rate(of - n, of)
    assert some.low is not None
    assert some.high is not None
    assert others.high is not None
    assert abs(some.low + others.high - 1) <= Decimal("0.000001")
    assert some.low <= Decimal(n) / of <= some.high
