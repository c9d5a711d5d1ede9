"""Holds that end with a value that is high enough: neutrophils below 1 G/L, until at least 1.5 G/L. Days counted by hand.

Dose 1 on Monday 2 March 2026, then every 14 days: 16 and 30 March. On Thursday 12 March neutrophils are 0.8 G/L.
"""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.asking import ask
from scheduler.calendar.entries.proposal import Proposal
from tests.dosing.story import told
from tests.studies.telling import WEEKDAYS, calendar, study

COUNTS = study("""
study days: first dose is Day 1
treatments:
  drug:
    when: {1: on first dose, then: 14 days after the previous cycle}
    give: intravenously
    levels: 85, 65 mg/m2
rules:
  counts:
    for: drug
    on: neutrophils
    rows:
      - "below 1 G/L: hold until at least 1.5 G/L, then resume 1 level lower (label)"
sources: {label: The label}
""")
LOW = "2026-03-02 given, treatment: drug, n: 1\n2026-03-12 measured, test: ANC, value: 0.8, unit: G/L\n"
HELD = LOW + "2026-03-12 decided, proposal: counts.1.3, action: '1', by: Dr Li\n"


def found(story: str) -> Proposal:
    """What is proposed for the low value; event 1 is the randomisation, event 3 the value."""
    (proposal,) = calendar(COUNTS, story, until="2026-05-01", site=WEEKDAYS).proposals
    return proposal


@pytest.mark.parametrize(
    ("value", "waits_for"),
    [
        ("1.4", ("ANC 1.4 G/L, a resume asks for at least 1.5 G/L",)),
        ("1.5", ()),
        ("2.2", ()),
    ],
)
def test_a_hold_waits_for_the_value(value: str, waits_for: tuple[str, ...]) -> None:
    story = f"{HELD}2026-03-19 measured, test: ANC, value: {value}, unit: G/L\n"
    assert found(story).resume_waits_for == waits_for
    assert found(HELD).resume_waits_for == ("ANC 0.8 G/L, a resume asks for at least 1.5 G/L",)


def test_a_resume_below_it_is_asked() -> None:
    def questions(value: str) -> list[str]:
        head = f"2026-02-27 randomised, arm: all\n{HELD}2026-03-19 measured, test: ANC, value: {value}, unit: G/L\n"
        event = told("2026-03-19 resumed, treatment: drug, level: -1, dose: 65 mg/m2, by: Dr Li").records[0].event
        asked = ask(COUNTS, WEEKDAYS, told(head), [event], today=date(2026, 5, 1))
        return [each.code for each in asked]

    assert questions("1.4") == ["resumed-early"]
    assert questions("1.5") == []
