"""Treated beyond progression, the disease progresses again: it asks anew, and what "until progression" ends it ends again."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.entries.entry import Calendar, Flag, Status
from scheduler.calendar.telling.explain import explain
from scheduler.protocol.parse import parse_protocol
from tests.dosing.story import calendar, told
from tests.seed import VERSION

UNTIL, _ = parse_protocol(
    """study: BLOCK
version: "1.0"
title: Tablets in blocks of three weeks, until progression
arms: {all: all}
study days: first dose is Day 1
treatments:
  tab:
    when: {1: on first dose, then: 28 days ±3 after the previous cycle}
    until: progression
    open: any day
    give: 10 mg once daily by mouth on days 1-21
visits:
  follow-up: {when: 30 days ±3 after the last dose, open: any day}
""",
    name="protocol.yaml",
)
BEYOND = """
    2026-03-02 cycle started, treatment: tab, cycle: 1
    2026-03-11 progressed
    2026-03-20 treated beyond progression, by: Dr Example
    2026-03-30 cycle started, treatment: tab, cycle: 2
"""
AGAIN = "    2026-04-10 progressed\n"
ASKED = "the disease has progressed on {}: does treatment end, or go on beyond progression?"


def days(found: Calendar) -> list[tuple[str, str, str]]:
    """The days of tablets that stand: the entry, the first day and the last."""
    runs = [(entry.id, run) for entry in found.entries for run in entry.runs if run.status is not Status.CANCELLED]
    return [(name, f"{run.first_date:%m-%d}", f"{run.last_date:%m-%d}") for name, run in runs]


def asks(found: Calendar) -> list[str]:
    return [each.message for each in found.findings if each.code == "progression-asks"]


def follow_up(found: Calendar) -> str | None:
    entry = found.by_id.get("follow-up.1")
    return f"{entry.ideal}" if entry is not None else None


FIRST = [("tab.1", "03-02", "03-02"), ("tab.1", "03-03", "03-22"), ("tab.2", "03-30", "03-30")]


def test_until_then_it_goes_on() -> None:
    found = calendar(BEYOND, "2026-05-17", version=UNTIL)
    assert days(found) == [*FIRST, ("tab.2", "03-31", "04-19"), ("tab.3", "04-27", "05-17")]
    assert (asks(found), follow_up(found)) == ([], None)


def test_the_second_progression_ends_the_days_after_it_and_asks() -> None:
    # What the first one had ended was restored, and stays so: 12 to 22 March. 10 April + 30 days.
    found = calendar(BEYOND + AGAIN, "2026-05-17", version=UNTIL)
    assert days(found) == [*FIRST, ("tab.2", "03-31", "04-10")]
    assert (asks(found), follow_up(found)) == ([ASKED.format("2026-04-10")], "2026-05-10")


def test_what_was_taken_until_somebody_recorded_it_was_in_order() -> None:
    late = "    2026-04-10 progressed, recorded: 2026-04-14T08:00:00Z\n"
    found = calendar(BEYOND + late, "2026-05-17", version=UNTIL)
    assert days(found) == [*FIRST, ("tab.2", "03-31", "04-14")]
    assert asks(found) == [ASKED.format("2026-04-10")]


def test_treated_beyond_it_too_everything_is_restored() -> None:
    beyond = "    2026-04-13 treated beyond progression, by: Dr Example\n"
    found = calendar(BEYOND + AGAIN + beyond, "2026-05-17", version=UNTIL)
    assert days(found) == [*FIRST, ("tab.2", "03-31", "04-19"), ("tab.3", "04-27", "05-17")]
    assert (asks(found), follow_up(found)) == ([], None)


@pytest.mark.parametrize(
    "more",
    ["    2026-03-19 progressed\n", "    2026-04-10 response, criteria: RECIST 1.1, assessment: PD\n"],
    ids=["another record of the first one", "a scan that goes on saying so"],
)
def test_what_is_no_new_progression_asks_nothing(more: str) -> None:
    found = calendar(BEYOND + more, "2026-05-17", version=UNTIL)
    assert (asks(found), days(found)[-1]) == ([], ("tab.3", "04-27", "05-17"))


def test_the_answer_to_the_first_one_was_looked_at() -> None:
    story = BEYOND + AGAIN
    for entry in ("tab.2.13", "tab.3"):
        found = explain(calendar(story, version=UNTIL), entry, UNTIL, told(story))
        assert "event 5" in [each.source for each in found.lines]
        assert "event 3" in [each.source for each in found.looked_at]


SEED = """
    2026-02-27 randomised, arm: control
    2026-03-02 cycle started, treatment: regorafenib, cycle: 1
    2026-03-30 cycle started, treatment: regorafenib, cycle: 2
    2026-04-24 progressed
    2026-04-25 treated beyond progression, by: Dr Example
    2026-04-27 cycle started, treatment: regorafenib, cycle: 3
"""


def waiting(found: Calendar) -> list[str]:
    """What awaits a decision by itself, by its first day: the days of the cycle that runs, and the next one."""
    return [f"{run.first_date}" for entry in found.entries for run in entry.runs if Flag.AWAITING_DECISION in run.flags]


def test_where_nothing_stops_at_progression_later_doses_await_the_decision_again() -> None:
    found = calendar(SEED + "    2026-05-12 progressed\n", "2026-06-30", version=VERSION)
    assert waiting(calendar(SEED, "2026-06-30")) == []
    assert waiting(found) == ["2026-05-13", "2026-05-25"]
    assert asks(found) == [ASKED.format("2026-05-12")]
    # Scans are until progression; survival without progression counts from the first one.
    assert [each.id for each in found.entries if each.timeline == "imaging" and each.status is Status.PLANNED] == [
        "imaging.0",
        "imaging.1",
    ]
    period = found.entry("progression-free.1")
    assert period is not None
    assert period.window == (date(2026, 3, 2), date(2026, 4, 24))
