"""Dates and numbers as people write them: one spelling each, and the same from YAML, from JSON and from Python."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from scheduler.written import IsoDate, Number, Written

DATE: TypeAdapter[date] = TypeAdapter(IsoDate)
NUMBER: TypeAdapter[Decimal] = TypeAdapter(Number)


class Dose(Written):
    amount: Number
    on: IsoDate
    if_closed: str = Field(default="later", alias="if closed")
    """Which open day is taken."""


def test_a_date_is_its_iso_text_or_a_date() -> None:
    assert DATE.validate_python("2024-02-29") == date(2024, 2, 29)
    assert DATE.validate_json('"2024-02-29"') == date(2024, 2, 29)
    assert DATE.validate_python(date(2024, 2, 29)) == date(2024, 2, 29)


@pytest.mark.parametrize(
    "wrong",
    [
        "2026-2-3",
        "20260302",
        "2026-02-30",
        "2026-03-02T00:00",
        "2026-W10-1",
        "٢٠٢٦-٠٣-٠٢",
        "",
        0,
        1740873600,
        False,
        None,
        datetime(2026, 3, 2),
    ],
)
def test_nothing_else_is_a_date(wrong: object) -> None:
    with pytest.raises(ValidationError) as caught:
        DATE.validate_python(wrong)
    assert [error["type"] for error in caught.value.errors()] == ["not-a-date"]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("2.50", "2.50"),
        ("80", "80"),
        (80, "80"),
        ("-0.5", "-0.5"),
        (0, "0"),
        (Decimal("1.10"), "1.10"),
        ("999999999999", "999999999999"),
    ],
)
def test_a_number_is_kept_exactly_as_it_was_written(written: object, number: str) -> None:
    assert str(NUMBER.validate_python(written)) == number


@pytest.mark.parametrize(
    "wrong",
    [
        2.5,
        True,
        None,
        "1e3",
        "NaN",
        "inf",
        "1,5",
        "1 000",
        "1_000",
        ".5",
        "5.",
        "0123",
        "+5",
        "٣",
        "",
        "1234567890123",
        "0.1234567",
        10**12,
        Decimal("NaN"),
    ],
)
def test_nothing_else_is_a_number(wrong: object) -> None:
    with pytest.raises(ValidationError) as caught:
        NUMBER.validate_python(wrong)
    assert [error["type"] for error in caught.value.errors()] == ["not-a-number"]


def test_a_key_may_be_given_by_both_its_names() -> None:
    by_alias = Dose.model_validate({"amount": "2.50", "on": "2026-03-02", "if closed": "nearest"})
    assert by_alias == Dose(amount=Decimal("2.50"), on=date(2026, 3, 2), if_closed="nearest")


def test_what_was_written_is_never_changed() -> None:
    dose = Dose(amount=Decimal(1), on=date(2026, 3, 2))
    with pytest.raises(ValidationError, match="frozen"):
        dose.amount = Decimal(2)  # type: ignore[misc]


def test_an_editor_shows_what_a_key_is_for() -> None:
    assert Dose.model_json_schema()["properties"]["if closed"]["description"] == "Which open day is taken."
