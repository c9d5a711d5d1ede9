"""Hours between two doses at home: printed for the patient, told, and judged by the times that the diary brings back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import zip_longest

import pytest

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.telling.explain import explain
from scheduler.errors import InvalidText
from scheduler.exports.paper.diary import diary_as_pdf
from scheduler.exports.told import in_words
from scheduler.languages import Language
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from scheduler.views.agenda.diary import patient_diary
from scheduler.views.imprint import Imprint
from scheduler.views.reader.audience import Detail
from tests.asking.story import asked
from tests.dosing.story import told
from tests.exports.paper.reading import read_pdf

VIENNA = replace(EVERY_DAY, zone="Europe/Vienna")
STARTED = "2026-03-23 randomised, arm: all\n2026-03-23 cycle started, treatment: drug, cycle: 1\n"

PROTOCOL = """study: HOURS
version: "1.0"
title: Tablets twice a day
arms: {{all: All of them}}
study days: first dose is Day 1
treatments:
  drug:
    when: {{1: on first dose, then: 21 days after the previous cycle}}
    until: 2 cycles
    give: 500 mg {often}, {apart}by mouth with food on days 1-14
    open: any day
products: {{drug: {{unit: 250 mg tablet}}}}
"""


def taken(day: str, times: str) -> str:
    return f"{day} taken, treatment: drug, from: {day}, to: {day}, {times}\n"


def version(apart: str = "12 hours ±1 hour apart, ", often: str = "twice daily") -> StudyVersion:
    found, _ = parse_protocol(PROTOCOL.format(often=often, apart=apart), name="protocol.yaml")
    return found


def calendar(story: str, of: StudyVersion) -> Calendar:
    return calendar_of(of, VIENNA, told(story), subject="S-1")


def deviations(story: str, of: StudyVersion) -> list[str]:
    found = deviations_of(of, VIENNA, told(story), subject="S-1")
    return [f"{each.date:%m-%d} {each.kind.value}: {each.what}" for each in found]


def test_doses_too_near_and_too_far_apart_are_told_by_day_and_overnight() -> None:
    """By hand: 08:00 to 20:30 are 12 h 30; to 07:00 10 h 30, 30 minutes under 11; from there to 20:15 13 h 15, 15 over 13."""
    story = (
        STARTED + taken("2026-03-23", 'times: ["08:00", "20:30"]') + taken("2026-03-24", 'times: ["07:00", "20:15"]')
    )
    assert deviations(story, version()) == [
        "03-24 interval too short: 10 h 30 min after the dose at 2026-03-23 20:30, taken at 07:00, 30 min too early: "
        "12 hours ±1 hour apart is asked for",
        "03-24 out of window: 13 h 15 min after the dose at 07:00, taken at 20:15, 15 min too late: "
        "12 hours ±1 hour apart is asked for",
    ]


def test_the_night_that_the_clocks_go_forward_has_true_hours() -> None:
    """From 20:00 on 28 March to 07:55 on the 29th the clock says 11 h 55; one hour was skipped: 10 h 55, 5 minutes under 11."""
    story = (
        STARTED + taken("2026-03-28", 'times: ["08:00", "20:00"]') + taken("2026-03-29", 'times: ["07:55", "20:00"]')
    )
    assert deviations(story, version()) == [
        "03-29 interval too short: 10 h 55 min after the dose at 2026-03-28 20:00, taken at 07:55, 5 min too early: "
        "12 hours ±1 hour apart is asked for"
    ]


def test_a_dose_that_may_be_missing_from_the_record_makes_nothing_too_late() -> None:
    """From 08:15 on one day to 08:00 on the next are 23 h 45, but the evening between has no time."""
    story = STARTED + taken("2026-03-25", 'at: "08:15"') + taken("2026-03-26", 'times: ["08:00", "20:00"]')
    assert deviations(story, version()) == []


def test_two_reports_of_one_time_each_make_one_day() -> None:
    story = STARTED + taken("2026-03-25", 'at: "08:00"') + taken("2026-03-25", 'at: "18:00"')
    assert [each.partition(",")[0] for each in deviations(story, version())] == [
        "03-25 interval too short: 10 h after the dose at 08:00"
    ]


def test_a_later_report_of_one_time_takes_the_place_of_a_day_that_had_all_its_times() -> None:
    """Two doses a day, 08:00 and 20:00; then 09:00 is reported for that day: no dose was taken an hour after another."""
    whole = STARTED + taken("2026-03-25", 'times: ["08:00", "20:00"]')
    assert deviations(whole + taken("2026-03-25", 'at: "09:00"'), version()) == []
    # What is reported then makes a day again: from 09:00 to 18:00 are 9 hours, 2 under 11.
    again = whole + taken("2026-03-25", 'at: "09:00"') + taken("2026-03-25", 'at: "18:00"')
    assert [each.partition(",")[0] for each in deviations(again, version())] == [
        "03-25 interval too short: 9 h after the dose at 09:00"
    ]
    # The same time once more is no third dose.
    assert deviations(whole + taken("2026-03-25", 'at: "08:00"'), version()) == []


def test_of_a_time_that_comes_twice_that_night_the_second_counts_as_everywhere() -> None:
    """Clocks go back on 25 October, from 03:00 to 02:00. From 16:30 the first 02:30 is 10 h later, the second 11 h: in time."""
    begun = "2026-10-19 randomised, arm: all\n2026-10-19 cycle started, treatment: drug, cycle: 1\n"
    night = taken("2026-10-24", 'times: ["04:30", "16:30"]') + taken("2026-10-25", 'times: ["02:30", "14:30"]')
    assert deviations(begun + night, version()) == []
    soon = taken("2026-10-24", 'times: ["04:30", "16:45"]') + taken("2026-10-25", 'times: ["02:30", "14:30"]')
    assert [each.partition(",")[0] for each in deviations(begun + soon, version())] == [
        "10-25 interval too short: 10 h 45 min after the dose at 2026-10-24 16:45"
    ]


@pytest.mark.parametrize(
    ("apart", "found"),
    [
        ("12 hours apart, ", []),
        ("6 hours -30 +30 minutes apart, ", ["03-23 out of window: 9 h after the dose at 08:00"]),
        (
            "at least 10 hours apart, ",
            [
                "03-23 interval too short: 9 h after the dose at 08:00",
                "03-24 interval too short: 9 h 30 min after the dose at 2026-03-23 17:00",
            ],
        ),
    ],
)
def test_what_has_no_window_is_not_judged_and_what_does_not_go_round_not_overnight(
    apart: str, found: list[str]
) -> None:
    story = (
        STARTED + taken("2026-03-23", 'times: ["08:00", "17:00"]') + taken("2026-03-24", 'times: ["02:30", "08:30"]')
    )
    kept = [each.partition(",")[0] for each in deviations(story, version(apart))]
    assert [each for each in kept if not each.startswith("03-24 interval too short: 6 h")] == found


def test_explain_and_the_records_say_the_hours() -> None:
    story = STARTED + taken("2026-03-23", 'times: ["08:00", "20:30"]')
    of = version()
    lines = [each.sentence for each in explain(calendar(story, of), "drug.1.1", of, told(story)).lines]
    assert "To be taken 12 hours ±1 hour apart, with food." in lines
    assert any(each.endswith("drug was taken on Monday 23 March 2026, at 08:00 and 20:30.") for each in lines)


def test_the_diary_prints_how_to_take_them_and_asks_for_the_times() -> None:
    found = patient_diary(calendar(STARTED, version()), date(2026, 3, 23), date(2026, 4, 12), Detail.NEUTRAL)
    first = found.days[0].tablets[0]
    assert (first.taking, first.times) == ("12 hours apart (11 hours to 13 hours), with food", 2)
    text = read_pdf(diary_as_pdf(found, Imprint(None, None))).text
    assert text.count("12 hours apart (11 hours to 13 hours), with food") == 14
    assert "Write down the time at which you take each dose." in text


@pytest.mark.parametrize(
    ("apart", "chinese"),
    [
        ("12 hours ±1 hour apart, ", "间隔 12小时（11小时至13小时）、随餐"),
        ("in the morning and evening, ", "早晚各一次、随餐"),
        ("in the morning and evening, at least 8 hours apart, ", "早晚各一次、至少间隔 8小时、随餐"),
        ("12 hours apart, ", "间隔约 12小时、随餐"),
    ],
)
def test_it_is_said_in_chinese(apart: str, chinese: str) -> None:
    of = calendar(STARTED, version(apart))
    found = patient_diary(of, date(2026, 3, 23), date(2026, 3, 23), Detail.NEUTRAL, Language.CHINESE)
    assert in_words(found.days[0].tablets[0].taking or "", Language.CHINESE) == chinese


@pytest.mark.parametrize(
    ("said", "asked_about"),
    [
        ('times: ["08:00", "20:00"]', []),
        ('times: ["08:00"]', ["times-and-doses 0.times: one time is written, and a day of drug has 2 doses"]),
        ('times: ["08:00"], amount: 500 mg', ["other-amount 0.amount: 500 mg a day of drug is not the dose in force"]),
        ('times: ["08:00", "20:00"], amount: 1000 mg', []),
        (
            'times: ["08:00", "14:00", "20:00"]',
            [
                "dose-too-early 0.from: drug.1.7: 6 h after the dose at 08:00, taken at 14:00",
                "dose-too-early 0.from: drug.1.7: 6 h after the dose at 14:00, taken at 20:00",
                "times-and-doses 0.times: 3 times are written, and a day of drug has 2 doses",
            ],
        ),
        ('times: ["02:30", "14:30"]', ["time-skipped 0.times"]),
    ],
)
def test_a_time_too_many_or_too_few_is_asked_about(said: str, asked_about: list[str]) -> None:
    found = asked(STARTED, taken("2026-03-29", said).strip(), today="2026-03-29", version=version(), site=VIENNA)
    told_of = [f"{each.code} {each.path}: {each.what}" for each in found]
    assert [each[: len(start)] for each, start in zip_longest(told_of, asked_about, fillvalue="")] == asked_about


@pytest.mark.parametrize(
    ("times", "code"),
    [('times: ["20:00", "08:00"]', "times-reversed"), ('at: "08:00", times: ["08:00", "20:00"]', "times-twice")],
)
def test_times_that_cannot_be_read_one_way_are_refused(times: str, code: str) -> None:
    with pytest.raises(InvalidText) as invalid:
        told(taken("2026-03-29", times))
    assert [each.code for each in invalid.value.findings] == [code]


def test_hours_without_a_window_are_said_to_be_no_deviation() -> None:
    text = PROTOCOL.format(often="twice daily", apart="12 hours apart, ")
    _, findings = parse_protocol(text, name="protocol.yaml")
    assert [str(each) for each in findings if each.code == "hours-without-window"] == [
        "protocol.yaml:10:11: note: 12 hours apart: patients are told so, and without ± nothing is a deviation "
        "(where the protocol says it, write: 12 hours ±1 hour apart) [hours-without-window]"
    ]
