"""Doses by number: what a sentence says of some numbers is not given at others. Days counted by hand.

Every 28 days from Monday 2 March 2026: 30 March, 27 April, 25 May. Cycles of 28 days from 2 March: the fifth is 4 x 28 = 112 days
later, on Monday 22 June; its day 8 is Monday 29 June.
"""

from __future__ import annotations

from scheduler.site.site import EVERY_DAY
from tests.studies.telling import calendar, entry, runs, study

GIVEN = "2026-02-27 first dose planned, to: 2026-03-02\n"


def test_a_dose_of_some_numbers_alone_is_not_that_of_the_others() -> None:
    version = study("""
study days: first dose is Day 1
treatments:
  drug:
    when: {1: on first dose, then: 28 days after the previous dose}
    until: 6 doses
    give: 10 mg intravenously of doses 1-3
""")
    found = calendar(version, GIVEN)
    doses = [str(entry(found, f"drug.{n}").dose) for n in (3, 4)]
    assert doses == ["10 mg", "None"]


def test_days_of_the_cycle_named_once_have_each_its_dose() -> None:
    """What the hint of `days-under-when-and-give` asks for."""
    version = study("""
study days: first dose is Day 1
cycles: {chemo: {when: {1: on first dose, then: 28 days after the previous cycle}, until: 8 cycles}}
treatments:
  base: {when: in every cycle, open: any day, give: 1 mg intravenously}
  drug:
    when: in cycles 5-8
    open: any day
    give: [10 mg intravenously on day 1 of cycles 5-8, 20 mg intravenously on day 8 of cycle 5]
""")
    found = calendar(version, GIVEN, until="2026-12-31", site=EVERY_DAY)
    assert runs(found, "drug.5") == ["1-1 06-22..06-22 10 mg + planned", "8-8 06-29..06-29 20 mg + planned"]
