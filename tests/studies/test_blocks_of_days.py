"""A treatment that needs several open days: all of them must be open, or the whole block moves."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.entries.because import Closed
from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.telling.explain import explain
from scheduler.site.site import EVERY_DAY
from tests.studies.telling import WEEKDAYS, calendar, codes, dates, entry, ideals, pending, runs, study

PUMP = study("""
study days: first dose is Day 1
treatments:
  mfolfox6:
    when:
      1: on first dose
      then: 14 days ±2 after the previous cycle
    until: at most 4 cycles
    open: infusion on days 1, 3
    if closed: later
    give:
      oxaliplatin: 85 mg intravenously on day 1
      fluorouracil: 400 mg intravenously on day 1
visits:
  disconnect: on every mfolfox6 day 3
  safety-30: 30 days ±7 after the last dose
""")
"""The pump of day 1 is taken off on day 3."""

CELLS = study("""
study days: axi-cel is Day 0
dates:
  leukapheresis: recorded
treatments:
  axi-cel:
    when: 28 days -7 +28 after leukapheresis
    open: infusion on days -5 to -3, 0
    if closed: later
    give: 2000000 cells intravenously
  lymphodepletion:
    when: on Study Day -5
    open: infusion
    give:
      fludarabine: 30 mg intravenously on days 1-3
      cyclophosphamide: 500 mg intravenously on days 1-2
visits:
  daily-check:
    when: {1: on Study Day 1, then: 1 day after the previous visit}
    until: 7 visits
    open: any day
  week-4: on Study Day 28 ±3 days
  long-term: {when: every 6 months ±30 days from axi-cel, until: 2 years after axi-cel}
periods:
  near-the-hospital: {from: axi-cel, to: 28 days after axi-cel}
""")
"""Lymphodepletion on three days, two days of rest, and the cells on Day 0."""

STARTED = "2026-03-02 cycle started, treatment: mfolfox6, cycle: 1\n"
COLLECTED = "2026-03-02 visit done, entry: leukapheresis.1\n"


def test_the_pump_is_started_when_it_can_also_be_taken_off() -> None:
    found = calendar(PUMP, STARTED, site=EVERY_DAY.with_days({date(2026, 3, 18)}))
    # Monday 16 March is open, but the Wednesday on which the pump would come off is not: Tuesday, and off on Thursday.
    assert (ideals(found, "mfolfox6")["2"], dates(found, "mfolfox6")["2"]) == ("03-16", "03-17")
    assert dates(found, "disconnect") == {"1": "03-04", "2": "03-19", "3": "04-02", "4": "04-16"}
    assert dates(found, "safety-30") == {"1": "05-14"}


def test_the_date_says_which_day_was_closed() -> None:
    found = calendar(PUMP, STARTED, site=EVERY_DAY.with_days({date(2026, 3, 18)}))
    closed = [reason for reason in entry(found, "mfolfox6.2").because.set_by if isinstance(reason, Closed)]
    assert [reason.dates for reason in closed] == [(date(2026, 3, 16), date(2026, 3, 16))]


def test_a_start_put_off_to_thursday_waits_for_monday_and_is_out_of_its_window() -> None:
    put_off = "2026-03-10 delayed, treatment: mfolfox6, cycle: 2, until: 2026-03-19\n"
    found = calendar(PUMP, STARTED + put_off, site=WEEKDAYS)
    second = entry(found, "mfolfox6.2")
    # Thursday and Saturday, Friday and Sunday: neither pair is open.
    assert (dates(found, "mfolfox6")["2"], [flag.value for flag in second.flags]) == ("03-23", ["out of window"])
    assert codes(found) == ["no-open-day"]


def test_a_planned_start_that_was_done_before_it_could_be_put_off_has_no_effect() -> None:
    too_late = "2026-03-10 delayed, treatment: mfolfox6, cycle: 2, until: 2026-03-12\n"
    assert dates(calendar(PUMP, STARTED + too_late, site=WEEKDAYS), "mfolfox6")["2"] == "03-16"


def test_cells_are_given_where_the_five_days_before_fit_too() -> None:
    found = calendar(CELLS, COLLECTED, site=WEEKDAYS)
    assert dates(found, "axi-cel") == {"1": "03-30"}
    assert runs(found, "lymphodepletion.1") == [
        "1-2 03-25..03-26 fludarabine 30 mg + cyclophosphamide 500 mg + planned",
        "3-3 03-27..03-27 fludarabine 30 mg + planned",
    ]


def test_one_closed_day_of_the_block_moves_all_of_it() -> None:
    found = calendar(CELLS, COLLECTED, site=EVERY_DAY.with_days({date(2026, 3, 26)}))
    # With cells from 31 March to Friday 3 April, 26 March or a weekend would be one of the three days of chemotherapy.
    assert dates(found, "axi-cel") == {"1": "04-06"}
    assert runs(found, "lymphodepletion.1")[0].startswith("1-2 04-01..04-02")


def study_days(found: Calendar, *names: str) -> list[int | None]:
    days = {each.id: found.study_day(each.date) for each in found.entries if each.date is not None}
    return [days[name] for name in names]


def test_day_0_is_the_day_of_the_cells_and_day_1_the_next() -> None:
    found = calendar(CELLS, COLLECTED, site=WEEKDAYS)
    assert study_days(found, "lymphodepletion.1", "axi-cel.1", "daily-check.1", "week-4.1") == [-5, 0, 1, 28]


def test_the_first_dose_of_anything_is_not_day_0_where_the_cells_are() -> None:
    """Chemotherapy comes five days before the cells, and is the first dose of the study."""
    begun = "2026-03-25 cycle started, treatment: lymphodepletion, cycle: 1\n"
    found = calendar(CELLS, COLLECTED + begun, site=WEEKDAYS)
    assert found.first_dose == date(2026, 3, 25)
    assert study_days(found, "lymphodepletion.1", "axi-cel.1", "week-4.1") == [-5, 0, 28]


def test_a_day_counted_from_the_cells_is_explained_from_them() -> None:
    lines = [line.sentence for line in explain(calendar(CELLS, COLLECTED, site=WEEKDAYS), "week-4.1", CELLS).lines]
    assert lines[1] == ("Axi cel is planned for Monday 30 March 2026 (Day 0); Study Day 28 is Monday 27 April 2026.")


def test_every_six_months_from_the_cells_for_two_years() -> None:
    found = calendar(CELLS, COLLECTED, until="2028-12-31", site=WEEKDAYS)
    # Calendar months from 30 March, so never the 31st; a Saturday goes to Monday.
    assert ideals(found, "long-term") == {"1": "09-30", "2": "03-30", "3": "09-30", "4": "03-30"}


def test_without_the_leukapheresis_nothing_has_a_date() -> None:
    found = calendar(CELLS, "")
    assert found.entries == ()
    assert {"axi-cel.1", "lymphodepletion.1.1", "week-4.1"} <= pending(found)
