"""What comes after a cycle that a fact left out, and what still comes before another treatment has had its doses.

The first dose is on Monday 2 March 2026. Days counted by hand.
"""

from __future__ import annotations

from scheduler.calendar.entries.because import Event
from tests.studies.telling import calendar, dates, entry, study

RE_INDUCTION = study("""
study days: first dose is Day 1
attributes: {residual leukaemia: The marrow shows residual leukaemia}
treatments:
  induction:
    when: {1: on first dose, then: 14 days +3 after the previous cycle}
    only if: {2: residual leukaemia}
    until: 3 cycles
    give: {daunorubicin: 60 mg intravenously on days 1-3}
""")
GIVEN = "2026-03-02 cycle started, treatment: induction, cycle: 1\n"  # event 2


def remission(day: str) -> str:
    return f"2026-{day} attribute, name: residual leukaemia, value: false\n"  # event 3


def test_the_cycle_after_one_that_is_not_for_the_patient_counts_from_the_one_before() -> None:
    # The marrow of 10 March is clear: the next cycle is the third, 14 days after 2 March.
    assert dates(calendar(RE_INDUCTION, GIVEN + remission("03-10")), "induction") == {
        "1": "03-02",
        "2": "no date",
        "3": "03-16",
    }


def test_it_is_not_planned_before_somebody_knew_that_it_is_the_next() -> None:
    # The marrow was read on 20 March, when 16 March was over.
    assert dates(calendar(RE_INDUCTION, GIVEN + remission("03-20")), "induction")["3"] == "03-20"


def test_it_says_which_result_made_it_the_next() -> None:
    third = entry(calendar(RE_INDUCTION, GIVEN + remission("03-20")), "induction.3")
    assert Event(3) in third.because.set_by
    assert third.because.latest == 3
    # In time it moves nothing, and is looked at all the same.
    third = entry(calendar(RE_INDUCTION, GIVEN + remission("03-10")), "induction.3")
    assert Event(3) in third.because.looked_at
    assert third.because.latest == 3


TOGETHER = study("""
study days: first dose is Day 1
treatments:
  platinum:
    when: {1: on first dose}
    until: 1 doses
    give: 100 mg intravenously
  pemetrexed:
    when: {1: 7 days after first dose}
    until: [platinum has had 1 doses, 1 doses]
    give: 500 mg intravenously
""")


def test_a_dose_that_comes_because_the_other_treatment_is_late_says_so() -> None:
    randomised_first = "2026-02-27 first dose planned, to: 2026-03-02\n"  # event 2
    # Platinum has had its dose by 9 March, and pemetrexed has none.
    assert dates(calendar(TOGETHER, randomised_first), "pemetrexed") == {}
    # Platinum is booked for 16 March, and pemetrexed comes on 9 March, because of that.
    booked = calendar(TOGETHER, f"{randomised_first}2026-02-27 booked, entry: platinum.1, to: 2026-03-16\n")
    assert dates(booked, "pemetrexed") == {"1": "03-09"}
    assert booked.by_id["pemetrexed.1"].because.latest == 3
