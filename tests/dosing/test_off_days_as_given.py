"""Tablets of days without a planned dose keep the amount that followed when they were reported, as those of any other day do."""

from __future__ import annotations

from scheduler.calendar.entries.entry import Status
from scheduler.protocol.parse import parse_protocol
from tests.dosing.story import calendar

STUDY, _ = parse_protocol(
    """study: BY-CYCLE
version: "1.0"
title: Tablets, twice as many from cycle 2 on
arms: {all: all}
study days: first dose is Day 1
horizon: 150 days after first dose
treatments:
  tab:
    when: {1: on first dose, then: 28 days ±3 after the previous cycle}
    open: any day
    give:
      - 10 mg once daily by mouth on days 1-21 of cycle 1
      - 20 mg once daily by mouth on days 1-20 of cycles 2 and later
      - 30 mg once daily by mouth on day 21 of cycles 2 and later
""",
    name="protocol.yaml",
)
STARTED = "2026-03-02 cycle started, treatment: tab, cycle: 1\n"
REPORTED = "2026-04-04 taken, treatment: tab, from: 2026-04-01, to: 2026-04-03\n"
LOWERED = "2026-03-20 dose changed, treatment: regorafenib, level: -1, dose: 80 mg\n"
CONTROL = "2026-02-27 randomised, arm: control\n2026-03-02 cycle started, treatment: regorafenib, cycle: 1\n"
OFF_DAYS = "2026-03-27 taken, treatment: regorafenib, from: 2026-03-24, to: 2026-03-25\n"


def taken(story: str) -> list[tuple[str, str, str, str]]:
    """Everything that was recorded as taken: the entry, the first and the last day, and how much."""
    return [
        (entry.id, f"{run.first_date}", f"{run.last_date}", f"{run.doses[0].amount} mg")
        for entry in calendar(story, "2026-05-31", version=STUDY).entries
        for run in entry.runs
        if run.status is Status.DONE
    ]


def test_days_reported_without_a_start_are_the_first_of_the_next_cycle() -> None:
    assert taken(STARTED + REPORTED) == [
        ("tab.1", "2026-03-02", "2026-03-02", "10 mg"),
        ("tab.2", "2026-04-01", "2026-04-01", "20 mg"),
        ("tab.2", "2026-04-02", "2026-04-03", "20 mg"),
    ]


def test_when_it_is_told_that_the_cycle_began_later_they_stay_on_their_days_with_their_amount() -> None:
    # By cycle 1, which was the last to have begun, it would be 10 mg; when they were reported, they were days of cycle 2.
    assert taken(STARTED + REPORTED + "2026-04-05 cycle started, treatment: tab, cycle: 2\n") == [
        ("tab.1", "2026-03-02", "2026-03-02", "10 mg"),
        ("tab.unplanned.2", "2026-04-01", "2026-04-03", "20 mg"),
        ("tab.2", "2026-04-05", "2026-04-05", "20 mg"),
    ]


def test_so_they_do_when_it_began_on_one_of_them() -> None:
    assert taken(STARTED + REPORTED + "2026-04-02 cycle started, treatment: tab, cycle: 2\n") == [
        ("tab.1", "2026-03-02", "2026-03-02", "10 mg"),
        ("tab.unplanned.2", "2026-04-01", "2026-04-01", "20 mg"),
        ("tab.2", "2026-04-02", "2026-04-02", "20 mg"),
        ("tab.2", "2026-04-03", "2026-04-03", "20 mg"),
    ]


def test_days_reported_long_before_the_window_are_as_those_of_the_cycle_before() -> None:
    # 24 March is in the week off, before the window of cycle 2: nobody took it for a day of that cycle.
    off = "2026-03-25 taken, treatment: tab, from: 2026-03-24, to: 2026-03-24\n"
    assert taken(STARTED + off + "2026-04-05 cycle started, treatment: tab, cycle: 2\n") == [
        ("tab.1", "2026-03-02", "2026-03-02", "10 mg"),
        ("tab.unplanned.2", "2026-03-24", "2026-03-24", "10 mg"),
        ("tab.2", "2026-04-05", "2026-04-05", "20 mg"),
    ]


def on_off_days(story: str) -> tuple[list[str], list[str]]:
    """How much was taken on them, and what is asked about it."""
    found = calendar(story, "2026-05-31")
    doses = [f"{each.doses[0].amount} mg" for each in found.entries if ".unplanned." in each.id]
    return doses, [each.message for each in found.findings if each.code == "amount-asked"]


def test_a_level_recorded_later_and_dated_earlier_does_not_rewrite_off_days() -> None:
    assert on_off_days(CONTROL + LOWERED + OFF_DAYS) == (["80 mg"], [])
    # One question for both days of the report.
    assert on_off_days(CONTROL + OFF_DAYS + LOWERED) == (
        ["120 mg"],
        ["regorafenib.unplanned.3: 120 mg or 80 mg given?"],
    )
