"""Doses made of units of several strengths: the label's table, every small case against all the ways there are."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.dosing.calculation import Body, Calculation, Onto, Rounding, work_out
from scheduler.protocol.plan.dosing.strengths import made_of, nearest_sum, only_way, sum_at_least, sum_at_most

D = Decimal
TWENTY_AND_FIFTEEN = (D(20), D(15))

OF_THE_LABEL = {
    "35": (1, 1),
    "40": (2, 0),
    "45": (0, 3),
    "50": (1, 2),
    "55": (2, 1),
    "60": (3, 0),
    "65": (1, 3),
    "70": (2, 2),
    "75": (3, 1),
    "80": (4, 0),
}
"""Tablets of 20 and 15 mg per dose. Source: label of trifluridine-tipiracil, table 1."""

strengths = st.lists(
    st.one_of(st.integers(1, 12).map(D), st.integers(1, 24).map(lambda each: D(each) / 2)), min_size=1, max_size=3
).map(lambda found: tuple(sorted(set(found), reverse=True)))
amounts = st.integers(1, 80).map(lambda each: D(each) / 2)


def all_ways(amount: Decimal, sizes: tuple[Decimal, ...]) -> list[tuple[int, ...]]:
    """Every number of each strength that comes to the amount, tried one by one."""
    counts = product(*(range(int(amount // size) + 1) for size in sizes))
    return [each for each in counts if sum(n * size for n, size in zip(each, sizes, strict=True)) == amount]


@pytest.mark.parametrize(("dose", "tablets"), OF_THE_LABEL.items())
def test_the_fewest_tablets_are_those_of_the_label(dose: str, tablets: tuple[int, int]) -> None:
    assert made_of(D(dose), TWENTY_AND_FIFTEEN) == tablets


@pytest.mark.parametrize("dose", ["5", "10", "25", "62.5", "0", "-20"])
def test_what_cannot_be_made_has_no_number(dose: str) -> None:
    assert made_of(D(dose), TWENTY_AND_FIFTEEN) is None


def test_of_two_ways_with_as_many_units_the_one_with_more_of_the_larger() -> None:
    # 30 and 10 and 20 and 20 are two units each.
    assert made_of(D(40), (D(30), D(20), D(10))) == (1, 0, 1)


@given(amounts, strengths)
def test_the_counts_are_those_of_all_ways(amount: Decimal, sizes: tuple[Decimal, ...]) -> None:
    ways = all_ways(amount, sizes)
    fewest = min(ways, key=lambda each: (sum(each), [-n for n in each]), default=None)
    assert made_of(amount, sizes) == fewest
    assert only_way(amount, sizes) == (ways[0] if len(ways) == 1 else None)


@given(amounts, strengths)
def test_the_nearest_sums_are_those_of_all_sums(amount: Decimal, sizes: tuple[Decimal, ...]) -> None:
    halves = [D(each) / 2 for each in range(1, 2 * (int(amount) + 26))]
    sums = [each for each in halves if all_ways(each, sizes)]
    assert sum_at_most(amount, sizes) == max((each for each in sums if each <= amount), default=None)
    assert sum_at_least(amount, sizes) == min(each for each in sums if each >= amount)
    # No tablet at all is the nearest where the amount is no more than half of one.
    nearest = min([D(0), *sums], key=lambda each: (abs(each - amount), each))
    assert nearest_sum(amount, sizes) == (nearest or None)


WHOLE = Calculation(round_to=Rounding(Onto.TABLETS, (), None, None, Clause(1, "whole tablets")))


@pytest.mark.parametrize(
    ("worked", "dose"),
    [
        ("64.4", "65"),
        ("36", "35"),
        # 25 mg is as near to 20 as to 30: the lower.
        ("25", "20"),
        ("25.1", "30"),
        # 7.5 mg is half of the smallest tablet, and stands.
        ("7.5", "7.5"),
    ],
)
def test_whole_tablets_of_several_strengths_are_the_nearest_sum(worked: str, dose: str) -> None:
    found = work_out(D(worked), "mg", None, Body(), WHOLE, TWENTY_AND_FIFTEEN)
    assert found.amount == D(dose)
    assert bool(found.remarks) is (dose == "7.5")


def test_a_sum_goes_never_above_the_cap() -> None:
    # 65 mg is nearest to 64 mg; below 64 mg it is 60 mg.
    assert nearest_sum(D(64), TWENTY_AND_FIFTEEN) == 65
    assert nearest_sum(D(64), TWENTY_AND_FIFTEEN, D(64)) == 60
