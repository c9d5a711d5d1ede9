"""Somebody asks of one time point of a sheet why it is when it is, and for the list of one sheet."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.telling.explain import explain
from scheduler.errors import UnknownEntry
from scheduler.protocol.parse import parse_protocol
from scheduler.views.sheets import all_of_sheets, sheets_about, table_of_sheet, table_of_sheets
from tests.calendar.test_sheets import GIVEN_LATE, calendar, protocol, version


def sampled(point: str, on: str, at: str) -> str:
    return f'{GIVEN_LATE}{on} sampled, sheet: pk, n: 1, point: {point}, at: "{at}"\n'


def told(found: Calendar, sample: str) -> str:
    return str(explain(found, sample, version(protocol())))


def test_a_sample_after_the_dose_says_from_what_it_counts_and_how_far_off_it_was() -> None:
    """2 h after 22:00 on Monday 2 March is midnight; at 00:05 it is 2 h 5 min after the dose, within 15 minutes."""
    said = told(calendar(protocol(), sampled("2 h", "2026-03-03", "00:05")), "pk.1@2h")
    assert "2 h of Pk 1 was taken on Tuesday 3 March 2026 at 00:05." in said
    assert "2 h after 22:00 is Tuesday 3 March 2026 at 00:00." in said
    assert "It may be ±15 min from that." in said
    assert "It was taken 2 h 05 min after the dose, 5 min late." in said


def test_a_sample_before_the_dose_that_was_too_early_says_so() -> None:
    """Half an hour before 22:00 is 21:30, and half an hour earlier still is allowed: 20:50 is 10 minutes too early."""
    said = told(calendar(protocol(), sampled("-0.5 h", "2026-03-02", "20:50")), "pk.1@-0.5h")
    assert "-0.5 h of Pk 1 was taken on Monday 2 March 2026 at 20:50." in said
    assert "30 min before 22:00 is Monday 2 March 2026 at 21:30." in said
    assert "It was taken 1 h 10 min before the dose, 40 min early, which is outside its window." in said


def test_a_sample_on_time_that_was_not_taken_or_whose_dose_has_no_time_yet() -> None:
    on_time = told(calendar(protocol(), sampled("2 h", "2026-03-03", "00:00")), "pk.1@2h")
    assert "It was taken 2 h after the dose, on time." in on_time
    story = f"{GIVEN_LATE}2026-03-03 not sampled, sheet: pk, n: 1, point: 2 h, reason: no vein\n"
    not_taken = told(calendar(protocol(), story), "pk.1@2h")
    assert "2 h of Pk 1 was not taken." in not_taken
    next_week = told(calendar(protocol(), GIVEN_LATE), "pk.2@2h")
    assert (
        "2 h of Pk 2 has no clock time yet on Monday 9 March 2026, because the time of drug.2 is not known yet."
        in next_week
    )


@pytest.mark.parametrize(
    ("dose", "sample", "way"),
    [
        # 22:00 is 21:00 UTC; 36 hours later it is 09:00 UTC on Monday 30 March, 11:00 in summer time.
        ("2026-03-28", "Monday 30 March 2026 at 11:00", "forward"),
        # 22:00 is 20:00 UTC; 36 hours later it is 08:00 UTC on Monday 26 October, 09:00 in winter time.
        ("2026-10-24", "Monday 26 October 2026 at 09:00", "back"),
    ],
)
def test_hours_are_true_hours_where_the_clocks_change_in_between(dose: str, sample: str, way: str) -> None:
    story = f'{dose} randomised, arm: all\n{dose} given, treatment: drug, n: 1, at: "22:00"\n'
    said = told(calendar(protocol(), story), "pk.1@36h")
    assert f"36 h after 22:00 is {sample}." in said
    assert f"The clocks are set {way} by 1 h in between; these are true hours." in said


def test_the_list_of_one_sheet_by_its_id_its_dose_or_its_visit() -> None:
    found = calendar(protocol(), sampled("2 h", "2026-03-03", "00:05"))
    assert [[sheet.id for sheet in sheets_about(found, of)] for of in ("pk.1", "drug.1", "pk.2", None)] == [
        ["pk.1"],
        ["pk.1"],
        ["pk.2"],
        ["pk.1", "pk.2"],
    ]
    table = table_of_sheet(found, sheets_about(found, "pk.1")[0])
    assert table.title.endswith("[pk.1], drug.1, 2026-03-02 22:00")
    assert table_of_sheet(found, sheets_about(found, "pk.2")[0]).title.endswith("[pk.2], drug.2")
    second, third, monday = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 9)
    assert table.rows[:2] == (
        (
            "pk.1",
            "drug.1",
            "-0.5 h",
            -30,
            second,
            "21:30",
            "-30 min to +0 min",
            "planned",
            None,
            None,
            None,
            None,
            None,
        ),
        ("pk.1", "drug.1", "2 h", 120, third, "00:00", "±15 min", "taken", third, "00:05", 125, 5, None),
    )
    # Of the second dose nobody knows the time yet: days without clock times.
    everything = all_of_sheets(found, found.sheets)
    assert everything.title == "S-1 sheets"
    assert everything.rows[3][:6] == ("pk.2", "drug.2", "-0.5 h", -30, monday, None)


def test_in_short_what_was_early_or_not_taken() -> None:
    story = f"{sampled('-0.5 h', '2026-03-02', '21:20')}2026-03-03 not sampled, sheet: pk, n: 1, point: 2 h, reason: no vein\n"
    rows = table_of_sheets(calendar(protocol(), story)).rows
    assert rows[0][-1] == "-0.5 h 21:30 taken 21:20 (-10 min), 2 h 00:00 03-03 not taken"


def test_a_sheet_that_is_not_there() -> None:
    found = calendar(protocol(), GIVEN_LATE)
    with pytest.raises(UnknownEntry, match=r"this calendar has no sheet of 'pk\.9' \(did you mean 'pk\.[12]'\?\)"):
        sheets_about(found, "pk.9")
    text = protocol().partition("sheets:")[0]
    parsed, _ = parse_protocol(text, name="protocol.yaml")
    assert parsed.arms["all"].timelines.keys() >= {"drug"}
    with pytest.raises(UnknownEntry, match=r"this calendar has no sheet \(write them under 'sheets' of the protocol\)"):
        sheets_about(calendar(text, GIVEN_LATE))
