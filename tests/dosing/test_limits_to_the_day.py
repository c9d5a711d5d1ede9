"""What lies exactly at a limit is in time: courses count both ends, gaps are differences, holds run from the first day missed."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.deviation import Deviated
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.patients import patient_of
from tests.dosing.story import told
from tests.seed import VERSION, ending_long_holds

EXPERIMENTAL = """2026-02-27 randomised, arm: experimental
2026-03-02 cycle started, treatment: regorafenib, cycle: 1
2026-03-02 given, treatment: toripalimab, n: 1
2026-03-16 visit done, entry: planning-ct.1
"""
CONTROL = """2026-02-27 randomised, arm: control
2026-03-02 cycle started, treatment: regorafenib, cycle: 1
"""


def beside(story: str, version: StudyVersion = VERSION, *kinds: Deviated, on: date | None = None) -> list[str]:
    """What the ledger has of some kinds, in its words."""
    found = deviations_of(version, EVERY_DAY, told(story), on=on)
    return [str(each.what) for each in found if each.kind in kinds]


def fractions(*days: str) -> str:
    given = (f"2026-{day} given, treatment: radiotherapy, n: {n}\n" for n, day in enumerate(days, start=1))
    return EXPERIMENTAL + "".join(given)


def test_a_course_from_23_march_to_5_april_is_fourteen_days() -> None:
    first_four = ("03-23", "03-24", "03-25", "03-26")
    assert beside(fractions(*first_four, "04-05"), VERSION, Deviated.TOOK_TOO_LONG) == []
    assert beside(fractions(*first_four, "04-06"), VERSION, Deviated.TOOK_TOO_LONG) == [
        "radiotherapy takes 15 days from first to last, more than 14 days"
    ]


def test_a_gap_from_2_march_to_25_may_is_84_days() -> None:
    story = (
        fractions("03-23", "03-24", "03-25", "03-26", "03-27") + "2026-05-{day} given, treatment: toripalimab, n: 2\n"
    )
    assert beside(story.format(day="25"), VERSION, Deviated.GAP_TOO_LONG) == []
    assert beside(story.format(day="26"), VERSION, Deviated.GAP_TOO_LONG) == [
        "85 days lie between toripalimab.1 and toripalimab.2, more than 84 days"
    ]


def held(story: str, on: str) -> str:
    day = date.fromisoformat(on)
    patient = patient_of(VERSION, EVERY_DAY, told(story), subject="CTL-001")
    (line,) = [line for line in worklist([patient], day).decisions if line.status == "held"]
    return str(line.to_do)


@pytest.mark.parametrize(
    ("from_", "missed_since", "last"),
    [
        # Day 9 of cycle 1: its own tablets are the first that are missed.
        ("2026-03-10 held, treatment: regorafenib, reason: AE 1\n", "2026-03-10", "2026-04-07"),
        ("2026-03-10 held, treatment: regorafenib, reason: AE 1, today_taken: true\n", "2026-03-11", "2026-04-08"),
        # In the week off nothing is missed: cycle 2 begins on 30 March.
        ("2026-03-25 held, treatment: regorafenib, reason: AE 1\n", "2026-03-30", "2026-04-27"),
    ],
)
def test_28_days_of_a_hold_count_from_the_first_day_missed_and_that_number_is_shown(
    from_: str, missed_since: str, last: str
) -> None:
    story = CONTROL + from_
    first, until = date.fromisoformat(missed_since), date.fromisoformat(last)
    after = date.fromordinal(until.toordinal() + 1)
    assert held(story, missed_since).startswith(f"0 of 28 days held: resume by {until}")
    assert held(story, f"{date.fromordinal(first.toordinal() + 3)}").startswith(f"3 of 28 days held: resume by {until}")
    assert held(story, last).startswith(f"28 of 28 days held: resume by {until}")
    assert held(story, f"{after}").startswith("29 of 28 days held: the limit has passed")
    resumed = "{} resumed, treatment: regorafenib, level: 0, dose: 120 mg\n"
    assert beside(story + resumed.format(until), ending_long_holds(), Deviated.HOLD_TOO_LONG) == []
    # In the seed study itself, to go on at the same level is the investigator's to choose, and no deviation.
    assert beside(story + resumed.format(after), VERSION, Deviated.HOLD_TOO_LONG) == []
    assert beside(story + resumed.format(after), ending_long_holds(), Deviated.HOLD_TOO_LONG) == [
        "regorafenib was held for 29 days from the first day missed, at most 28 days are allowed"
    ]


AT_LEAST, _ = parse_protocol(
    """study: AT-LEAST
version: "1.0"
title: A study without windows
arms: {all: An antibody}
study days: first dose is Day 1
treatments:
  mab:
    when: {1: on first dose, then: at least 21 days after the previous dose}
    until: 6 doses
    open: any day
    if closed: later
    give: 240 mg intravenously
visits:
  biopsy: {when: at least 14 days after mab dose 1, open: any day, if closed: later}
  ecg: {when: on or after Study Day 8, open: any day, if closed: later}
""",
    name="at-least.yaml",
)


@pytest.mark.parametrize(
    ("what", "too_early"),
    [
        ("2026-03-23 given, treatment: mab, n: 2", []),
        (
            "2026-03-22 given, treatment: mab, n: 2",
            ["mab.2 was given on 2026-03-22, before its earliest day by the protocol, 2026-03-23"],
        ),
        ("2026-03-16 visit done, entry: biopsy.1", []),
        (
            "2026-03-15 visit done, entry: biopsy.1",
            ["biopsy.1 was done on 2026-03-15, before its earliest day by the protocol, 2026-03-16"],
        ),
        ("2026-03-09 visit done, entry: ecg.1", []),
        (
            "2026-03-08 visit done, entry: ecg.1",
            ["ecg.1 was done on 2026-03-08, before its earliest day by the protocol, 2026-03-09"],
        ),
    ],
)
def test_on_or_after_and_at_least_are_checked_as_windows_are(what: str, too_early: list[str]) -> None:
    story = f"2026-03-02 given, treatment: mab, n: 1\n{what}\n"
    assert beside(story, AT_LEAST, Deviated.TOO_EARLY) == too_early
