"""A missed fraction that may be made up: the days are shown, a physician books one, and the course is as long as planned."""

from __future__ import annotations

import pytest

from scheduler.asking import ask
from scheduler.calendar.deviations.ledger import deviations_of
from tests.dosing.story import told
from tests.studies.telling import WEEKDAYS, calendar, dates, study

TEXT = """
study days: first dose is Day 1
treatments:
  radiotherapy:
    when: {1: on first dose, then: at least 1 day after the previous fraction}
    until: 10 fractions
    open: radiotherapy
    give: 2 Gy
    not done: moves to the next open day
    made up: by a second fraction of a day at least 6 hours apart, or on a Saturday
    finish within: 12 days
"""
VERSION = study(TEXT)
RANDOMISED = "2026-02-27 randomised, arm: all\n"
# Ten weekdays from Monday 2 March end on Friday 13 March, the 12th day. The machine is down on Tuesday.
MISSED = """2026-03-02 given, treatment: radiotherapy, n: 1
2026-03-03 not done, entry: radiotherapy.2, reason: machine down
2026-03-04 given, treatment: radiotherapy, n: 2
"""
MORNING = '2026-03-05 given, treatment: radiotherapy, n: 3, at: "08:00"\n'


def findings(story: str) -> list[str]:
    return [each.code for each in calendar(VERSION, story, site=WEEKDAYS).findings]


def test_the_days_are_shown_and_nothing_is_planned_by_itself() -> None:
    found = calendar(VERSION, MISSED, site=WEEKDAYS)
    assert dates(found, "radiotherapy")["3"] == "03-05"
    assert dates(found, "radiotherapy")["10"] == "03-16"
    to_make_up = next(each for each in found.findings if each.code == "fraction-to-make-up")
    assert to_make_up.entry == "radiotherapy.3"
    assert to_make_up.message == "radiotherapy is 1 fraction behind, missed on 2026-03-03; it ends on 2026-03-16"
    assert str(to_make_up.hint) == (
        "a physician decides: book radiotherapy.4 on 2026-03-05 as the second of that day, at least 6 hours after "
        "radiotherapy.3, or book radiotherapy.5 on Saturday 2026-03-07"
    )


@pytest.mark.parametrize(
    ("made_up", "fourth", "fifth"),
    [
        # As the second of Thursday the 5th: 4 is on that day, 5 on Friday the 6th, as planned on the first day.
        ('2026-03-04 booked, entry: radiotherapy.4, to: 2026-03-05, at: "15:00"\n', "03-05", "03-06"),
        # On Saturday the 7th.
        ("2026-03-04 booked, entry: radiotherapy.5, to: 2026-03-07\n", "03-06", "03-07"),
        # It need not be booked: what was given counts.
        (MORNING + '2026-03-05 given, treatment: radiotherapy, n: 4, at: "14:00"\n', "03-05", "03-06"),
    ],
)
def test_made_up_the_course_ends_in_time_again(made_up: str, fourth: str, fifth: str) -> None:
    found = dates(calendar(VERSION, MISSED + made_up, site=WEEKDAYS), "radiotherapy")
    assert (found["4"], found["5"], found["10"]) == (fourth, fifth, "03-13")
    assert findings(MISSED + made_up) == []
    assert deviations_of(VERSION, WEEKDAYS, told(RANDOMISED + MISSED + made_up)) == ()


def test_a_missed_day_that_is_not_made_up_stays_behind() -> None:
    story = MISSED + MORNING + "2026-03-06 given, treatment: radiotherapy, n: 4\n"
    assert findings(story) == ["takes-too-long", "fraction-to-make-up"]


def test_too_soon_on_the_same_day_is_a_deviation_with_its_hours() -> None:
    story = RANDOMISED + MISSED + MORNING + '2026-03-05 given, treatment: radiotherapy, n: 4, at: "13:10"\n'
    assert [str(each.what) for each in deviations_of(VERSION, WEEKDAYS, told(story))] == [
        "5 h 10 min after radiotherapy.3 at 08:00, at least 6 hours are asked for"
    ]


@pytest.mark.parametrize(
    ("at", "codes"), [(', at: "14:00"', []), (', at: "13:00"', ["dose-too-early"]), ("", ["second-that-day"])]
)
def test_the_second_of_a_day_is_asked_for_its_time(at: str, codes: list[str]) -> None:
    event = told(f"2026-03-05 given, treatment: radiotherapy, n: 4{at}").records[0].event
    log = told(RANDOMISED + MISSED + MORNING)
    assert [each.code for each in ask(VERSION, WEEKDAYS, log, [event], today=event.on)] == codes


def test_without_a_missed_fraction_a_second_on_one_day_is_too_early() -> None:
    story = """2026-03-02 given, treatment: radiotherapy, n: 1, at: "08:00"
2026-03-02 given, treatment: radiotherapy, n: 2, at: "15:00"
"""
    found = deviations_of(VERSION, WEEKDAYS, told(RANDOMISED + story))
    assert [each.kind for each in found] == ["too early"]


def test_one_missed_fraction_is_made_up_once() -> None:
    """Missed on Tuesday 3 March, made up on Thursday. A second one on Friday would be of Monday: too early."""
    once = RANDOMISED + MISSED + MORNING + '2026-03-05 given, treatment: radiotherapy, n: 4, at: "15:00"\n'
    again = once + '2026-03-06 given, treatment: radiotherapy, n: 5, at: "08:00"\n'
    again += '2026-03-06 given, treatment: radiotherapy, n: 6, at: "15:00"\n'

    def found(story: str) -> list[str]:
        return [f"{each.kind.value} {each.entry}" for each in deviations_of(VERSION, WEEKDAYS, told(story))]

    assert found(once) == []
    assert found(again) == ["too early radiotherapy.6"]
