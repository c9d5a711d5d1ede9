"""An event added to a case file: one line more, comments and layout untouched, whatever the file looks like."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest

from scheduler.errors import InvalidText, Refused
from scheduler.folder.adding_lines import append_event, read_event, with_event
from scheduler.folder.event_line import event_line
from scheduler.folder.reading.case import read_case
from scheduler.patient.events import Event, MedicineStarted, parse_event
from tests.cli.typed import study_in

DAY = MedicineStarted(on=date(2026, 5, 21), name="urea cream")
LINE = "{on: 2026-05-21, event: medicine started, name: urea cream}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("events:\n  - {a: 1}\n", f"events:\n  - {{a: 1}}\n  - {LINE}\n"),
        ("events:\n- {a: 1}\n", f"events:\n- {{a: 1}}\n- {LINE}\n"),
        ("events:\n  - {a: 1}", f"events:\n  - {{a: 1}}\n  - {LINE}\n"),
        ("events:\r\n  - {a: 1}\r\n", f"events:\r\n  - {{a: 1}}\r\n  - {LINE}\r\n"),
        ("events:\n  - a: 1\n    b: 2\nexpect: 3\n", f"events:\n  - a: 1\n    b: 2\n  - {LINE}\nexpect: 3\n"),
        (
            "events:\n  - {a: 1}   # why\n  # next\n\nexpect: 3\n",
            f"events:\n  - {{a: 1}}   # why\n  # next\n  - {LINE}\n\nexpect: 3\n",
        ),
        ("events: []   # none yet\nexpect: 3\n", f"events:  # none yet\n  - {LINE}\nexpect: 3\n"),
        ("events:\nexpect: 3\n", f"events:\n  - {LINE}\nexpect: 3\n"),
        ("protocol: p.yaml", f"protocol: p.yaml\nevents:\n  - {LINE}\n"),
    ],
)
def test_the_line_goes_to_the_end_of_the_events(before: str, after: str):
    assert with_event(before, DAY, name="case.yaml") == after


def test_a_list_in_brackets_is_left_alone():
    with pytest.raises(InvalidText) as error:
        with_event("events: [{a: 1}]\n", DAY, name="case.yaml")
    assert [(finding.code, str(finding.place)) for finding in error.value.findings] == [
        ("cannot-append", "case.yaml:1:1")
    ]


@pytest.mark.parametrize(
    "said",
    [
        {"on": "2026-05-21", "event": "died", "note": "true", "reason": "no: yes # or, [maybe]"},
        {"on": "2026-05-21", "event": "died", "note": "手足皮肤反应", "reason": '"quoted" and \\ slashed'},
        {"on": "2026-05-21", "event": "died", "note": "12", "reason": "- a dash", "at": "08:30"},
        {"on": "2026-05-21", "event": "died", "note": "null", "reason": "a\nb", "recorded": "2026-05-21T08:30:00Z"},
        {"on": "2026-05-21", "event": "measured", "test": "ALT", "value": "2.50", "unit": "x ULN"},
        {"on": "2026-05-21", "event": "unscheduled visit", "activities": ["CT, chest", "ECG"]},
        {
            "on": "2026-05-22",
            "event": "corrected",
            "number": 3,
            "reason": "typing",
            "with": {"on": "2026-05-21", "event": "given", "treatment": "toripalimab", "n": 1},
        },
    ],
)
def test_whatever_an_event_says_its_line_says_the_same(said: dict[str, str]):
    event = parse_event(said)
    line = event_line(event)
    assert "\n" not in line
    assert read_event(line) == event


def test_a_recorded_event_is_there_when_the_file_is_read_again(tmp_path: Path):
    case = study_in(tmp_path) / "patients" / "EXP-001.yaml"
    recorded = append_event(case, DAY)
    assert recorded.log == read_case(case).log
    assert recorded.log.records[-1].event == DAY
    assert [path.name for path in case.parent.iterdir() if path.name.startswith(".")] == []


def test_what_contradicts_the_log_leaves_the_file_alone(tmp_path: Path):
    case = study_in(tmp_path) / "patients" / "EXP-001.yaml"
    before = case.read_bytes()
    with pytest.raises(Refused):
        append_event(case, parse_event({"on": "2026-05-21", "event": "given", "treatment": "toripalimab", "n": 1}))
    assert case.read_bytes() == before


@pytest.mark.slow
def test_two_writers_take_turns_and_no_event_is_lost(tmp_path: Path):
    case = study_in(tmp_path) / "patients" / "CTL-006.yaml"
    before = len(read_case(case).log)
    events: list[Event] = [DAY.model_copy(update={"name": f"medicine {number}"}) for number in range(12)]
    writers = [threading.Thread(target=append_event, args=(case, event)) for event in events]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    log = read_case(case).log
    assert {record.event.model_dump_json() for record in log.records[before:]} == {
        each.model_dump_json() for each in events
    }
