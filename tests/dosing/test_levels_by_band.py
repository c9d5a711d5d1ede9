"""Levels of their own for patients in a band: 25, 15, 10 mg, or 10, 5, 2.5 mg below 60 mL/min. Days counted by hand.

Cycles of 28 days from Monday 2 March 2026, capsules on days 1 to 21: 30 March, 27 April. Day 22 is 23 March.
"""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.telling.explain import explain
from scheduler.errors import InvalidText, Refused
from scheduler.findings import Severity
from scheduler.patient.appending import build_log
from scheduler.protocol.parse import parse_protocol
from scheduler.site.site import EVERY_DAY
from tests.dosing.story import told
from tests.studies.telling import codes, runs, study

HEAD = 'study: OTHER\nversion: "1.0"\ntitle: Another study\narms: {all: everybody}\n'
TEXT = """
study days: first dose is Day 1
sources: {label: Prescribing information}
treatments:
  lenalidomide:
    when: {1: on first dose, then: 28 days after the previous cycle}
    until: 4 cycles
    open: any day
    give: once daily by mouth on days 1-21
    levels: 25, 15, 10 mg
    dose by:
      - "creatinine clearance at least 60 mL/min in force: the full dose"
      - "creatinine clearance below 60 mL/min in force: levels 10, 5, 2.5 mg"
rules:
  neutropenia:
    for: lenalidomide
    on: Neutrophil count decreased
    rows:
      - "grade 1-2: continue (label)"
      - "grade 3-4: hold until grade 0-2, then resume 1 level lower (label)"
products: {lenalidomide: {units: "25 mg capsule, 15 mg capsule, 10 mg capsule, 5 mg capsule, 2.5 mg capsule, fewest"}}
"""
STUDY = study(TEXT)
LOW = "2026-02-27 attribute, name: creatinine clearance, value: 45 mL/min\n"
HIGH = LOW.replace("45", "90")
BEGUN = "2026-03-02 cycle started, treatment: lenalidomide, cycle: 1\n"
REDUCED = BEGUN + ("2026-03-10 dose changed, treatment: lenalidomide, level: -1, dose: {}, reason: neutropenia\n")


def of(story: str) -> Calendar:
    return calendar_of(STUDY, EVERY_DAY, told(story), until=date(2026, 6, 30))


def doses(story: str) -> list[str]:
    return [run.split(" ", 2)[2] for run in runs(of(story), "lenalidomide.2")]


def test_each_patient_has_the_levels_of_the_band() -> None:
    assert doses(HIGH + BEGUN) == ["25 mg + planned"]
    assert doses(LOW + BEGUN) == ["10 mg + planned"]
    assert doses(HIGH + REDUCED.format("15 mg")) == ["15 mg + planned"]
    assert doses(LOW + REDUCED.format("5 mg")) == ["5 mg + planned"]


def test_another_clearance_is_the_same_level_of_the_other_band() -> None:
    better = "2026-03-25 attribute, name: creatinine clearance, value: 70 mL/min\n"
    assert doses(LOW + REDUCED.format("5 mg") + better) == ["15 mg + planned"]


def test_an_order_names_the_amount_of_either_ladder() -> None:
    records = [record.event for record in told(LOW + REDUCED.format("5 mg")).records]
    assert build_log(STUDY, records).length == 3
    other = [record.event for record in told(LOW + REDUCED.format("10 mg")).records]
    with pytest.raises(Refused) as refused:
        build_log(STUDY, other)
    assert [finding.code for finding in refused.value.findings] == ["dose-disagrees"]


def test_an_amount_that_somebody_ordered_stands_as_it_is() -> None:
    story = LOW + REDUCED.replace("reason: neutropenia", "reason: neutropenia, override: it is all there is").format(
        "7.5 mg"
    )
    assert doses(story) == ["7.5 mg + planned"]


def test_an_order_with_the_amount_of_another_band_is_said_and_the_level_counts() -> None:
    """By hand: level -1 is 15 mg at 90 mL/min and 5 mg at 45 mL/min."""
    for patient, ordered, gets in ((HIGH, "5 mg", "15 mg"), (LOW, "15 mg", "5 mg")):
        assert doses(patient + REDUCED.format(ordered)) == [f"{gets} + planned"]
        (said,) = of(patient + REDUCED.format(ordered)).findings
        assert (said.code, said.events) == ("order-of-another-band", (3,))
        assert str(said.hint).startswith("the level counts; ask who ordered it: correct the dose")
        assert f"{ordered} was ordered on 2026-03-10, and dose level -1 of lenalidomide is {gets} in" in said.message
    assert codes(of(LOW + REDUCED.format("5 mg"))) == codes(of(HIGH + REDUCED.format("15 mg"))) == []


def test_with_an_override_the_amount_of_the_other_band_is_what_was_meant() -> None:
    over = REDUCED.replace("reason: neutropenia", "reason: neutropenia, override: as the nephrologist wrote")
    assert doses(LOW + over.format("15 mg")) == ["15 mg + planned"]
    worse = "2026-03-25 attribute, name: creatinine clearance, value: 45 mL/min\n"
    assert doses(HIGH + over.format("15 mg") + worse) == ["5 mg + planned"]


def test_a_proposal_names_the_level_and_no_other_patients_amount() -> None:
    found = of(LOW + BEGUN + "2026-03-10 adverse event, ae: 1, term: Neutrophil count decreased, grade: 3\n")
    assert [option.dose for option in found.proposals[0].options if option.of_protocol] == ["level -1"]


def test_explain_says_the_band() -> None:
    story = LOW + REDUCED.format("5 mg")
    lines = [line.sentence for line in explain(of(story), "lenalidomide.2.1", STUDY, told(story)).lines]
    assert any(
        "creatinine clearance 45 mL/min of 2026-02-27, 'creatinine clearance below 60 mL/min in force': 5 mg" in line
        for line in lines
    )


@pytest.mark.parametrize(
    ("levels", "code", "hint"),
    [
        ("levels 10, 5 mg", "band-levels", "write one amount for each level of the treatment"),
        ("levels 10, 5, 0 mg", "band-levels", "write 0 as the last level in both, or in none"),
        ("levels 10, 5, 2.5 mg/m2", "unit-mismatch", "write them in mg"),
    ],
)
def test_levels_that_do_not_fit_the_treatment(levels: str, code: str, hint: str) -> None:
    assert faults(TEXT.replace("levels 10, 5, 2.5 mg", levels))[0] == (code, hint)


def test_levels_of_a_band_need_levels_of_the_treatment() -> None:
    text = TEXT.replace("    levels: 25, 15, 10 mg\n", "").replace("give: once daily", "give: 25 mg once daily")
    assert ("band-levels", "write one amount, or 'levels' under it") in faults(text)


def faults(text: str) -> list[tuple[str, str | None]]:
    with pytest.raises(InvalidText) as invalid:
        parse_protocol(HEAD + text, name="p")
    return [(each.code, each.hint) for each in invalid.value.findings if each.severity is Severity.ERROR]
