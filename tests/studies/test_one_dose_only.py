"""A treatment that the protocol gives once, and somebody gave again: what was given is on the calendar, whatever its number."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.entries.entry import Flag, Status
from tests.studies.telling import calendar, study

VERSION = study("""
study days: first dose is Day 1
treatments:
  carboplatin:
    when: on first dose
    open: infusion
    give: 100 mg intravenously
""")


def test_a_second_dose_of_what_is_given_once_stands_and_is_found() -> None:
    told = calendar(
        VERSION,
        "2026-03-02 given, treatment: carboplatin, n: 1\n2026-03-23 given, treatment: carboplatin, n: 2\n",
        "2026-06-30",
    )
    assert [(each.id, each.date, each.status, each.flags) for each in told.entries] == [
        ("carboplatin.1", date(2026, 3, 2), Status.DONE, ()),
        ("carboplatin.2", date(2026, 3, 23), Status.DONE, (Flag.NOT_PLANNED,)),
    ]
    assert [(each.code, each.entry) for each in told.findings] == [("beyond-limit", "carboplatin.2")]
