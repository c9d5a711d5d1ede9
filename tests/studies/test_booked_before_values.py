"""A drug on a clock that waits for values is not given on an appointment before them: two drugs, one clock, 21 days.

Cycle 1 is on Monday 2 March 2026, so cycle 2 is due on 23 March; both drugs wait for neutrophils of at least 1.5 G/L.
"""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.patient_calendar import calendar_of
from scheduler.site.site import EVERY_DAY
from tests.dosing.story import told
from tests.studies.telling import codes, dates, pending, study

VERSION = study("""
study days: first dose is Day 1
cycles:
  clock:
    when: {1: on first dose, then: 21 days +7 after the previous cycle}
    goes on when: ANC at least 1.5 G/L, values within 3 days
treatments:
  alpha: {when: in every cycle on day 1, open: any day, give: 100 mg intravenously}
  beta: {when: in every cycle on day 1, open: any day, give: 50 mg intravenously}
""")
BOOKED = """2026-02-27 randomised, arm: all
2026-03-02 given, treatment: alpha, n: 1
2026-03-02 given, treatment: beta, n: 1
2026-03-20 booked, entry: alpha.2, to: 2026-03-24
"""
LOW = "2026-03-22 measured, test: ANC, value: 1.0, unit: G/L\n"
GOOD = "measured, test: ANC, value: 2.0, unit: G/L\n"


def test_a_value_that_fails_takes_the_appointment_away() -> None:
    found = calendar_of(VERSION, EVERY_DAY, told(BOOKED + LOW), until=date(2026, 4, 1))
    assert (dates(found, "alpha"), dates(found, "beta")) == ({"1": "03-02"}, {"1": "03-02"})
    assert (pending(found), codes(found)) == ({"clock.2", "alpha.2", "beta.2"}, ["booking-void"])


@pytest.mark.parametrize(("values", "day"), [(LOW + f"2026-03-27 {GOOD}", "03-27"), (f"2026-03-25 {GOOD}", "03-25")])
def test_both_drugs_are_on_the_day_of_the_value_that_is_good_enough(values: str, day: str) -> None:
    found = calendar_of(VERSION, EVERY_DAY, told(BOOKED + values), until=date(2026, 4, 1))
    assert dates(found, "alpha") == dates(found, "beta") == {"1": "03-02", "2": day}
    assert codes(found) == ["booking-void"]


def test_an_appointment_after_the_value_stands() -> None:
    story = BOOKED.replace("to: 2026-03-24", "to: 2026-03-30") + LOW + f"2026-03-27 {GOOD}"
    found = calendar_of(VERSION, EVERY_DAY, told(story), until=date(2026, 4, 1))
    assert (dates(found, "alpha"), dates(found, "beta")) == ({"1": "03-02", "2": "03-30"}, {"1": "03-02", "2": "03-27"})
    assert codes(found) == []


def test_who_was_given_one_drug_all_the_same_keeps_the_appointment_of_the_other() -> None:
    story = BOOKED + LOW + "2026-03-23 given, treatment: beta, n: 2, override: seen by the physician\n"
    found = calendar_of(VERSION, EVERY_DAY, told(story), until=date(2026, 4, 1))
    assert (dates(found, "alpha")["2"], dates(found, "beta")["2"]) == ("03-24", "03-23")
    assert "booking-void" not in codes(found)
