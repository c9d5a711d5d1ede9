"""A blood pressure is one measurement of two numbers. At least is one of the two, below is both. Counted by hand.

Dose 1 on Monday 2 March 2026, then every 21 days: 23 March, 13 April.
"""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.asking import ask
from scheduler.calendar.entries.because import Unknown
from scheduler.calendar.entries.entry import Calendar
from scheduler.errors import InvalidText
from scheduler.patient.events import Measured
from tests.dosing.story import told
from tests.studies.telling import WEEKDAYS, calendar, study

PRESSURE = study("""
study days: first dose is Day 1
treatments:
  drug:
    when: {1: on first dose, then: 21 days after the previous dose}
    give: intravenously
    levels: 10, 5 mg/kg
    goes on when: blood pressure up to 150/90 mmHg, values within 3 days
rules:
  pressure:
    for: drug
    on: blood pressure
    rows:
      - "at least 140/90 to below 160/100 mmHg: continue with supportive care (label)"
      - "at least 160/100 mmHg, 1st time: hold until below 150/90 mmHg, then resume at the same level (label)"
      - "at least 160/100 mmHg, 2nd time or later: discontinue (label)"
sources: {label: The label}
""")
GIVEN = "2026-03-02 given, treatment: drug, n: 1\n"
"""Event 2."""


def bp(day: str, value: str) -> str:
    return f"2026-{day} measured, test: blood pressure, value: {value}, unit: mmHg\n"


def of(story: str) -> Calendar:
    return calendar(PRESSURE, story, until="2026-05-31", site=WEEKDAYS)


def called_for(story: str) -> list[str]:
    return [each.id for each in of(story).proposals]


@pytest.mark.parametrize(
    ("value", "rows"),
    [
        ("139/89", []),
        ("140/85", ["pressure.1.3"]),
        ("135/90", ["pressure.1.3"]),
        ("159/99", ["pressure.1.3"]),
        ("160/85", ["pressure.2.3"]),
        ("150/100", ["pressure.2.3"]),
        ("165/105", ["pressure.2.3"]),
    ],
)
def test_at_least_is_one_of_the_two_and_below_is_both(value: str, rows: list[str]) -> None:
    assert called_for(GIVEN + bp("03-10", value)) == rows


def test_it_comes_up_once_while_one_of_them_stays_so() -> None:
    assert called_for(GIVEN + bp("03-10", "165/95") + bp("03-12", "155/102")) == ["pressure.2.3"]


def test_a_time_is_over_when_both_are_back() -> None:
    """118/78 on 16 March is grade 0 of both; 115/102 on 20 March is the second time."""
    story = GIVEN + bp("03-10", "165/95") + bp("03-16", "118/78") + bp("03-20", "115/102")
    assert called_for(story) == ["pressure.2.3", "pressure.3.5"]
    assert "pressure.3.5" not in called_for(story.replace("118/78", "118/95"))


def test_numbers_that_were_recorded_apart_are_read_as_well() -> None:
    apart = "2026-03-10 measured, test: diastolic, value: 101, unit: mmHg\n"
    assert called_for(GIVEN + apart) == ["pressure.2.3"]


@pytest.mark.parametrize(
    ("later", "waits_for"),
    [
        ("149/89", ()),
        ("150/80", ("blood pressure 150/80 mmHg, a resume asks for below 150/90 mmHg",)),
        ("120/90", ("blood pressure 120/90 mmHg, a resume asks for below 150/90 mmHg",)),
    ],
)
def test_a_hold_waits_for_both(later: str, waits_for: tuple[str, ...]) -> None:
    story = GIVEN + bp("03-10", "165/95") + "2026-03-10 decided, proposal: pressure.2.3, action: '1', by: Dr Li\n"
    (found,) = (each for each in of(story + bp("03-17", later)).proposals if each.id == "pressure.2.3")
    assert found.resume_waits_for == waits_for


