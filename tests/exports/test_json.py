"""The public JSON: keys, their order and their values, by equality."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from scheduler.calendar.entries.entry import Dose
from scheduler.exports.json import calendar_as_json, table_as_json
from scheduler.views.table import Table
from tests.exports.sample import a_patient, say


def read(text: str) -> Any:
    return json.loads(text)


def entry(entry_id: str) -> Any:
    return next(found for found in read(calendar_as_json(a_patient(), say))["entries"] if found["id"] == entry_id)


def test_the_keys_of_a_calendar_stand_in_the_promised_order():
    assert list(read(calendar_as_json(a_patient(), say))) == [
        "study",
        "version",
        "subject",
        "arm",
        "first_dose",
        "entries",
        "pending",
        "proposals",
        "findings",
    ]


def test_an_infusion():
    found = entry("toripalimab.2")
    expected = {
        "id": "toripalimab.2",
        "kind": "infusion",
        "title": "Toripalimab dose 2",
        "cycle": None,
        "day": None,
        "n": 2,
        "study_day": 29,
        "ideal": "2026-03-28",
        "window": ["2026-03-28", "2026-03-31"],
        "date": "2026-03-30",
        "time": "09:30",
        "status": "planned",
        "dose": {"amount": "240", "unit": "mg", "level": 0},
        "activities": ["vital signs", "haematology"],
        "flags": ["booked"],
        "because": ["Line 35: 21 days ±3 after the previous dose.", "Closed: weekend."],
    }
    assert found == expected
    assert list(found) == list(expected)


def test_a_day_of_tablets_in_the_middle_of_a_cycle():
    assert entry("regorafenib.1.15") == {
        "id": "regorafenib.1.15",
        "kind": "oral",
        "title": "Regorafenib cycle 1",
        "cycle": 1,
        "day": 15,
        "n": 1,
        "study_day": 15,
        "ideal": "2026-03-16",
        "window": None,
        "date": "2026-03-16",
        "time": None,
        "status": "held",
        "dose": {"amount": "80", "unit": "mg", "level": 0},
        "activities": [],
        "flags": [],
        "because": ["Event 5."],
    }


def test_an_entry_with_two_doses_lists_both_and_has_no_single_dose():
    found = entry("radiotherapy.1")
    assert found["dose"] is None
    assert found["doses"] == [
        {"of": "hypofractionated", "amount": "8", "unit": "Gy", "level": None},
        {"of": "low-dose", "amount": "1", "unit": "Gy", "level": None},
    ]


def test_an_entry_with_one_dose_or_none_has_no_list_of_doses():
    assert "doses" not in entry("toripalimab.1")
    assert "doses" not in entry("imaging.1")
    assert entry("imaging.1")["dose"] is None


def test_a_missing_amount_is_null_and_never_0():
    calendar = a_patient()
    unknown = calendar.by_id["toripalimab.1"]._replace(doses=(Dose(None, "mg"),))
    text = calendar_as_json(replace(calendar, entries=(unknown,)), say)
    assert read(text)["entries"][0]["dose"] == {"amount": None, "unit": "mg", "level": None}


def test_the_window_of_a_period_is_the_period():
    assert entry("adverse-events.1")["window"] == ["2026-03-02", "2026-07-31"]


def test_what_is_pending_says_its_rule():
    assert read(calendar_as_json(a_patient(), say))["pending"] == [
        {
            "id": "safety-30.1",
            "kind": "visit",
            "title": "Safety visit, 30 days",
            "rule": "30 days ±7 after the last dose",
            "because": ["Line 77: 30 days ±7 after the last dose."],
            "not_before": "2026-05-19",
        }
    ]


def test_findings_say_where_and_what_to_do():
    assert read(calendar_as_json(a_patient(), say))["findings"] == [
        {
            "code": "no-record",
            "severity": "warning",
            "message": "Nobody recorded c1d8.1.",
            "hint": "Record it or say not done.",
            "place": None,
            "entry": "c1d8.1",
            "events": [3],
        }
    ]


def test_a_plan_has_no_subject_and_perhaps_no_first_dose():
    plan = replace(a_patient(), subject=None, first_dose=None, study_days_from=None)
    found = read(calendar_as_json(plan, say))
    assert (found["subject"], found["first_dose"]) == (None, None)
    assert {each["study_day"] for each in found["entries"]} == {None}


def test_each_entry_is_a_line_of_its_own():
    lines = calendar_as_json(a_patient(), say).splitlines()
    assert sum(line.startswith('  {"id": "regorafenib.2.') for line in lines) == 21


def test_chinese_stays_readable_and_a_broken_letter_can_still_be_written():
    calendar = replace(a_patient(), subject="患者 \ud800 1", entries=())
    text = calendar_as_json(calendar, say)
    assert "患者" in text
    text.encode()
    assert read(text)["subject"] == "患者 \ud800 1"


def test_a_list_has_its_columns_as_keys():
    table = Table("Dispensing", ("date", "dose", "level", "note"), ((date(2026, 3, 2), Decimal("80.0"), -1, None),))
    assert read(table_as_json(table)) == {
        "title": "Dispensing",
        "rows": [{"date": "2026-03-02", "dose": "80.0", "level": -1, "note": None}],
    }


def test_an_empty_list():
    assert read(table_as_json(Table("Nothing", ("date",), ()))) == {"title": "Nothing", "rows": []}
