"""Windows in hours: a visit so many hours after a dose, give or take some, by the site's clock and across its changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import TypeAdapter, ValidationError

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.protocol.sentences.times.timing import read_timing
from scheduler.protocol.text.sentence_fields import TimingText
from scheduler.site.site import EVERY_DAY
from tests.asking.story import asked
from tests.dosing.story import told

VIENNA = replace(EVERY_DAY, zone="Europe/Vienna")


def version(when: str) -> StudyVersion:
    found, findings = parse_protocol(
        f"""study: HOURS
version: "1.0"
title: A visit some hours after a dose
arms: {{all: All of them}}
study days: first dose is Day 1
treatments:
  drug:
    when: {{1: on first dose, then: 7 days after the previous dose}}
    until: 2 doses
    give: 50 mg intravenously
    open: any day
visits:
  check:
    when: {when}
    open: any day
activities: {{blood: [check]}}
""",
        name="protocol.yaml",
    )
    assert findings == ()
    return found


def given(day: str, at: str) -> str:
    return f'2026-03-01 randomised, arm: all\n{day} given, treatment: drug, n: 1, at: "{at}"\n'


def check(day: str, at: str) -> str:
    return f'{day} visit done, entry: check.1, at: "{at}"\n'


def planned(when: str, story: str) -> tuple[str, str, str | None]:
    entry = calendar_of(version(when), VIENNA, told(story)).entry("check.1")
    assert entry is not None
    assert entry.window is not None
    first, last = entry.window
    return f"{entry.date:%m-%d}", f"{first:%m-%d}..{last:%m-%d}", entry.time


def deviations(when: str, story: str) -> list[str]:
    found = deviations_of(version(when), VIENNA, told(story))
    return [f"{each.date:%m-%d} {each.kind.value}: {each.what}" for each in found if each.timeline == "check"]


@pytest.mark.parametrize(
    ("when", "at", "expected"),
    [
        ("24 hours ±2 hours after every drug dose", "08:00", ("03-03", "03-03..03-03", "08:00")),
        # 23:00 and 24 hours less 2 are 21:00 of the next day, and 2 more 01:00 of the day after it.
        ("24 hours ±2 hours after every drug dose", "23:00", ("03-03", "03-03..03-04", "23:00")),
        ("24 to 72 hours after drug dose 1", "08:00", ("03-03", "03-03..03-05", "08:00")),
        ("within 24 hours after drug dose 1", "08:00", ("03-02", "03-02..03-03", None)),
        ("within 6 hours after drug dose 1", "20:00", ("03-02", "03-02..03-03", None)),
    ],
)
def test_the_window_has_the_days_that_its_hours_reach(
    when: str, at: str, expected: tuple[str, str, str | None]
) -> None:
    assert planned(when, given("2026-03-02", at)) == expected


def test_without_the_time_of_the_dose_whole_days_count() -> None:
    story = "2026-03-01 randomised, arm: all\n2026-03-01 first dose planned, to: 2026-03-02\n"
    assert planned("24 to 72 hours after drug dose 1", story) == ("03-03", "03-03..03-05", None)
    assert planned("24 hours ±2 hours after every drug dose", story) == ("03-03", "03-03..03-03", None)


@pytest.mark.parametrize(
    ("at", "found"),
    [
        ("10:00", []),
        (
            "11:10",
            [
                "03-03 out of window: 27 h 10 min after drug.1 at 08:00, 1 h 10 min too late: "
                "24 hours ±2 hours after every drug dose is asked for"
            ],
        ),
        (
            "05:59",
            [
                "03-03 out of window: 21 h 59 min after drug.1 at 08:00, 1 min too early: "
                "24 hours ±2 hours after every drug dose is asked for"
            ],
        ),
    ],
)
def test_a_visit_outside_its_hours_is_a_deviation_in_hours_and_minutes(at: str, found: list[str]) -> None:
    story = given("2026-03-02", "08:00") + check("2026-03-03", at)
    assert deviations("24 hours ±2 hours after every drug dose", story) == found


def test_the_hours_are_true_ones_across_a_change_of_the_clocks() -> None:
    """Vienna, 28 to 29 March 2026: from 08:00 to 11:00 are 27 hours by the clock and 26 in truth, the last that is allowed."""
    when = "24 hours ±2 hours after every drug dose"
    assert planned(when, given("2026-03-28", "08:00")) == ("03-29", "03-29..03-29", "09:00")
    assert deviations(when, given("2026-03-28", "08:00") + check("2026-03-29", "11:00")) == []
    assert [
        each.partition(",")[0] for each in deviations(when, given("2026-03-28", "08:00") + check("2026-03-29", "11:01"))
    ] == ["03-29 out of window: 26 h 01 min after drug.1 at 08:00"]


def test_of_a_time_that_comes_twice_a_visit_is_planned_and_judged_by_the_same_one() -> None:
    """Vienna, 25 October 2026: of the two 02:30 the second counts, so 24 hours later it is 02:30 again, and not 01:30."""
    when = "24 hours ±30 minutes after every drug dose"
    assert planned(when, given("2026-10-25", "02:30")) == ("10-26", "10-26..10-26", "02:30")
    assert deviations(when, given("2026-10-25", "02:30") + check("2026-10-26", "02:45")) == []


def test_a_day_too_late_is_told_once_in_hours_or_else_in_days() -> None:
    when = "24 hours ±2 hours after every drug dose"
    late = given("2026-03-02", "08:00") + check("2026-03-05", "08:00")
    assert deviations(when, late) == [
        "03-05 out of window: 72 h after drug.1 at 08:00, 46 h too late: 24 hours ±2 hours after every drug dose is asked for"
    ]
    without = given("2026-03-02", "08:00") + "2026-03-05 visit done, entry: check.1\n"
    assert deviations(when, without) == [
        "03-05 out of window: done 2 days after its window of 2026-03-03 to 2026-03-03"
    ]


def test_a_record_without_its_time_is_asked_about() -> None:
    of = version("24 hours ±2 hours after every drug dose")
    dose = asked("2026-03-01 randomised, arm: all", "2026-03-02 given, treatment: drug, n: 1", version=of, site=VIENNA)
    visit = asked(
        given("2026-03-02", "08:00").strip(), "2026-03-03 visit done, entry: check.1", version=of, site=VIENNA
    )
    assert [[each.code for each in found] for found in (dose, visit)] == [["no-time"], ["no-time"]]


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("7 days ±2 hours after drug dose 1", "168 hours ±2 hours after drug dose 1"),
        ("1 day ±2 hours after every drug dose", "24 hours ±2 hours after every drug dose"),
        ("24-72 hours after every drug dose", "24 to 72 hours after every drug dose"),
        ("72 to 24 hours after drug dose 1", "24 to 72 hours after drug dose 1"),
        ("24 hours (±2 hours) after every drug dose", "24 hours ±2 hours after every drug dose"),
        ("24 hours ±2 after drug dose 1", "24 hours ±2 hours after drug dose 1"),
        ("no later than 24 hours after every drug dose", "within 24 hours after every drug dose"),
        ("within 24h of every drug dose", "within 24 hours after every drug dose"),
    ],
)
def test_what_people_type_is_answered_with_the_sentence_to_write(typed: str, right: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        TypeAdapter(TimingText).validate_python(typed)
    assert wrong.value.errors()[0]["ctx"]["hint"] == f"write: {right}"
    assert read_timing(right).timing.hours is not None
