from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.vocabulary import TESTS
from scheduler.vocabulary.units import convert, is_unit

CREATININE, BILIRUBIN = TESTS["creatinine"].molar_mass, TESTS["bilirubin"].molar_mass


@pytest.mark.parametrize(
    ("amount", "unit", "to", "expected"),
    [
        ("40", "U/L", "U/L", "40"),
        ("40", "IU/L", "U/L", "40"),
        ("1", "U/L", "mU/L", "1000"),
        ("60", "U/L", "ukat/L", "1.000"),
        ("12.5", "g/dL", "g/L", "125"),
        ("1500", "/uL", "G/L", "1.5"),
        ("150", "x10^3/uL", "G/L", "150"),
        ("150", "K/µL", "10^9/L", "150"),
        ("1", "ukat/L", "U/L", "60"),
        ("30", "nkat/L", "U/L", "1.8"),
        ("1", "uIU/mL", "mU/L", "1"),
        ("1.5", "10^9/L", "G/L", "1.5"),
        ("10", "mg", "g", "0.01"),
        ("500", "mcg", "mg", "0.5"),
        ("16", "kPa", "mmHg", "120.009852"),
        ("200", "copies/mL", "copies/L", "200000"),
    ],
)
def test_the_same_amount_in_another_unit(amount: str, unit: str, to: str, expected: str | None) -> None:
    converted = convert(Decimal(amount), unit, to)
    assert (round(converted, 6) if converted is not None else None) == (Decimal(expected) if expected else None)


@pytest.mark.parametrize(
    ("amount", "unit", "to", "mass", "expected"),
    [
        ("1", "mg/dL", "umol/L", CREATININE, "88.40"),
        ("88.4", "umol/L", "mg/dL", CREATININE, "1.00"),
        ("2", "mg/dL", "umol/L", BILIRUBIN, "34.21"),
        ("5.5", "mmol/L", "mg/dL", TESTS["glucose"].molar_mass, "99.09"),
    ],
)
def test_mass_and_amount_of_substance(amount: str, unit: str, to: str, mass: Decimal, expected: str) -> None:
    converted = convert(Decimal(amount), unit, to, mass)
    assert converted is not None
    assert round(converted, 2) == Decimal(expected)


@pytest.mark.parametrize(
    ("unit", "to"), [("mg/dL", "umol/L"), ("mg", "mL"), ("U/L", "umol/L"), ("moons", "mg"), ("mg", "")]
)
def test_what_cannot_be_compared(unit: str, to: str) -> None:
    assert convert(Decimal(1), unit, to) is None


def test_units_and_what_is_none() -> None:
    said = ["umol/L", "mg/dL", "U/L", "G/L", "mmHg", "kPa", "µmol/L", "moons", "9^9^9^9", "", "x" * 50]
    assert [unit for unit in said if is_unit(unit)] == ["umol/L", "mg/dL", "U/L", "G/L", "mmHg", "kPa", "µmol/L"]


@given(st.text(max_size=30))
def test_no_text_crashes(text: str) -> None:
    convert(Decimal(1), text, "mg")


@given(st.decimals("0.001", "100000", places=3), st.sampled_from(["umol/L", "mmol/L", "mg/dL", "g/L"]))
def test_there_and_back(amount: Decimal, unit: str) -> None:
    there = convert(amount, unit, "mg/dL", CREATININE)
    assert there is not None
    back = convert(there, "mg/dL", unit, CREATININE)
    assert back is not None
    assert abs(back - amount) <= amount * Decimal("1e-9")


def test_nothing_loads_the_library_that_is_not_needed() -> None:
    program = (
        "import sys, scheduler.vocabulary.units as units; assert units.is_unit('mg/dL'); print('pint' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
