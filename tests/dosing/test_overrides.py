"""An order that the protocol forbids stands where somebody says why: it is what is shown, handed out and counted, and flagged."""

from __future__ import annotations

import pytest

from scheduler.calendar.entries.entry import Calendar
from scheduler.patient.appending import build_log
from tests.dosing.story import calendar, told
from tests.seed import VERSION

CONTROL = """2026-02-27 randomised, arm: control
2026-03-02 cycle started, treatment: regorafenib, cycle: 1
"""


def days(found: Calendar) -> list[str]:
    return [
        " ".join([f"{run.first_day}-{run.last_day}", *map(str, run.doses), *(flag.value for flag in run.flags)])
        for run in found.by_id["regorafenib.1"].runs
    ]


@pytest.mark.parametrize(
    ("order", "dose"),
    [
        ("level: -1, dose: 80 mg", "80 mg"),
        ("level: -1, dose: 100 mg, override: asked by the sponsor", "100 mg override"),
        ("level: -1, dose: 80 mg, override: before the rule allows it", "80 mg override"),
        ("level: -4, dose: 20 mg, override: asked by the sponsor", "20 mg override"),
    ],
    ids=["on the ladder", "another dose at a level", "the level's own dose", "off the ladder"],
)
def test_the_dose_that_was_ordered_is_the_dose(order: str, dose: str) -> None:
    story = CONTROL + f"2026-03-09 dose changed, treatment: regorafenib, {order}, by: Dr Example\n"
    build_log(VERSION, [record.event for record in told(story).records])  # refuses nothing
    assert days(calendar(story)) == ["1-1 120 mg", "2-7 120 mg", f"8-21 {dose}"]


def test_a_resume_with_an_override_too() -> None:
    story = (
        CONTROL
        + """2026-03-09 held, treatment: regorafenib, reason: AE 1
2026-03-16 resumed, treatment: regorafenib, level: -1, dose: 100 mg, override: asked by the sponsor
"""
    )
    assert days(calendar(story))[-1] == "15-21 100 mg override"
