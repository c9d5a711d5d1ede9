"""Past days of tablets are presumed taken; attendances never are."""

from __future__ import annotations

from collections import Counter

from scheduler.views.days.presumed import Intake, days_of_tablets, presumed_taken
from tests.views.told import CONTROL, on, patient


def count(found: Counter[Intake]) -> dict[str, int]:
    return {intake.value: number for intake, number in found.items()}


def cycle_1(day: str, *events: str) -> dict[str, int]:
    calendar = patient(CONTROL, *events, subject="CTL-001").calendar
    return count(Counter(each.intake for each in days_of_tablets(calendar, on(day)) if each.line.cycle == 1))


def test_days_before_today_are_presumed_taken_and_today_is_still_to_come() -> None:
    # On 12 March: day 1 is recorded, days 2 to 10 have passed, days 11 to 21 are to come.
    assert cycle_1("03-12") == {"reported": 1, "presumed taken": 9, "to come": 11}


def test_a_report_wins_over_a_presumption() -> None:
    report = "  - {on: 2026-03-09, event: taken, treatment: regorafenib, from: 2026-03-03, to: 2026-03-06}\n"
    missed = "  - {on: 2026-03-09, event: not taken, treatment: regorafenib, from: 2026-03-07, to: 2026-03-08}\n"
    assert cycle_1("03-12", report, missed) == {"reported": 5, "not taken": 2, "presumed taken": 3, "to come": 11}


def test_held_days_were_not_taken() -> None:
    held = "  - {on: 2026-03-09, event: held, treatment: regorafenib, reason: AE 1}\n"
    assert cycle_1("03-31", held) == {"reported": 1, "presumed taken": 6, "not taken": 14}


def test_a_cycle_that_nobody_recorded_as_started_is_not_presumed() -> None:
    calendar = patient(CONTROL, subject="CTL-001").calendar
    second = [each.intake for each in days_of_tablets(calendar, on("04-02")) if each.line.cycle == 2]
    assert count(Counter(second)) == {"no record": 3, "to come": 18}


def test_the_presumed_days_by_their_ids() -> None:
    calendar = patient(CONTROL, subject="CTL-001").calendar
    assert [line.id for line in presumed_taken(calendar, on("03-05"))] == ["regorafenib.1.2", "regorafenib.1.3"]
    assert presumed_taken(calendar, on("03-02")) == ()
