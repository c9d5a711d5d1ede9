"""The linter: what it says of start days, held against calendars that are built for them one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from scheduler.calendar.advice.cost import cost_of
from scheduler.calendar.advice.planned_starts import NO_DAY_TAKEN, NO_OPEN_DAY, how_to_start
from scheduler.calendar.advice.start_survey import Survey, survey
from scheduler.calendar.entries.entry import Calendar, Entry
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.folder.trying.advising import advise
from scheduler.patient.events import parse_event
from scheduler.patient.log import log_of
from scheduler.protocol.alternatives import alternatives
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from scheduler.views.coordinator.advice import best_weekdays, table_by_weekday
from tests.laws.examples import one_in
from tests.seed import FOLDER, VERSION, shanghai

FIRST, LAST = date(2025, 1, 1), date(2025, 2, 28)
REGIMENS = FOLDER.parent / "regimens"
MONDAY_TO_FRIDAY = EVERY_DAY.with_days()

SMALL = """
study: SMALL
version: "1"
title: A small study
arms: {one: The only one}
study days: first dose is Day 1
treatments:
  drug:
    when:
      1: on first dose
      then: 21 days after the previous cycle
    until: 4 cycles
    give: 10 mg once daily by mouth on days 1-14
visits:
  check: WHEN
"""


def small(when: str) -> StudyVersion:
    return parse_protocol(SMALL.replace("WHEN", when), name="protocol.yaml")[0]


def looked_at(version: StudyVersion, arm: str = "one") -> Survey:
    return survey(version.arms[arm], version.milestones, MONDAY_TO_FRIDAY, FIRST, LAST)


@cache
def seed(arm: str) -> Survey:
    return survey(VERSION.arms[arm], VERSION.milestones, shanghai(), FIRST, LAST)


def built(arm: str, start: date) -> Calendar:
    """The calendar of a patient with a first dose planned that day, randomised on the last clinic day before."""
    randomised = start - timedelta(days=1)
    while not shanghai().open_days("clinic").is_open(randomised.toordinal()):
        randomised -= timedelta(days=1)
    events = [
        {"on": f"{randomised}", "event": "randomised", "arm": arm},
        {"on": f"{randomised}", "event": "first dose planned", "to": f"{start}"},
    ]
    return calendar_of(VERSION, shanghai(), log_of([parse_event(event) for event in events]))


def has_no_open_day(entry: Entry) -> bool:
    assert entry.window is not None
    first, last = entry.window
    days = shanghai().open_days(entry.resource or "")
    return not any(days.is_open(day) for day in range(first.toordinal(), last.toordinal() + 1))


@pytest.mark.parametrize("arm", ["control", "experimental"])
def test_every_counter_example_is_one_and_no_earlier_start_is(arm: str):
    examples = [each for each in seed(arm).counter_examples() if each.trouble.code == NO_OPEN_DAY]
    assert len(examples) >= 2
    for example in examples:
        entry = built(arm, example.start).entry(example.trouble.entry)
        assert entry is not None
        assert has_no_open_day(entry)
        assert str(entry.date) in example.trouble.message
        for start in seed(arm).starts:
            if start.day < example.start:
                for each in built(arm, start.day).entries:
                    alike = each.timeline == example.trouble.timeline and example.trouble.clause in each.because.set_by
                    counted = each.window is not None and each.window[1] <= (seed(arm).counted_to or date.max)
                    assert not (alike and counted and has_no_open_day(each))


@pytest.mark.parametrize("first", one_in(4, range(4)))
def test_nothing_is_missed_all_windows_without_an_open_day_are_told(first: int):
    starts = seed("control").starts[first::4]
    assert starts
    troubles = [(start.day, trouble) for start in starts for trouble in start.troubles]
    told = {(day, trouble.entry) for day, trouble in troubles if trouble.code == NO_OPEN_DAY}
    for start in starts:
        entries = [entry for entry in built("control", start.day).entries if entry.window and entry.kind != "period"]
        certain = [entry for entry in entries if "provisional" not in entry.flags]
        wrong = {(start.day, entry.id) for entry in certain if has_no_open_day(entry)}
        assert wrong == {each for each in told if each[0] == start.day}


def test_open_days_that_the_rule_does_not_take_are_told_apart():
    (found,) = [
        each
        for each in seed("control").counter_examples()
        if each.trouble.code == NO_DAY_TAKEN and each.trouble.entry == "regorafenib.2"
    ]
    # Cycle 2 is due on Thursday 30 January, in the Spring Festival, and is never early: Monday 27 January is not taken.
    assert (found.start, found.trouble.message) == (
        date(2025, 1, 2),
        "of 2025-01-27..2025-02-02 only days such as 2025-01-27 are open, which are not taken; planned on 2025-02-05",
    )


def test_every_open_day_is_tried_and_no_other():
    open_days = shanghai().open_days("clinic")
    days = (date.fromordinal(day) for day in range(FIRST.toordinal(), LAST.toordinal() + 1))
    assert [start.day for start in seed("control").starts] == [
        day for day in days if open_days.is_open(day.toordinal())
    ]
    assert (seed("control").days, seed("control").counted_to) == (59, date(2026, 12, 31))


def test_visits_on_closed_days_are_counted_and_tell_the_best_weekday():
    one = looked_at(small("3 days ±1 after every drug cycle"))
    for start in one.starts:
        # Cycles are 21 days apart, so all four keep their weekday; what comes 3 days later is closed from Wednesday on.
        closed = {0: 0, 1: 0, 2: 4, 3: 4, 4: 0}[start.day.weekday()]
        assert (start.visits, start.closed) == (8, closed)
    assert best_weekdays(one)[:3] == ("Monday", "Tuesday", "Friday")


def test_a_pump_that_comes_off_on_a_closed_day_makes_a_bad_weekday():
    text = (REGIMENS / "mfolfox6" / "protocol.yaml").read_text("utf-8")
    version, _ = parse_protocol(text, name="protocol.yaml")
    found = looked_at(version, "mfolfox6")
    # Day 3 of what begins on a Thursday is a Saturday, and Friday to Sunday do not help: never planned early, 3 days at most.
    for start in found.starts:
        outside = [trouble for trouble in start.troubles if trouble.code == NO_OPEN_DAY]
        assert (len(outside) > 0) == (start.day.weekday() == 3)
        assert (start.closed > 0) == (start.day.weekday() in (3, 4))
    assert best_weekdays(found)[-1] == "Thursday"


def test_anchors_that_contradict_each_other_do_so_for_every_start():
    one = looked_at(small("on drug cycle 2 day 8 ±3 days, not before 40 days after first dose, not after Study Day 30"))
    (found,) = [each for each in one.counter_examples() if each.trouble.code == "no-day-left"]
    assert (found.trouble.entry, found.always) == ("check.1", True)
    assert found.start == date(2025, 1, 1)
    assert (
        found.trouble.message
        == "no day is left for check.1: not before 2025-02-10, and not after Study Day 30, 2025-01-30"
    )


def test_a_sentence_that_no_patient_comes_to_is_told_and_one_that_waits_for_an_event_is_not():
    version = small("{when: {1: 3 days ±3 after first dose, 2: 60 days ±3 after first dose}, until: Study Day 40}")
    assert [(name, clause.text) for name, clause in looked_at(version).unreached()] == [
        ("check", "60 days ±3 after first dose")
    ]
    assert looked_at(small("7 days ±3 after end of treatment")).unreached() == ()


def test_the_longest_time_without_contact_has_its_ends_and_its_start():
    found = looked_at(small("3 days ±3 after first dose")).longest_gap()
    assert found is not None
    day, gap = found
    assert (day, gap.days, gap.before, gap.after) == (date(2025, 1, 1), 21, "drug.2", "drug.3")


def test_where_nothing_hangs_on_a_first_dose_a_milestone_is_the_start():
    text = (REGIMENS / "axi-cel" / "protocol.yaml").read_text("utf-8")
    version, _ = parse_protocol(text, name="protocol.yaml")
    (arm,) = version.arms
    found = looked_at(version, arm)
    assert found.how.words == "the day of leukapheresis"
    assert found.days == len(found.starts) == 59
    assert all(start.visits > 3 for start in found.starts)


def test_what_an_assumption_costs_is_the_difference_of_two_whole_protocols():
    text = (FOLDER / "protocol.yaml").read_text("utf-8")
    found = {each.assumption: each for each in alternatives(text, VERSION)}
    assert sorted(found) == ["A1", "A4", "A5"]
    by_hand = text.replace(
        "21 days ±3 after the previous dose, not before 18 days after the previous dose (A4)",
        "every 21 days ±3 from dose 1 (A4)",
    )
    assert found["A4"].version.digest == parse_protocol(by_hand, name="protocol.yaml")[0].digest
    start, arm = date(2025, 1, 6), "experimental"
    cost = cost_of(VERSION.arms[arm], found["A1"].version.arms[arm], EVERY_DAY, seed(arm).how, [start])
    # Radiotherapy a week later, on Day 29, so cycle 2 and infusion 2 wait 5 days more, and all that counts from them.
    assert (cost.farthest, cost.moved > 30) == (7, True)


def test_an_alternative_that_is_what_the_protocol_says_costs_nothing():
    text = (FOLDER / "protocol.yaml").read_text("utf-8")
    said = text.replace('"every 56 days ±7 from first dose"', '"every 56 days ±7 from randomisation"')
    version, _ = parse_protocol(said, name="protocol.yaml")
    (same,) = [each for each in alternatives(said, version) if each.assumption == "A5"]
    cost = cost_of(
        version.arms["control"], same.version.arms["control"], shanghai(), seed("control").how, [date(2025, 1, 6)]
    )
    assert (cost.moved, cost.farthest, cost.more, cost.fewer) == (0, 0, 0, 0)


def test_alternatives_in_words_alone_are_named(tmp_path: Path):
    path = tmp_path / "protocol.yaml"
    path.write_text((FOLDER / "protocol.yaml").read_text("utf-8"), "utf-8")
    version, _ = parse_protocol(path.read_text("utf-8"), name=str(path))
    (advice,) = advise([version], (date(2025, 1, 6), date(2025, 1, 6)))
    assert (len(advice.in_words_only), advice.site) == (21, None)
    assert "A2" in advice.in_words_only


def test_of_two_weekdays_the_one_with_the_smaller_share_of_closed_days_is_better():
    one = looked_at(small("3 days ±1 after every drug cycle"))
    # Each Monday 1 of 2 visits, each Tuesday 2 of 10: a half and a fifth.
    counts = {0: (2, 1), 1: (10, 2)}
    starts = [each for each in one.starts if each.day.weekday() in counts]
    told = [
        replace(each, visits=counts[each.day.weekday()][0], closed=counts[each.day.weekday()][1]) for each in starts
    ]
    two = replace(one, starts=tuple(told))
    assert best_weekdays(two) == ("Tuesday", "Monday")
    assert [row[5] for row in table_by_weekday([two]).rows] == [Decimal("50.0"), Decimal("20.0")]


def test_where_nothing_says_how_long_before_a_patient_is_randomised_on_the_day_of_the_first_dose():
    version = small("3 days ±1 after every drug cycle")
    monday = date(2025, 1, 6)
    how = how_to_start(version.arms["one"], (), monday)
    assert [each.on for each in how.events(version.arms["one"], MONDAY_TO_FRIDAY, monday)] == [monday, monday]
