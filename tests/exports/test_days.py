"""Oral days are held in runs and told by day."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta

import pytest

from scheduler.calendar.entries.because import After, Because, Event
from scheduler.calendar.entries.entry import Calendar, Entry, Status
from scheduler.views.days.spelled_out import DayEntry, in_runs, spelled_out
from tests.exports.sample import EVERY_28_DAYS, FULL, HELD, LESS, REDUCED, a_patient, cycle, run

FIRST = date(2026, 3, 2)


def calendar_of(*entries: Entry) -> Calendar:
    return replace(a_patient(), entries=entries)


def line(calendar: Calendar, entry_id: str) -> DayEntry:
    return next(found for found in spelled_out(calendar) if found.id == entry_id)


def test_each_day_of_tablets_has_its_own_line():
    whole = cycle(3, FIRST, run(1, 21, FIRST, FULL, Status.PLANNED))
    lines = spelled_out(calendar_of(whole))
    assert [found.id for found in lines] == [f"regorafenib.3.{day}" for day in range(1, 22)]
    assert [found.date for found in lines] == [FIRST + timedelta(days=day) for day in range(21)]
    assert [found.study_day for found in lines] == list(range(1, 22))


def test_day_1_is_the_visit():
    whole = cycle(3, FIRST, run(1, 21, FIRST, FULL, Status.PLANNED))
    found = line(calendar_of(whole), "regorafenib.3.1")
    assert (found.window, found.ideal, found.activities, found.title, found.cycle, found.day) == (
        (date(2026, 2, 27), date(2026, 3, 5)),
        FIRST,
        ("haematology", "dispense and count tablets"),
        "Regorafenib cycle 3",
        3,
        1,
    )


def test_later_days_have_no_window_and_their_ideal_date_is_their_date():
    whole = cycle(3, FIRST, run(1, 21, FIRST, FULL, Status.PLANNED))
    found = line(calendar_of(whole), "regorafenib.3.15")
    assert (found.window, found.ideal, found.date, found.activities, found.time) == (
        None,
        date(2026, 3, 16),
        date(2026, 3, 16),
        (),
        None,
    )


def test_a_hold_inside_a_cycle_changes_only_its_days():
    whole = cycle(
        1,
        FIRST,
        run(1, 14, FIRST, FULL, Status.DONE),
        run(15, 18, FIRST, FULL, Status.HELD, HELD),
        run(19, 21, FIRST, LESS, Status.PLANNED, REDUCED),
    )
    calendar = calendar_of(whole)
    assert [(found.day, found.status.value, str(found.dose)) for found in spelled_out(calendar)[13:19]] == [
        (14, "done", "80 mg"),
        (15, "held", "80 mg"),
        (16, "held", "80 mg"),
        (17, "held", "80 mg"),
        (18, "held", "80 mg"),
        (19, "planned", "40 mg"),
    ]
    assert line(calendar, "regorafenib.1.15").because == HELD


def test_day_1_has_the_reasons_of_its_date_and_of_its_dose():
    whole = cycle(2, FIRST, run(1, 21, FIRST, LESS, Status.PLANNED, REDUCED))
    because = line(calendar_of(whole), "regorafenib.2.1").because
    assert because.set_by == (*EVERY_28_DAYS.set_by, *REDUCED.set_by)
    assert because.latest == 6


def test_a_cancelled_start_without_doses_still_has_its_day_1():
    lines = spelled_out(calendar_of(cycle(4, FIRST, status=Status.CANCELLED)))
    assert [(found.id, found.day, found.date, found.status) for found in lines] == [
        ("regorafenib.4.1", 1, FIRST, Status.CANCELLED)
    ]


def test_runs_are_told_with_their_first_and_last_day():
    told = [(found.id, found.date, found.until) for found in in_runs(a_patient()) if found.of.timeline == "regorafenib"]
    assert told == [
        ("regorafenib.1.1-14", date(2026, 3, 2), date(2026, 3, 15)),
        ("regorafenib.1.15-21", date(2026, 3, 16), date(2026, 3, 22)),
        ("regorafenib.2.1-21", date(2026, 3, 30), date(2026, 4, 19)),
    ]


def test_a_run_of_one_day_is_told_as_that_day():
    single = cycle(1, FIRST, run(1, 1, FIRST, FULL, Status.DONE), run(2, 21, FIRST, FULL, Status.PLANNED))
    assert [(found.id, found.until) for found in in_runs(calendar_of(single))] == [
        ("regorafenib.1.1", None),
        ("regorafenib.1.2-21", date(2026, 3, 22)),
    ]


def test_other_entries_stay_as_they_are():
    calendar = a_patient()
    infusion = calendar.by_id["toripalimab.2"]
    found = line(calendar, "toripalimab.2")
    assert (found.of, found.date, found.time, found.window, found.doses, found.study_day) == (
        infusion,
        infusion.date,
        "09:30",
        infusion.window,
        infusion.doses,
        29,
    )


@pytest.mark.benchmark
def test_two_years_of_days_are_spelled_out_within_five_milliseconds():
    starts = [FIRST + timedelta(days=28 * number) for number in range(26)]
    calendar = calendar_of(
        *(cycle(number, start, run(1, 21, start, FULL, Status.PLANNED)) for number, start in enumerate(starts, start=1))
    )
    times = []
    for _ in range(15):
        begin = time.perf_counter()
        spelled_out(calendar)
        times.append(time.perf_counter() - begin)
    assert len(spelled_out(calendar)) == 546
    # The fastest of several, so that a busy machine does not fail the test.
    assert min(times) < 0.005


def test_the_first_day_of_a_cycle_is_a_visit_also_without_a_window():
    begun = cycle(1, FIRST, run(1, 21, FIRST, FULL, Status.DONE))._replace(window=None)
    assert [found.day for found in spelled_out(calendar_of(begun)) if found.is_visit] == [1]


def test_a_period_is_no_visit_and_the_rest_are():
    visits = {found.of.timeline for found in spelled_out(a_patient()) if found.is_visit}
    assert visits == {"regorafenib", "toripalimab", "radiotherapy", "imaging", "c1d8"}


def test_the_last_of_a_timeline_has_no_number():
    last = a_patient().by_id["imaging.1"]._replace(id="survival.last", timeline="survival", n=999_999)
    assert [found.number for found in spelled_out(calendar_of(last, a_patient().by_id["imaging.1"]))] == [None, 1]


def test_day_1_does_not_count_from_its_own_cycle():
    own = Because((After("regorafenib.2"), Event(6)), latest=6)
    whole = cycle(2, FIRST, run(1, 21, FIRST, LESS, Status.PLANNED, own))
    calendar = calendar_of(whole)
    assert line(calendar, "regorafenib.2.1").because.set_by == (*EVERY_28_DAYS.set_by, Event(6))
    assert line(calendar, "regorafenib.2.2").because == own
