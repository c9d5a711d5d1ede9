"""The pharmacy's list: what is handed out, prepared, counted and collected, with every number worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from scheduler.calendar.entries.entry import Flag
from scheduler.exports.tables.csv import table_as_csv
from scheduler.views.patients import Patient
from scheduler.views.pharmacy.dispensing import dispensing_list
from scheduler.views.pharmacy.dispensing_line import COLUMNS, LineStatus
from tests.views.told import CONTROL, EXPERIMENTAL, handed, line_of, on, patient, seed

DISPENSED = """
  - {on: 2026-03-02, event: dispensed, treatment: regorafenib, cycle: 1, quantity: 56, lot: A7, expires: 2027-05-31}
"""


def march_and_april(*patients: Patient):
    return dispensing_list(patients, on("03-01"), on("04-30"))


def test_eighty_milligrams_are_two_bottles_a_cycle_and_each_infusion_is_one_vial() -> None:
    # 80 mg = 2 tablets x 21 days = 42 = 2 bottles of 28, surplus 14.
    found = march_and_april(patient(EXPERIMENTAL, DISPENSED))
    assert handed(found.lines) == [
        ("03-02", "regorafenib.1.1", 42, 2, "done"),
        ("03-02", "toripalimab.1", 1, None, "done"),
        ("03-30", "regorafenib.2.1", 42, 2, "planned"),
        ("03-30", "toripalimab.2", 1, None, "planned"),
        ("04-20", "toripalimab.3", 1, None, "planned"),
        ("04-27", "regorafenib.3.1", 42, 2, "planned"),
    ]
    assert found.apart == ()
    assert line_of(found, "regorafenib.2.1").note == "2 tablets x 21 days; 2 bottles of 28, surplus 14"


def test_the_line_has_date_window_dose_and_level() -> None:
    line = line_of(march_and_april(patient(EXPERIMENTAL)), "regorafenib.3.1")
    assert (line.subject, line.date, line.earliest, line.latest) == ("EXP-001", on("04-27"), on("04-24"), on("04-30"))
    assert (line.treatment, line.dose, line.unit, line.level) == ("regorafenib", Decimal(80), "mg", 0)
    assert line.visit == "Regorafenib, cycle 3"
    assert line.covers == (on("04-27"), on("05-17"))


def test_a_hundred_and_twenty_milligrams_are_three_bottles() -> None:
    # 120 mg = 3 tablets x 21 days = 63 = 3 bottles of 28, surplus 21.
    found = march_and_april(patient(CONTROL, subject="CTL-001"))
    assert line_of(found, "regorafenib.2.1").note == "3 tablets x 21 days; 3 bottles of 28, surplus 21"
    assert handed(found.lines)[1] == ("03-30", "regorafenib.2.1", 63, 3, "planned")


def test_forty_milligrams_are_one_bottle() -> None:
    # 40 mg = 1 tablet x 21 days = 21 = 1 bottle of 28, surplus 7.
    reduced = "  - {on: 2026-03-25, event: dose changed, treatment: regorafenib, level: -1, dose: 40 mg}\n"
    line = line_of(march_and_april(patient(EXPERIMENTAL, reduced)), "regorafenib.2.1")
    assert (line.dose, line.level, line.units, line.packs) == (Decimal(40), -1, 21, 1)
    assert line.note == "1 tablet x 21 days; 1 bottle of 28, surplus 7"


def test_a_started_cycle_without_a_recorded_dispensing_says_so() -> None:
    line = line_of(march_and_april(patient(EXPERIMENTAL)), "regorafenib.1.1")
    assert line.status is LineStatus.NO_RECORD
    assert line.note == (
        "2 tablets x 21 days; 2 bottles of 28, surplus 14; "
        "the cycle was started and nobody recorded what was handed out"
    )


def test_what_was_recorded_shows_its_lot_and_where_the_number_differs() -> None:
    one_bottle = DISPENSED.replace("56", "28")
    line = line_of(march_and_april(patient(EXPERIMENTAL, one_bottle)), "regorafenib.1.1")
    assert (line.status, line.lot, line.expires) == (LineStatus.DONE, "A7", date(2027, 5, 31))
    assert line.note is not None
    assert line.note.endswith("surplus 14; handed out: 28, not 56")


def test_day_one_collects_what_is_left_of_the_cycle_before() -> None:
    # 56 handed out, 42 taken.
    line = line_of(march_and_april(patient(EXPERIMENTAL, DISPENSED)), "regorafenib.2.1")
    assert line.collect == "Regorafenib, cycle 1: 14 tablets, and empty packs"


def test_a_return_that_was_counted_is_told_as_it_was_counted() -> None:
    returned = "  - {on: 2026-03-30, event: returned, treatment: regorafenib, cycle: 1, quantity: 20}\n"
    line = line_of(march_and_april(patient(EXPERIMENTAL, DISPENSED, returned)), "regorafenib.2.1")
    assert line.collect == "Regorafenib, cycle 1: 20 tablets came back"


HELD_AND_REDUCED = """
  - {on: 2026-03-16, event: adverse event, ae: 1, term: Palmar-plantar erythrodysesthesia syndrome, grade: 3}
  - {on: 2026-03-16, event: held, treatment: regorafenib, reason: AE 1}
  - {on: 2026-04-06, event: resumed, treatment: regorafenib, level: -1, dose: 80 mg}
