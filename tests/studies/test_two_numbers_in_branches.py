"""A visit that hangs on a blood pressure: at least is so by one of its two numbers, below by both. First dose: 2 March 2026."""

from __future__ import annotations

import pytest

from scheduler.calendar.entries.entry import Calendar, Status
from scheduler.calendar.telling.explain import explain
from tests.dosing.story import told
from tests.studies.telling import calendar, pending, study

STUDY = study("""
study days: first dose is Day 1
attributes: {blood pressure: At the site}
treatments:
  drug: {when: on first dose, until: 1 dose, give: 10 mg intravenously}
visits:
  high: {when: 7 days after first dose, only if: blood pressure at least 140/90 mmHg}
  middle: {when: 7 days after first dose, only if: blood pressure above 140/90 to below 160/100 mmHg}
  low: {when: 7 days after first dose, only if: blood pressure below 140/90 mmHg}
  fair: {when: 7 days after first dose, only if: blood pressure up to 140/90 mmHg}
""")
GIVEN = "2026-03-02 given, treatment: drug, n: 1\n"


def of(story: str) -> Calendar:
    return calendar(STUDY, GIVEN + story)


def comes(found: Calendar) -> set[str]:
    """The visits that are planned."""
    return {each.timeline for each in found.entries if each.timeline != "drug" and each.status is Status.PLANNED}


@pytest.mark.parametrize(
    ("pressure", "planned"),
    [
        ("139/89", {"low", "fair"}),
        ("140/89", {"high", "fair"}),
        ("139/90", {"high", "fair"}),
        ("140/90", {"high", "fair"}),
        ("141/85", {"high", "middle"}),
        ("150/101", {"high"}),
        ("170/95", {"high"}),
    ],
)
@pytest.mark.parametrize(
    "event",
    [
        "measured, test: blood pressure, value: {}, unit: mmHg",
        "attribute, name: blood pressure, value: {} mmHg",
        "attribute, name: blood pressure, value: '{}'",
    ],
)
def test_one_number_that_is_high_is_enough_and_both_have_to_be_low(
    event: str, pressure: str, planned: set[str]
) -> None:
    assert comes(of(f"2026-03-03 {event.format(pressure)}\n")) == planned


def test_nothing_is_planned_before_it_is_known() -> None:
    assert comes(of("")) == set()
    assert pending(of("")) == {"high.1", "middle.1", "low.1", "fair.1"}


@pytest.mark.parametrize("value", ["high", "19/12 kPa", "150 mmHg"])
def test_what_is_no_such_pressure_does_not_say(value: str) -> None:
    assert comes(of(f"2026-03-03 attribute, name: blood pressure, value: {value}\n")) == set()


def test_the_last_one_counts_and_is_the_reason() -> None:
    story = "2026-03-03 measured, test: blood pressure, value: 150/95, unit: mmHg\n"
    story += "2026-03-04 measured, test: blood pressure, value: 120/80, unit: mmHg\n"
    assert comes(of(story)) == {"low", "fair"}
    log = told(f"2026-02-27 randomised, arm: all\n{GIVEN}{story}")
    assert "120/80" in str(explain(of(story), "low.1", STUDY, log))


def test_a_pressure_that_is_struck_does_not_count_and_is_cited() -> None:
    story = "2026-03-03 measured, test: blood pressure, value: 150/95, unit: mmHg\n"
    story += "2026-03-04 struck, number: 3, reason: wrong patient\n"
    found = of(story)
    assert comes(found) == set()
    [waiting] = [each for each in found.pending if each.id == "high.1"]
    assert {3, 4} & {each.number for each in waiting.because.events()} == {4}
