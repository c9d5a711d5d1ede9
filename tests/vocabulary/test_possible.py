"""Values that nobody alive has, and values that no rule can read, are told with what was likely meant."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scheduler.vocabulary import TESTS, Impossible, NoUnit, Unread, doubt_about


def meant(test: str, value: str, unit: str) -> list[str] | None:
    doubt = doubt_about(TESTS[test], Decimal(value), unit)
    return None if doubt is None else [str(each) for each in doubt.meant] if not isinstance(doubt, Unread) else []


@pytest.mark.parametrize(
    ("test", "value", "unit", "readings"),
    [
        ("height", "1.75", "cm", ["1.75 m"]),
        ("weight", "1750", "kg", ["175 kg"]),
        ("creatinine clearance", "0.9", "mL/min", ["0.9 mL/s"]),
        ("neutrophils", "1200", "G/L", ["1200 /uL"]),
        ("haemoglobin", "12.5", "g/L", ["12.5 g/dL", "12.5 mmol/L"]),
        ("platelets", "150000", "G/L", ["150000 /uL"]),
        ("body temperature", "98.6", "degC", ["98.6 degF"]),
        ("ECOG", "6", "", []),  # a grade of its own, with no point to be set wrong
        ("ECOG", "1.5", "", []),
    ],
)
def test_what_was_likely_meant(test: str, value: str, unit: str, readings: list[str]) -> None:
    assert isinstance(doubt_about(TESTS[test], Decimal(value), unit), Impossible)
    assert meant(test, value, unit) == readings


@pytest.mark.parametrize(
    ("test", "value", "unit"),
    [
        ("height", "175", "cm"),
        ("height", "1.75", "m"),
        ("weight", "175", "kg"),
        ("neutrophils", "1200", "/uL"),
        ("ALT", "900", "U/L"),
        ("ALT", "15", "ukat/L"),
        ("bilirubin", "1.2", "mg/dL"),
        ("INR", "2.5", ""),
        ("body temperature", "38.5", "degC"),
        ("body temperature", "38.5", "°C"),
        ("body temperature", "101.3", "°F"),
        ("heart rate", "80", "bpm"),
        ("ECOG", "5", ""),
    ],
)
def test_nothing_is_said_of_what_can_be(test: str, value: str, unit: str) -> None:
    assert meant(test, value, unit) is None


def test_a_unit_that_the_test_is_not_measured_in() -> None:
    doubt = doubt_about(TESTS["ALT"], Decimal(62), "umol/L")
    assert isinstance(doubt, Unread)
    assert (str(doubt.written), doubt.unit) == ("62 umol/L", "U/L")


def test_a_value_without_its_unit_names_the_units_that_it_may_have() -> None:
    assert isinstance(doubt_about(TESTS["ALT"], Decimal(62), ""), NoUnit)
    assert meant("haemoglobin", "12.5", "") == ["12.5 g/dL", "12.5 mmol/L"]


def test_every_limit_is_one_that_the_test_can_have() -> None:
    for test in TESTS.values():
        assert test.possible is not None
        for limit in (*test.under, *test.from_value):
            assert test.possible[0] <= limit <= test.possible[1]
