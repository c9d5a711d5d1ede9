"""How much time is left: days on hold, the gap between doses."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.deviation import Deviated
from scheduler.site.site import EVERY_DAY
from tests.calendar.proposals.patients import (
    CONTROL,
    EXPERIMENTAL,
    SKIN,
    SKIN_RULE,
    calendar,
    proposal,
    stands,
)
from tests.dosing.story import told
from tests.seed import ending_long_holds

HELD = "2026-03-16 held, treatment: regorafenib, reason: AE 1\n"


def test_before_a_hold_the_whole_of_it_is_left() -> None:
    budget = proposal(CONTROL + SKIN, f"{SKIN_RULE}.3").budget
    assert budget is not None
    assert (budget.since, budget.in_words_on(date(2026, 3, 20))) == (
        None,
        "28 of 28 days",
    )


def test_days_count_from_the_first_dosing_day_missed() -> None:
    found = proposal(CONTROL + SKIN + HELD, f"{SKIN_RULE}.3")
    assert found.budget is not None
    assert found.budget.since == date(2026, 3, 16)
    assert found.deadline == date(2026, 4, 13)
    days = [date(2026, 3, 16), date(2026, 4, 1), date(2026, 4, 13), date(2026, 5, 1)]
    assert [found.budget.in_words_on(day) for day in days] == [
        "28 of 28 days",
        "12 of 28 days",
        "0 of 28 days",
        "0 of 28 days",
    ]


def test_a_hold_in_the_week_off_misses_its_first_day_with_the_next_cycle() -> None:
    story = CONTROL + "2026-03-24 adverse event, ae: 1, term: Fatigue, grade: 3\n"
    found = proposal(
        story + "2026-03-24 held, treatment: regorafenib, reason: AE 1\n",
        "other-reactions.2.3",
    )
    assert found.budget is not None
    assert (found.budget.since, found.deadline) == (
        date(2026, 3, 30),
        date(2026, 4, 27),
    )


def test_off_days_count_once_it_has_begun() -> None:
    story = CONTROL + "2026-03-20 held, treatment: regorafenib, reason: AE 1\n"
    assert stands(story + "2026-04-17 unscheduled visit") == {}
    assert stands(story + "2026-04-18 unscheduled visit") == {"regorafenib-limits.1.3": "open"}


def held_too_long(start: str, resumed: str) -> tuple[list[str], list[int | None]]:
    story = CONTROL + f"{start} held, treatment: regorafenib, reason: AE 1\n{resumed} resumed, treatment: regorafenib\n"
    found = [finding.message for finding in calendar(story).findings if finding.code == "held-too-long"]
    ledger = deviations_of(ending_long_holds(), EVERY_DAY, told(story))
    return found, [each.days_off for each in ledger if each.kind is Deviated.HOLD_TOO_LONG]


def test_a_resume_on_day_28_is_in_time_and_a_day_later_is_not() -> None:
    # Held on day 15 of cycle 1.
    assert held_too_long("2026-03-16", "2026-04-13") == ([], [])
    assert held_too_long("2026-03-16", "2026-04-14") == (
        ["regorafenib was held for 29 days from the first day missed, more than 28 days"],
        [1],
    )


def test_a_hold_that_begins_in_the_week_off_has_its_28_days_from_the_next_cycle() -> None:
    # Held on day 23; the first tablets missed would have been those of 30 March.
    assert held_too_long("2026-03-24", "2026-04-27") == ([], [])
    assert held_too_long("2026-03-24", "2026-04-28")[1] == [1]


def test_a_hold_that_is_over_before_a_tablet_was_missed_counts_nothing() -> None:
    assert held_too_long("2026-03-24", "2026-03-28") == ([], [])


def held_in_two(second_hold: str, resumed: str, again: str) -> tuple[list[str], dict[str, str]]:
    story = (
        f"{CONTROL}2026-03-10 held, treatment: regorafenib, reason: AE 1\n"
        f"{second_hold} held, treatment: regorafenib, reason: travel\n"
        f"{resumed} resumed, treatment: regorafenib, level: 0, dose: 120 mg, reason: AE 1\n"
        f"{again} resumed, treatment: regorafenib, level: 0, dose: 120 mg\n"
    )
    found = [finding.message for finding in calendar(story).findings if finding.code == "held-too-long"]
    return found, stands(story)


@pytest.mark.parametrize("second_hold", ["2026-03-15", "2026-03-20"])
def test_holds_with_no_day_of_dosing_between_them_are_one_time_without_the_drug(second_hold: str) -> None:
    # Neither hold took 28 days: 10 to 20 March, and to 8 April. The tablets of 10 March were the first missed, and 7 April
    # is the 28th day after it.
    assert held_in_two(second_hold, "2026-03-20", "2026-04-07") == ([], {})
    assert held_in_two(second_hold, "2026-03-20", "2026-04-08") == (
        ["regorafenib was held for 29 days from the first day missed, more than 28 days"],
        {"regorafenib-limits.1.4": "decided as proposed"},
    )


def test_a_day_of_dosing_between_two_holds_begins_the_time_anew() -> None:
    # Resumed on 20 March and held on the 21st: the tablets of the 20th were taken. 28 days after 21 March is 18 April.
    story = f"{CONTROL}2026-03-10 held, treatment: regorafenib, reason: AE 1\n"
    story += "2026-03-20 resumed, treatment: regorafenib, level: 0, dose: 120 mg\n"
    story += "2026-03-21 held, treatment: regorafenib, reason: travel\n"
    assert stands(story + "2026-04-18 unscheduled visit") == {}
    assert stands(story + "2026-04-19 unscheduled visit") == {"regorafenib-limits.1.5": "open"}


def test_a_hold_inside_another_is_told_once() -> None:
    story = f"{CONTROL}2026-03-10 held, treatment: regorafenib, reason: AE 1\n"
    story += "2026-03-15 held, treatment: regorafenib, reason: travel\n"
    assert stands(story + "2026-04-08 unscheduled visit") == {"regorafenib-limits.1.3": "open"}
    resumed = "2026-04-09 resumed, treatment: regorafenib, level: 0, dose: 120 mg\n"
    told = [finding.message for finding in calendar(story + resumed).findings if finding.code == "held-too-long"]
    assert told == ["regorafenib was held for 30 days from the first day missed, more than 28 days"]


def test_toripalimab_has_84_days_from_its_last_dose() -> None:
    story = EXPERIMENTAL + "2026-03-16 adverse event, ae: 1, term: Pneumonitis, grade: 2, related: [toripalimab]\n"
    assert proposal(story, "pneumonitis.2.4").deadline == date(2026, 5, 25)


@pytest.mark.parametrize("level", ["0, dose: 120 mg", "-1, dose: 80 mg"])
def test_a_late_resume_is_the_investigators_choice_at_the_same_level_or_one_lower(level: str) -> None:
    story = CONTROL + "2026-03-11 held, treatment: regorafenib, reason: AE 1\n"
    story += f"2026-04-15 resumed, treatment: regorafenib, level: {level}\n"
    assert stands(story) == {"regorafenib-limits.1.3": "decided as proposed"}
    (found,) = [each for each in calendar(story).findings if each.code == "held-too-long"]
    assert found.hint == "the investigator decides whether to go on"
