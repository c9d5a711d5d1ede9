"""The last dose of one treatment is known by that treatment alone, whatever other treatment goes on or waits for it."""

from __future__ import annotations

import pytest

from tests.studies.telling import calendar, codes, dates, pending, runs, study

MAINTENANCE = study("""
study days: first dose is Day 1
treatments:
  chemo:
    when: {1: on first dose, then: 28 days after the previous cycle}
    until: at most 4 cycles
    open: any day
    give: 100 mg by mouth on days 1-5
  maintenance:
    when: {1: 28 days after the last chemo dose, then: 28 days after the previous cycle}
    until: at most 2 cycles
    open: any day
    give: 50 mg once daily by mouth on days 1-28
""")
CHEMO = "".join(
    f"2026-{day} cycle started, treatment: chemo, cycle: {n}\n"
    for n, day in enumerate(("03-02", "03-30", "04-27", "05-25"), 1)
)


def test_maintenance_counts_from_the_last_day_of_the_last_cycle() -> None:
    # Day 5 of cycle 4, which began on Monday 25 May, is Friday 29 May; 28 days on is 26 June, another 28 is 24 July.
    found = calendar(MAINTENANCE, CHEMO, until="2026-12-31")
    assert (dates(found, "maintenance"), pending(found), codes(found)) == ({"1": "06-26", "2": "07-24"}, set(), [])


def test_so_it_is_planned_while_chemotherapy_goes_on() -> None:
    found = calendar(MAINTENANCE, CHEMO.partition("\n")[0], until="2026-12-31")
    assert (dates(found, "maintenance"), codes(found)) == ({"1": "06-26", "2": "07-24"}, [])


def test_tablets_that_were_not_taken_are_no_last_dose() -> None:
    # Days 4 and 5 of cycle 4 were not taken: the last dose is on 27 May, and 28 days on is 24 June.
    not_taken = CHEMO + "2026-05-30 not taken, treatment: chemo, from: 2026-05-28, to: 2026-05-29\n"
    assert dates(calendar(MAINTENANCE, not_taken, until="2026-06-30"), "maintenance") == {"1": "06-24"}


def test_a_discontinued_course_ended_with_what_was_taken_of_it() -> None:
    # Discontinued on Wednesday 1 April, day 3 of cycle 2: the last dose is on 31 March, and 28 days on is 28 April.
    story = (
        "".join(CHEMO.splitlines(keepends=True)[:2]) + "2026-04-01 discontinued, treatment: chemo, reason: toxicity\n"
    )
    found = calendar(MAINTENANCE, story, until="2026-05-25")
    assert (runs(found, "chemo.2")[0], dates(found, "maintenance")) == (
        "1-1 03-30..03-30 100 mg + done",
        {"1": "04-28"},
    )


VITAMIN = study("""
study days: first dose is Day 1
treatments:
  pemetrexed:
    when: {1: on first dose, then: 21 days after the previous cycle}
    until: at most 2 cycles
    open: any day
    give: 500 mg intravenously
  pembrolizumab:
    when: {1: on first dose, then: 21 days after the previous cycle}
    open: any day
    give: 200 mg intravenously
  B12:
    kind: supportive medicine
    when: {1: 7 days before first dose, then: 9 weeks after the previous dose}
    until: 21 days after the last pemetrexed dose
    open: any day
    give: 1 mg intramuscularly
visits:
  x: 21 days after the last pemetrexed dose
  y: 21 days after the last dose
periods:
  folic-acid: {from: 7 days before first dose, to: 21 days after the last pemetrexed dose}
""")
BEGUN = """2026-02-27 first dose planned, to: 2026-03-09
2026-03-02 given, treatment: B12, n: 1
2026-03-09 given, treatment: pemetrexed, n: 1
2026-03-09 given, treatment: pembrolizumab, n: 1
"""


@pytest.mark.parametrize("second", ["", "2026-03-30 given, treatment: pemetrexed, n: 2\n"])
def test_the_other_drug_may_go_on(second: str) -> None:
    # Cycle 2 on 30 March is the last; 21 days on is 20 April. The next B12 would be 63 days after 2 March, on 4 May.
    found = calendar(VITAMIN, BEGUN + second)
    window = found.by_id["folic-acid.1"].window
    assert (dates(found, "x"), dates(found, "B12"), f"{window[1] if window else None}") == (
        {"1": "04-20"},
        {"1": "03-02"},
        "2026-04-20",
    )
    assert pending(found) == {"y.1"}


TWO_CYCLES = """
study days: first dose is Day 1
treatments:
  tablets:
    when: {1: on first dose, then: 28 days after the previous cycle}
    give: 80 mg once daily by mouth on days 1-21
    until: 2 cycles
visits:
  closing: 0 to 7 days after end of treatment
  operation: 1 day after the end of tablets
"""


def test_tablets_end_on_their_last_day_and_not_with_the_start_of_their_last_cycle() -> None:
    # Cycle 2 begins on 30 March; its 21st day is 19 April. Whoever wrote down a regimen saw the closing visit on 30 March.
    planned = "2026-02-27 first dose planned, to: 2026-03-02\n"
    found = calendar(study(TWO_CYCLES), planned)
    assert (dates(found, "closing"), dates(found, "operation")) == ({"1": "04-19"}, {"1": "04-20"})
    started = (
        "2026-03-02 cycle started, treatment: tablets, cycle: 1\n"
        "2026-03-30 cycle started, treatment: tablets, cycle: 2\n"
    )
    found = calendar(study(TWO_CYCLES), started)
    assert (dates(found, "closing"), dates(found, "operation")) == ({"1": "04-19"}, {"1": "04-20"})
    # From 13 April on, day 15, nothing is taken any more: day 14 was the last.
    ended = started + "2026-04-13 discontinued, treatment: tablets, reason: adverse event\n"
    found = calendar(study(TWO_CYCLES), ended)
    assert (dates(found, "closing"), dates(found, "operation")) == ({"1": "04-13"}, {"1": "04-14"})


def test_a_dose_that_was_not_given_leaves_room_for_one_more() -> None:
    # At most 3: the second, of 23 March, was not given, so that the fourth is the last. 21 days apart: 13 April, 4 May.
    three = study("""
study days: first dose is Day 1
treatments:
  drug:
    when: {1: on first dose, then: 21 days after the previous dose}
    until: at most 3 doses
    give: 10 mg intravenously
""")
    story = "2026-03-02 given, treatment: drug, n: 1\n2026-03-23 not done, entry: drug.2, reason: fever\n"
    assert dates(calendar(three, story), "drug") == {"1": "03-02", "2": "03-23", "3": "04-13", "4": "05-04"}
