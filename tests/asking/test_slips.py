"""The slips that a coordinator made on one morning, and that nobody had told her of: each is told before it is recorded."""

from __future__ import annotations

import pytest

from scheduler.site.site import EVERY_DAY
from tests.asking.story import CONTROL, EXPERIMENTAL, asked, codes
from tests.studies.telling import study

AFTER_RADIOTHERAPY_BEGAN = f"""{EXPERIMENTAL}
    2026-03-20 visit done, entry: planning-ct.1
    2026-03-22 prescribed, treatment: radiotherapy, course: hypofractionated, per_fraction: 8, unit: Gy
    2026-03-22 prescribed, treatment: radiotherapy, course: low-dose, per_fraction: 1, unit: Gy
    2026-03-23 given, treatment: radiotherapy, n: 1
"""


def test_a_misspelt_term_that_switches_a_rule_off():
    [question] = asked(
        CONTROL, "2026-03-16 adverse event, ae: 1, term: Hand foot syndrom, grade: 2, related: [regorafenib]"
    )
    assert codes((question,)) == [("asked", "unknown-term", "0.term")]
    assert str(question.hint) == "did you mean 'Palmar-plantar erythrodysesthesia syndrome'?"
    assert question.protocol is not None
    assert question.protocol.endswith("grade 2, 1st time: reduce by 1 level with supportive care (SmPC, A12, A13)")
    assert question.answer == "confirmed"


def test_a_number_that_skips():
    [question] = asked(AFTER_RADIOTHERAPY_BEGAN, "2026-03-24 given, treatment: radiotherapy, n: 5")
    assert codes((question,)) == [("asked", "number-skips", "0.n")]
    assert str(question.what) == "radiotherapy 5 skips numbers 2 to 4: the last one recorded is 1"
    assert str(question.hint) == "the next number is 2; what was given or left out before belongs into the log first"


def test_a_cycle_that_skips():
    [question] = asked(CONTROL, "2026-03-30 cycle started, treatment: regorafenib, cycle: 3")
    assert codes((question,)) == [("asked", "number-skips", "0.cycle")]
    assert str(question.what) == "regorafenib 3 skips number 2: the last one recorded is 1"


@pytest.mark.parametrize(
    ("before", "line", "path"),
    [
        ("2026-03-30 given, treatment: toripalimab, n: 3", "2026-04-20 given, treatment: toripalimab, n: 2", "0.n"),
        (
            "2026-03-30 cycle started, treatment: regorafenib, cycle: 3",
            "2026-04-27 cycle started, treatment: regorafenib, cycle: 2",
            "0.cycle",
        ),
    ],
)
def test_a_number_below_one_of_an_earlier_day(before: str, line: str, path: str):
    """What was given before and is recorded late is not asked about."""
    (question,) = [each for each in asked(f"{EXPERIMENTAL}\n{before}", line) if each.code == "number-goes-back"]
    assert (codes((question,)), question.events) == ([("asked", "number-goes-back", path)], (4,))
    assert str(question.what).endswith("3, of 2026-03-30")
    assert str(question.hint) == "look at the numbers and dates of both; the next number is 4"
    late = line.replace(line[:10], "2026-03-25")
    assert "number-goes-back" not in [each.code for each in asked(f"{EXPERIMENTAL}\n{before}", late)]


def test_a_visit_of_next_year():
    [question] = asked(CONTROL, "2027-03-09 visit done, entry: c1d8.1")
    assert codes((question,)) == [("refused", "in-the-future", "0.on")]
    assert question.answer is None
    assert question.is_open


@pytest.mark.parametrize(
    ("to", "code", "what"),
    [
        (
            "2026-05-23",
            "booked-on-closed-day",
            "imaging.2 is booked for 2026-05-23, but imaging is closed on 2026-05-23: Saturday",
        ),
        (
            "2026-04-19",
            "booked-backwards",
            "imaging.2 is booked for 2026-04-19, a day that had passed when it was booked, on 2026-05-20",
        ),
    ],
)
def test_an_appointment_that_nobody_can_keep(to: str, code: str, what: str):
    questions = asked(CONTROL, f"2026-05-20 booked, entry: imaging.2, to: {to}")
    assert (code, what) in [(each.code, str(each.what)) for each in questions]


def test_ten_times_the_dose():
    story = EXPERIMENTAL
    [question] = asked(
        story, "2026-03-12 taken, treatment: regorafenib, from: 2026-03-09, to: 2026-03-11, amount: 800 mg"
    )
    assert codes((question,)) == [("asked", "tenfold-amount", "0.amount")]
    assert str(question.what) == "800 mg of regorafenib is 10 times the dose in force, 80 mg"
    assert question.protocol is not None
    assert question.protocol.endswith("80, 40 mg (registration, A6)")


