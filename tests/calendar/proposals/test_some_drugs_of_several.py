"""A row for several drugs that is about some of them: "discontinue oxaliplatin, go on with the others". Days counted by hand.

Cycles of 14 days from Monday 2 March 2026: 16 and 30 March, 13 April. The neuropathy is found on Tuesday 10 March, event 4.
"""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.errors import InvalidText
from scheduler.site.site import EVERY_DAY
from tests.dosing.story import told
from tests.studies.telling import dates, study

TEXT = """
study days: first dose is Day 1
sources: {label: The label}
cycles:
  chemo: {when: {1: on first dose, then: 14 days after the previous cycle}, until: 4 cycles, open: any day}
treatments:
  oxaliplatin: {when: in every cycle on day 1, open: any day, give: intravenously, levels: "85, 65 mg/m2"}
  fluorouracil: {when: in every cycle on day 1, open: any day, give: intravenously, levels: "400, 320 mg/m2"}
rules:
  neuropathy:
    for: [oxaliplatin, fluorouracil]
    on: Peripheral sensory neuropathy
    rows:
      - "grade 1: continue (label)"
      - "grade 2: reduce oxaliplatin by 1 level, go on with the others (label)"
      - "grade 3: discontinue oxaliplatin, go on with the others (label)"
      - "grade 4: discontinue (label)"
  floor:
    for: [oxaliplatin, fluorouracil]
    rows: ["no lower level is left: discontinue (label)"]
"""
STUDY = study(TEXT)
BEGUN = """
2026-02-27 randomised, arm: all
2026-03-02 given, treatment: oxaliplatin, n: 1
2026-03-02 given, treatment: fluorouracil, n: 1
"""


def of(story: str) -> Calendar:
    return calendar_of(STUDY, EVERY_DAY, told(BEGUN + story), until=date(2026, 6, 30))


def neuropathy(grade: int, related: str = "") -> str:
    return f"2026-03-10 adverse event, ae: 1, term: peripheral sensory neuropathy, grade: {grade}{related}\n"


ONE = "discontinue oxaliplatin, go on with the others"
DISCONTINUE = f"2026-03-10 decided, proposal: neuropathy.3.4, by: Dr Li, action: '{ONE}'\n"
REDUCE = "2026-03-10 decided, proposal: neuropathy.2.4, by: Dr Li, action: '1'\n"


def test_it_asks_about_the_one_and_nobody_has_to_decide_about_the_others() -> None:
    found = of(neuropathy(3)).proposals
    assert {each.id: (each.options[0].words, each.state.value) for each in found} == {
        "neuropathy.3.4": ("discontinue oxaliplatin, go on with the others", "open"),
        "neuropathy-fluorouracil.3.4": ("discontinue oxaliplatin, go on with the others", "continue"),
    }


def test_the_decision_ends_the_one_and_the_cycle_goes_on() -> None:
    found = of(neuropathy(3) + DISCONTINUE)
    statuses = {each.id: each.status.value for each in found.entries if each.timeline == "oxaliplatin"}
    assert statuses["oxaliplatin.2"] == "cancelled"
    assert dates(found, "fluorouracil") == {"1": "03-02", "2": "03-16", "3": "03-30", "4": "04-13"}
    assert dates(found, "chemo") == {"1": "03-02", "2": "03-16", "3": "03-30", "4": "04-13"}


def test_a_reduction_by_number_is_of_the_one_alone() -> None:
    found = of(neuropathy(2) + REDUCE)
    assert {name: [str(dose) for dose in found.by_id[name].doses] for name in ("oxaliplatin.2", "fluorouracil.2")} == {
        "oxaliplatin.2": ["65 mg/m2"],
        "fluorouracil.2": ["400 mg/m2"],
    }


def test_an_event_that_is_related_to_another_drug_of_the_table_counts() -> None:
    story = neuropathy(3, ", related: [fluorouracil]")
    assert {each.id for each in of(story).proposals} == {"neuropathy.3.4", "neuropathy-fluorouracil.3.4"}


def test_grade_4_is_decided_for_all() -> None:
    found = of(neuropathy(4) + "2026-03-10 decided, proposal: neuropathy.4.4, by: Dr Li, action: discontinue\n")
    assert {each.id: each.status.value for each in found.entries if each.n == 2} == {
        "oxaliplatin.2": "cancelled",
        "fluorouracil.2": "cancelled",
        "chemo.2": "cancelled",
    }


@pytest.mark.parametrize(
    ("wrong", "codes"),
    [
        ("discontinue oxaliplatim, go on with the others", ["unknown-treatment"]),
        ("discontinue oxaliplatin and fluorouracil, go on with the others", ["no-others"]),
        ("discontinue oxaliplatin", ["phrase"]),
        ("discontinue, go on with the others", ["phrase"]),
    ],
)
def test_what_is_refused(wrong: str, codes: list[str]) -> None:
    with pytest.raises(InvalidText) as caught:
        study(TEXT.replace("discontinue oxaliplatin, go on with the others", wrong))
    assert [each.code for each in caught.value.findings] == codes
