"""What must precede a course is counted from the fraction that the course really began with."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.entries.because import After
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.telling.explain import explain
from tests.dosing.story import told
from tests.seed import VERSION, shanghai

BEGUN = """2026-02-27 randomised, arm: experimental
2026-03-02 cycle started, treatment: regorafenib, cycle: 1
"""
NOT_DONE = "2026-03-02 not done, entry: radiotherapy.1, reason: the machine was down\n"


@pytest.mark.parametrize(
    ("given", "planned", "status"),
    [
        # 5 working days before Friday 20 March is Friday 13 March, the first day of the window.
        ("2026-03-20 given, treatment: radiotherapy, n: 2", "2026-03-13", "planned"),
        # 5 working days before Thursday 19 March is Thursday 12 March: it could not be done any more.
        ("2026-03-19 given, treatment: radiotherapy, n: 2", "2026-03-19", "not done"),
        # Later than fraction 1 is planned: Day 15 stays, Monday 16 March.
        ("2026-03-24 given, treatment: radiotherapy, n: 2", "2026-03-16", "planned"),
    ],
)
def test_a_planning_ct_before_a_course_that_began_with_fraction_2(given: str, planned: str, status: str) -> None:
    calendar = calendar_of(VERSION, shanghai(), told(BEGUN + NOT_DONE + given), until=date(2026, 5, 31))
    entry = calendar.by_id["planning-ct.1"]
    assert (str(entry.date), entry.status.value) == (planned, status)


def test_explain_says_which_fraction_it_had_to_precede() -> None:
    log = told(BEGUN + NOT_DONE + "2026-03-02 given, treatment: radiotherapy, n: 2")
    calendar = calendar_of(VERSION, shanghai(), log, until=date(2026, 5, 31))
    assert After("radiotherapy.2") in calendar.by_id["planning-ct.1"].because.set_by
    assert "Radiotherapy, fraction 2 was given on Monday 2 March 2026" in str(
        explain(calendar, "planning-ct.1", VERSION, log)
    )


@pytest.mark.parametrize(
    ("then", "asks"),
    [
        ("", True),
        ("2026-03-05 discontinued, treatment: radiotherapy, reason: 'other: her wish'", False),
        ("2026-03-05 end of treatment, reason: 'other: her wish'", False),
        ("2026-03-05 lost to follow-up", True),
    ],
)
def test_those_left_after_an_early_start_await_a_decision_until_radiotherapy_ends(then: str, asks: bool) -> None:
    early = "2026-03-04 given, treatment: radiotherapy, n: 1, confirmed: the machine's record\n"
    calendar = calendar_of(VERSION, shanghai(), told(BEGUN + early + then), until=date(2026, 5, 31))
    assert ("began-too-early" in {each.code for each in calendar.findings}) is asks
