"""What to order and when: by hand, and against every quantity tried on small made-up cases."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.forecasting.expecting.rates import Lot, Supply
from scheduler.forecasting.ordering.orders import Ordering, Planned
from scheduler.forecasting.ordering.stock import run_down
from scheduler.forecasting.weeks import Weeks
from scheduler.site.open_days import ANY_DAY
from scheduler.site.site import EVERY_DAY
from tests.forecasting.told import MONDAY

FIVE_PER_CENT = Fraction(1, 20)


def supply(
    *lots: Lot,
    lead: int = 21,
    cover: int = 28,
    safety: int = 0,
    risk: Fraction = FIVE_PER_CENT,
    shelf: int | None = None,
):
    return Supply("any site", "drug", None, lots, lead, cover, safety, risk, shelf, "S")


def need(*weeks: tuple[int, ...]):
    """Packs that each week needs in each run, in thousandths."""
    return numpy.array(weeks, dtype=numpy.int64) * 1000


def orders(packs, how: Supply, lasts: int = 0) -> tuple[Planned, ...]:
    return Ordering(how, Weeks(MONDAY, len(packs)), lasts, ANY_DAY).plans(packs).orders


def told(order: Planned) -> tuple[date, date | None, int, int]:
    return order.order_by, order.lot.arrives, order.choice.quantity, order.late


def test_an_order_is_placed_its_lead_time_before_the_first_week_at_risk() -> None:
    # 2 packs a week, 11 in stock: 5 weeks are served, and week 5, from 6 April on, lacks 1. Three weeks before that is 16 March.
    # It is to last for 4 weeks: 1 + 2 + 2 + 2 = 7. Week 9, from 4 May, is the next one; there the forecast ends.
    first, *others = orders(need(*[(2,)] * 12), supply(Lot(11)))
    assert told(first) == (date(2026, 3, 16), date(2026, 4, 6), 7, 0)
    assert (first.week, first.begins, first.ends, first.chance) == (5, 5, 8, Fraction(1))
    # The next would be placed on 13 April, and there it is not known what it is to last for.
    assert others == []


def test_what_is_due_within_a_month_is_told_although_the_forecast_ends_first() -> None:
    (order,) = orders(need(*[(2,)] * 6), supply(Lot(8)))
    assert (told(order), order.cut) == ((date(2026, 3, 9), date(2026, 3, 30), 4, 0), True)


def test_an_order_that_comes_too_late_is_placed_today() -> None:
    # Nothing is left from week 1 on, 9 March; ordered today it comes on 23 March, 14 days too late, for weeks 3 to 6.
    plans = Ordering(supply(Lot(2)), Weeks(MONDAY, 9), 0, ANY_DAY).plans(need(*[(2,)] * 9))
    assert told(plans.orders[0]) == (MONDAY, date(2026, 3, 23), 8, 14)
    assert plans.helpless == ((1, Fraction(1)), (2, Fraction(1)))


def test_safety_stock_is_left_at_any_time() -> None:
    # 11 packs, 2 a week, 4 to be left: after week 3 there are 3. Up to the end of week 6 the stock alone would be 11 - 14 = -3,
    # so that 7 are ordered for 4 to be left.
    first = orders(need(*[(2,)] * 9), supply(Lot(11), safety=4))[0]
    assert (first.week, first.ends, first.choice.quantity) == (3, 6, 7)


def test_what_expires_before_it_is_taken_is_not_handed_out() -> None:
    # What is handed out lasts 20 days more. The lot expires on 5 April: the week that ends on 15 March is the last for it
    # (15 March + 20 days = 4 April), so that 4 of its 10 packs are used, and 6 expire.
    weeks = Weeks(MONDAY, 8)
    plans = Ordering(supply(Lot(10, expires=date(2026, 4, 5))), weeks, 20, ANY_DAY).plans(need(*[(2,)] * 8))
    assert plans.orders[0].week == 2
    assert int(plans.stock.expired.sum()) == 6000


def test_what_expires_first_is_handed_out_first() -> None:
    stock = run_down(need((3,), (3,)), [Lot(5), Lot(3, expires=date(2026, 3, 8))], Weeks(MONDAY, 2), 0, 0)
    assert stock.left.tolist() == [[5000], [2000]]
    assert stock.expired.tolist() == [[0], [0]]


def test_a_delivery_on_the_way_counts_from_the_first_week_that_begins_with_it_there() -> None:
    stock = run_down(need((1,), (1,), (1,)), [Lot(9, arrives=date(2026, 3, 10))], Weeks(MONDAY, 3), 0, 0)
    assert stock.missing.tolist() == [[1000], [1000], [0]]


def test_new_stock_that_expires_soon_is_ordered_for_as_long_as_it_can_be_used() -> None:
    # It arrives on 9 March and can be used for 21 days, to 30 March: for weeks 1 to 3, the last of which ends on 29 March.
    first = orders(need(*[(2,)] * 9), supply(Lot(2), lead=7, cover=56, shelf=21))[0]
    assert (first.begins, first.ends, first.choice.quantity) == (1, 3, 6)


def test_nothing_is_ordered_on_a_closed_day() -> None:
    # Week 5 begins on 6 April, and 22 days before is Sunday 15 March: the Friday before is the last day to order.
    open_days = EVERY_DAY.with_days().open_days("pharmacy")
    (first, *_) = Ordering(supply(Lot(11), lead=22), Weeks(MONDAY, 12), 0, open_days).plans(need(*[(2,)] * 12)).orders
    assert (first.order_by, first.lot.arrives) == (date(2026, 3, 13), date(2026, 4, 4))


@pytest.mark.law
@given(
    packs=st.lists(st.lists(st.integers(0, 6), min_size=7, max_size=7), min_size=8, max_size=8),
    stock=st.integers(0, 25),
    safety=st.integers(0, 3),
    risk=st.sampled_from([Fraction(0), Fraction(1, 20), Fraction(1, 5), Fraction(2, 5)]),
)
def test_a_quantity_is_the_least_that_bears_no_more_risk(
    packs: list[list[int]], stock: int, safety: int, risk: Fraction
) -> None:
    weeks, made_up = Weeks(MONDAY, 8), need(*map(tuple, packs))
    how = supply(Lot(stock), lead=7, safety=safety, risk=risk)
    for number, order in enumerate(found := orders(made_up, how)):
        lots = [*how.lots, *(each.lot for each in found[:number])]

        def chance(quantity: int, order: Planned = order, lots: list[Lot] = lots) -> Fraction:
            """Of running short in any week that the order is for, when so much is ordered: each quantity is tried."""
            new = Lot(quantity, order.lot.expires, order.lot.arrives)
            short = run_down(made_up, [*lots, new], weeks, 0, safety).short[order.begins : order.ends + 1]
            return Fraction(int(short.any(axis=0).sum()), 7)

        least = next(quantity for quantity in range(400) if chance(quantity) <= risk)
        assert order.choice.quantity == least
        assert order.choice.chance == chance(least)
        for other in order.others:
            assert other.chance == chance(other.quantity)
