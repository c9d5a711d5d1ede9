"""Survival over time: a published data set with its published values, twelve patients by hand, and exact fractions.

The library takes seconds to be imported, so that all of this is slow.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.endpoints.arms.by_arm import end_points_by_arm
from scheduler.endpoints.arms.kaplan_meier import At, Curve, Step, survival_curve
from scheduler.endpoints.patient.end_point import EITHER, EndPoint
from tests.endpoints.patients import TWELVE, end_points

pytestmark = pytest.mark.slow

# Weeks of remission of 21 children with 6-mercaptopurine and 21 with placebo; + is still in remission.
# Freireich et al., Blood 1963;21:699, as printed in Gehan, Biometrika 1965;52:203, table 1; compared with the same table in the
# open materials of three courses and of lifelines, one of whose copies has 25+ for 35+ by mistake.
MERCAPTOPURINE = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"

# Time, at risk, survival: Kleinbaum and Klein, Survival Analysis, chapter 2, the two tables of the product limit.
PUBLISHED_MERCAPTOPURINE = [
    (6, 21, "0.8571"),
    (7, 17, "0.8067"),
    (10, 15, "0.7529"),
    (13, 12, "0.6902"),
    (16, 11, "0.6275"),
    (22, 7, "0.5378"),
    (23, 6, "0.4482"),
]
PUBLISHED_PLACEBO = [
    (1, 21, "0.90"),
    (2, 19, "0.81"),
    (3, 17, "0.76"),
    (4, 16, "0.67"),
    (5, 14, "0.57"),
    (8, 12, "0.38"),
    (11, 8, "0.29"),
    (12, 6, "0.19"),
    (15, 4, "0.14"),
    (17, 3, "0.10"),
    (22, 2, "0.05"),
    (23, 1, "0.00"),
]


def curve(weeks: str) -> Curve:
    return survival_curve((int(week.rstrip("+")), not week.endswith("+")) for week in weeks.split())


def told(steps: tuple[Step, ...], places: str) -> list[tuple[int, int, str]]:
    return [(step.day, step.at_risk, str(step.survival.quantize(Decimal(places)))) for step in steps if step.events]


def test_remission_with_6_mercaptopurine_as_published() -> None:
    found = curve(MERCAPTOPURINE)
    assert told(found.steps, "0.0001") == PUBLISHED_MERCAPTOPURINE
    assert (found.number, found.events) == (21, 9)
    # The interval at 10 weeks by hand: Greenwood's sum 3/(21*18) + 1/(17*16) + 1/(15*14) = 0.0163749, its root 0.127964,
    # log 0.752941 = -0.283768, log 0.283768 = -1.259598, 0.127964 / 0.283768 = 0.450947 and 1.959964 times that 0.883840:
    # exp(-exp(-1.259598 + 0.883840)) = 0.5032, exp(-exp(-1.259598 - 0.883840)) = 0.8894 (to be read downwards).
    at_10 = found.at(10)
    assert [str(each.quantize(Decimal("0.0001"))) for each in (at_10.low, at_10.high) if each is not None] == [
        "0.5032",
        "0.8894",
    ]
    # In the same way the lower bound at 13 weeks is 0.4316, the first below one half; no upper bound comes down to it.
    assert (found.median, found.median_low, found.median_high) == (23, 13, None)


def test_remission_with_placebo_as_published() -> None:
    found = curve(PLACEBO)
    assert told(found.steps, "0.01") == PUBLISHED_PLACEBO
    assert (found.number, found.events) == (21, 21)
    # Nobody is censored: Greenwood's sum is (1 - S)/(21 S). Lower bounds: 0.5194 after 3 weeks, 0.4254 after 4; upper ones:
    # 0.5778 after 8 weeks, 0.4818 after 11.
    assert (found.median, found.median_low, found.median_high) == (8, 4, 11)


def test_survival_and_numbers_at_risk_between_the_steps() -> None:
    found = curve(MERCAPTOPURINE)
    assert [found.at_risk(week) for week in (0, 5, 6, 7, 10, 11, 20, 24, 35, 36)] == [
        21,
        21,
        21,
        17,
        15,
        13,
        8,
        5,
        1,
        0,
    ]
    assert found.at(5) == At(Decimal(1), None, None, 21)
    assert found.at(24).survival == found.at(23).survival
    # Nobody was followed for longer than 35 weeks, and some were still in remission.
    assert found.at(36) == At(None, None, None, 0)
    assert curve(PLACEBO).at(36) == At(Decimal(0), None, None, 0)
    assert survival_curve(()) == Curve(0, 0, (), None, None, None)


def test_twelve_patients_as_an_arm() -> None:
    found = [end_points(story) for story in TWELVE.values()]
    (arm,) = end_points_by_arm(["control"], found, [], survival_curve)
    survival = next(
        each for each in arm.survival if (each.end_point, each.criteria) == (EndPoint.PROGRESSION_FREE_SURVIVAL, EITHER)
    )
    # In days: 1+ 54+ 54+ 54+ 54+ 101 110 110+ 111 166 166 691+ (+ is censored).
    # 101: 6/7. 110: 6/7 * 5/6 = 5/7. 111: 5/7 * 3/4 = 15/28. 166: 15/28 * 1/3 = 5/28.
    assert (survival.number, survival.events, survival.not_counted) == (12, 5, 0)
    assert survival.curve is not None
    assert [(step.day, step.at_risk, step.events, str(step.survival)) for step in survival.curve.steps] == [
        (1, 12, 0, "1.000000"),
        (54, 11, 0, "1.000000"),
        (101, 7, 1, "0.857143"),
        (110, 6, 1, "0.714286"),
        (111, 4, 1, "0.535714"),
        (166, 3, 2, "0.178571"),
        (691, 1, 0, "0.178571"),
    ]
    assert survival.curve.median == 166
    rates = arm.rates[0]
    # By RECIST 1.1: not the two by iRECIST. 2 responses of 10; 8 controlled: 2 PR and 6 SD; 1 was never assessed.
    assert (rates.response.n, rates.response.of, rates.control.n, rates.control.of) == (2, 10, 8, 10)
    assert (rates.response_of_assessed.of, rates.not_counted) == (9, 2)
    assert rates.best == (("PR", 2), ("SD", 6), ("NE", 1), (None, 1))


@given(st.lists(st.tuples(st.integers(1, 12), st.booleans()), min_size=1, max_size=14))
def test_survival_is_the_product_in_exact_fractions(times: list[tuple[int, bool]]) -> None:
    left, expected, median = Fraction(1), {}, None
    for day in sorted({day for day, _ in times}):
        at_risk = sum(other >= day for other, _ in times)
        left *= 1 - Fraction(sum(other == day and event for other, event in times), at_risk)
        expected[day] = left
        if median is None and left <= Fraction(1, 2):
            median = day
    found = survival_curve(times)
    assert {step.day for step in found.steps} == expected.keys()
    assert all(abs(Fraction(step.survival) - expected[step.day]) < Fraction(1, 10**6) for step in found.steps)
    assert found.median == median
