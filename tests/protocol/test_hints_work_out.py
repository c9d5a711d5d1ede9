"""Hints in which a number changes on the way: no row of a protocol is as easy to read as the two sentences side by side."""

from __future__ import annotations

import pytest

from scheduler.protocol.hints.from_the_first_dose import from_the_first_dose
from scheduler.protocol.sentences.dosing.band import read_band
from scheduler.protocol.sentences.dosing.giving import read_give
from scheduler.protocol.sentences.spellings import Habits
from scheduler.protocol.text.mending import mended


@pytest.mark.parametrize(
    ("written", "whom"),
    [
        ("age 1-1.99 years in force: 8 mg", "age at least 1 to below 2 years in force: 8 mg"),
        ("age 3 to <9 years in force: 12 mg", "age at least 3 to below 9 years in force: 12 mg"),
        ("age 30-59 years in force: 12 mg", "age at least 30 to below 60 years in force: 12 mg"),
    ],
)
def test_a_band_that_is_written_with_nines_ends_at_the_next_whole_number(written: str, whom: str) -> None:
    assert mended(read_band, written, Habits.BANDS, ("drug",)) == (whom,)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("2 × 10⁸ cells intravenously", "2e8"),
        ("1.5 million cells/kg intravenously", "15e5"),
        ("200 million cells intravenously", "2e8"),
        ("2 billion cells intravenously", "2e9"),
        ("3 x 10¹⁰ cells intravenously", "3e10"),
        ("2E6 cells intravenously", "2e6"),
    ],
)
def test_a_large_number_is_a_power_of_ten(written: str, amount: str) -> None:
    """1.5 million is 1 500 000, which is 15 with five noughts."""
    per = "/kg" if "/kg" in written else ""
    assert mended(read_give, written, Habits.DOSES, ("drug",)) == (f"{amount} cells{per} intravenously",)


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("7.4 GBq (200 mCi) IV", ("7.4 GBq intravenously",)),
        ("185 MBq (5 mCi) intravenously", ("185 MBq intravenously",)),
        ("10 mCi IV", ("370 MBq intravenously",)),
        ("7.4 GBq (300 mCi) IV", ()),
        ("activity (5 mCi) intravenously", ()),
    ],
)
def test_an_activity_in_millicuries_is_said_in_becquerels(written: str, offered: tuple[str, ...]) -> None:
    """A millicurie is 37 MBq: 200 are 7400 MBq, the same activity, and 300 are 11 100, another one."""
    assert mended(read_give, written, Habits.DOSES, ("drug",)) == offered


def test_nothing_times_a_million_is_no_amount() -> None:
    assert mended(read_give, "0 million cells intravenously", Habits.DOSES, ("drug",)) == ()


def widened(first: str, later: str) -> list[str]:
    return list(from_the_first_dose([f'["{first}", {later}]'], first, "first dose", ("treatments", "drug", "when")))


def test_a_grid_that_widens_after_months_has_its_doses_by_number() -> None:
    """Twelve months are 365 or 366 days: six intervals of 56 days, so doses 2 to 7, whatever the year."""
    assert widened("every 8 weeks from first dose, until 12 months after first dose", "every 12 weeks after that") == [
        "{1: on first dose, 2-7: 8 weeks after the previous dose, then: 12 weeks after the previous dose}"
    ]


def test_a_grid_whose_doses_hang_on_the_date_keeps_its_sentences() -> None:
    """Three months are 89 to 92 days: of 30 days each they hold two or three."""
    listed = '["every 30 days from first dose, until 3 months after first dose", every 12 weeks after that]'
    assert list(from_the_first_dose([listed], listed, "first dose", ("treatments", "drug", "when"))) == [listed]
