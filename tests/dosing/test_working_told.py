"""A dose by formula says how it came about, so that a pharmacist can check it by hand; a rounding that moved it far is found."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.telling.explain import explain
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from tests.dosing.story import told
from tests.dosing.test_own_doses import BODY, CARBOPLATIN, OXALIPLATIN, study

BY_WEIGHT = """
  antibody:
    when:
      1: on first dose
      then: 14 days ±2 after the previous dose
    until: at most 4 doses
    give: 3 mg/kg intravenously
    round to: whole vials
"""
VIALS = "products:\n  antibody: {unit: 100 mg vial}\n"


def calendar(version: StudyVersion, log: Log) -> Calendar:
    return calendar_of(version, EVERY_DAY, log, until=date(2026, 12, 31))


def working(version: StudyVersion, log: Log, entry: str) -> list[str]:
    lines = explain(calendar(version, log), entry, version, log).lines
    return [line.sentence for line in lines if line.sentence.startswith("Worked out")]


def found(version: StudyVersion, log: Log) -> list[str]:
    return [each.message for each in calendar(version, log).findings if each.code == "dose-moved-far"]


def of_kg(weight: str) -> Log:
    given = "2026-03-02 given, treatment: antibody, n: 1"
    return told(f"2026-03-01 attribute, name: weight, value: {weight}\n{given}")


def test_by_body_surface_with_both_values_and_their_days() -> None:
    # The square root of 170 x 70 / 3600 is 1.818, so 1.82 m2; 85 x 1.82 = 154.7.
    assert working(study(OXALIPLATIN), told(BODY), "oxaliplatin.2") == [
        "Worked out: 85 mg/m2 x 1.82 m2 (Mosteller, height 170 cm of 2026-03-01, weight 70 kg of 2026-03-01) = 154.7 mg; "
        "rounded to 5 mg: 155 mg, 0.2 % more."
    ]


def test_a_cap_is_told_before_the_rounding() -> None:
    heavy = told(BODY.replace("value: 70", "value: 130"))
    (words,) = working(study(OXALIPLATIN), heavy, "oxaliplatin.2")
    assert words.endswith("= 210.8 mg; at most 170 mg a dose: 170 mg; rounded to 5 mg: 170 mg, as it was.")


def test_by_weight_in_whole_vials() -> None:
    assert working(study(BY_WEIGHT, VIALS), of_kg("59.50"), "antibody.2") == [
        "Worked out: 3 mg/kg x 59.5 kg (weight of 2026-03-01) = 178.5 mg; rounded to whole vials: 200 mg, 12 % more."
    ]


def test_by_auc_with_a_clearance_that_is_capped() -> None:
    log = told(
        "2026-03-01 attribute, name: creatinine clearance, value: 160\n2026-03-02 given, treatment: carboplatin, n: 1"
    )
    assert working(study(CARBOPLATIN), log, "carboplatin.2") == [
        "Worked out: AUC 5 x (125 + 25) (creatinine clearance 160 mL/min of 2026-03-01, counted as 125) = 750 mg."
    ]


@pytest.mark.parametrize(
    ("weight", "messages"),
    [
        # 165 mg to 200 mg is 21.2 % more; 180 mg to 200 mg is 11.1 %; 182 mg is 9.9 %; 225 mg to 200 mg is 11.1 % less.
        ("55", ["antibody: 165 mg was rounded to 200 mg, 21.2 % more"]),
        ("60", ["antibody: 180 mg was rounded to 200 mg, 11.1 % more"]),
        ("75", ["antibody: 225 mg was rounded to 200 mg, 11.1 % less"]),
        ("70", []),
    ],
)
def test_a_rounding_that_moved_a_dose_by_more_than_a_tenth_is_found(weight: str, messages: list[str]) -> None:
    assert found(study(BY_WEIGHT, VIALS), of_kg(weight)) == messages


def test_a_dose_that_is_the_same_for_all_has_no_working() -> None:
    flat = BY_WEIGHT.replace("3 mg/kg intravenously\n    round to: whole vials", "300 mg intravenously")
    assert working(study(flat, VIALS), of_kg("60"), "antibody.2") == []


def test_where_another_amount_was_given_the_protocols_is_worked_out_beside_it() -> None:
    """3 mg/kg x 70 kg is 210 mg, in whole vials of 100 mg 200 mg; 150 mg was given."""
    version = study(BY_WEIGHT + VIALS)
    log = told(
        "2026-03-01 attribute, name: weight, value: 70\n2026-03-02 given, treatment: antibody, n: 1, amount: 150 mg\n"
    )
    lines = [line.sentence for line in explain(calendar(version, log), "antibody.1", version, log).lines]
    assert [line for line in lines if "x 70 kg" in line] == [
        "By the protocol it is: 3 mg/kg x 70 kg (weight of 2026-03-01) = 210 mg; rounded to whole vials: 200 mg, 4.8 % less; "
        "here it is 150 mg."
    ]


def test_a_cap_of_the_surface_is_told_with_its_formula() -> None:
    # 130 kg: the square root of 170 x 130 / 3600 is 2.48, so 2 m2; 85 x 2 = 170.
    capped = study(OXALIPLATIN.replace("body surface: Mosteller", "body surface: Mosteller, at most 2 m2"))
    (words,) = working(capped, told(BODY.replace("value: 70", "value: 130")), "oxaliplatin.2")
    assert words.startswith("Worked out: 85 mg/m2 x 2 m2 (Mosteller, at most 2 m2, height 170 cm")
