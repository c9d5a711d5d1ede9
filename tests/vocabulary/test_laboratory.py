"""Grades of measured values, at and around every limit of CTCAE v5.0."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scheduler.vocabulary import TESTS, grade_of, laboratory_named


def grade(test: str, value: str, upper_limit: str | None = None, baseline: str | None = None) -> int | None:
    limit = Decimal(upper_limit) if upper_limit is not None else None
    return grade_of(TESTS[test], Decimal(value), limit, Decimal(baseline) if baseline is not None else None)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("40", 0), ("40.1", 1), ("120", 1), ("121", 2), ("200", 2), ("201", 3), ("800", 3), ("801", 4)],
)
def test_alt_of_a_patient_who_began_normal(value: str, expected: int) -> None:
    assert grade("ALT", value, "40", baseline="30") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("100", 0), ("120", 0), ("121", 1), ("240", 1), ("241", 2), ("400", 2), ("401", 3), ("1600", 3), ("1601", 4)],
)
def test_alt_of_a_patient_who_began_above_the_limit_counts_from_the_baseline(value: str, expected: int) -> None:
    assert grade("ALT", value, "40", baseline="80") == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("20", 0), ("21", 1), ("30", 1), ("31", 2), ("60", 2), ("61", 3), ("200", 3), ("201", 4)]
)
def test_bilirubin(value: str, expected: int) -> None:
    assert grade("bilirubin", value, "20") == expected


@pytest.mark.parametrize(
    ("test", "value", "expected"),
    [
        ("neutrophils", "1.5", 0),
        ("neutrophils", "1.49", 2),
        ("neutrophils", "1.0", 2),
        ("neutrophils", "0.99", 3),
        ("neutrophils", "0.5", 3),
        ("neutrophils", "0.49", 4),
        ("platelets", "75", 0),
        ("platelets", "74", 2),
        ("platelets", "49", 3),
        ("platelets", "24", 4),
        ("systolic blood pressure", "119", 0),
        ("systolic blood pressure", "120", 1),
        ("systolic blood pressure", "140", 2),
        ("systolic blood pressure", "160", 3),
        ("diastolic blood pressure", "100", 3),
    ],
)
def test_absolute_limits(test: str, value: str, expected: int) -> None:
    assert grade(test, value) == expected


def test_without_the_upper_limit_nobody_knows() -> None:
    assert (grade("ALT", "200"), grade("QTc", "501")) == (None, None)


OTHER_NAMES = {"SGPT": "ALT", "alt": "ALT", "Total  bilirubin": "bilirubin", "ANC": "neutrophils"}


@pytest.mark.parametrize(("said", "name"), OTHER_NAMES.items())
def test_other_names_of_a_test(said: str, name: str) -> None:
    test = laboratory_named(said)
    assert test is not None
    assert test.name == name


def test_a_test_that_nobody_knows() -> None:
    assert laboratory_named("moonlight") is None
