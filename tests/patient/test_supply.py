"""Accountability: what became of the tablets of a cycle, with every number worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from scheduler.dates import Span
from scheduler.patient.events import CycleStarted, Dispensed, Event, Lost, Returned, Struck
from scheduler.patient.log import Fact, log_of
from scheduler.patient.replaying.replay import replay
from scheduler.patient.supply import Opened, Supply, account, discard_day, packs_for, run_down, supplies
from scheduler.protocol.plan.dosing.product import Product

DAY_1 = date(2026, 3, 2)
NEXT_DAY_1 = date(2026, 3, 30)
BOTTLE = Product("drug", Decimal(40), "mg", "tablet", 28, "bottle", Span(49))


def dispensed(quantity: Decimal | int, on: date = DAY_1, cycle: int | None = 1, treatment: str = "drug") -> Dispensed:
    return Dispensed(on=on, treatment=treatment, cycle=cycle, quantity=Decimal(quantity))


def returned(quantity: Decimal | int, on: date = NEXT_DAY_1, cycle: int | None = 1) -> Returned:
    return Returned(on=on, treatment="drug", cycle=cycle, quantity=Decimal(quantity))


def lost(quantity: Decimal | int, on: date = date(2026, 3, 10), cycle: int | None = 1) -> Lost:
    return Lost(on=on, treatment="drug", cycle=cycle, quantity=Decimal(quantity))


def supply(*events: Event) -> Supply:
    return supplies(replay(log_of(events)), "drug").get(1, Supply("drug", 1))


def test_all_taken_is_a_hundred_percent() -> None:
    # 2 bottles of 28 out, 14 back, 42 taken of 42.
    found = account(supply(dispensed(56), returned(14)), expected=42)
    assert (found.dispensed, found.returned, found.lost) == (56, 14, None)
    assert (found.taken, found.missing, found.compliance) == (42, 0, Decimal(100))
    assert found.out_of_bounds is False
    assert found.events == (1, 2)


def test_before_the_return_is_counted_nobody_knows() -> None:
    found = account(supply(dispensed(56)), expected=42)
    assert (found.taken, found.missing, found.compliance) == (None, None, None)
    assert found.out_of_bounds is False


def test_without_a_recorded_dispensing_nobody_knows() -> None:
    found = account(supply(returned(14)), expected=42)
    assert (found.dispensed, found.taken, found.compliance) == (None, None, None)
    assert found.contradicts_itself is True


def test_an_empty_bottle_that_was_counted_is_nothing_returned() -> None:
    found = account(supply(dispensed(28), returned(0)), expected=28)
    assert (found.returned, found.taken, found.compliance) == (0, 28, Decimal(100))


def test_what_nobody_can_explain_is_missing_and_never_taken() -> None:
    # 56 out, 5 back: 51 are gone, and the days explain 42 of them.
    found = account(supply(dispensed(56), returned(5)), expected=42)
    assert (found.taken, found.missing, found.compliance) == (42, 9, Decimal(100))


def test_lost_tablets_are_explained() -> None:
    found = account(supply(dispensed(56), lost(9), returned(5)), expected=42)
    assert (found.taken, found.lost, found.missing) == (42, 9, 0)


def test_days_not_taken_explain_less() -> None:
    # 56 out, 5 back: 51 gone; the diary says 36 were taken, so 15 are missing. 36 of 42 = 85.7 %.
    found = account(supply(dispensed(56), returned(5)), expected=42, accounted_for=36)
    assert (found.taken, found.missing) == (36, 15)
    assert found.compliance is not None
    assert round(found.compliance, 1) == Decimal("85.7")


def test_below_eighty_percent_is_flagged() -> None:
    # 56 - 23 = 33 of 42 = 78.6 %; 56 - 22 = 34 of 42 = 81.0 %.
    assert account(supply(dispensed(56), returned(23)), expected=42).out_of_bounds is True
    assert account(supply(dispensed(56), returned(22)), expected=42).out_of_bounds is False


def test_above_a_hundred_and_twenty_percent_is_flagged() -> None:
    # The diary itself says that 54 were taken where 42 were expected: 128.6 %.
    found = account(supply(dispensed(56), returned(2)), expected=42, accounted_for=54)
    assert (found.taken, found.missing, found.out_of_bounds) == (54, 0, True)
    # Exactly 80 and 120 percent are inside.
    assert account(supply(dispensed(50), returned(10)), expected=50).out_of_bounds is False
    assert account(supply(dispensed(60), returned(0)), expected=50, accounted_for=60).out_of_bounds is False


def test_a_cycle_held_from_its_first_day_has_no_compliance() -> None:
    found = account(supply(dispensed(56), returned(56)), expected=0)
    assert (found.taken, found.missing, found.compliance) == (0, 0, None)


def test_more_back_than_out_is_a_contradiction_and_gives_no_number() -> None:
    found = account(supply(dispensed(28), returned(30)), expected=42)
    assert (found.taken, found.missing, found.compliance, found.contradicts_itself) == (None, None, None, True)


def test_a_struck_dispensing_does_not_count() -> None:
    struck = Struck(on=DAY_1, number=2, reason="entered twice")
    assert supply(dispensed(56), dispensed(56), struck).dispensed == 56


def test_each_cycle_and_each_treatment_has_its_own() -> None:
    found = supplies(
        replay(log_of([dispensed(56), dispensed(28, NEXT_DAY_1, 2), dispensed(5, treatment="other")])), "drug"
    )
    assert {cycle: each.dispensed for cycle, each in found.items()} == {1: 56, 2: 28}


def test_units_without_a_cycle_belong_to_the_cycle_of_their_day() -> None:
    started = [
        CycleStarted(on=DAY_1, treatment="drug", cycle=1),
        CycleStarted(on=NEXT_DAY_1, treatment="drug", cycle=2),
    ]
    found = supplies(
        replay(
            log_of(
                [
                    *started,
                    dispensed(56, DAY_1, None),
                    returned(14, NEXT_DAY_1, None),  # on day 1 of cycle 2 the bottles of cycle 1 come back
                    dispensed(28, NEXT_DAY_1, None),
                    dispensed(3, DAY_1 - timedelta(days=5), None),
                ]
            )
        ),
        "drug",
    )
    assert {cycle: (each.dispensed, each.returned) for cycle, each in found.items()} == {
        1: (56, 14),
        2: (28, None),
        None: (3, None),
    }


def test_what_was_known_at_the_start_of_a_day() -> None:
    whole = supply(dispensed(56), returned(14))
    assert (whole.before(NEXT_DAY_1).dispensed, whole.before(NEXT_DAY_1).returned) == (56, None)
    assert (whole.since(NEXT_DAY_1).dispensed, whole.since(NEXT_DAY_1).returned) == (None, 14)


def days(count: int, units: int) -> list[tuple[date, int]]:
    return [(DAY_1 + timedelta(days=number), units) for number in range(count)]


def test_packs_are_whole() -> None:
    # 2 x 21 = 42 of 28: 2. 3 x 21 = 63: 3. 1 x 21: 1. 4 x 21 = 84: exactly 3.
    assert [packs_for(days(21, units), BOTTLE) for units in (1, 2, 3, 4)] == [1, 2, 3, 3]
    assert packs_for([], BOTTLE) == 0


def test_a_product_without_packs_has_none() -> None:
    assert packs_for(days(21, 1), Product("vial", Decimal(240), "mg", "vial")) is None


def test_an_opened_bottle_lasts_forty_nine_days() -> None:
    assert discard_day(DAY_1, BOTTLE) == date(2026, 4, 20)
    assert Opened(1, 20, date(2026, 4, 20)).usable(date(2026, 4, 19)) is True
    assert Opened(1, 20, date(2026, 4, 20)).usable(date(2026, 4, 20)) is False
    assert Opened(1, 20, None).usable(date(2030, 1, 1)) is True


def test_running_down_tells_what_is_left_in_the_opened_bottle() -> None:
    # 20 tablets of two a day: the first bottle is empty after day 14, six days of the second are 12.
    assert run_down(days(20, 2), BOTTLE) == Opened(2, 16, DAY_1 + timedelta(days=14 + 49))


QUANTITIES = st.integers(min_value=0, max_value=500)


@given(out=QUANTITIES, back=QUANTITIES, gone=QUANTITIES, expected=QUANTITIES, explained=st.none() | QUANTITIES)
def test_law_dispensed_is_returned_taken_lost_and_missing(
    out: int, back: int, gone: int, expected: int, explained: int | None
) -> None:
    facts = tuple(Fact(event, (1,)) for event in (dispensed(out), returned(back), lost(gone)))
    found = account(Supply("drug", 1, facts), expected, explained)
    if found.taken is None or found.missing is None:
        assert found.contradicts_itself is True
        assert back + gone > out
    else:
        assert out == back + found.taken + gone + found.missing
        assert found.taken >= 0
        assert found.missing >= 0
        assert found.taken <= (expected if explained is None else explained)


@given(count=st.integers(0, 60), units=st.integers(0, 12), per_pack=st.integers(1, 100))
def test_law_packs_hold_the_units_and_less_than_a_pack_is_over(count: int, units: int, per_pack: int) -> None:
    product = Product("drug", Decimal(40), "mg", "tablet", per_pack, "bottle")
    packs = packs_for(days(count, units), product)
    assert packs is not None
    assert 0 <= packs * per_pack - count * units < per_pack


@given(count=st.integers(0, 60), units=st.integers(0, 12), per_pack=st.integers(1, 100), lasts=st.integers(1, 60))
def test_law_packs_that_expire_never_need_fewer(count: int, units: int, per_pack: int, lasts: int) -> None:
    keeps = Product("drug", Decimal(40), "mg", "tablet", per_pack, "bottle")
    expires = Product("drug", Decimal(40), "mg", "tablet", per_pack, "bottle", Span(lasts))
    fewest, packs = packs_for(days(count, units), keeps), packs_for(days(count, units), expires)
    assert fewest is not None
    assert packs is not None
    assert packs >= fewest
