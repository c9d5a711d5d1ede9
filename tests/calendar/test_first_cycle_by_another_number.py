"""The first cycle or dose was recorded under a later number: what follows counts from it, and treatment goes on."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.entries.because import After
from scheduler.calendar.entries.entry import Status
from tests.dosing.story import calendar

CYCLES = """
    2025-02-17 randomised, arm: control
    2025-02-19 cycle started, treatment: regorafenib, cycle: 3
"""
DOSES = """
    2025-02-17 randomised, arm: experimental
    2025-02-19 given, treatment: toripalimab, n: 2
"""


def planned(story: str, treatment: str) -> list[tuple[str, date | None]]:
    found = calendar(story, "2025-04-30").entries
    return [(each.id, each.date) for each in found if each.timeline == treatment and each.status is Status.PLANNED]


def test_the_next_cycle_is_28_days_after_the_one_that_was_started() -> None:
    # 19 February and 28 days is 19 March; 28 days more is 16 April.
    assert planned(CYCLES, "regorafenib") == [
        ("regorafenib.4", date(2025, 3, 19)),
        ("regorafenib.5", date(2025, 4, 16)),
    ]


def test_the_next_cycle_cites_the_one_that_was_started() -> None:
    entry = calendar(CYCLES, "2025-04-30").by_id["regorafenib.4"]
    assert [reason.entry for reason in entry.because.set_by if isinstance(reason, After)] == ["regorafenib.3"]


@pytest.mark.parametrize(("story", "entry"), [(CYCLES, "regorafenib.1"), (CYCLES, "regorafenib.2")])
def test_the_numbers_below_stay_unused(story: str, entry: str) -> None:
    assert calendar(story, "2025-04-30").by_id[entry].status is Status.CANCELLED


def test_an_infusion_counts_from_the_first_one_that_was_given() -> None:
    # Five fractions from day 22, 12 March, on at a site that is open every day: the infusion is on the day after, 17 March.
    assert planned(DOSES, "toripalimab")[:2] == [
        ("toripalimab.3", date(2025, 3, 17)),
        ("toripalimab.4", date(2025, 4, 7)),
    ]
