"""The tablet of the day of an order had been taken: it stands, whatever ended on that day, and counts where none was planned."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.deviation import Deviated
from scheduler.calendar.entries.entry import Calendar
from scheduler.site.site import EVERY_DAY
from tests.asking.story import CONTROL, EXPERIMENTAL, asked, codes, stands
from tests.dosing.story import calendar, exposure, told
from tests.seed import VERSION

STORY = """
    2026-02-27 randomised, arm: control
    2026-03-02 cycle started, treatment: regorafenib, cycle: 1
    2026-03-11 discontinued, treatment: regorafenib, reason: fatigue, today_taken: true
    2026-03-11 end of treatment, reason: adverse event
"""
WISH = "today_taken: true, reason: 'other: the patient wishes it'"


def test_ten_days_were_planned_and_ten_were_taken() -> None:
    [line] = exposure(STORY, "2026-04-30").lines
    assert (line.delivered, line.planned, line.dosed) == (Decimal(1200), Decimal(1200), 10)
    assert line.relative_dose_intensity == Decimal(100)


def test_the_last_tablet_is_not_after_the_end() -> None:
    found = deviations_of(VERSION, EVERY_DAY, told(STORY))
    assert [each for each in found if each.kind is Deviated.AFTER_END] == []


# Day 21 of cycle 1 is Sunday 22 March 2026: from the 23rd on no tablet is planned. Radiotherapy begins on the 23rd.


@pytest.mark.parametrize(
    ("story", "order", "day"),
    [(CONTROL, "discontinued", "2026-03-25"), (CONTROL, "held", "2026-03-25"), (EXPERIMENTAL, "held", "2026-03-23")],
    ids=["discontinued in the week off", "held in the week off", "held on a day of radiotherapy"],
)
def test_a_tablet_of_a_day_without_one_is_asked_and_counts(story: str, order: str, day: str) -> None:
    line = f"{day} {order}, treatment: regorafenib, {WISH}"
    (question,) = asked(story, line)
    assert codes((question,)) == [("asked", "not-planned", "0.today_taken")]
    assert (str(question.what), str(question.hint)) == (
        "regorafenib taken on 1 day without a planned dose",
        "leave this out where nothing was taken that day",
    )
    log = stands(story, f"{line}, override: she had taken it that morning")
    entry = f"regorafenib.unplanned.{log.length}"
    found = [each for each in deviations_of(VERSION, EVERY_DAY, log) if each.kind is Deviated.NOT_PLANNED]
    assert [(each.entry, str(each.date)) for each in found] == [(f"{entry}.1", day)]
    (extra,) = [each for each in exposure(f"{story}\n{line}", day).lines if each.extra]
    assert (extra.entry, extra.delivered) == (entry, Decimal(120 if story == CONTROL else 80))


def test_it_is_the_last_dose_that_follow_up_counts_from() -> None:
    # 25 March and 30 days are 24 April; the last planned tablet was on 22 March.
    found = calendar(f"{CONTROL}\n2026-03-25 discontinued, treatment: regorafenib, {WISH}")
    assert found.by_id["safety-30.1"].ideal == date(2026, 4, 24)


def test_of_a_day_that_was_reported_as_not_taken_the_report_counts() -> None:
    reported = "2026-03-26 not taken, treatment: regorafenib, from: 2026-03-25, to: 2026-03-25"
    found = calendar(f"{CONTROL}\n2026-03-25 discontinued, treatment: regorafenib, {WISH}\n{reported}")
    assert [each.id for each in found.entries if "unplanned" in each.id] == []
    assert found.by_id["safety-30.1"].ideal == date(2026, 4, 21)


def cycle_2(order: str) -> Calendar:
    return calendar(f"{CONTROL}\n2026-03-30 {order}, treatment: regorafenib, {WISH}")


@pytest.mark.parametrize("order", ["discontinued", "held"])
def test_a_cycle_whose_start_nobody_recorded_began_with_it_and_its_true_day_is_asked(order: str) -> None:
    found = cycle_2(order)
    entry = found.by_id["regorafenib.2"]
    assert (str(entry.date), entry.status.value, [each.value for each in entry.flags]) == (
        "2026-03-30",
        "done",
        ["start not recorded"],
    )
    assert [each.events for each in found.findings if each.code == "start-not-recorded"] == [(3,)]


def test_follow_up_does_not_wait_for_the_record_of_that_cycle() -> None:
    # 30 March and 30 days are 29 April.
    assert cycle_2("discontinued").by_id["safety-30.1"].ideal == date(2026, 4, 29)


def test_a_cycle_that_was_not_done_has_its_tablet_all_the_same() -> None:
    left_out = "2026-03-30 not done, entry: regorafenib.2, reason: away"
    found = calendar(f"{CONTROL}\n{left_out}\n2026-04-02 held, treatment: regorafenib, {WISH}")
    runs = found.by_id["regorafenib.2"].runs
    assert [(str(run.first_date), run.status.value) for run in runs] == [
        ("2026-03-30", "not done"),
        ("2026-04-02", "done"),
        ("2026-04-03", "not done"),
    ]


def test_before_the_first_dose_of_anything_it_begins_nothing() -> None:
    found = calendar(f"2026-02-27 randomised, arm: control\n2026-03-02 discontinued, treatment: regorafenib, {WISH}")
    assert [each.code for each in found.findings] == ["no-record"]
    assert [each.id for each in found.entries if "unplanned" in each.id] == []


def test_a_tablet_that_was_taken_in_a_hold_before_the_end_is_asked() -> None:
    held = f"{CONTROL}\n2026-03-12 held, treatment: regorafenib, reason: travel"
    (question,) = asked(held, f"2026-03-14 discontinued, treatment: regorafenib, {WISH}")
    assert codes((question,)) == [("asked", "during-a-hold", "0.today_taken")]
    assert str(question.what) == "regorafenib.1.13: taken on 1 day while regorafenib was held"


def test_an_end_of_all_treatment_after_that_days_dose_where_there_is_none() -> None:
    """It does not say of which tablets it speaks: they are to be recorded by themselves."""
    line = f"2026-03-25 end of treatment, {WISH}"
    (question,) = asked(CONTROL, line)
    assert codes((question,)) == [("asked", "not-planned", "0.today_taken")]
    assert str(question.what) == ("no dose is planned or recorded for 2026-03-25: nothing says what was taken that day")
    assert asked(CONTROL, line.replace("03-25", "03-12")) == ()
    told_of = f"{CONTROL}\n2026-03-25 taken, treatment: regorafenib, from: 2026-03-25, to: 2026-03-25, confirmed: diary"
    assert asked(told_of, line) == ()
    infusion = f"{EXPERIMENTAL}\n2026-03-30 given, treatment: toripalimab, n: 2"
    assert asked(infusion, line.replace("03-25", "03-30")) == ()