def test_400_mg_for_40_mg_at_the_lower_level():
    story = f"""{EXPERIMENTAL}
        2026-03-12 held, treatment: regorafenib, reason: AE 1
        2026-03-14 resumed, treatment: regorafenib, level: -1, dose: 40 mg
    """
    line = "2026-03-16 taken, treatment: regorafenib, from: 2026-03-14, to: 2026-03-15, amount: 400 mg"
    [question] = asked(story, line)
    assert str(question.what) == "400 mg of regorafenib is 10 times the dose in force, 40 mg"


@pytest.mark.parametrize(
    ("amount", "code", "what"),
    [
        ("120 mg", "other-amount", "120 mg of toripalimab is not the dose in force, 240 mg"),
        ("24 mg", "tenfold-amount", "24 mg of toripalimab is a tenth or less of the dose in force, 240 mg"),
        ("0 mg", "amount-of-zero", "0 mg of toripalimab is no dose"),
        ("6 mL", "other-amount", "6 mL of toripalimab cannot be compared with the dose in force, 240 mg"),
    ],
)
def test_an_amount_that_is_not_the_plans(amount: str, code: str, what: str):
    questions = asked(EXPERIMENTAL, f"2026-03-30 given, treatment: toripalimab, n: 2, amount: {amount}")
    assert [(each.code, str(each.what)) for each in questions] == [(code, what)]


def test_what_the_plan_has_is_not_asked_about():
    lines = (
        "2026-03-09 visit done, entry: c1d8.1",
        "2026-03-12 taken, treatment: regorafenib, from: 2026-03-02, to: 2026-03-11, amount: 80 mg",
        "2026-03-16 adverse event, ae: 1, term: Palmar-plantar erythrodysesthesia syndrome, grade: 2",
        "2026-03-16 booked, entry: toripalimab.2, to: 2026-03-30",
        "2026-03-30 given, treatment: toripalimab, n: 2, amount: 240 mg",
    )
    assert asked(EXPERIMENTAL, *lines) == ()


@pytest.mark.parametrize(
    ("line", "code", "path"),
    [
        ("measured, test: Troponinn T, value: 5, unit: ng/L", "unknown-test", "0.test"),
        ("measured, test: ALT, value: 900, unit: mmHg", "unread-unit", "0.unit"),
        ("measured, test: neutrophils, value: 1200, unit: G/L", "impossible-value", "0.value"),
        ("medicine started, name: prednisonee, dose: 40 mg", "unknown-medicine", "0.name"),
        ("given, treatment: toripalimab, n: 1, amount: 1.000 mg", "ambiguous-amount", "0.amount"),
    ],
)
def test_words_units_and_values_that_no_rule_reads(line: str, code: str, path: str):
    story = "2026-02-27 randomised, arm: experimental"
    assert ("asked", code, path) in codes(asked(story, f"2026-03-02 {line}"))


def test_a_drug_that_goes_by_some_cycles_alone_skips_none_of_the_others():
    version = study("""
study days: first dose is Day 1
cycles:
  clock:
    when: {1: on first dose, then: 28 days ±3 after the previous cycle}
    until: 6 cycles
treatments:
  drug:
    when: in cycles 1, then every 2nd
    give: 85 mg intravenously
""")
    first = "2026-02-27 randomised, arm: all\n2026-03-02 given, treatment: drug, n: 1\n"
    assert asked(first, "2026-04-27 given, treatment: drug, n: 3", version=version, site=EVERY_DAY) == ()
    questions = asked(first, "2026-06-22 given, treatment: drug, n: 5", version=version, site=EVERY_DAY)
    (skips,) = [str(each.what) for each in questions if each.code == "number-skips"]
    assert skips == "drug 5 skips number 3: the last one recorded is 1"


def test_a_cycle_that_is_not_for_the_patient_is_not_skipped():
    version = study("""
study days: first dose is Day 1
attributes: {residual leukaemia: The marrow shows residual leukaemia}
treatments:
  induction:
    when: {1: on first dose, then: 14 days +3 after the previous cycle}
    only if: {2: residual leukaemia}
    until: 3 cycles
    give: {daunorubicin: 60 mg intravenously on days 1-3}
""")
    story = (
        "2026-02-27 randomised, arm: all\n2026-03-02 cycle started, treatment: induction, cycle: 1\n"
        "2026-03-10 attribute, name: residual leukaemia, value: false\n"
    )
    third = "2026-03-16 cycle started, treatment: induction, cycle: 3"
    assert asked(story, third, version=version, site=EVERY_DAY) == ()
    unknown = story[: story.index("2026-03-10")]
    questions = asked(unknown, third, version=version, site=EVERY_DAY)
    assert "number-skips" in [each.code for each in questions]


def test_a_first_dose_that_is_planned_at_a_time_for_the_day_itself_is_taken():
    assert (
        asked("2026-02-27 randomised, arm: control", '2026-03-02 first dose planned, at: "10:30"', today="2026-03-02")
        == ()
    )
