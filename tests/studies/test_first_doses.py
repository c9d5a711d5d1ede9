"""Which treatments make the first dose: not what goes before it, nor supportive medicine, else those that "study days" names."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.exposure.of_patient import exposure_of
from scheduler.errors import InvalidText
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from tests.dosing.story import told
from tests.studies.telling import calendar, dates, study

PLANNED = "2026-02-27 first dose planned, to: 2026-03-09\n"
VITAMIN = PLANNED + "2026-03-02 given, treatment: vitamin, n: 1\n"


def vitamins(kind: str = "", days: str = "first dose is Day 1") -> StudyVersion:
    return study(f"""
study days: {days}
treatments:
  vitamin:
    {{{kind}when: {{1: 7 days before first dose, then: 63 days after the previous dose}}, open: any day, give: 1 mg by mouth}}
  dex: {{{kind}when: 1 day before every drug dose, open: any day, give: 4 mg by mouth on days 1-3}}
  drug:
    when: {{1: on first dose, then: 21 days after the previous dose}}
    until: at most 2 doses
    open: any day
    give: 500 mg intravenously
visits:
  safety: 30 days after the last dose
periods:
  events: {{from: first dose, to: 30 days after the last dose, collects: adverse events}}
""")


def day_one(found: Calendar) -> tuple[date | None, bool, date | None]:
    return found.first_dose, found.first_dose_given, found.study_days_from


def test_a_vitamin_a_week_before_is_not_the_first_dose() -> None:
    found = calendar(vitamins(), VITAMIN)
    assert day_one(found) == (date(2026, 3, 9), False, date(2026, 3, 9))
    assert dates(found, "drug") == {"1": "03-09", "2": "03-30"}
    assert found.study_day(date(2026, 3, 2)) == -7


def test_nor_is_a_tablet_on_the_day_before() -> None:
    started = PLANNED + "2026-03-08 cycle started, treatment: dex, cycle: 1\n"
    assert dates(calendar(vitamins(), started), "drug") == {"1": "03-09", "2": "03-30"}
    reported = PLANNED + "2026-03-08 taken, treatment: dex, from: 2026-03-08, to: 2026-03-08\n"
    assert dates(calendar(vitamins(), reported), "drug") == {"1": "03-09", "2": "03-30"}


def test_the_first_dose_is_the_first_that_makes_it() -> None:
    found = calendar(vitamins(), VITAMIN + "2026-03-10 given, treatment: drug, n: 1\n")
    assert day_one(found) == (date(2026, 3, 10), True, date(2026, 3, 10))
    assert dates(found, "drug") == {"1": "03-10", "2": "03-31"}
    assert found.study_day(date(2026, 3, 2)) == -8


def test_a_dose_that_was_struck_is_no_reason_where_it_made_no_first_dose() -> None:
    found = calendar(vitamins(), VITAMIN + "2026-03-03 struck, number: 3, reason: another patient\n")
    assert {event.number for event in found.by_id["drug.1"].because.events()} == {2}


TWO = """
treatments:
  chemo: {when: on randomisation, open: any day, give: 100 mg intravenously}
  antibody:
    when: {1: 3 days after randomisation, then: 21 days after the previous dose}
    until: at most 2 doses
    open: any day
    give: 200 mg intravenously
visits:
  call: {when: 10 days after first dose, kind: contact}
"""
BOTH = "2026-02-27 given, treatment: chemo, n: 1\n2026-03-02 given, treatment: antibody, n: 1\n"


@pytest.mark.parametrize(
    ("days", "first", "call"),
    [
        ("first dose is Day 1", date(2026, 2, 27), "03-09"),
        ("first dose of antibody is Day 1", date(2026, 3, 2), "03-12"),
        ("first dose of antibody or chemo is Day 1", date(2026, 2, 27), "03-09"),
    ],
)
def test_study_days_may_name_what_makes_the_first_dose(days: str, first: date, call: str) -> None:
    found = calendar(study(f"study days: {days}\n{TWO}"), BOTH)
    assert (day_one(found), dates(found, "call")) == ((first, True, first), {"1": call})


def test_supportive_medicine_is_no_last_dose_and_has_no_intensity() -> None:
    given = VITAMIN + "2026-03-09 given, treatment: drug, n: 1\n2026-03-30 given, treatment: drug, n: 2\n"
    later = given + "2026-05-04 given, treatment: vitamin, n: 2\n"
    version = vitamins("kind: supportive medicine, ")
    found = calendar(version, later)
    window = found.by_id["events.1"].window
    # 30 days after the last dose of the drug on 30 March, though the vitamin of 4 May came after it.
    assert dates(found, "safety") == {"1": "04-29"}
    assert (found.by_id["events.1"].date, window and window[1]) == (date(2026, 3, 9), date(2026, 4, 29))
    exposure = exposure_of(version, EVERY_DAY, told(f"2026-02-27 randomised, arm: all\n{later}"), date(2026, 5, 31))
    assert {line.treatment for line in exposure.lines} == {"drug"}


def findings(days: str, kind: str = "") -> list[str]:
    return [finding.code for finding in parse_protocol(text(days, kind), name="protocol.yaml")[1]]


def text(days: str, kind: str = "", arms: str = "{all: everybody}", drug: str = "") -> str:
    return f"""
study: OTHER
version: "1.0"
title: Another study
arms: {arms}
study days: {days}
treatments:
  vitamin: {{{kind}when: 7 days before first dose, open: any day, give: 1 mg subcutaneously}}
  drug: {{{drug}when: on first dose, open: any day, give: 500 mg intravenously}}
visits:
  call: {{when: 1 day after first dose, kind: contact}}
activities:
  a call: [call]
"""


def test_what_goes_before_and_is_not_said_is_told() -> None:
    assert findings("first dose is Day 1") == ["not-the-first-dose"]
    assert findings("first dose is Day 1", "kind: supportive medicine, ") == []
    assert findings("first dose of drug is Day 1") == []


@pytest.mark.parametrize(
    ("days", "arms", "drug", "code"),
    [
        ("first dose of durg is Day 1", "{all: everybody}", "", "unknown-anchor"),
        ("first dose of call is Day 1", "{all: everybody}", "", "not-a-treatment"),
        ("first dose of drug is Day 1", "{all: everybody, none: no drug}", "arms: [all], ", "no-first-dose"),
    ],
)
def test_what_cannot_make_it_is_refused(days: str, arms: str, drug: str, code: str) -> None:
    with pytest.raises(InvalidText) as refused:
        parse_protocol(text(days, arms=arms, drug=drug), name="protocol.yaml")
    assert {finding.code for finding in refused.value.findings} == {code}
