"""Doses per m2, per kg and by AUC, worked out by hand or taken from published tables; rounding, bands, caps and totals."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.dosing.calculation import (
    Body,
    Calculation,
    Cap,
    Onto,
    Rounding,
    Surface,
    Weighed,
    WeightRule,
    Worked,
    work_out,
)
from scheduler.protocol.plan.dosing.dose_arithmetic import (
    Formula,
    body_surface,
    calvert,
    is_within,
    multiple_below,
    room_left,
    to_band,
    to_multiple,
    used_weights,
)
from scheduler.protocol.sentences.dosing.calculation import (
    read_cap,
    read_clearance,
    read_rounding,
    read_surface,
    read_total,
    read_weight,
)

D = Decimal


@pytest.mark.parametrize(
    ("height", "weight", "mosteller", "du_bois"),
    [
        # Mosteller by hand: the root of 180 x 80 / 3600 = 4.
        ("180", "80", "2.00", "2.00"),
        # The root of 3.3056; Du Bois 0.007184 x 6.0835 x 41.406 (70^0.425 and 170^0.725).
        ("170", "70", "1.82", "1.81"),
        ("160", "50", "1.49", "1.50"),
        ("165.5", "62.4", "1.69", "1.69"),
    ],
)
def test_body_surface(height: str, weight: str, mosteller: str, du_bois: str) -> None:
    assert str(body_surface(Formula.MOSTELLER, D(height), D(weight))) == mosteller
    assert str(body_surface(Formula.DU_BOIS, D(height), D(weight))) == du_bois


def test_body_surface_of_nothing() -> None:
    with pytest.raises(ValueError, match="above 0"):
        body_surface(Formula.MOSTELLER, D(0), D(70))


def test_calvert() -> None:
    # AUC 5 and 90 mL/min: 5 x 115.
    assert calvert(D(5), D(90)) == D(575)


@pytest.mark.parametrize(("auc", "most"), [("6", "900"), ("5", "750"), ("4", "600")])
def test_calvert_is_capped_as_the_fda_says(auc: str, most: str) -> None:
    assert calvert(D(auc), D(125)) == D(most)
    assert calvert(D(auc), D(160)) == D(most)
    assert calvert(D(auc), D(160), None) > D(most)


@pytest.mark.parametrize(
    ("weights", "change", "used"),
    [
        ([], "10", ()),
        (["70"], "10", (0,)),
        (["70", "76.9"], "10", (0,)),
        (["70", "77"], "10", (0, 1)),
        (["70", "63"], "10", (0, 1)),
        # Each is within 10 percent of the one before, but not of the one in use.
        (["70", "74", "78"], "10", (0, 2)),
        (["70", "78", "72"], "10", (0, 1)),
        (["70", "71", "72"], None, (0, 1, 2)),
    ],
)
def test_weight_is_used_anew_when_it_changed_enough(
    weights: list[str], change: str | None, used: tuple[int, ...]
) -> None:
    assert used_weights([D(weight) for weight in weights], D(change) if change else None) == used


@pytest.mark.parametrize(
    ("amount", "step", "rounded", "below"),
    [
        ("154.7", "10", "150", "150"),
        ("155", "10", "150", "150"),
        ("155.1", "10", "160", "150"),
        ("47.5", "2.5", "47.5", "47.5"),
    ],
)
def test_multiples(amount: str, step: str, rounded: str, below: str) -> None:
    assert to_multiple(D(amount), D(step)) == D(rounded)
    assert multiple_below(D(amount), D(step)) == D(below)


def test_step_of_nothing() -> None:
    with pytest.raises(ValueError, match="above 0"):
        to_multiple(D(10), D(0))


BANDS = [D(300), D(350), D(400)]


@pytest.mark.parametrize(
    ("amount", "band"),
    # 6 percent of 318 is 19.08, and 300 is 18 away; of 325, 19.5 and 25; of 284, 17.04 and 16.
    [("318", "300"), ("325", None), ("326", None), ("331", "350"), ("284", "300"), ("283", None), ("500", None)],
)
def test_bands_lie_within_6_percent(amount: str, band: str | None) -> None:
    found = to_band(D(amount), BANDS)
    assert found == (D(band) if band is not None else None)


def test_of_two_bands_equally_near_the_lower() -> None:
    assert to_band(D(310), [D(300), D(320)]) == D(300)


def test_room_below_a_limit_in_total() -> None:
    # Bleomycin, 30 U a week, 400 U in all: 13 doses leave 10.
    assert room_left([D(30)] * 13, D(400)) == D(10)
    assert room_left([D(30)] * 14, D(400)) == D(-20)


SAID = Clause(7, "said")


def round_to(text: str) -> Rounding:
    return read_rounding(text)


MOSTELLER = read_surface("Mosteller")
BODY = Body(weight=D(70), height=D(170), clearance=D(100))


def worked(amount: str, per: str | None, how: Calculation, body: Body = BODY, one_unit: str | None = None) -> Worked:
    return work_out(D(amount), "mg", per, body, how, (D(one_unit),) if one_unit else ())


def test_per_m2() -> None:
    # 85 mg/m2 x 1.82 m2.
    found = worked("85", "m2", Calculation(surface=read_surface("Mosteller")))
    assert (found.amount, found.surface, found.missing) == (D("154.70"), D("1.82"), ())


def test_per_m2_with_the_largest_surface_that_counts() -> None:
    heavy = Body(weight=D(120), height=D(190))
    assert worked("85", "m2", Calculation(surface=read_surface("Du Bois, at most 2 m2")), heavy).amount == D(170)


def test_per_kg_flat_and_auc() -> None:
    assert worked("3", "kg", Calculation()).amount == D(210)
    assert worked("240", None, Calculation()).amount == D(240)
    assert worked("5", "AUC", Calculation()).amount == D(625)
    capped = Calculation(clearance=read_clearance("at most 125 mL/min"))
    assert worked("5", "AUC", capped, Body(clearance=D(140))).amount == D(750)
    assert worked("5", "AUC", Calculation(), Body(clearance=D(140))).amount == D(750)
    measured = Calculation(clearance=read_clearance("as measured"))
    assert worked("5", "AUC", measured, Body(clearance=D(140))).amount == D(825)


def test_no_formula_is_guessed() -> None:
    found = worked("85", "m2", Calculation())
    assert (found.amount, found.missing) == (None, ("formula of the body surface",))


@pytest.mark.parametrize(
    ("per", "missing"), [("m2", ("weight", "height")), ("kg", ("weight",)), ("AUC", ("creatinine clearance",))]
)
def test_missing_values_give_no_dose(per: str, missing: tuple[str, ...]) -> None:
    found = worked("5", per, Calculation(surface=MOSTELLER), Body())
    assert (found.amount, found.exact, found.missing) == (None, None, missing)


def test_cap_then_rounding_that_stays_below_it() -> None:
    how = Calculation(at_most=read_cap("155 mg a dose"), round_to=round_to("20 mg"))
    assert worked("3", "kg", how).amount == D(140)
    assert worked("2", "kg", how).amount == D(140)


def test_whole_tablets_and_vials() -> None:
    assert worked(
        "85", "m2", Calculation(surface=MOSTELLER, round_to=round_to("whole tablets")), one_unit="20"
    ).amount == D(160)
    far = worked(
        "85", "m2", Calculation(surface=MOSTELLER, round_to=round_to("whole vials within 5 %")), one_unit="100"
    )
    assert (far.amount, far.remarks) == (D("154.70"), ("200 mg is not within 5 % of 154.7 mg",))
    less = worked("0.1", "kg", Calculation(surface=MOSTELLER, round_to=round_to("whole tablets")), one_unit="20")
    assert (less.amount, less.remarks) == (D("7.0"), ("7 mg is no more than half of 20 mg",))
    unknown = worked("85", "m2", Calculation(surface=MOSTELLER, round_to=round_to("whole tablets")))
    assert unknown.remarks == ("154.7 mg cannot be rounded to whole tablets",)


def test_bands_or_the_calculated_dose_with_a_remark() -> None:
    banded = Calculation(surface=MOSTELLER, round_to=round_to("bands of 140, 150, 160 mg"))
    assert worked("85", "m2", banded).amount == D(150)
    none = worked("60", "m2", banded)
    assert (none.amount, none.remarks) == (D("109.20"), ("no band lies within 6 % of 109.2 mg",))


def test_sentences_are_cited_in_the_order_of_working() -> None:
    how = Calculation(
        surface=Surface(Formula.MOSTELLER, None, Clause(1, "Mosteller")),
        weight=WeightRule(Weighed.IN_FORCE, D(10), Clause(2, "in force")),
        round_to=Rounding(Onto.STEP, (D(10),), "mg", None, Clause(4, "10 mg")),
        at_most=Cap(D(150), "mg", Clause(3, "150 mg a dose")),
    )
    assert [clause.line for clause in worked("85", "m2", how).clauses] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("in force, again when it changes by 10 %", D(10)),
        ("in force", None),
        ("in force, again when it changes by 7.5 percent", D("7.5")),
    ],
)
def test_weight_sentences(text: str, percent: Decimal | None) -> None:
    assert (read_weight(text).which, read_weight(text).change) == (Weighed.IN_FORCE, percent)


def test_sentences() -> None:
    assert read_weight("baseline (A1)").clause.assumptions == ("A1",)
    assert (read_total("550 mg/m2").amount, read_total("550 mg/m2").unit) == (D(550), "mg/m2")
    assert round_to("bands of 300, 350 mg within 10 %").within == D(10)


@pytest.mark.parametrize(
    ("read", "wrong"),
    [
        (read_surface, "Haycock"),
        (read_surface, "Mosteller, at most 2"),
        (read_weight, "of the day"),
        (read_weight, "in force, again when it changes by 10"),
        (read_clearance, "125 mL/min"),
        (read_rounding, "whole bottles"),
        (read_rounding, "bands of 350, 300 mg"),
        (read_rounding, "0 mg"),
        (read_cap, "150 mg"),
        (read_total, "U 400"),
    ],
)
def test_wrong_sentences_show_the_right_one(read: Callable[[str], object], wrong: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        read(wrong)
    assert str((caught.value.context or {})["hint"]).startswith("write")


amounts = st.decimals("0.5", "2000", places=2)


@settings(deadline=None)
@given(amount=amounts, bands=st.lists(st.integers(1, 2000), min_size=1, max_size=12, unique=True))
def test_law_band_is_within_6_percent_and_none_is_nearer(amount: Decimal, bands: list[int]) -> None:
    found = to_band(amount, [D(band) for band in bands])
    near = [band for band in bands if is_within(amount, D(band), D(6))]
    assert (found is None) == (near == [])
    if found is not None:
        assert is_within(amount, found, D(6))
        assert abs(found - amount) == min(abs(band - amount) for band in near)


@settings(deadline=None)
@given(amount=amounts, step=st.sampled_from(["0.5", "1", "2.5", "10", "25"]), cap=amounts)
def test_law_rounding_never_passes_the_cap(amount: Decimal, step: str, cap: Decimal) -> None:
    how = Calculation(at_most=Cap(cap, "mg", SAID), round_to=Rounding(Onto.STEP, (D(step),), "mg", None, SAID))
    found = work_out(amount, "mg", None, Body(), how)
    assert found.amount is not None
    assert found.amount <= cap
    if not found.remarks:
        assert found.amount % D(step) == 0
        assert abs(found.amount - min(amount, cap)) < D(step)


@settings(deadline=None)
@given(height=st.decimals("100", "220", places=1), weight=st.decimals("20", "180", places=1))
def test_law_both_formulas_agree_within_a_quarter(height: Decimal, weight: Decimal) -> None:
    one, other = (body_surface(formula, height, weight) for formula in Formula)
    assert abs(one - other) / one < D("0.25")
    assert body_surface(Formula.MOSTELLER, height, weight + 1) >= other
