"""A patient's own dose with its whole working: amount, before rounding, surface, what is missing, sentences, remarks."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.dosing.calculation import (
    Body,
    Calculation,
    Cap,
    Clearance,
    Onto,
    Rounding,
    Surface,
    Weighed,
    WeightRule,
    Worked,
    work_out,
)
from scheduler.protocol.plan.dosing.dose_arithmetic import Formula
from scheduler.protocol.sentences.dosing.calculation import (
    read_cap,
    read_clearance,
    read_rounding,
    read_surface,
    read_total,
    read_weight,
)

D = Decimal
SURFACE = Surface(Formula.MOSTELLER, None, Clause(1, "Mosteller"))
DU_BOIS = Surface(Formula.DU_BOIS, None, Clause(1, "Du Bois"))
WEIGHT = WeightRule(Weighed.IN_FORCE, None, Clause(2, "in force"))
CLEARANCE = Clearance(D(125), Clause(3, "at most 125 mL/min"))
CAP = Cap(D(150), "mg", Clause(4, "150 mg a dose"))
TENS = Rounding(Onto.STEP, (D(10),), "mg", None, Clause(5, "10 mg"))
TALL = Body(weight=D(70), height=D(170), clearance=D(140))


def bands(*amounts: int, within: int | None = 6) -> Rounding:
    return Rounding(
        Onto.BANDS, tuple(map(D, amounts)), "mg", D(within) if within is not None else None, Clause(5, "bands")
    )


@pytest.mark.parametrize(
    ("amount", "per", "body", "how", "worked"),
    [
        (
            85,
            "m2",
            TALL,
            Calculation(SURFACE, WEIGHT),
            Worked(D("154.70"), "mg", D("154.70"), D("1.82"), (), (SURFACE.clause, WEIGHT.clause)),
        ),
        (
            85,
            "m2",
            TALL,
            Calculation(DU_BOIS),
            Worked(D("153.85"), "mg", D("153.85"), D("1.81"), (), (DU_BOIS.clause,)),
        ),
        (
            85,
            "m2",
            TALL,
            Calculation(SURFACE, WEIGHT, at_most=CAP),
            Worked(D(150), "mg", D("154.70"), D("1.82"), (), (SURFACE.clause, WEIGHT.clause, CAP.clause)),
        ),
        (
            85,
            "m2",
            TALL,
            Calculation(SURFACE, WEIGHT, round_to=TENS),
            Worked(D(150), "mg", D("154.70"), D("1.82"), (), (SURFACE.clause, WEIGHT.clause, TENS.clause)),
        ),
        (
            85,
            "m2",
            Body(weight=D(70)),
            Calculation(SURFACE, WEIGHT, at_most=CAP, round_to=TENS),
            Worked(None, "mg", None, None, ("height",), (SURFACE.clause, WEIGHT.clause)),
        ),
        (
            2,
            "kg",
            TALL,
            Calculation(weight=WEIGHT, round_to=TENS),
            Worked(D(140), "mg", D(140), None, (), (WEIGHT.clause, TENS.clause)),
        ),
        (2, "kg", Body(), Calculation(weight=WEIGHT), Worked(None, "mg", None, None, ("weight",), (WEIGHT.clause,))),
        (
            5,
            "AUC",
            TALL,
            Calculation(clearance=CLEARANCE),
            Worked(D(750), "mg", D(750), None, (), (CLEARANCE.clause,)),
        ),
        (
            5,
            "AUC",
            Body(),
            Calculation(clearance=CLEARANCE),
            Worked(None, "mg", None, None, ("creatinine clearance",), (CLEARANCE.clause,)),
        ),
        (240, None, Body(), Calculation(), Worked(D(240), "mg", D(240))),
    ],
    ids=[
        "per m2",
        "per m2 by Du Bois",
        "capped",
        "rounded",
        "without a height",
        "per kg",
        "without a weight",
        "by AUC",
        "without a clearance",
        "flat",
    ],
)
def test_worked(amount: int, per: str | None, body: Body, how: Calculation, worked: Worked) -> None:
    assert work_out(D(amount), "mg", per, body, how) == worked


@pytest.mark.parametrize(
    ("amount", "rounding", "given", "remark"),
    [
        ("145", bands(140, 150), "140", None),
        ("150", bands(140, 150), "150", None),
        # 150 would be within 6 %, but passes the cap; 140 is too far away.
        ("149.5", bands(130, 160), "149.5", "no band lies within 6 % of 149.5 mg"),
        ("100", bands(150, within=None), "150", None),
        ("75", bands(150, within=None), "150", None),
        ("74", bands(150, within=None), "74", "no band lies within 100 % of 74 mg"),
        ("145", TENS, "140", None),
        ("146", TENS, "150", None),
        ("5.1", TENS, "10", None),
        ("5", TENS, "5", "5 mg is no more than half of 10 mg"),
    ],
)
def test_rounded_below_a_cap_of_150_mg(amount: str, rounding: Rounding, given: str, remark: str | None) -> None:
    worked = work_out(D(amount), "mg", None, Body(), Calculation(at_most=CAP, round_to=rounding))
    assert (worked.amount, worked.exact, worked.remarks) == (D(given), D(amount), (remark,) if remark else ())


@pytest.mark.parametrize("rounding", [TENS, bands(140, 150)])
def test_what_is_rounded_in_another_unit_is_left_as_it_is(rounding: Rounding) -> None:
    worked = work_out(D(145), "mcg", None, Body(), Calculation(at_most=CAP, round_to=rounding))
    assert worked.amount == D(145)
    assert len(worked.remarks) == 1


def test_a_cap_in_another_unit_caps_nothing() -> None:
    worked = work_out(D(200), "mcg", None, Body(), Calculation(at_most=CAP))
    assert (worked.amount, worked.clauses) == (D(200), ())


@pytest.mark.parametrize(
    ("amount", "one_unit", "given"), [("95.3", "100", "100"), ("95.2", "100", "95.2"), ("105", "100", "100")]
)
def test_whole_vials_only_where_they_are_near_enough(amount: str, one_unit: str, given: str) -> None:
    vials = read_rounding("whole vials within 5 %")
    found = work_out(D(amount), "mg", None, Body(), Calculation(round_to=vials), (D(one_unit),))
    assert found.amount == D(given)


def test_sentences_say_all_that_is_reckoned_with() -> None:
    """Each key's sentence, with what it means and what it cites."""
    assert read_surface("Du Bois (A1)") == Surface(Formula.DU_BOIS, None, Clause(0, "Du Bois (A1)", ("A1",)))
    assert read_surface("Mosteller, at most 2 m2") == Surface(
        Formula.MOSTELLER, D(2), Clause(0, "Mosteller, at most 2 m2")
    )
    assert read_weight("baseline") == WeightRule(Weighed.BASELINE, None, Clause(0, "baseline"))
    assert read_weight(" in force, again when it changes by 10 % (A1)") == WeightRule(
        Weighed.IN_FORCE, D(10), Clause(0, "in force, again when it changes by 10 % (A1)", ("A1",))
    )
    assert read_clearance("as measured (A1)") == Clearance(None, Clause(0, "as measured (A1)", ("A1",)))
    assert read_clearance("at most 0.5 mL/min") == Clearance(D("0.5"), Clause(0, "at most 0.5 mL/min"))
    assert read_cap("150 mg a dose (label)") == Cap(D(150), "mg", Clause(0, "150 mg a dose (label)", ("label",)))
    assert read_total("400 U (label)") == Cap(D(400), "U", Clause(0, "400 U (label)", ("label",)))


@pytest.mark.parametrize(
    ("text", "onto", "amounts", "unit", "within"),
    [
        ("10 mg", Onto.STEP, (D(10),), "mg", None),
        ("2.5 mg within 5 percent", Onto.STEP, (D("2.5"),), "mg", D(5)),
        ("whole tablets", Onto.TABLETS, (), None, None),
        ("whole capsules", Onto.TABLETS, (), None, None),
        ("whole vials within 5 %", Onto.VIALS, (), None, D(5)),
        ("bands of 300, 350, 400 mg", Onto.BANDS, (D(300), D(350), D(400)), "mg", D(6)),
        ("bands of 300 U within 10 %", Onto.BANDS, (D(300),), "U", D(10)),
    ],
)
def test_rounding_sentences(
    text: str, onto: Onto, amounts: tuple[Decimal, ...], unit: str | None, within: Decimal | None
) -> None:
    assert read_rounding(text) == Rounding(onto, amounts, unit, within, Clause(0, text))
