"""While nobody knows how much is to be taken, the patient reads that it is not known, why, and to ask first: never a number.

Cycle 1 begins on Monday 2 March 2026; the dose goes by the age, which nobody has recorded.
"""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.entries.entry import Calendar
from scheduler.languages import Language
from scheduler.views.agenda.diary import patient_diary
from scheduler.views.reader.audience import Detail
from tests.feeds.patients import read_by
from tests.studies.telling import calendar, study

BY_AGE = study(
    """sources: {S: a source}
study days: first dose is Day 1
treatments:
  tab:
    when: {1: on first dose, then: 28 days after the previous cycle}
    give: 20 mg twice daily by mouth on days 1-21
    dose by:
      - "age up to 75 years at first dose: the full dose (S)"
      - "age above 75 years at first dose: half the dose (S)"
    open: any day
products: {tab: {unit: 10 mg tablet}}
"""
)
STARTED = "2026-03-02 cycle started, treatment: tab, cycle: 1"
ASK = "Your dose is not known yet. Ask your study team before you take tablets."


def of_age(age: str = "") -> Calendar:
    return calendar(BY_AGE, f"{age}\n{STARTED}".strip(), until="2026-03-22")


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        (Detail.FULL, ("To be confirmed: tab", ("dose not known yet (a value is still needed)", ASK))),
        (Detail.NEUTRAL, ("To be confirmed: Study tablets", (ASK,))),
    ],
)
def test_a_dose_that_waits_for_a_value(detail: Detail, words: tuple[str, tuple[str, ...]]) -> None:
    items = [each for each in read_by(of_age(), detail=detail).items if each.first == date(2026, 3, 3)]
    assert [(each.summary, each.description) for each in items] == [words]


def test_with_the_value_it_is_a_dose() -> None:
    known = of_age("2026-03-01 attribute, name: age, value: 60")
    items = [each for each in read_by(known, detail=Detail.FULL).items if each.first == date(2026, 3, 3)]
    assert [each.description for each in items] == [("20 mg twice daily",)]


def test_the_diary_has_no_box_for_it() -> None:
    days = patient_diary(of_age(), date(2026, 3, 3), date(2026, 3, 3), Detail.FULL, Language.ENGLISH).days
    assert [(line.ask_first, line.at_once, line.doses) for line in days[0].tablets] == [(True, None, ())]


BEGINS_LATER = study(
    """study days: first dose is Day 1
treatments:
  tab:
    when: {1: on first dose, then: 28 days after the previous cycle}
    give: 20 mg once daily by mouth on days 8-14
    open: clinic
"""
)


def test_the_visit_that_begins_a_cycle_says_no_dose_of_a_later_day() -> None:
    # The cycle begins on Monday the 2nd, its tablets on the 9th: on the 2nd nothing is taken.
    items = read_by(calendar(BEGINS_LATER, STARTED, until="2026-03-09"), detail=Detail.FULL).items
    assert [(each.first.day, each.summary, each.description) for each in items] == [
        (2, "Study visit: Tab, cycle 1", ("Tab, cycle 1",)),
        (9, "tab", ("20 mg",)),
    ]
