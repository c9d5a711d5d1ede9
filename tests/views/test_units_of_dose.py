"""How many tablets or vials one day's dose takes: a whole number, or why there is none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scheduler.calendar.entries.entry import Dose, Kind
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.dosing.give import Give
from scheduler.protocol.plan.dosing.product import Product
from scheduler.views.pharmacy.units_of_dose import Units, drawn_from, number_of, unit_name, units_a_day

D = Decimal
TABLET = Product("drug", D(40), "mg", "tablet")
VIAL = Product("drug", D(240), "mg", "vial")


def give(frequency: str | None = "once daily", high: str | None = None) -> Give:
    return Give("drug", Clause(1, "said"), "mg", high=D(high) if high else None, frequency=frequency)


@pytest.mark.parametrize(
    ("dose", "product", "kind", "units"),
    [
        (Dose(D(80), "mg"), TABLET, Kind.ORAL, Units(2)),
        (Dose(D("0.08"), "g"), TABLET, Kind.ORAL, Units(2)),
        (Dose(D(100), "mg"), TABLET, Kind.ORAL, Units(None, "100 mg cannot be made of 40 mg tablets")),
        (Dose(D(240), "mg"), VIAL, Kind.INFUSION, Units(1)),
        (Dose(D(241), "mg"), VIAL, Kind.INFUSION, Units(2)),
        (Dose(D(100), "mg"), VIAL, Kind.INFUSION, Units(1)),
        (Dose(D(5), "U"), TABLET, Kind.ORAL, Units(None, "5 U cannot be compared with a 40 mg tablet")),
        (Dose(None, "mg"), TABLET, Kind.ORAL, Units(None, "the dose is not prescribed")),
        (
            Dose(D(5), "AUC"),
            VIAL,
            Kind.INFUSION,
            Units(None, "the dose is by AUC: the patient's own dose is not known here"),
        ),
        (
            Dose(D(85), "mg/m2"),
            VIAL,
            Kind.INFUSION,
            Units(None, "the dose is per m2: the patient's own dose is not known here"),
        ),
        (Dose(D(80), "mg"), None, Kind.ORAL, Units(None, "the protocol names no product for drug")),
    ],
)
def test_units(dose: Dose, product: Product | None, kind: Kind, units: Units) -> None:
    assert units_a_day(dose, give(), product, kind) == units


@pytest.mark.parametrize(
    ("frequency", "reported", "units"),
    [
        ("once daily", False, Units(2)),
        ("twice daily", False, Units(4)),
        ("three times daily", False, Units(6)),
        ("four times daily", False, Units(8)),
        ("every 8 hours", False, Units(6)),
        ("every 6 hours", False, Units(8)),
        ("every 4 hours", False, Units(12)),
        (None, False, Units(2)),
        ("twice daily", True, Units(2)),
        ("every other day", False, Units(2)),
        ("every other day", True, Units(2)),
    ],
)
def test_an_order_is_for_each_dose_and_a_report_for_the_whole_day(
    frequency: str | None, reported: bool, units: Units
) -> None:
    assert units_a_day(Dose(D(80), "mg"), give(frequency), TABLET, Kind.ORAL, reported=reported) == units


def test_two_opened_vials_twice_a_day_are_four() -> None:
    assert units_a_day(Dose(D(300), "mg"), give("twice daily"), VIAL, Kind.INFUSION) == Units(4)


def test_of_a_range_no_end_is_taken() -> None:
    found = units_a_day(Dose(D(80), "mg"), give(high="120"), TABLET, Kind.ORAL)
    assert found == Units(None, "the protocol gives a range: the dose is not known here")


def test_units_have_names() -> None:
    assert unit_name(Product("drug", D("40.0"), "mg", "tablet")) == "40 mg tablet"
    assert [number_of(number, "tablet") for number in (0, 1, 42)] == ["0 tablets", "1 tablet", "42 tablets"]


def test_what_is_drawn_up_at_the_site_is_a_volume() -> None:
    # 100 mg of 40 mg/mL are 2.5 mL; 100 mg of 30 mg/mL are 3.333... mL.
    solution = Product("drug", D(40), "mg", "solution")
    drawn = units_a_day(Dose(D(100), "mg"), give(), solution, Kind.INFUSION)
    assert drawn == Units(Decimal("2.5"))
    assert drawn_from(Decimal("2.5"), solution) == "2.5 mL of 40 mg/mL solution"