"""


def test_held_on_day_15_and_resumed_one_level_down_in_the_next_cycle() -> None:
    # 84 handed out, 14 days x 3 = 42 taken, 42 left. Resumed after day 21, so the resume is the next day 1:
    # 2 tablets x 21 days = 42 = 2 bottles.
    found = march_and_april(patient(CONTROL, HELD_AND_REDUCED, subject="CTL-001"))
    assert handed(found.lines) == [
        ("03-02", "regorafenib.1.1", 63, 3, "no record"),
        ("03-16", "regorafenib.1.15", 0, 0, "planned"),
        ("04-06", "regorafenib.2.1", 42, 2, "planned"),
    ]
    held = line_of(found, "regorafenib.1.15")
    assert held.note == "on hold: recount, 42 tablets should be left; hand out nothing, and record what is brought back"
    assert held.covers is None
    assert line_of(found, "regorafenib.1.1").covers == (on("03-02"), on("03-15"))
    assert line_of(found, "regorafenib.2.1").collect == "Regorafenib, cycle 1: 42 tablets, and empty packs"


RESUMED_INSIDE = """
  - {on: 2026-03-09, event: held, treatment: regorafenib, reason: AE 1}
  - {on: 2026-03-16, event: resumed, treatment: regorafenib, level: -1, dose: 40 mg}
