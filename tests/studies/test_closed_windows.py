"""What is planned where closed days leave little of a window, and whether the warning says it as it is."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.entries.entry import Calendar
from scheduler.site.site import EVERY_DAY
from tests.studies.telling import calendar, dates, entry, study

TABLETS = """
study days: first dose is Day 1
treatments:
  tablets:
    when: {1: on first dose, then: 28 days ±3 after the previous cycle}
    if closed: later
    give: 80 mg once daily by mouth on days 1-21
"""

BLOOD = """
visits:
  blood:
    when: on tablets cycle 1 day 15 ±3 days, not after 17 days after randomisation
    if closed: later
"""

STARTED = "2026-03-02 cycle started, treatment: tablets, cycle: 1\n"


def test_a_ceiling_on_a_closed_day_takes_the_open_day_before_it_in_the_window() -> None:
    # Day 15 is Monday 16 March, which is also the ceiling; the window begins on Friday 13 March, which is open.
    found = calendar(study(TABLETS + BLOOD), STARTED, site=EVERY_DAY.with_days({date(2026, 3, 16)}))
    assert dates(found, "blood") == {"1": "03-13"}
    assert (entry(found, "blood.1").flags, said(found)) == ((), [])


def test_a_ceiling_after_closed_days_takes_the_last_open_day_before_the_window() -> None:
    closed = {date(2026, 3, day) for day in (13, 14, 15, 16)}
    found = calendar(study(TABLETS + BLOOD), STARTED, site=EVERY_DAY.with_days(closed))
    assert dates(found, "blood") == {"1": "03-12"}
    assert said(found) == ["no open day of clinic in its window (the last open day before it was taken)"]


def test_a_start_that_is_never_early_says_from_which_day_on_all_was_closed() -> None:
    # Cycle 2 is due on 30 March and may begin until 2 April; Friday 27 March is open, but a cycle is never early.
    closed = {date(2026, 3, 30), date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 2)}
    found = calendar(study(TABLETS), STARTED, until="2026-04-20", site=EVERY_DAY.with_days(closed))
    assert dates(found, "tablets")["2"] == "04-03"
    assert said(found) == [
        "no open day of clinic in its window from its ideal day on (the first open day after it was taken)"
    ]


def test_a_window_without_any_open_day_says_so() -> None:
    closed = {date(2026, 3, day) for day in range(27, 32)} | {date(2026, 4, 1), date(2026, 4, 2)}
    found = calendar(study(TABLETS), STARTED, until="2026-04-20", site=EVERY_DAY.with_days(closed))
    assert said(found) == ["no open day of clinic in its window (the first open day after it was taken)"]


def said(found: Calendar) -> list[str]:
    return [f"{finding.message} ({finding.hint})" for finding in found.findings]