def next_dose(story: str) -> tuple[str, list[str]]:
    found = of(story)
    entry = found.entry("drug.2")
    asked = [f"{each.message}: {each.hint}" for each in found.findings if each.code == "value-needed"]
    pending = [each for each in found.pending if each.id == "drug.2"]
    waits = [each.what for p in pending for each in p.because.set_by if isinstance(each, Unknown)]
    return str(entry.date) if entry is not None else "waits", asked + waits


def test_a_dose_waits_for_both() -> None:
    assert next_dose(GIVEN + bp("03-22", "150/90")) == ("2026-03-23", [])
    assert next_dose(GIVEN + bp("03-22", "151/80")) == ("waits", ["a value of blood pressure up to 150/90 mmHg"])
    assert next_dose(GIVEN + bp("03-22", "120/91")) == ("waits", ["a value of blood pressure up to 150/90 mmHg"])
    assert next_dose(GIVEN + bp("03-22", "151/95") + bp("03-26", "138/85"))[0] == "2026-03-26"


def test_a_missing_one_moves_nothing_and_is_asked_for_once() -> None:
    assert next_dose(GIVEN) == (
        "2026-03-23",
        ["value needed: blood pressure from 2026-03-20 on: record 'measured' with test: blood pressure"],
    )


def test_dosing_without_it_is_told_once() -> None:
    found = of(GIVEN + bp("03-22", "165/95") + "2026-03-23 given, treatment: drug, n: 2\n")
    assert [each.message for each in found.findings if each.code == "goes-on-without"] == [
        "drug.2 was given on 2026-03-23: blood pressure 165/95 mmHg on 2026-03-22, and up to 150/90 mmHg is asked for"
    ]


def test_one_number_moves_nothing_and_is_told() -> None:
    found = of(GIVEN + bp("03-10", "165"))
    assert [each.id for each in found.proposals] == []
    assert [str(each) for each in found.findings if each.code == "one-number"] == [
        "warning: 2026-03-10, event 3: blood pressure 165 mmHg has one number of two, and no rule reads it (write both, such as "
        "165/95 mmHg; correct event 3, or record 'reviewed' where it stands as it is) [one-number]"
    ]


@pytest.mark.parametrize(
    ("value", "codes"),
    [("165/95", []), ("165", ["one-number"]), ("95/165", ["impossible-value"]), ("1650/95", ["impossible-value"])],
)
def test_what_is_asked_before_it_is_recorded(value: str, codes: list[str]) -> None:
    log = told("2026-02-27 randomised, arm: all\n" + GIVEN)
    event = told(bp("03-10", value)).records[0].event
    assert [each.code for each in ask(PRESSURE, WEEKDAYS, log, [event], today=date(2026, 3, 10))] == codes


def test_it_is_said_as_it_is_written_and_written_out_in_two_fields() -> None:
    event = told(bp("03-10", "165/95")).records[0].event
    assert isinstance(event, Measured)
    assert (event.amount, str(event.value), str(event.second)) == ("165/95 mmHg", "165", "95")


def test_only_a_blood_pressure_has_two() -> None:
    with pytest.raises(InvalidText) as caught:
        told("2026-03-10 measured, test: ALT, value: 165/95, unit: U/L\n")
    assert [each.code for each in caught.value.findings] == ["two-numbers"]


@pytest.mark.parametrize(
    "row", ["at least 160 mmHg: discontinue (label)", "blood pressure at least 160 mmHg: discontinue (label)"]
)
def test_a_rule_with_one_number_is_refused(row: str) -> None:
    with pytest.raises(InvalidText) as caught:
        study(f"""
study days: first dose is Day 1
treatments: {{drug: {{when: on first dose, give: 1 mg intravenously}}}}
rules: {{pressure: {{for: drug, on: blood pressure, rows: ["{row}"]}}}}
sources: {{label: The label}}
""")
    assert [each.code for each in caught.value.findings] == ["one-number"]
