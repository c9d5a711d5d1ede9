"""A dose that was reduced and is raised again, where no sentence of the protocol allows it, is told on calendar and worklist."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.views.coordinator.worklist import worklist
from scheduler.views.patients import patient_of
from tests.dosing.story import calendar, told
from tests.seed import VERSION, shanghai

LOWERED = """
    2026-02-27 randomised, arm: control
    2026-03-02 cycle started, treatment: regorafenib, cycle: 1
    2026-03-12 dose changed, treatment: regorafenib, level: -1, dose: 80 mg, by: Dr Example
    2026-03-30 cycle started, treatment: regorafenib, cycle: 2
""".strip()
RAISED = "\n2026-04-10 dose changed, treatment: regorafenib, level: 0, dose: 120 mg, by: Dr Example"
LOWERED_AGAIN = "\n2026-04-14 dose changed, treatment: regorafenib, level: -1, dose: 80 mg, by: Dr Example"
WHAT = "regorafenib: dose raised from level -1 to 0; no sentence allows it"
WHAT_TO_DO = "record 'dose changed' with the lower level, or say why in the record"


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (LOWERED, []),
        (LOWERED + RAISED, [("warning", WHAT, WHAT_TO_DO, (3, 5))]),
        (LOWERED + RAISED + ", override: asked for by the patient", [("note", WHAT, None, (3, 5))]),
        (LOWERED + RAISED + LOWERED_AGAIN, [("note", WHAT, None, (3, 5))]),
    ],
    ids=["only lowered", "raised", "raised, and somebody said why", "raised, and lowered again"],
)
def test_it_is_a_finding(story: str, found: list[tuple[str, str, str | None, tuple[int, ...]]]) -> None:
    findings = [each for each in calendar(story, "2026-05-31").findings if each.code == "dose-raised"]
    assert [(each.severity.value, each.message, each.hint, each.events) for each in findings] == found


@pytest.mark.parametrize(("story", "asks"), [(LOWERED + RAISED, [WHAT_TO_DO]), (LOWERED + RAISED + LOWERED_AGAIN, [])])
def test_it_is_on_the_worklist_until_it_is_over(story: str, asks: list[str]) -> None:
    patient = patient_of(VERSION, shanghai(), told(story), subject="CON-001")
    lines = worklist([patient], date(2026, 4, 14)).decisions
    assert [str(line.to_do) for line in lines if str(line.title) == WHAT] == asks
