"""The seed study as written: complete, every number with its source or assumption, and quick to read."""

from __future__ import annotations

import re
from pathlib import Path

from scheduler.protocol.parse import parse_protocol

PATH = Path(__file__).parents[2] / "examples" / "rego-tori-rt" / "protocol.yaml"
TEXT = PATH.read_text("utf-8")
VERSION, FINDINGS = parse_protocol(TEXT, name="protocol.yaml")
LINES = TEXT.splitlines()


def test_what_check_says_about_it() -> None:
    """The washout of assumption A3 is shorter than published ones, and control has no radiotherapy to wait for."""
    assert [(finding.code, finding.message) for finding in FINDINGS] == [
        ("washout", "no clear day lies between radiotherapy and regorafenib"),
        (
            "no-wait",
            "arm 'control' has no radiotherapy, so \"1 day after the end of radiotherapy\" is no wait there",
        ),
        ("washout", "no clear day lies between regorafenib and radiotherapy"),
    ]


def test_longer_washout_silences_the_warning() -> None:
    changed = re.sub(
        "not before 1 day after (the end of radiotherapy .A2|regorafenib cycle)", r"not before 3 days after \1", TEXT
    )
    _, findings = parse_protocol(changed, name="protocol.yaml")
    assert [finding.code for finding in findings] == ["no-wait"]


def test_every_assumption_is_cited_where_it_decides() -> None:
    words = {
        "A1": "on or after Study Day 22",
        "A2": "28 days ±3 after the previous cycle",
        "A3": "not before 1 day after regorafenib cycle 1 day 21",
        "A4": "at most 35 doses",
        "A5": "every 56 days ±7 from randomisation",
        "A6": "120, 80, 40 mg",
        "A7": "not after 5 working days before radiotherapy fraction 1",
        "A8": "every 84 days ±14 from the ideal day of safety-90",
        "A9": "90 days after the last regorafenib dose",
        "A10": "1 to 3 days after randomisation",
        "A11": "28 days",
    }
    lines = VERSION.assumption_lines
    assert {
        name: any(said in LINES[line - 1] for line in lines[name]) for name, said in words.items()
    } == dict.fromkeys(words, True)
    assert [name for name, cited in lines.items() if not cited] == []


def test_every_number_of_a_timing_or_dose_has_its_source() -> None:
    """Only the study's own first day needs none."""
    start, end = LINES.index("treatments:"), LINES.index("activities:                  # " + _rest("activities:"))
    sentence = re.compile(r"\b\d+ (?:to \d+ )?(?:working )?(?:days?|months?|years?|doses|fractions|mg|Gy)\b")
    without = [line.strip() for line in LINES[start:end] if sentence.search(line.partition("#")[0]) and "(" not in line]
    assert [line for line in without if not line.startswith("title:")] == []


def _rest(key: str) -> str:
    line = next(line for line in LINES if line.startswith(key))
    return line.partition("# ")[2]


def test_titles_are_what_a_coordinator_says() -> None:
    titles = {name: line.title for plan in VERSION.arms.values() for name, line in plan.timelines.items()}
    assert titles == {
        "regorafenib": "Regorafenib",
        "toripalimab": "Toripalimab",
        "radiotherapy": "Radiotherapy",
        "screening": "Screening",
        "c1d8": "Cycle 1 day 8",
        "c1d15": "Cycle 1 day 15",
        "planning-ct": "Radiotherapy planning CT",
        "c2d15": "Cycle 2 day 15, laboratory only",
        "imaging": "Tumour imaging",
        "confirming-scan": "Scan to confirm progression",
        "end-of-treatment": "End of treatment",
        "safety-30": "Safety follow-up, 30 days",
        "safety-90": "Safety follow-up, 90 days",
        "survival": "Survival contact",
    }


def test_closed_days_rules() -> None:
    rules = {name: line.if_closed.value for plan in VERSION.arms.values() for name, line in plan.timelines.items()}
    assert rules == {
        "regorafenib": "later",
        "toripalimab": "nearest",
        "radiotherapy": "later",
        "screening": "earlier",
        "c1d8": "nearest",
        "c1d15": "earlier",
        "planning-ct": "earlier",
        "c2d15": "earlier",
        "imaging": "nearest",
        "confirming-scan": "nearest",
        "end-of-treatment": "later",
        "safety-30": "nearest",
        "safety-90": "nearest",
        "survival": "nearest",
    }
