"""What can be and is seldom so: a limit that no laboratory has, a weight that doubled, a cycle far ahead, a report of nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.asking import questions_open
from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.deviation import Deviated
from scheduler.patient.appending import build_log
from tests.asking.story import CONTROL, EXPERIMENTAL, asked, codes
from tests.dosing.story import told
from tests.seed import VERSION, shanghai
from tests.studies.telling import study

ATTRIBUTE, MEASURED = "attribute, name: weight, value:", "measured, test: weight, unit: kg, value:"


@pytest.mark.parametrize(
    ("limit", "hint"),
    [("4 U/L", "4 U/L or 40 U/L?"), ("400 U/L", "400 U/L or 40 U/L?"), ("4000 U/L", "look at the report again")],
)
def test_an_upper_limit_that_no_laboratory_has(limit: str, hint: str):
    [question] = asked(
        CONTROL, f"2026-03-10 measured, test: ALT, value: 90, unit: U/L, upper_limit: {limit.split()[0]}"
    )
    assert codes((question,)) == [("asked", "unlikely-limit", "0.upper_limit")]
    assert str(question.what) == f"laboratories have upper limits of normal of ALT from 10 U/L to 100 U/L, not {limit}"
    assert str(question.hint) == hint


@pytest.mark.parametrize(
    "line",
    [
        "measured, test: ALT, value: 1.5, unit: ukat/L, upper_limit: 0.7",  # 42 U/L
        "measured, test: creatinine, value: 1.0, unit: mg/dL, upper_limit: 1.2",
        "measured, test: INR, value: 1.1, upper_limit: 1.2",  # no limits of it are known here
        "measured, test: ALT, value: 90, unit: U/L",
    ],
)
def test_an_upper_limit_that_may_be(line: str):
    assert asked(CONTROL, f"2026-03-10 {line}") == ()


@pytest.mark.parametrize(
    ("before", "line", "what"),
    [
        (
            "",
            "medicine started, name: Prednison, dose: 4000 mg, route: oral",
            "4000 mg of Prednison in a day is more than is given, which is 1500 mg at most",
        ),
        (
            "medicine started, name: prednisone, dose: 40 mg, route: oral",
            "medicine changed, name: prednisone, dose: 400 mg, route: oral",
            "400 mg of prednisone in a day is ten times what was taken before, 40 mg, or more",
        ),
        (
            "medicine started, name: pantoprazole, dose: 40 mg, route: oral",
            "medicine changed, name: pantoprazole, dose: 0.4 g, route: oral",
            "0.4 g of pantoprazole in a day is ten times what was taken before, 40 mg, or more",
        ),
    ],
)
def test_a_daily_dose_that_nobody_is_given(before: str, line: str, what: str):
    story = f"{CONTROL}\n2026-03-09 {before}" if before else CONTROL
    questions = [each for each in asked(story, f"2026-03-10 {line}") if each.strength.value == "asked"]
    assert codes(tuple(questions)) == [("asked", "unlikely-daily-dose", "0.dose")]
    assert str(questions[0].what) == what


@pytest.mark.parametrize(
    "line",
    [
        "medicine started, name: methylprednisolone, dose: 1000 mg, route: intravenous",  # a pulse
        "medicine started, name: prednisone, dose: 40 mg, route: oral",
        "medicine started, name: insulin, dose: 20 IU, route: subcutaneous",
        "medicine started, name: pantoprazole",
        "medicine started, name: hydrocortisone, dose: 5000 mg, route: topical",
    ],
)
def test_a_daily_dose_that_may_be(line: str):
    assert asked(CONTROL, f"2026-03-10 {line}") == ()


@pytest.mark.parametrize(
    ("name", "before", "after", "asks"),
    [
        ("prednisone", 5, 60, False),  # for a reaction, beside what is taken for rheumatism
        ("Medrol", 4, 160, False),
        ("prednisone", 20, 200, False),
        ("prednisone", 20, 201, True),
        ("dexamethasone", 4, 40, True),
        ("pantoprazole", 5, 60, True),  # nobody said what of it is ordinary
    ],
)
def test_a_course_of_steroids_is_ordinary_beside_a_little_of_them(name: str, before: int, after: int, asks: bool):
    story = f"{CONTROL}\n2026-03-02 medicine started, name: {name}, dose: {before} mg, route: oral"
    found = asked(story, f"2026-03-10 medicine changed, name: {name}, dose: {after} mg, route: oral")
    assert [each.code for each in found if each.code != "read-as"] == ["unlikely-daily-dose"] * asks


def test_a_drop_into_the_eye_is_no_dose_before():
    """4 mg of it into the eye in a day, then 60 mg by mouth: that is another treatment, and no slip of a number."""
    story = f"{CONTROL}\n2026-03-09 medicine started, name: prednisolone, dose: 4 mg, route: ophthalmic"
    assert asked(story, "2026-03-10 medicine started, name: prednisolone, dose: 60 mg, route: oral") == ()


@pytest.mark.parametrize(
    ("kind", "before", "after", "asks"),
    [
        (ATTRIBUTE, "75 kg", "150 kg", True),
        (ATTRIBUTE, "75 kg", "57 kg", True),  # two digits in the wrong order
        (ATTRIBUTE, "75", "150", True),
        (ATTRIBUTE, "75 kg", "150 lb", False),  # 68 kg
        (ATTRIBUTE, "75 kg", "70 kg", False),
        (ATTRIBUTE, "75 kg", "heavy", False),
        (MEASURED, "75", "150", True),
        (ATTRIBUTE, "4.2 kg", "6.1 kg", False),  # an infant, of whom this is three months' growth
        (ATTRIBUTE, "4.2 kg", "42 kg", True),
        (ATTRIBUTE, "4.2 kg", "8.6 kg", True),
    ],
)
def test_a_weight_that_jumps(kind: str, before: str, after: str, asks: bool):
    questions = asked(f"{CONTROL}\n2026-03-02 {kind} {before}", f"2026-03-10 {kind} {after}")
    jumps = [each for each in questions if each.code == "value-jumps"]
    assert bool(jumps) is asks
    assert [each.events for each in jumps] == [(3,)] * asks
    if asks:
        assert str(jumps[0].what).endswith("kg on 2026-03-02")


def test_a_weight_of_another_season_may_be_another():
    story = f"{CONTROL}\n2026-03-02 {ATTRIBUTE} 75 kg"
    assert asked(story, f"2026-06-10 {ATTRIBUTE} 55 kg", today="2026-06-10") == ()


def test_a_weight_entered_for_an_earlier_day_is_compared_with_the_next():
    story = f"{CONTROL}\n2026-03-10 {ATTRIBUTE} 75 kg"
    assert codes(asked(story, f"2026-03-02 {ATTRIBUTE} 150 kg")) == [("asked", "value-jumps", "0.value")]


DISPENSED = f"{CONTROL}\n2026-03-02 dispensed, treatment: regorafenib, cycle: 1, quantity: 84"


@pytest.mark.parametrize(("expires", "asks"), [("2026-03-29", ["expired-lot"]), ("2026-03-30", [])])
def test_a_vial_that_expires_before_its_dose(expires: str, asks: list[str]):
    """It is handed out on the 25th for dose 2, on 30 March."""
    line = f"2026-03-25 dispensed, treatment: toripalimab, cycle: 2, quantity: 1, expires: {expires}"
    assert [each.code for each in asked(EXPERIMENTAL, line)] == asks


@pytest.mark.parametrize(("quantity", "asks"), [(28, ["more-than-handed-out"]), (56, [])])
def test_a_correction_by_which_more_came_back_than_was_handed_out(quantity: int, asks: list[str]):
    story = f"{DISPENSED}\n2026-03-30 returned, treatment: regorafenib, cycle: 1, quantity: 50"
    right = f"{{on: 2026-03-02, event: dispensed, treatment: regorafenib, cycle: 1, quantity: {quantity}}}"
    line = f"2026-03-31 corrected, number: 3, reason: counted again, with: {right}"
    assert [each.code for each in asked(story, line)] == asks


def test_units_for_a_cycle_far_ahead():
    [question] = asked(CONTROL, "2026-03-30 dispensed, treatment: regorafenib, cycle: 7, quantity: 84")
    assert codes((question,)) == [("asked", "cycle-ahead", "0.cycle")]
    assert str(question.what) == "the units are for cycle 7, and the next one is cycle 2"


def test_units_for_one_cycle_after_the_other():
    second = "2026-03-27 dispensed, treatment: regorafenib, cycle: 2, quantity: 84"
    third = "2026-03-27 dispensed, treatment: regorafenib, cycle: 3, quantity: 84"
    assert asked(DISPENSED, second, third) == ()  # for a journey
    assert asked(DISPENSED, "2026-03-27 dispensed, treatment: regorafenib, quantity: 28") == ()


def test_units_that_come_back_before_any_were_handed_out():
    early = asked(DISPENSED, "2026-02-27 returned, treatment: regorafenib, cycle: 1, quantity: 3")
    assert codes(early) == [("asked", "before-handed-out", "0.on")]
    assert early[0].events == (3,)
    empty = asked(CONTROL, "2026-03-30 returned, treatment: regorafenib, cycle: 1, quantity: 0")
    assert codes(empty) == [("asked", "before-handed-out", "0.cycle")]
    assert asked(DISPENSED, "2026-03-30 returned, treatment: regorafenib, cycle: 1, quantity: 0") == ()


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ("imaging.3", "imaging.3 is planned for 2026-08-14, 85 days ahead"),
        ("regorafenib.40", "regorafenib.40 is planned for 2029-02-27, 1013 days ahead"),
        ("safety-90.1", "safety-90.1 has no day yet"),
    ],
)
def test_what_is_far_ahead_as_not_done(entry: str, what: str):
    [question] = asked(CONTROL, f"2026-05-21 not done, entry: {entry}, reason: x")
    assert codes((question,)) == [("asked", "not-done-far-ahead", "0.entry")]
    assert str(question.what) == what


def test_what_is_near_as_not_done():
    assert asked(CONTROL, "2026-03-20 not done, entry: c2d15.1, reason: on holiday then", today="2026-03-20") == ()


SERIOUS = f"""{CONTROL}
    2026-03-10 adverse event, ae: 1, term: Pneumonitis, grade: 3, serious: true, related: [regorafenib]
    2026-03-10 adverse event, ae: 2, term: Fatigue, grade: 1"""


def test_a_report_of_what_needs_none():
    [question] = asked(SERIOUS, "2026-03-11 reported, number: 4")
    assert codes((question,)) == [("asked", "nothing-to-report", "0.number")]
    assert asked(SERIOUS, "2026-03-11 reported, number: 3") == ()


def test_a_second_report_of_the_same_event():
    [question] = asked(f"{SERIOUS}\n2026-03-11 reported, number: 3", "2026-03-12 reported, number: 3")
    assert codes((question,)) == [("asked", "nothing-to-report", "0.number")]
    assert question.events == (5,)


def test_a_transfer_to_a_site_that_the_study_does_not_have():
    site = shanghai()
    both = replace(site, others=(replace(site, name="Beijing"),))
    line = "2026-03-10 site transferred, site:"
    [question] = asked(CONTROL, f"{line} Bejing", site=both)
    assert (*codes((question,)), str(question.hint)) == (
        ("refused", "no-such-site", "0.site"),
        "did you mean 'Beijing'?",
    )
    assert asked(CONTROL, f"{line} Beijing", site=both) == ()
    assert (
        asked(CONTROL, f"{line} Beijing", site=site) == ()
    )  # who reads the files knows the others, and refuses it there


def test_fewer_handed_out_by_a_correction_than_came_back():
    story = f"{DISPENSED}\n2026-03-30 returned, treatment: regorafenib, cycle: 1, quantity: 70"
    said = "with: {on: 2026-03-02, event: dispensed, treatment: regorafenib, cycle: 1, quantity: 56}"
    [question] = asked(story, f"2026-04-01 corrected, number: 3, reason: counted again, {said}")
    assert codes((question,)) == [("asked", "more-than-handed-out", "0.with.quantity")]
    assert str(question.what) == "70 units of cycle 1 came back or were lost, but 56 were handed out"
    assert asked(story, f"2026-04-01 corrected, number: 3, reason: counted, {said.replace(': 56', ': 112')}") == ()


def test_a_randomisation_that_is_put_right_to_after_the_first_dose():
    """It can have been so: it is asked as the dose before randomisation is, and stands with a reason as a deviation."""
    said = "with: {on: 2026-03-05, event: randomised, arm: control"
    line = f"2026-03-10 corrected, number: 1, reason: the fax, {said}"
    questions = asked(CONTROL, f"{line}}}")
    assert {each.strength.value for each in questions} == {"asked"}
    assert ("before-randomisation", "0.with.on") in {(each.code, each.path) for each in questions}
    answered = f"{line}, confirmed: the fax came late}}"
    assert questions_open(asked(CONTROL, answered)) == ()
    log = build_log(VERSION, [record.event for record in told(f"{CONTROL}\n{answered}").records])
    found = [each.kind for each in deviations_of(VERSION, shanghai(), log)]
    assert Deviated.OUT_OF_ORDER in found


ARM = "2026-03-10 corrected, number: 1, reason: list, with: {on: 2026-02-27, event: randomised, arm: experimental}"


def test_another_arm_in_which_the_tablets_that_were_taken_would_be_fewer():
    """Control begins with 120 mg, and experimental with 80 mg: which of them was taken on 2 March, and on the days reported?"""
    taken = f"{CONTROL}\n2026-03-07 taken, treatment: regorafenib, from: 2026-03-03, to: 2026-03-06"
    [question] = asked(taken, ARM)
    assert codes((question,)) == [("asked", "arm-changes-what-was-given", "0.with.arm")]
    assert str(question.what) == (
        "regorafenib.1.1: 120 mg or 80 mg given? In the arm experimental it counts as the second, and 1 more"
    )
    stated = f"{CONTROL}\n2026-03-07 taken, treatment: regorafenib, from: 2026-03-02, to: 2026-03-06, amount: 120 mg"
    assert asked(stated, ARM) == ()


def test_another_arm_before_anything_was_given_or_the_same_arm_on_another_day():
    assert asked("2026-02-27 randomised, arm: control", ARM) == ()
    assert asked(CONTROL, ARM.replace("experimental", "control").replace("on: 2026-02-27", "on: 2026-02-28")) == ()


BY_WEIGHT = study(
    """study days: first dose is Day 1
attributes: {weight: body weight}
treatments:
  drug:
    when: {1: on first dose, then: 21 days after the previous dose}
    give: 100 mg intravenously
visits:
  review:
    when: every 7 days from first dose
    only if: weight up to 5 % from baseline
"""
)


# In its own words, and not also that it is no number.
@pytest.mark.parametrize(("value", "asks"), [("75 kg", []), ("75", []), ("about the same", ["no-answer"])])
def test_a_weight_that_is_compared_with_the_baseline_says_so_by_being_a_number(value: str, asks: list[str]):
    questions = asked("2026-03-02 given, treatment: drug, n: 1", f"2026-03-10 {ATTRIBUTE} {value}", version=BY_WEIGHT)
    assert [each.code for each in questions] == asks
