"""What each option would do to the coming dates, before anybody decides."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.compare import ABOUT_ENTRIES
from scheduler.calendar.consequences import consequences
from scheduler.site import EVERY_DAY
from tests.calendar.proposals.patients import CONTROL, SKIN, SKIN_RULE, proposal
from tests.dosing.story import told
from tests.seed import VERSION


def of_option(number: int) -> list[str]:
    found = proposal(CONTROL + SKIN, f"{SKIN_RULE}.3")
    option = found.options[number - 1]
    until = date(2026, 4, 30)
    changes = consequences(VERSION, EVERY_DAY, told(CONTROL + SKIN), found, option, "CTL-001", until).changes
    return [change.sentence for change in changes if change.what in ABOUT_ENTRIES]


def test_hold_and_reduce() -> None:
    assert of_option(1) == [
        "regorafenib.1 days 15-21: 120 mg, awaiting decision -> held",
        "regorafenib.2: 2026-03-30 -> pending (waits for when the hold ends, not before 2026-03-30)",
        "c2d15.1: 2026-04-13 -> pending (waits for regorafenib.2)",
        "regorafenib.3: 2026-04-27 -> no longer on the calendar",
    ]


def test_continue_unchanged_takes_only_the_flags_away() -> None:
    assert of_option(2) == [
        "regorafenib.1 days 15-21: 120 mg, awaiting decision -> 120 mg",
        "regorafenib.2 days 1-21: 120 mg, awaiting decision -> 120 mg",
    ]


def test_reduce_by_one_level() -> None:
    assert of_option(4) == [
        "regorafenib.1 days 15-21: 120 mg, awaiting decision -> 80 mg (level -1)",
        "regorafenib.2 days 1-21: 120 mg, awaiting decision -> 80 mg (level -1)",
        "regorafenib.3 days 1-4: 120 mg -> 80 mg (level -1)",
    ]


def test_discontinue() -> None:
    sentences = of_option(5)
    assert "regorafenib.1 days 15-21: 120 mg, awaiting decision -> cancelled" in sentences
    assert "end-of-treatment.1: pending -> 2026-03-16 (planned)" in sentences
