"""Limits on all doses together, told at the dose that would pass them; and doses that cannot be worked out, told once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from scheduler.calendar.exposure.of_patient import exposure_of
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.telling.explain import explain
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from scheduler.views.looking_back.exposure import tables_of_exposure
from scheduler.views.shapes.exposure import tell_exposure
from tests.dosing.story import told as log_of
from tests.studies.telling import calendar, study

BLEOMYCIN = """
study days: first dose is Day 1
treatments:
  bleomycin:
    when: {1: on first dose, then: 7 days after the previous dose}
    until: at most 18 doses
    give: 30 U intravenously
    at most in total: 400 U
"""
ANTHRACYCLINE = """
study days: first dose is Day 1
treatments:
  ac:
    when: {1: on first dose, then: 21 days after the previous cycle}
    until: at most 12 cycles
    give: {doxorubicin: 60 mg/m2 intravenously, cyclophosphamide: 600 mg/m2 intravenously}
    body surface: Mosteller
    at most in total: {doxorubicin: 500 mg/m2}
"""
BODY = """2026-02-27 attribute, name: weight, value: 70
2026-02-27 attribute, name: height, value: 170
"""


def told(version: StudyVersion, story: str, *codes: str) -> list[str]:
    found = calendar(version, story, until="2026-12-31")
    return [f"{finding.entry}: {finding.message}" for finding in found.findings if finding.code in codes]


def given(treatment: str, *days: str, amount: str = "") -> str:
    more = f", amount: {amount}" if amount else ""
    return "".join(f"2026-{day} given, treatment: {treatment}, n: {n}{more}\n" for n, day in enumerate(days, 1))


def test_fourteen_doses_of_30_are_more_than_400() -> None:
    passed = ["bleomycin.14: bleomycin.14 brings bleomycin to 420 U, at most 400 U; 10 U (2.5 %) left before it"]
    assert told(study(BLEOMYCIN), given("bleomycin", "03-02"), "total-dose") == passed


def test_what_was_given_counts_as_it_was_given() -> None:
    # One dose of 10 U: 10 + 13 x 30 = 400, which is not more; the fifteenth is.
    story = given("bleomycin", "03-02", amount="10 U")
    assert told(study(BLEOMYCIN), story, "total-dose") == [
        "bleomycin.15: bleomycin.15 brings bleomycin to 430 U, at most 400 U; 0 U (0 %) left before it"
    ]


def test_a_dose_that_was_not_given_does_not_count() -> None:
    story = given("bleomycin", "03-02") + "2026-03-09 not done, entry: bleomycin.2, reason: fever\n"
    assert told(study(BLEOMYCIN), story, "total-dose") == [
        "bleomycin.15: bleomycin.15 brings bleomycin to 420 U, at most 400 U; 10 U (2.5 %) left before it"
    ]


@pytest.mark.parametrize("body", [BODY, ""], ids=["of a known body", "while the body is not known"])
def test_a_total_per_m2_counts_the_protocols_doses(body: str) -> None:
    """Nine doses of 60 mg/m2 are 540 mg/m2, whatever the surface; the other drug has no limit."""
    story = "2026-03-02 cycle started, treatment: ac, cycle: 1\n"
    found = told(study(ANTHRACYCLINE), body + story, "total-dose")
    assert found == ["ac.9: ac.9 brings doxorubicin to 540 mg/m2, at most 500 mg/m2; 20 mg/m2 (4 %) left before it"]


def left(version: StudyVersion, story: str) -> list[str]:
    found = calendar(version, story, until="2026-12-31").findings
    return [f"{each.message} ({each.hint})" for each in found if each.code == "total-left"]


def test_what_is_left_is_told_as_an_amount_and_in_percent() -> None:
    # 30 of 400 are given: 370 are left, which is 92.5 %. Then a third of a dose: 40 given, 360 left, 90 %.
    assert left(study(BLEOMYCIN), given("bleomycin", "03-02")) == [
        "bleomycin: 30 U given, at most 400 U in total; 370 U (92.5 %) left (bleomycin.14 would pass it)"
    ]
    story = given("bleomycin", "03-02") + "2026-03-09 given, treatment: bleomycin, n: 2, amount: 10 U\n"
    assert left(study(BLEOMYCIN), story) == [
        "bleomycin: 40 U given, at most 400 U in total; 360 U (90 %) left (bleomycin.15 would pass it)"
    ]


def test_what_is_above_the_limit_is_not_called_left() -> None:
    # 410 of 400 are given: nothing is left, 10 are above it, 2.5 %.
    story = "2026-03-02 given, treatment: bleomycin, n: 1, amount: 410 U\n"
    assert left(study(BLEOMYCIN), story) == [
        "bleomycin: 410 U given, at most 400 U in total; nothing left, 10 U (2.5 %) above it (None)"
    ]


def test_what_nobody_recorded_is_not_called_given() -> None:
    # The second is not recorded: 30 and 30 are given, of 400 are 340 left, 85 %.
    story = given("bleomycin", "03-02") + "2026-03-16 given, treatment: bleomycin, n: 3\n"
    assert left(study(BLEOMYCIN), story)[0].startswith(
        "bleomycin: 60 U given, at most 400 U in total; 340 U (85 %) left"
    )


LEVELS = """
study days: first dose is Day 1
treatments:
  epirubicin:
    when: {1: on first dose, then: 21 days after the previous dose}
    until: at most 12 doses
    give: intravenously on day 1
    levels: 100, 75 mg/m2
    body surface: Mosteller
    at most in total: 900 mg/m2
