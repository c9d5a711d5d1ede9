"""Limits on all doses together, told at the dose that would pass them; and doses that cannot be worked out, told once."""

from __future__ import annotations

import pytest

from scheduler.protocol.plan.study import StudyVersion
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
    passed = ["bleomycin.14: bleomycin.14 brings bleomycin to 420 U, at most 400 U"]
    assert told(study(BLEOMYCIN), given("bleomycin", "03-02"), "total-dose") == passed


def test_what_was_given_counts_as_it_was_given() -> None:
    # One dose of 10 U: 10 + 13 x 30 = 400, which is not more; the fifteenth is.
    story = given("bleomycin", "03-02", amount="10 U")
    assert told(study(BLEOMYCIN), story, "total-dose") == [
        "bleomycin.15: bleomycin.15 brings bleomycin to 430 U, at most 400 U"
    ]


def test_a_dose_that_was_not_given_does_not_count() -> None:
    story = given("bleomycin", "03-02") + "2026-03-09 not done, entry: bleomycin.2, reason: fever\n"
    assert told(study(BLEOMYCIN), story, "total-dose") == [
        "bleomycin.15: bleomycin.15 brings bleomycin to 420 U, at most 400 U"
    ]


@pytest.mark.parametrize("body", [BODY, ""], ids=["of a known body", "while the body is not known"])
def test_a_total_per_m2_counts_the_protocols_doses(body: str) -> None:
    """Nine doses of 60 mg/m2 are 540 mg/m2, whatever the surface; the other drug has no limit."""
    story = "2026-03-02 cycle started, treatment: ac, cycle: 1\n"
    found = told(study(ANTHRACYCLINE), body + story, "total-dose")
    assert found == ["ac.9: ac.9 brings doxorubicin to 540 mg/m2, at most 500 mg/m2"]


def test_what_is_missing_is_told_once_for_each_drug() -> None:
    story = "2026-03-02 cycle started, treatment: ac, cycle: 1\n"
    assert sorted(told(study(ANTHRACYCLINE), story, "dose-not-worked-out"), reverse=True) == [
        "ac.2: doxorubicin cannot be worked out: no weight is recorded",
        "ac.2: doxorubicin cannot be worked out: no height is recorded",
        "ac.2: cyclophosphamide cannot be worked out: no weight is recorded",
        "ac.2: cyclophosphamide cannot be worked out: no height is recorded",
    ]
