"""What a patient received of one drug in one cycle or dose, counted up to a day."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scheduler.calendar.entries.doses_in_words import dose_in_words
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.telling.explain import explain
from scheduler.languages import Language
from scheduler.patient.events import parse_amount
from scheduler.said import said as as_message
from scheduler.site.site import EVERY_DAY
from scheduler.words.saying import say
from tests.dosing.story import calendar, exposure, told
from tests.studies.telling import calendar as of_study
from tests.studies.telling import study

VERSION = study("""
study days: first dose is Day 1
treatments:
  tablet:
    when: {1: on first dose, then: 28 days ±3 after the previous cycle}
    give: 80 mg twice daily by mouth on days 1-14
  infusion:
    when: {1: on first dose, then: 21 days ±3 after the previous dose}
    open: infusion
    give: {one: 240 mg intravenously, other: 2 g intravenously}
""")
STARTED = """2026-02-27 randomised, arm: all
2026-03-02 cycle started, treatment: tablet, cycle: 1
2026-03-02 given, treatment: infusion, n: 1
"""


def received(story: str, until: str) -> dict[str, tuple[Decimal | None, str | None, int, int]]:
    """Of each drug in cycle or dose 1: how much, in which unit, on how many days, and how many of them presumed."""
    lines = exposure(STARTED + story, until, version=VERSION).lines
    return {each.drug: (each.delivered, each.unit, each.dosed, each.presumed) for each in lines if each.n == 1}


def test_twice_daily_is_twice_the_amount_on_each_day() -> None:
    assert received("", "2026-03-06")["tablet"] == (Decimal(5 * 160), "mg", 5, 4)
    assert received("", "2026-03-30")["tablet"] == (Decimal(14 * 160), "mg", 14, 13)


def test_an_infusion_is_one_day_of_each_drug() -> None:
    found = received("", "2026-03-30")
    assert (found["one"], found["other"]) == ((Decimal(240), "mg", 1, 0), (Decimal(2), "g", 1, 0))


def test_a_report_says_the_amount_of_the_whole_day() -> None:
    story = "2026-03-06 taken, treatment: tablet, from: 2026-03-04, to: 2026-03-05, amount: 80 mg\n"
    # Days 1, 2 and 5 of 160 mg, days 3 and 4 of 80 mg.
    assert received(story, "2026-03-06")["tablet"] == (Decimal(3 * 160 + 2 * 80), "mg", 5, 2)


def test_tablets_reported_as_taken_in_a_cycle_that_was_not_done() -> None:
    story = """2026-03-30 not done, entry: tablet.2, reason: wish
2026-04-10 taken, treatment: tablet, from: 2026-04-01, to: 2026-04-02
2026-04-10 not taken, treatment: tablet, from: 2026-04-05, to: 2026-04-06
"""
    runs = calendar(STARTED + story, "2026-06-30", version=VERSION).by_id["tablet.2"].runs
    assert [f"{run.first_date:%m-%d}..{run.last_date:%m-%d} {run.status.value}" for run in runs] == [
        "03-30..03-31 not done",
        "04-01..04-02 done",
        "04-03..04-12 not done",
    ]


@pytest.mark.parametrize(
    ("days", "taken"),
    [("from: 2026-03-02, to: 2026-03-02", "1-1"), ("from: 2026-03-15, to: 2026-03-15", "14-14")],
)
def test_the_first_and_the_last_day_can_be_left_out(days: str, taken: str) -> None:
    story = STARTED + f"2026-03-16 not taken, treatment: tablet, {days}\n"
    runs = calendar(story, "2026-06-30", version=VERSION).by_id["tablet.1"].runs
    assert [f"{run.first_day}-{run.last_day}" for run in runs if run.status.value == "not done"] == [taken]


CELLS = study("""
study days: first dose is Day 1
treatments:
  cells: {when: on first dose, until: 1 dose, give: 2e6 cells/kg intravenously, at most: 2e8 cells a dose}
""")


@pytest.mark.parametrize(
    ("weight", "dose"),
    [(120, "2 x 10^8 cells"), (72, "1.44 x 10^8 cells"), ("0.4", "800000 cells")],
)
def test_cells_are_counted_in_powers_of_ten(weight: int | str, dose: str) -> None:
    """2 x 10^6 cells for each kilogram, at most 2 x 10^8; fewer than a million have all their digits."""
    story = f"2026-02-27 first dose planned, to: 2026-03-02\n2026-02-27 attribute, name: weight, value: {weight}\n"
    (found,) = of_study(CELLS, story).by_id["cells.1"].doses
    assert str(found) == dose
    assert say(as_message("{dose}", dose=dose_in_words(found)), Language.CHINESE) == dose


@pytest.mark.parametrize("written", ["2 x 10^8 cells", "2x10^8 cells", "2 × 10^8 cells", "200000000 cells"])
def test_an_amount_of_cells_is_read_as_it_is_printed(written: str) -> None:
    assert parse_amount(written) == (Decimal(200_000_000), "cells")


def test_the_working_of_cells_can_be_read() -> None:
    log = told(
        "2026-02-27 randomised, arm: all\n2026-02-27 attribute, name: weight, value: 120\n"
        "2026-02-27 first dose planned, to: 2026-03-02\n"
    )
    found = calendar_of(CELLS, EVERY_DAY, log)
    said = [line.sentence for line in explain(found, "cells.1", CELLS, log).lines]
    assert (
        "Worked out: 2 x 10^6 cells/kg x 120 kg (weight of 2026-02-27) = 2.4 x 10^8 cells; at most 2e8 cells a dose: "
        "2 x 10^8 cells." in said
    )
