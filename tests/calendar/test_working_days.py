"""Windows and spans in working days: open days of the site, and the closed days on the way are named. Days counted by hand.

Easter 2026: Good Friday is 3 April, Easter Monday 6 April. From Wednesday 1 April, working days are Thursday 2 (1), Tuesday 7
(2), Wednesday 8 (3) and Thursday 9 April (4).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from scheduler.calendar.entries.entry import Flag
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.telling.explain import explain
from scheduler.site.site import EVERY_DAY, Site
from tests.dosing.story import told
from tests.studies.telling import study

CLOSED = EVERY_DAY.with_days([date(2026, 4, 3), date(2026, 4, 6)])
OPEN = EVERY_DAY.with_days()
STUDY = """
study days: first dose is Day 1
treatments:
  drug:
    when: {{1: on first dose, then: 21 days after the previous dose}}
    until: 1 dose
    open: any day
    give: 1 mg intravenously
visits:
  check: {{when: {when}, open: clinic}}
sources: {{label: The label}}
"""
GIVEN = "2026-02-27 randomised, arm: all\n2026-04-01 given, treatment: drug, n: 1\n"


def visit(when: str, site: Site) -> tuple[str, str, str]:
    entry = calendar_of(study(STUDY.format(when=when)), site, told(GIVEN), until=date(2026, 5, 31)).by_id["check.1"]
    window = "" if entry.window is None else f"{entry.window[0]:%m-%d}..{entry.window[1]:%m-%d}"
    return f"{entry.ideal:%m-%d}", window, f"{entry.date:%m-%d}"


@pytest.mark.parametrize(
    ("when", "site", "expected"),
    [
        # Ideal on the day itself; the third working day after it is Wednesday 8 April, without the holidays Monday 6.
        ("0 to 3 working days after drug dose 1", CLOSED, ("04-01", "04-01..04-08", "04-01")),
        ("0 to 3 working days after drug dose 1", OPEN, ("04-01", "04-01..04-06", "04-01")),
        # The first working day after 1 April is 2 April, and two more are 7 and 8 April.
        ("1 to 3 working days after drug dose 1", CLOSED, ("04-02", "04-02..04-08", "04-02")),
        ("3 working days after drug dose 1", CLOSED, ("04-08", "", "04-08")),
        # 3 days after is Saturday 4 April: a working day earlier is 2 April, one later is 7 April, and the 2nd is nearer.
        ("3 days ±1 working day after drug dose 1", CLOSED, ("04-04", "04-02..04-07", "04-02")),
        ("on drug cycle 1 day 8 -1 +2 working days", CLOSED, ("04-08", "04-07..04-10", "04-08")),
        ("1 to 2 working days before drug dose 1", CLOSED, ("03-31", "03-30..03-31", "03-31")),
    ],
)
def test_windows_in_working_days(when: str, site: Site, expected: tuple[str, str, str]) -> None:
    assert visit(when, site) == expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        # The same days as in the clinic: the ward that never closes does not make working days of Easter.
        ("0 to 3 working days after drug dose 1", ("04-01", "04-01..04-08", "04-01")),
        ("3 working days after drug dose 1", ("04-08", "", "04-08")),
        # Saturday is open, and nearer than any other; the window is that of the clinic.
        ("3 days ±1 working day after drug dose 1", ("04-04", "04-02..04-07", "04-04")),
    ],
)
def test_working_days_are_those_of_the_site_where_a_visit_can_be_on_any_day(
    when: str, expected: tuple[str, str, str]
) -> None:
    version = study(STUDY.format(when=when).replace("open: clinic", "open: any day"))
    entry = calendar_of(version, CLOSED, told(GIVEN), until=date(2026, 5, 31)).by_id["check.1"]
    window = "" if entry.window is None else f"{entry.window[0]:%m-%d}..{entry.window[1]:%m-%d}"
    assert (f"{entry.ideal:%m-%d}", window, f"{entry.date:%m-%d}") == expected


def test_a_place_that_is_closed_for_a_day_makes_the_day_no_holiday() -> None:
    """Thursday 2 April is a working day although the clinic is closed; the third is Wednesday 8 April as ever."""
    clinic = replace(
        CLOSED.usual, resource="clinic", closed={**CLOSED.usual.closed, date(2026, 4, 2).toordinal(): "move"}
    )
    site = replace(CLOSED, resources={"clinic": clinic})
    assert visit("1 to 3 working days after drug dose 1", site) == ("04-02", "04-02..04-08", "04-07")


def test_working_days_of_a_year_without_published_holidays_are_provisional() -> None:
    """Where a visit can be on any day too: the window of working days rests on them."""
    version = study(STUDY.format(when="0 to 3 working days after drug dose 1").replace("open: clinic", "open: any day"))
    unpublished = replace(CLOSED, usual=replace(CLOSED.usual, unpublished_from=date(2026, 4, 7).toordinal()))
    entry = calendar_of(version, unpublished, told(GIVEN), until=date(2026, 5, 31)).by_id["check.1"]
    assert entry.flags == (Flag.PROVISIONAL,)


def test_the_closed_days_on_the_way_are_named() -> None:
    version = study(STUDY.format(when="3 working days after drug dose 1"))
    log = told(GIVEN)
    found = calendar_of(version, CLOSED, log, until=date(2026, 5, 31))
    said = [line.sentence for line in explain(found, "check.1", version, log).lines]
    assert any(
        "3 working days after that, without Friday 3 April 2026 (closed) and Monday 6 April 2026 (closed)" in line
        for line in said
    ), said
