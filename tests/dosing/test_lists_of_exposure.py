"""Exposure, pill counts and the ledger as lists: what readers and other programs get."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.exposure.of_patient import exposure_of
from scheduler.exports.tables.csv import table_as_csv
from scheduler.patient.supply import Accountability
from scheduler.site.site import EVERY_DAY
from scheduler.views.looking_back.deviations import ledger_of
from scheduler.views.looking_back.exposure import in_tenths, table_of_exposure, tables_of_exposure
from scheduler.views.pharmacy.pill_counts import pill_counts
from scheduler.views.shapes.deviations import tell_deviations
from scheduler.views.shapes.exposure import tell_exposure
from tests.dosing.story import exposure, told
from tests.seed import VERSION

HELD_AND_REDUCED = """
    2026-05-08 randomised, arm: control
    2026-05-11 cycle started, treatment: regorafenib, cycle: 1
    2026-05-11 dispensed, treatment: regorafenib, cycle: 1, quantity: 84
    2026-05-25 held, treatment: regorafenib, reason: hand-foot reaction
    2026-06-15 resumed, treatment: regorafenib, level: -1, dose: 80 mg
    2026-06-15 cycle started, treatment: regorafenib, cycle: 2
"""


def counts(story: str, until: str) -> tuple[Accountability, ...]:
    return pill_counts(VERSION, EVERY_DAY, told(story), date.fromisoformat(until))


def test_intensity_is_told_with_one_decimal() -> None:
    table = table_of_exposure(exposure(HELD_AND_REDUCED, "2026-07-12"))
    at = {column: place for place, column in enumerate(table.columns)}
    told_in_rows = [(row[at["number"]], str(row[at["RDI %"]]), row[at["delayed by"]]) for row in table.rows]
    assert told_in_rows == [(1, "53.3", None), (2, "66.7", "event 4, event 5"), ("overall", "59.3", "event 4, event 5")]


def test_tablets_of_a_cycle_that_nobody_recorded_as_started_are_missing_not_taken() -> None:
    # Cycle 2 was due on 8 June; 84 tablets were handed out for it, 21 came back, and nobody says that it began.
    story = """
        2026-05-08 randomised, arm: control
        2026-05-11 cycle started, treatment: regorafenib, cycle: 1
        2026-06-08 dispensed, treatment: regorafenib, cycle: 2, quantity: 84
        2026-07-06 returned, treatment: regorafenib, cycle: 2, quantity: 21
    """
    (count,) = counts(story, "2026-07-06")
    assert (count.expected, count.taken, count.missing, count.compliance) == (0, 0, 63, None)
    (started,) = counts(story + "2026-06-08 cycle started, treatment: regorafenib, cycle: 2", "2026-07-06")
    assert (started.expected, started.taken, started.missing) == (63, 63, 0)


def test_half_of_a_tenth_goes_up() -> None:
    assert in_tenths(Decimal("66.65")) == Decimal("66.7")
    assert in_tenths(None) is None


def test_csv_has_every_column_and_nothing_for_what_is_missing() -> None:
    text = table_as_csv(table_of_exposure(exposure("2026-05-08 randomised, arm: control", "2026-07-12")))
    assert text.splitlines() == [
        "treatment,drug,number,start,status,delivered,planned,unit,days,planned days,RDI %,total dose %,delay,delayed by,level,"
        "reduced by,days dosed,presumed,held,not taken,dispensed,returned,lost,taken,missing,expected,compliance %,"
        "outside 80-120 %,pill count"
    ]


def test_json_says_missing_as_null() -> None:
    keys = tell_exposure(exposure(HELD_AND_REDUCED, "2026-07-12"), counts(HELD_AND_REDUCED, "2026-07-12")).as_keys()
    back = json.loads(json.dumps(keys))
    assert [line["relative_dose_intensity"] for line in back["lines"]] == ["53.3", "66.7"]
    assert back["totals"][0]["delivered"] == "3360"
    assert back["counts"][0]["compliance"] is None
    assert (back["subject"], back["until"]) == (None, "2026-07-12")


def test_screen_tells_delays_and_counts_apart() -> None:
    whole = exposure(HELD_AND_REDUCED, "2026-07-12")
    found = tables_of_exposure(whole, counts(HELD_AND_REDUCED, "2026-07-12"))
    assert [table.title for table in found] == [
        "REGO-TORI-RT exposure until 2026-07-12",
        "Delays, reductions, days without a dose",
        "Pill counts",
    ]
    assert [len(table.rows) for table in found] == [3, 3, 1]


def test_expected_are_the_tablets_of_days_that_were_not_held() -> None:
    # 14 days of 3 tablets; 84 were handed out and nobody has counted what is left.
    (count,) = counts(HELD_AND_REDUCED, "2026-06-30")
    assert (count.dispensed, count.returned, count.taken, count.expected) == (84, None, None, 42)
    assert count.compliance is None


def test_counted_return_gives_compliance() -> None:
    # 84 - 42 left; all 42 that are gone are accounted for.
    story = HELD_AND_REDUCED + "2026-06-15 returned, treatment: regorafenib, cycle: 1, quantity: 42"
    count = counts(story, "2026-06-30")[0]
    assert (count.taken, count.missing, count.compliance, count.out_of_bounds) == (42, 0, Decimal(100), False)


def test_tablets_not_taken_lower_compliance_and_what_else_is_gone_is_missing() -> None:
    # 4 days of 3 tablets were not taken: 30 of 42. Of 40 that are gone, 10 are missing.
    story = (
        HELD_AND_REDUCED
        + """2026-06-15 not taken, treatment: regorafenib, from: 2026-05-13, to: 2026-05-16
        2026-06-15 returned, treatment: regorafenib, cycle: 1, quantity: 44"""
    )
    count = counts(story, "2026-06-30")[0]
    assert (count.taken, count.missing, count.expected, count.out_of_bounds) == (30, 10, 42, True)
    assert str(in_tenths(count.compliance)) == "71.4"


def test_units_of_one_day_reach_back_to_no_later_event() -> None:
    story = HELD_AND_REDUCED + "2026-06-15 returned, treatment: regorafenib, cycle: 1, quantity: 42"
    assert counts(story, "2026-06-14")[0].returned is None


def test_nobody_without_an_arm_is_counted() -> None:
    assert counts("2026-05-08 consented", "2026-06-14") == ()


def test_ledger_names_patient_clause_and_events() -> None:
    log = told(HELD_AND_REDUCED.replace("06-15 cycle started", "06-20 cycle started"))
    found = deviations_of(VERSION, EVERY_DAY, log)
    ledger = ledger_of("REGO-TORI-RT", [("CTL-009", found), ("CTL-010", ())])
    (row,) = ledger.table().rows
    assert row[:6] == (
        "CTL-009",
        date(2026, 6, 20),
        "out of window",
        "regorafenib.2",
        2,
        "done 2 days after its window of 2026-06-15 to 2026-06-18",
    )
    assert row[8] == "event 6"
    assert ledger.counts().rows == (("CTL-009", "out of window", 1),)
    keys = json.loads(json.dumps(tell_deviations(ledger).as_keys()))
    assert keys["deviations"][0]["clause"]["line"] == row[7]
    assert keys["deviations"][0]["severity"] is None


def test_exposure_names_the_patient() -> None:
    found = exposure_of(VERSION, EVERY_DAY, told(HELD_AND_REDUCED), date(2026, 7, 12), subject="CTL-009")
    assert table_of_exposure(found).title == "REGO-TORI-RT CTL-009 exposure until 2026-07-12"
