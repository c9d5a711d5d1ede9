"""Dosing days that a hold takes away are made up: an infusion without a break goes on where it stopped."""

from __future__ import annotations

from scheduler.calendar.entries.because import Event
from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.telling.explain import explain
from tests.studies.telling import calendar, dates, entry, pending, runs, study

VERSION = study("""
study days: first dose is Day 1
treatments:
  blinatumomab:
    when:
      1: on first dose
      2-3: 15 days +3 after the last day of the previous cycle
      4: 57 days +3 after the last day of the previous cycle
    open: infusion
    give:
      - 9 mcg daily by continuous infusion on days 1-7 of cycle 1
      - 28 mcg daily by continuous infusion on days 8-28 of cycle 1
      - 28 mcg daily by continuous infusion on days 1-28 of cycles 2-4
    held days: made up
visits:
  bag-change: {when: "on every blinatumomab day 5, 9, 13, 17, 21, 25", open: any day}
  bag-removal: {when: 1 day after every blinatumomab day 28, open: any day}
periods:
  hospital: {from: blinatumomab cycle 1 day 1, to: blinatumomab cycle 1 day 9}
""")
STARTED = "2026-03-02 cycle started, treatment: blinatumomab, cycle: 1\n"
HELD = "2026-03-11 held, treatment: blinatumomab\n"
RESUMED = "2026-03-16 resumed, treatment: blinatumomab, level: 0, dose: 28 mcg\n"


def told(*events: str, until: str = "2026-06-30") -> Calendar:
    return calendar(VERSION, "".join((STARTED, *events)), until)


def test_undisturbed_two_weeks_are_free_between_cycles_and_later_eight() -> None:
    found = told(until="2026-12-31")
    assert dates(found, "blinatumomab") == {"1": "03-02", "2": "04-13", "3": "05-25", "4": "08-17"}
    assert runs(found, "blinatumomab.1") == [
        "1-1 03-02..03-02 9 mcg + done",
        "2-7 03-03..03-08 9 mcg + planned",
        "8-28 03-09..03-29 28 mcg + planned",
    ]
    assert dates(found, "bag-change")["1.5"] == "03-06"
    assert dates(found, "bag-removal") == {"1": "03-30", "2": "05-11", "3": "06-22", "4": "09-14"}


def test_day_10_waits_for_the_resume_and_all_that_follows_moves_with_it() -> None:
    found = told(HELD, RESUMED)
    assert runs(found, "blinatumomab.1")[-2:] == [
        "8-9 03-09..03-10 28 mcg + planned",
        "10-28 03-16..04-03 28 mcg + planned",
    ]
    changes = {day: on for day, on in dates(found, "bag-change").items() if day.startswith("1.")}
    assert changes == {
        "1.5": "03-06",
        "1.9": "03-10",
        "1.13": "03-19",
        "1.17": "03-23",
        "1.21": "03-27",
        "1.25": "03-31",
    }
    assert (dates(found, "bag-removal")["1"], dates(found, "blinatumomab")["2"]) == ("04-04", "04-18")


def test_days_that_moved_say_which_hold_moved_them() -> None:
    last = entry(told(HELD, RESUMED), "blinatumomab.1").runs[-1]
    assert [reason for reason in last.because.set_by if isinstance(reason, Event)] == [Event(3), Event(4)]


def test_while_nobody_knows_when_it_goes_on_the_rest_is_pending() -> None:
    found = told(HELD)
    assert runs(found, "blinatumomab.1")[-1] == "8-9 03-09..03-10 28 mcg + planned"
    assert {"blinatumomab.1.10", "bag-change.1.13", "bag-removal.1"} <= pending(found)
    [rest] = [each for each in found.pending if each.id == "blinatumomab.1.10"]
    assert (rest.title, rest.rule) == (
        "Blinatumomab, cycle 1, from day 10 to day 28",
        "28 mcg daily by continuous infusion on days 8-28 of cycle 1",
    )
    assert dates(found, "bag-change") == {"1.5": "03-06", "1.9": "03-10"}


def test_two_holds_move_it_twice() -> None:
    again = """2026-03-20 held, treatment: blinatumomab
2026-03-24 resumed, treatment: blinatumomab, level: 0, dose: 28 mcg
"""
    found = told(HELD, RESUMED, again)
    assert runs(found, "blinatumomab.1")[-3:] == [
        "8-9 03-09..03-10 28 mcg + planned",
        "10-13 03-16..03-19 28 mcg + planned",
        "14-28 03-24..04-07 28 mcg + planned",
    ]
    assert dates(found, "blinatumomab")["2"] == "04-22"


def test_a_hold_between_cycles_takes_no_dosing_day_away() -> None:
    between = """2026-04-01 held, treatment: blinatumomab
2026-04-08 resumed, treatment: blinatumomab, level: 0, dose: 28 mcg
"""
    found = told(between)
    assert (dates(found, "bag-removal")["1"], dates(found, "blinatumomab")["2"]) == ("03-30", "04-13")


def test_a_day_that_moved_is_explained_by_the_hold() -> None:
    found = told(HELD, RESUMED)
    day_12 = [line.sentence for line in explain(found, "blinatumomab.1.12", VERSION).lines]
    bag_change = [line.sentence for line in explain(found, "bag-change.1.13", VERSION).lines]
    assert [each for each in day_12 if each.startswith("Event")][:2] == ["Event 3: held.", "Event 4: resumed."]
    assert [each for each in bag_change if each.startswith("Event")] == ["Event 3: held.", "Event 4: resumed."]


def test_the_next_cycle_is_explained_from_the_last_day_of_the_one_before() -> None:
    lines = [line.sentence for line in explain(told(HELD, RESUMED), "blinatumomab.2.1", VERSION).lines]
    assert (
        "Blinatumomab, cycle 1 was given on Monday 2 March 2026 (Day 1); its day 28 is Friday 3 April 2026; "
        "15 days after that is Saturday 18 April 2026."
    ) in lines