"""


@pytest.mark.parametrize("body", [BODY, ""], ids=["of a known body", "while the body is not known"])
def test_each_dose_counts_with_its_level(body: str) -> None:
    # Two of 100 and one of 75 are 275: 625 are left, 69.44 %. Eight more of 75 are 875, the ninth would be 950: number 12.
    story = given("epirubicin", "03-02", "03-23") + (
        "2026-04-10 dose changed, treatment: epirubicin, level: -1, dose: 75 mg/m2\n"
        "2026-04-13 given, treatment: epirubicin, n: 3\n"
    )
    assert left(study(LEVELS), body + story) == [
        "epirubicin: 275 mg/m2 given, at most 900 mg/m2 in total; 625 mg/m2 (69.4 %) left (epirubicin.12 would pass it)"
    ]


BANDS = """    dose by:
      - "age up to 65 years at first dose: the full dose"
      - "age above 65 years at first dose: {}"
"""
AGE_70 = "2026-02-27 attribute, name: age, value: 70 years\n"


def test_a_dose_counts_with_the_level_of_the_band_that_the_patient_is_in() -> None:
    # Two of 75 and one of 50 are 200 of 900: 700 are left, 77.78 %. Nine more of 50 are 650 in all: none passes it.
    story = given("epirubicin", "03-02", "03-23") + (
        "2026-04-10 dose changed, treatment: epirubicin, level: -1, dose: 50 mg/m2\n"
        "2026-04-13 given, treatment: epirubicin, n: 3\n"
    )
    assert left(study(LEVELS + BANDS.format("levels 75, 50 mg/m2")), BODY + AGE_70 + story) == [
        "epirubicin: 200 mg/m2 given, at most 900 mg/m2 in total; 700 mg/m2 (77.8 %) left (None)"
    ]


def test_a_share_of_a_dose_per_m2_counts_as_that_share() -> None:
    # Half of 60 is 30: three are 90 of 500, and 410 are left, 82 %. Twelve are 360: none passes it.
    share = LEVELS.replace("give: intravenously on day 1", "give: 60 mg/m2 intravenously").replace("900", "500")
    share = share.replace("    levels: 100, 75 mg/m2\n", "")
    story = BODY + AGE_70 + given("epirubicin", "03-02", "03-23", "04-13")
    assert left(study(share + BANDS.format("half the dose")), story) == [
        "epirubicin: 90 mg/m2 given, at most 500 mg/m2 in total; 410 mg/m2 (82 %) left (None)"
    ]


def test_what_cannot_be_added_up_is_said() -> None:
    # A limit in mg, and a dose per m2 of a patient whose body nobody knows.
    in_mg = LEVELS.replace("at most in total: 900 mg/m2", "at most in total: 1600 mg")
    assert left(study(in_mg), given("epirubicin", "03-02")) == [
        "epirubicin: at most 1600 mg in total, and what was given up to epirubicin.1 cannot be added up in mg "
        "(record the amounts in mg, or what the dose is worked out from)"
    ]


def test_the_list_of_exposure_says_what_is_left_and_which_dose_would_pass_it() -> None:
    # Two doses up to 9 March, 60 of 400: 340 are left, 85 %. The fourteenth is 13 weeks after 2 March, on 1 June.
    log = log_of("2026-02-27 randomised, arm: all\n" + given("bleomycin", "03-02", "03-09", "03-16"))
    found = exposure_of(study(BLEOMYCIN), EVERY_DAY, log, date(2026, 3, 9))
    known = calendar_of(study(BLEOMYCIN), EVERY_DAY, log)
    assert exposure_of(study(BLEOMYCIN), EVERY_DAY, log, date(2026, 3, 9), calendar=known) == found
    table = tables_of_exposure(found)[-1]
    assert (table.title, table.rows) == (
        "Highest totals",
        (("bleomycin", Decimal(400), Decimal(60), Decimal(340), Decimal(85), "U", "bleomycin.14", date(2026, 6, 1)),),
    )
    assert tell_exposure(found).as_keys()["limits"] == [
        {
            "treatment": "bleomycin",
            "drug": "bleomycin",
            "at_most": "400",
            "unit": "U",
            "given": "60",
            "left": "340",
            "percent_left": "85",
            "passed_by": "bleomycin.14",
            "passed_on": "2026-06-01",
        }
    ]


def test_a_dose_is_explained_with_what_it_leaves() -> None:
    log = log_of("2026-02-27 randomised, arm: all\n" + given("bleomycin", "03-02"))
    version = study(BLEOMYCIN)
    found = str(explain(calendar_of(version, EVERY_DAY, log), "bleomycin.3", version, log))
    assert "With it bleomycin comes to 90 U, at most 400 U in total; 310 U (77.5 %) left." in found
