"""More than 84 days without toripalimab: the investigator stops it or goes on at the same level, and both are the protocol's."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.site.site import EVERY_DAY
from tests.dosing.story import told
from tests.seed import VERSION

RESUMED = """2026-02-27 randomised, arm: experimental
2026-03-02 cycle started, treatment: regorafenib, cycle: 1
2026-03-02 given, treatment: toripalimab, n: 1
2026-03-20 adverse event, ae: 1, term: Pneumonitis, grade: 2, related: [toripalimab]
2026-03-20 held, treatment: toripalimab, reason: AE 1, by: Dr Example
2026-05-28 resolved, ae: 1
2026-06-01 resumed, treatment: toripalimab, level: 0, dose: 240 mg, by: Dr Example
"""
GIVEN = "2026-06-01 given, treatment: toripalimab, n: 2\n"
UNDECIDED = """2026-02-27 randomised, arm: experimental
2026-03-02 cycle started, treatment: regorafenib, cycle: 1
2026-03-02 given, treatment: toripalimab, n: 1
"""
LONG_ON_STEROIDS = """2026-03-20 medicine started, name: prednisone, dose: 40 mg
2026-06-20 measured, test: ALT, value: 30, unit: U/L, upper_limit: 40
"""


def deviations(story: str) -> list[str]:
    found = deviations_of(VERSION, EVERY_DAY, told(story))
    return [each.kind.value for each in found if each.timeline == "toripalimab"]


def test_resumed_at_the_same_level_is_the_second_option_and_no_deviation() -> None:
    assert deviations(RESUMED) == []
    assert deviations(RESUMED + GIVEN) == []


def test_the_order_is_told_as_that_option() -> None:
    proposals = calendar_of(VERSION, EVERY_DAY, told(RESUMED), until=date(2026, 8, 31)).proposals
    (found,) = [each for each in proposals if each.rule == "toripalimab-limits.1"]
    assert (found.state.value, found.chosen) == ("decided as proposed", "continue at the same level")


def test_given_without_a_decision_it_is_one() -> None:
    assert deviations(UNDECIDED + GIVEN) == ["dose not decided in time", "gap too long", "out of window"]


def test_a_choice_with_going_on_does_not_lead_over_a_plain_discontinue() -> None:
    # 84 days are over on 25 May, 12 weeks of steroids on 12 June.
    log = told(UNDECIDED + LONG_ON_STEROIDS)
    proposals = calendar_of(VERSION, EVERY_DAY, log, until=date(2026, 8, 31)).proposals
    assert {each.rule: each.leads for each in proposals if each.is_open and each.treatment == "toripalimab"} == {
        "toripalimab-limits.1": False,
        "toripalimab-limits.2": True,
    }
