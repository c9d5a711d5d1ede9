"""Treatment ended on the day on which it had been taken up again: the later record counts, and no tablet is planned after it."""

from __future__ import annotations

from scheduler.calendar.entries.entry import Status
from tests.dosing.story import calendar

RESUMED = """
    2025-01-01 randomised, arm: experimental
    2025-01-01 cycle started, treatment: regorafenib, cycle: 1
    2025-01-01 discontinued, treatment: regorafenib, reason: toxicity, today_taken: true
    2025-01-29 resumed, treatment: regorafenib, level: 0, dose: 80 mg, override: benefit
"""
ENDED = "    2025-01-29 end of treatment, reason: progression\n"


def planned_tablets(story: str) -> list[str]:
    found = calendar(story, "2025-06-01").entries
    return [each.id for each in found if each.timeline == "regorafenib" and each.status is Status.PLANNED]


def test_nothing_is_planned_after_the_end_that_was_recorded_last() -> None:
    assert planned_tablets(RESUMED)[:1] == ["regorafenib.2"]
    assert planned_tablets(RESUMED + ENDED) == []


def test_what_is_taken_up_again_after_the_end_goes_on() -> None:
    first, started, stopped, again = RESUMED.strip("\n").splitlines(keepends=True)
    assert planned_tablets("\n" + first + started + stopped + ENDED + again)[:1] == ["regorafenib.2"]
