"""A treatment until progression has no end before that: what hangs on it waits, and is not dated a hundred years ahead."""

from __future__ import annotations

import pytest

from scheduler.calendar.entries.entry import Calendar, Flag
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from tests.dosing.story import told as log_told
from tests.studies.telling import calendar, dates, pending, study

PLANNED = "2026-02-27 first dose planned, to: 2026-03-02\n"
GIVEN = "2026-03-02 given, treatment: drug, n: 1\n"
PROGRESSED = "2026-03-30 given, treatment: drug, n: 2\n2026-04-10 progressed\n"


def until(end: str, when: str = "{1: on first dose, then: 28 days ±3 after the previous cycle}") -> StudyVersion:
    return study(f"""
study days: first dose is Day 1
treatments:
  drug: {{when: {when}, until: progression, open: infusion, give: 500 mg/m2 intravenously}}
  other: {{when: on drug cycles 1-2, open: infusion, give: 200 mg intravenously}}
visits:
  call: {{when: {end}, kind: contact}}
periods:
  vitamins: {{from: 7 days before first dose, to: {end}}}
""")


def told(found: Calendar) -> tuple[str, str, bool]:
    """The first and the last day of the period, and whether the visit waits too."""
    window = found.by_id["vitamins.1"].window
    return f"{found.by_id['vitamins.1'].date}", f"{window[1] if window else 'open'}", "call.1" in pending(found)


ENDS = ("21 days after the last drug dose", "21 days after the last dose", "21 days after the end of drug")


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("story", [PLANNED, GIVEN])
def test_the_end_is_pending_while_the_treatment_goes_on(end: str, story: str) -> None:
    assert told(calendar(until(end), story)) == ("2026-02-23", "open", True)


@pytest.mark.parametrize("end", ENDS)
def test_so_it_is_where_the_doses_are_on_a_grid(end: str) -> None:
    assert told(calendar(until(end, "every 4 weeks from first dose"), GIVEN)) == ("2026-02-23", "open", True)


def test_what_has_its_last_number_is_projected_all_the_same() -> None:
    found = calendar(until("21 days after the end of other"), GIVEN)
    # Its second and last dose is with cycle 2, on 30 March; 21 days later it is 20 April.
    assert (told(found), dates(found, "call")) == (("2026-02-23", "2026-04-20", False), {"1": "04-20"})


def test_once_the_progression_is_known_the_last_dose_is_too() -> None:
    found = calendar(until("21 days after the end of drug"), f"{GIVEN}{PROGRESSED}")
    assert (told(found), dates(found, "call")) == (("2026-02-23", "2026-04-20", False), {"1": "04-20"})


def test_treatment_beyond_progression_has_no_end_again() -> None:
    beyond = "2026-04-11 treated beyond progression, reason: benefit\n"
    found = calendar(until("21 days after the end of drug"), f"{GIVEN}{PROGRESSED}{beyond}")
    assert told(found) == ("2026-02-23", "open", True)


@pytest.mark.parametrize("end", ["30 days ±7 after the last dose", "30 days ±7 after the last drug dose"])
def test_what_follows_tablets_of_every_day_until_progression_waits_too(end: str) -> None:
    # The day of the progression, 10 April 2026, is still dosed; 30 days later is 10 May.
    when = "from first dose until progression"
    tablets = study(f"""
study days: first dose is Day 1
treatments:
  drug: {{when: {when}, open: any day, give: 200 mg twice daily by mouth every day}}
visits:
  close: {{when: {end}, open: any day}}
""")
    begun = "2026-03-02 cycle started, treatment: drug, cycle: 1\n"
    going_on = calendar_of(tablets, EVERY_DAY, log_told(f"2026-02-27 randomised, arm: all\n{begun}"))
    assert (dates(going_on, "close"), pending(going_on)) == ({}, {"close.1"})
    assert dates(calendar(tablets, begun + "2026-04-10 progressed\n"), "close") == {"1": "05-10"}


@pytest.mark.parametrize(("given", "over"), [("2026-04-10", False), ("2026-04-11", True)])
def test_a_dose_on_the_day_of_the_progression_was_in_time(given: str, over: bool) -> None:
    story = (
        f"{GIVEN}2026-03-30 given, treatment: drug, n: 2\n2026-04-10 progressed\n{given} given, treatment: drug, n: 3"
    )
    found = calendar(until("21 days after the end of drug"), story)
    assert (Flag.NOT_PLANNED in found.by_id["drug.3"].flags) is over
