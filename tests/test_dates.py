"""Study days, spans and months, as a coordinator counts them on a calendar."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.dates import Span, Unit, add_span, day_of_study_day, study_day, weekday_name

MONDAY = date(2026, 3, 2).toordinal()


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("on", "where_day_1", "where_day_0"),
    [
        ("2026-02-28", -2, -2),
        ("2026-03-01", -1, -1),
        ("2026-03-02", 1, 0),
        ("2026-03-03", 2, 1),
        ("2026-03-30", 29, 28),
    ],
)
def test_there_is_no_day_0_where_the_first_dose_is_day_1(on: str, where_day_1: int, where_day_0: int) -> None:
    assert study_day(day(on), MONDAY) == where_day_1
    assert study_day(day(on), MONDAY, 0) == where_day_0
    assert day_of_study_day(where_day_1, MONDAY) == day(on)
    assert day_of_study_day(where_day_0, MONDAY, 0) == day(on)


def test_nothing_is_on_study_day_0() -> None:
    with pytest.raises(ValueError, match="there is no Study Day 0"):
        day_of_study_day(0, MONDAY)


@given(st.integers(-2000, 2000), st.sampled_from([0, 1]))
def test_law_label_and_date_name_each_other(days: int, day_one: int) -> None:
    assert day_of_study_day(study_day(MONDAY + days, MONDAY, day_one), MONDAY, day_one) == MONDAY + days


@pytest.mark.parametrize(
    ("span", "in_days"),
    [(Span(28), 28), (Span(4, Unit.WEEKS), 28), (Span(1, Unit.MONTHS), None), (Span(5, Unit.WORKING_DAYS), None)],
)
def test_months_and_working_days_are_not_a_number_of_days(span: Span, in_days: int | None) -> None:
    assert span.in_days == in_days


@pytest.mark.parametrize(
    ("start", "span", "times", "end"),
    [
        ("2026-01-31", Span(1, Unit.MONTHS), 1, "2026-02-28"),
        ("2026-01-31", Span(1, Unit.MONTHS), 2, "2026-03-31"),
        ("2026-03-31", Span(1, Unit.MONTHS), -1, "2026-02-28"),
        ("2024-02-29", Span(1, Unit.YEARS), 1, "2025-02-28"),
        ("2024-02-29", Span(2, Unit.YEARS), 2, "2028-02-29"),
        ("2026-12-31", Span(24, Unit.MONTHS), 1, "2028-12-31"),
        ("2026-03-02", Span(8, Unit.WEEKS), 2, "2026-06-22"),
        ("2026-03-02", Span(28), -1, "2026-02-02"),
    ],
)
def test_months_count_from_the_first_date(start: str, span: Span, times: int, end: str) -> None:
    assert add_span(day(start), span, times) == day(end)


def test_working_days_are_for_the_site_to_count() -> None:
    with pytest.raises(ValueError, match="working days"):
        add_span(MONDAY, Span(5, Unit.WORKING_DAYS))


def test_spans_and_weekdays_in_words() -> None:
    assert [str(each) for each in (Span(1), Span(2), Span(1, Unit.MONTHS), Span(5, Unit.WORKING_DAYS))] == [
        "1 day",
        "2 days",
        "1 month",
        "5 working days",
    ]
    assert [weekday_name(MONDAY + each) for each in (0, 6)] == ["Monday", "Sunday"]