"""


def test_a_resume_inside_the_cycle_hands_out_only_what_is_short() -> None:
    # 56 handed out, 7 days x 2 = 14 taken, 42 left; days 15-21 need 7 x 1 = 7: nothing is short.
    line = line_of(march_and_april(patient(EXPERIMENTAL, DISPENSED, RESUMED_INSIDE)), "regorafenib.1.15")
    assert (line.date, line.dose, line.level, line.units, line.packs) == (on("03-16"), Decimal(40), -1, 0, 0)
    assert line.note == (
        "dosing goes on; 7 tablets needed to the end of the cycle, 42 tablets should be left; recount and relabel"
    )
    assert line.covers == (on("03-16"), on("03-22"))


def test_what_came_back_during_the_hold_is_not_handed_out_again() -> None:
    # All 42 came back, so the 7 tablets are short: a new bottle.
    returned = "  - {on: 2026-03-09, event: returned, treatment: regorafenib, cycle: 1, quantity: 42}\n"
    found = march_and_april(patient(EXPERIMENTAL, DISPENSED, RESUMED_INSIDE, returned))
    assert handed(found.lines)[2:4] == [
        ("03-09", "regorafenib.1.8", 0, 0, "planned"),
        ("03-16", "regorafenib.1.15", 7, 1, "planned"),
    ]
    again = "  - {on: 2026-03-16, event: dispensed, treatment: regorafenib, cycle: 1, quantity: 28}\n"
    found = march_and_april(patient(EXPERIMENTAL, DISPENSED, RESUMED_INSIDE, returned, again))
    assert handed(found.lines)[3] == ("03-16", "regorafenib.1.15", 7, 1, "done")
    # 28 handed out anew, 7 taken: 21 left, beside nothing of the first two bottles.
    assert line_of(found, "regorafenib.2.1").collect == "Regorafenib, cycle 1: 42 tablets came back"


def test_a_dose_reduced_inside_a_cycle_is_relabelled() -> None:
    # 84 presumed handed out, 9 days x 3 = 27 taken, 57 left; days 10-21 need 12 x 2 = 24.
    reduced = "  - {on: 2026-03-11, event: dose changed, treatment: regorafenib, level: -1, dose: 80 mg}\n"
    found = march_and_april(patient(CONTROL, reduced, subject="CTL-001"))
    line = line_of(found, "regorafenib.1.10")
    assert (line.units, line.packs, line.dose, line.level) == (0, 0, Decimal(80), -1)
    assert line.note == (
        "the dose changes; 24 tablets needed to the end of the cycle, 57 tablets should be left; recount and relabel"
    )
    assert line_of(found, "regorafenib.1.1").covers == (on("03-02"), on("03-10"))
    assert line_of(found, "regorafenib.2.1").units == 42


def test_a_dose_raised_inside_a_cycle_needs_another_bottle() -> None:
    # Level -1 from the start: 1 bottle of 28 for 21 days. From day 8 again 80 mg: 14 days x 2 = 28 needed, 28 - 7 = 21
    # left, so 7 are short.
    lower = "  - {on: 2026-03-02, event: dose changed, treatment: regorafenib, level: -1, dose: 40 mg}\n"
    raised = "  - {on: 2026-03-09, event: dose changed, treatment: regorafenib, level: 0, dose: 80 mg}\n"
    found = march_and_april(patient(EXPERIMENTAL, lower, raised))
    assert handed(found.lines)[0] == ("03-02", "regorafenib.1.1", 21, 1, "no record")
    assert handed(found.lines)[2] == ("03-09", "regorafenib.1.8", 7, 1, "planned")


def test_tablets_that_were_lost_are_short() -> None:
    # 56 - 14 taken - 40 lost = 2 left, and days 8-21 at 40 mg need 14: 12 short.
    lost = "  - {on: 2026-03-08, event: lost, treatment: regorafenib, cycle: 1, quantity: 40}\n"
    reduced = "  - {on: 2026-03-09, event: dose changed, treatment: regorafenib, level: -1, dose: 40 mg}\n"
    line = line_of(march_and_april(patient(EXPERIMENTAL, DISPENSED, lost, reduced)), "regorafenib.1.8")
    assert (line.units, line.packs) == (12, 1)


def test_days_reported_as_not_taken_are_still_left() -> None:
    # 7 days, 2 of them not taken: 10 tablets taken, 46 left.
    skipped = "  - {on: 2026-03-06, event: not taken, treatment: regorafenib, from: 2026-03-04, to: 2026-03-05}\n"
    line = line_of(march_and_april(patient(EXPERIMENTAL, DISPENSED, skipped, RESUMED_INSIDE)), "regorafenib.1.8")
    assert line.collect == "46 tablets should be left"


def test_tablets_on_days_without_a_dose_are_not_left() -> None:
    # 84 handed out, 21 days x 3 = 63 taken, and 4 days x 3 = 12 beside the plan: 9 left.
    beside = "  - {on: 2026-03-27, event: taken, treatment: regorafenib, from: 2026-03-23, to: 2026-03-26}\n"
    ended = "  - {on: 2026-03-27, event: end of treatment, reason: progression}\n"
    found = march_and_april(patient(CONTROL, beside, ended, subject="CTL-001"))
    assert line_of(found, "regorafenib.1.end").collect == "Regorafenib, cycle 1: 9 tablets, and empty packs"
    # 56 handed out, 42 taken, and 5 days x 2 = 10 through radiotherapy: 4 left.
    through = "  - {on: 2026-03-30, event: taken, treatment: regorafenib, from: 2026-03-23, to: 2026-03-27}\n"
    line = line_of(march_and_april(patient(EXPERIMENTAL, DISPENSED, through)), "regorafenib.2.1")
    assert line.collect == "Regorafenib, cycle 1: 4 tablets, and empty packs"


def test_half_a_tablet_reported_leaves_a_count_that_nobody_can_tell() -> None:
    half = (
        "  - {on: 2026-03-04, event: taken, treatment: regorafenib, from: 2026-03-04, to: 2026-03-04, amount: 60 mg}\n"
    )
    found = march_and_april(patient(EXPERIMENTAL, DISPENSED, half, RESUMED_INSIDE))
    line = line_of(found, "regorafenib.1.15")
    assert (line.units, line.packs) == (None, None)
    assert line.note is not None
    assert "60 mg cannot be made of 40 mg tablets" in line.note


def test_a_hold_without_an_end_lists_the_next_cycle_apart() -> None:
    held = "  - {on: 2026-03-16, event: held, treatment: regorafenib, reason: AE 1}\n"
    found = march_and_april(patient(CONTROL, held, subject="CTL-001"))
    assert handed(found.apart) == [("", "regorafenib.2.1", None, None, "on hold")]
    assert found.apart[0].note == "not known: when the hold ends"
    assert [(total.units, total.packs, total.lines_apart) for total in found.totals] == [(0, 0, 1)]


def test_the_end_of_a_treatment_collects_what_is_left_and_lists_what_is_cancelled_apart() -> None:
    # 56 handed out, 9 days x 2 = 18 taken.
    ended = "  - {on: 2026-03-11, event: discontinued, treatment: regorafenib, reason: AE 1}\n"
    found = march_and_april(patient(EXPERIMENTAL, DISPENSED, ended))
    line = line_of(found, "regorafenib.1.end")
    assert (line.date, line.units, line.packs) == (on("03-11"), 0, 0)
    assert line.collect == "Regorafenib, cycle 1: 38 tablets, and empty packs"
    assert line.note == "discontinued: collect and count, hand out nothing"
    assert line_of(found, "regorafenib.1.1").covers == (on("03-02"), on("03-10"))
    assert [line.status for line in found.apart if line.treatment == "regorafenib"] == [LineStatus.CANCELLED]


def test_a_cycle_moved_by_a_holiday_is_handed_out_on_the_day_it_starts() -> None:
    closed = [on("03-30"), on("03-31")]
    line = line_of(march_and_april(patient(CONTROL, subject="CTL-001", closed=closed)), "regorafenib.2.1")
    assert (line.date, line.earliest, line.latest) == (on("04-01"), on("03-27"), on("04-02"))
    assert line.covers == (on("04-01"), on("04-21"))


def test_two_patients_in_the_order_of_days_with_the_totals_of_the_period() -> None:
    found = dispensing_list([patient(EXPERIMENTAL), patient(CONTROL, subject="CTL-001")], on("03-30"), on("04-30"))
    assert [(f"{line.date:%m-%d}", line.subject, line.treatment) for line in found.lines] == [
        ("03-30", "CTL-001", "regorafenib"),
        ("03-30", "EXP-001", "regorafenib"),
        ("03-30", "EXP-001", "toripalimab"),
        ("04-20", "EXP-001", "toripalimab"),
        ("04-27", "CTL-001", "regorafenib"),
        ("04-27", "EXP-001", "regorafenib"),
    ]
    # 63 + 42, twice; 3 + 2 bottles, twice; two vials.
    assert [(total.treatment, total.product, total.units, total.packs, total.unknown) for total in found.totals] == [
        ("regorafenib", "40 mg tablet", 210, 10, 0),
        ("toripalimab", "240 mg vial", 2, None, 0),
    ]


def flagged(whole: Patient, entry_id: str, flag: Flag) -> Patient:
    """The same patient with one entry flagged."""
    entries = tuple(
        entry._replace(flags=(flag,)) if entry.id == entry_id else entry for entry in whole.calendar.entries
    )
    return replace(whole, calendar=replace(whole.calendar, entries=entries))


@pytest.mark.parametrize("flag", [Flag.PROVISIONAL, Flag.AWAITING_DECISION])
def test_what_is_provisional_or_awaits_a_decision_is_listed_apart_with_its_number(flag: Flag) -> None:
    whole = flagged(flagged(patient(EXPERIMENTAL), "regorafenib.2", flag), "toripalimab.2", flag)
    found = dispensing_list([whole], on("03-30"), on("04-05"))
    assert found.lines == ()
    assert handed(found.apart) == [
        ("03-30", "regorafenib.2.1", 42, 2, flag.value),
        ("03-30", "toripalimab.2", 1, None, flag.value),
    ]
    assert [(total.units, total.packs, total.apart, total.packs_apart) for total in found.totals] == [
        (0, None, 42, 2),
        (0, None, 1, None),
    ]


def test_radiotherapy_is_not_pharmacy() -> None:
    found = march_and_april(patient(EXPERIMENTAL))
    assert "radiotherapy" not in {line.treatment for line in found.everything}


def test_an_infusion_not_done_is_not_prepared() -> None:
    missed = "  - {on: 2026-03-30, event: not done, entry: toripalimab.2, reason: fever}\n"
    line = line_of(march_and_april(patient(EXPERIMENTAL, missed)), "toripalimab.2")
    assert (line.units, line.dose, line.status, line.note) == (
        None,
        None,
        LineStatus.NOT_DONE,
        "not done: prepare nothing",
    )


def test_a_patient_in_screening_is_listed_apart_and_one_who_failed_it_is_not() -> None:
    consented = "  - {on: 2026-02-20, event: consented}\n"
    failed = "  - {on: 2026-02-25, event: screen failed, reason: liver values}\n"
    found = march_and_april(patient(consented))
    assert handed(found.everything) == [("", "regorafenib.1.1", None, None, "pending")]
    assert march_and_april(patient(consented, failed)).everything == ()


def test_the_csv_has_exactly_the_public_columns() -> None:
    found = dispensing_list([patient(EXPERIMENTAL)], on("03-30"), on("04-20"))
    assert table_as_csv(found.table()).splitlines() == [
        "subject,date,earliest,latest,treatment,dose,unit,level,units,packs,status,note,product",
        "EXP-001,2026-03-30,2026-03-28,2026-04-02,regorafenib,80,mg,0,42,2,planned,"
        '"2 tablets x 21 days; 2 bottles of 28, surplus 14",40 mg tablet',
        "EXP-001,2026-03-30,2026-03-28,2026-03-31,toripalimab,240,mg,0,1,,planned,1 240 mg vial,240 mg vial",
        "EXP-001,2026-04-20,2026-04-17,2026-04-23,toripalimab,240,mg,0,1,,planned,1 240 mg vial,240 mg vial",
    ]


def test_the_printed_list_has_room_for_lot_expiry_and_two_signatures() -> None:
    sure, apart, totals = dispensing_list([patient(EXPERIMENTAL)], on("03-30"), on("04-20")).tables()
    assert sure.columns == (
        *COLUMNS, "visit", "collect back", "lot", "expiry", "prepared by", "checked by"
    )  # fmt: skip
    assert sure.rows[0][12:] == (
        "40 mg tablet", "Regorafenib, cycle 2", "Regorafenib, cycle 1: 14 tablets, and empty packs", None, None, None, None
    )  # fmt: skip
    assert (apart.title, apart.rows) == ("Listed apart: ask first", ())
    assert totals.rows == (
        ("regorafenib", "40 mg tablet", 42, 2, 0, 0, None, 0),
        ("toripalimab", "240 mg vial", 2, None, 0, 0, None, 0),
    )


def test_a_calendar_that_ends_too_early_is_refused() -> None:
    whole = patient(EXPERIMENTAL)
    short = Patient(replace(whole.calendar, until=on("03-31")), whole.plan, whole.course)
    with pytest.raises(
        ValueError, match="the calendar of EXP-001 ends on 2026-03-31, before the list does on 2026-04-30"
    ):
        march_and_april(short)


def test_a_study_without_patients_has_an_empty_list() -> None:
    assert march_and_april().everything == ()
    assert seed().study == "REGO-TORI-RT"
