"""Fractions twice a day: each has its number, dose and record, and the day after begins again with two."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from scheduler.asking import ask
from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.site.site import EVERY_DAY
from tests.dosing.story import exposure, told
from tests.studies.telling import WEEKDAYS, calendar, dates, study

VERSION = study("""
study days: first dose is Day 1
treatments:
  radiotherapy:
    when: {1: on first dose, then: at least 1 day after the previous fraction}
    until: 4 fractions
    open: clinic
    give: 1.2 Gy twice daily at least 6 hours apart
""")
RANDOMISED = "2026-02-27 randomised, arm: all\n"
MORNING_ONLY = "2026-03-02 given, treatment: radiotherapy, n: 1, amount: 1.2 Gy\n"
THREE = f"""{MORNING_ONLY}2026-03-03 given, treatment: radiotherapy, n: 2, amount: 1.2 Gy, at: "08:00"
2026-03-03 given, treatment: radiotherapy, n: 3, amount: 1.2 Gy, at: "15:00"
"""


def test_two_a_day_and_no_more_on_open_days_alone() -> None:
    # 6 March 2026 is a Friday: the third and the fourth are on Monday the 9th.
    found = calendar(VERSION, "2026-03-06 given, treatment: radiotherapy, n: 1", site=WEEKDAYS)
    assert dates(found, "radiotherapy") == {"1": "03-06", "2": "03-06", "3": "03-09", "4": "03-09"}


def test_after_a_morning_alone_the_next_day_has_two_again() -> None:
    found = calendar(VERSION, THREE)
    assert dates(found, "radiotherapy") == {"1": "03-02", "2": "03-03", "3": "03-03", "4": "03-04"}
    assert [str(entry.doses[0]) for entry in found.entries if entry.timeline == "radiotherapy"] == ["1.2 Gy"] * 4
    assert found.findings == ()


def test_three_of_four_are_three_times_the_dose_of_one() -> None:
    found = exposure(RANDOMISED + THREE, "2026-03-03", version=VERSION)
    assert [(line.n, line.delivered) for line in found.lines] == [(n, Decimal("1.2")) for n in (1, 2, 3)]
    assert found.totals[0].delivered == Decimal("3.6")


def test_sixty_eight_fractions_are_81_6_gy_on_34_days() -> None:
    text = """
study days: first dose is Day 1
treatments:
  radiotherapy:
    when: {1: on first dose, then: at least 1 day after the previous fraction}
    until: 68 fractions
    open: any day
    give: 1.2 Gy twice daily at least 6 hours apart
"""
    found = calendar(study(text), "2026-03-02 given, treatment: radiotherapy, n: 1")
    assert found.by_id["radiotherapy.68"].date == date(2026, 4, 4)
    assert "radiotherapy.69" not in found.by_id
    assert sum(entry.doses[0].amount or 0 for entry in found.entries if entry.kind == "fraction") == Decimal("81.6")


def asked(story: str, event: str) -> list[str]:
    """The codes of what is asked before an event is recorded, on that day."""
    written = told(event).records[0].event
    return [each.code for each in ask(VERSION, EVERY_DAY, told(RANDOMISED + story), [written], today=written.on)]


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ('n: 3, at: "14:00"', []),
        ('n: 3, at: "13:59"', ["dose-too-early"]),
        ("n: 3", ["second-that-day"]),
        ('n: 3, at: "14:00", amount: 2.4 Gy', ["other-amount"]),
    ],
)
def test_what_is_asked_of_the_second_of_a_day(said: str, codes: list[str]) -> None:
    first = f'{MORNING_ONLY}2026-03-03 given, treatment: radiotherapy, n: 2, at: "08:00"\n'
    assert asked(first, f"2026-03-03 given, treatment: radiotherapy, {said}") == codes


def test_a_third_of_a_day_is_asked() -> None:
    event = '2026-03-03 given, treatment: radiotherapy, n: 4, at: "21:00"'
    assert asked(THREE, event) == ["second-that-day", "dose-too-early"]


def test_two_fractions_in_one_record_are_an_overdose() -> None:
    found = calendar(VERSION, "2026-03-02 given, treatment: radiotherapy, n: 1, amount: 2.4 Gy\n")
    assert [finding.code for finding in found.findings] == ["overdose"]


def test_too_close_in_a_log_is_a_deviation() -> None:
    story = THREE.replace("15:00", "13:30")
    (found,) = deviations_of(VERSION, EVERY_DAY, told(RANDOMISED + story))
    assert (found.kind, found.entry) == ("interval too short", "radiotherapy.3")
    assert str(found.what) == "5 h 30 min after radiotherapy.2 at 08:00, at least 6 hours are asked for"


def test_a_missed_afternoon_is_not_made_up_on_a_day_of_three() -> None:
    story = f"{MORNING_ONLY}2026-03-02 not done, entry: radiotherapy.2, reason: machine down\n"
    assert dates(calendar(VERSION, story), "radiotherapy") == {"1": "03-02", "2": "03-02", "3": "03-03", "4": "03-03"}
