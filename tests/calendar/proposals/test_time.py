"""How much time is left: days on hold, the gap between doses."""

from __future__ import annotations

from datetime import date

from tests.calendar.proposals.patients import (
    CONTROL,
    EXPERIMENTAL,
    SKIN,
    SKIN_RULE,
    proposal,
    stands,
)

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


def test_toripalimab_has_84_days_from_its_last_dose() -> None:
    story = EXPERIMENTAL + "2026-03-16 adverse event, ae: 1, term: Pneumonitis, grade: 2, related: [toripalimab]\n"
    assert proposal(story, "pneumonitis.2.4").deadline == date(2026, 5, 25)


def test_a_late_resume_is_an_answer_against_the_protocol() -> None:
    story = CONTROL + "2026-03-11 held, treatment: regorafenib, reason: AE 1\n"
    story += "2026-04-15 resumed, treatment: regorafenib\n"
    assert stands(story) == {"regorafenib-limits.1.3": "decided otherwise"}
