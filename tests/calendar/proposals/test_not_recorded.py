"""What rules would read and nobody recorded is told, never passed over: a rule that cannot be read proposes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from scheduler.findings import Finding
from scheduler.patient.replaying.replay import replay
from scheduler.protocol.plan.rules import Rule
from scheduler.protocol.sentences.rules.rule import read_row
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.patients import Patient
from tests.calendar.proposals.patients import CONTROL, EXPERIMENTAL, calendar, stands
from tests.dosing.story import told
from tests.seed import VERSION

ALT = "2026-03-16 measured, test: ALT, value: 250, unit: U/L\n"
"""250 U/L is 6.25 times an upper limit of 40, which nobody recorded."""
WITH_LIMIT = "{on: 2026-03-16, event: measured, test: ALT, value: 250, unit: U/L, upper_limit: 40}"
CODES = ("no-upper-limit", "no-baseline", "no-value", "no-grade", "unit-not-comparable")


def missing(story: str) -> list[Finding]:
    return [finding for finding in calendar(story).findings if finding.code in CODES]


def codes(story: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(finding.code, finding.events) for finding in missing(story)]


def test_a_value_without_its_upper_limit() -> None:
    (found,) = missing(EXPERIMENTAL + ALT)
    assert str(found) == (
        "warning: 2026-03-16, event 4: ALT 250 U/L has no upper limit of normal, and the rules for regorafenib and toripalimab "
        "compare it with one (correct event 4: give its 'upper_limit') [no-upper-limit]"
    )
    assert stands(EXPERIMENTAL + ALT) == {}


def test_once_the_limit_is_there_the_rules_speak() -> None:
    story = EXPERIMENTAL + ALT + f"2026-03-17 corrected, number: 4, with: {WITH_LIMIT}, reason: limit added\n"
    assert (codes(story), stands(story)) == ([], {"liver.3.4": "open", "hepatitis.2.4": "open"})


def test_what_is_missing_from_a_value_is_told_of_the_value_and_not_of_what_comes_after_it() -> None:
    tumour = "2026-03-17 attribute, name: liver tumour, value: true\n"
    assert codes(EXPERIMENTAL + ALT + tumour) == [("no-upper-limit", (4,))]


def test_a_limit_recorded_before_holds_for_later_values() -> None:
    before = "2026-02-20 measured, test: ALT, value: 30, unit: U/L, upper_limit: 40\n"
    assert codes(EXPERIMENTAL + before + ALT) == []


def test_a_limit_of_another_test_does_not() -> None:
    other = "2026-03-16 measured, test: AST, value: 30, unit: U/L, upper_limit: 40\n"
    assert codes(EXPERIMENTAL + other + ALT) == [("no-upper-limit", (5,))]


def test_a_value_that_no_rule_reads_needs_no_limit() -> None:
    assert codes(EXPERIMENTAL + "2026-03-16 measured, test: GGT, value: 250, unit: U/L\n") == []


def test_before_the_first_dose_and_after_the_treatment_nothing_is_asked() -> None:
    before = CONTROL + "2026-02-28 measured, test: ALT, value: 250, unit: U/L\n"
    after = CONTROL + "2026-03-10 discontinued, treatment: regorafenib, reason: wish\n" + ALT
    assert (codes(before), codes(after)) == ([], [])


LIVER_TUMOUR = "2026-03-01 attribute, name: liver tumour, value: true\n"
SIX_TIMES = "2026-03-16 measured, test: ALT, value: 250, unit: U/L, upper_limit: 40\n"


def test_a_baseline_that_only_the_table_for_a_liver_tumour_asks_for() -> None:
    story = EXPERIMENTAL + LIVER_TUMOUR + SIX_TIMES
    (found,) = missing(story)
    assert (found.code, found.events) == ("no-baseline", (5,))
    assert found.message == (
        "2026-03-16, event 5: ALT 250 U/L has no baseline, and the rules for toripalimab compare it with one"
    )
    assert found.hint == "record 'attribute' with name: baseline ALT, and its value in U/L"
    assert codes(EXPERIMENTAL + SIX_TIMES) == []
    assert codes(story + "2026-03-17 attribute, name: baseline ALT, value: 60\n") == []


def test_a_baseline_measured_before_the_first_dose_is_one() -> None:
    before = "2026-02-20 measured, test: ALT, value: 60, unit: U/L, upper_limit: 40\n"
    assert codes(EXPERIMENTAL + before + LIVER_TUMOUR + SIX_TIMES) == []


def test_a_normal_value_needs_no_baseline() -> None:
    normal = "2026-03-16 measured, test: ALT, value: 30, unit: U/L, upper_limit: 40\n"
    assert codes(EXPERIMENTAL + LIVER_TUMOUR + normal) == []


GRADED = "2026-03-16 adverse event, ae: 1, term: ALT increased, grade: 3\n"


def test_a_grade_without_its_value_where_rules_ask_for_the_value() -> None:
    (found,) = missing(CONTROL + GRADED)
    assert str(found) == (
        "warning: 2026-03-16, event 3: ALT increased, grade 3, has no value: the rules for regorafenib ask for ALT, and none was "
        "measured within 7 days (record 'measured' with test: ALT, its value, unit and upper_limit) [no-value]"
    )


def test_what_no_test_grades_hides_no_other_that_has_no_value() -> None:
    assert codes(CONTROL + "2026-03-15 adverse event, ae: 2, term: Nausea, grade: 2\n" + GRADED) == [("no-value", (4,))]


def test_a_value_within_a_week_is_the_one() -> None:
    def measured(day: str) -> str:
        return CONTROL + GRADED + f"{day} measured, test: GPT, value: 250, unit: U/L, upper_limit: 40\n"

    assert (codes(measured("2026-03-09")), codes(measured("2026-03-23"))) == ([], [])
    assert codes(measured("2026-03-24")) == [("no-value", (3,))]


def test_a_new_grade_asks_for_a_new_value() -> None:
    story = CONTROL + GRADED + SIX_TIMES
    assert codes(story + "2026-04-06 regraded, ae: 1, grade: 4\n") == [("no-value", (5,))]


def test_a_grade_that_rules_read_as_it_is_needs_no_value() -> None:
    story = EXPERIMENTAL + "2026-03-16 adverse event, ae: 1, term: Creatinine increased, grade: 3\n"
    assert codes(story) == []


CREATININE = "2026-03-16 measured, test: creatinine, value: 400, unit: umol/L, upper_limit: 100\n"


def test_a_value_that_nobody_graded_where_rules_ask_for_the_grade() -> None:
    (found,) = missing(EXPERIMENTAL + CREATININE)
    assert str(found) == (
        "warning: 2026-03-16, event 4: creatinine 400 umol/L would be grade 3 of Creatinine increased: the rules for regorafenib "
        "and toripalimab ask for the grade, and nobody recorded one (record the adverse event with the grade that the "
        "investigator gives it) [no-grade]"
    )


def test_whoever_graded_it_has_judged_it_whatever_the_grade() -> None:
    judged = "2026-03-18 adverse event, ae: 1, term: Creatinine increased, grade: 1\n"
    later = "2026-04-20 measured, test: creatinine, value: 400, unit: umol/L, upper_limit: 100\n"
    assert codes(EXPERIMENTAL + CREATININE + judged) == []
    assert codes(EXPERIMENTAL + CREATININE + judged + later) == [("no-grade", (6,))]
    as_high = judged.replace("grade: 1", "grade: 3")
    assert codes(EXPERIMENTAL + CREATININE + as_high + later) == []


def test_a_value_whose_grade_calls_for_nothing_is_nobodys_business() -> None:
    slightly = "2026-03-16 measured, test: creatinine, value: 120, unit: umol/L, upper_limit: 100\n"
    with_pressure = "2026-03-16 measured, test: systolic blood pressure, value: 145, unit: mmHg\n"
    assert codes(EXPERIMENTAL + slightly + with_pressure) == []


def test_a_value_in_a_unit_that_does_not_convert() -> None:
    row = read_row("platelets below 50 G/L: discontinue (label)")
    rule = Rule("platelets.1", "regorafenib", row.conditions, row.actions, row.clause)
    plan = VERSION.arms["control"]
    version = replace(VERSION, arms={"control": replace(plan, rules=(*plan.rules, rule))})

    def told_in(unit: str) -> list[str]:
        measured = f"2026-03-16 measured, test: platelets, value: 40, unit: {unit}\n"
        return [str(finding) for finding in calendar(CONTROL + measured, version=version).findings]

    assert told_in("10e9/L") == []
    assert told_in("mmHg") == [
        "warning: 2026-03-16, event 3: platelets 40 mmHg is not read: mmHg is no unit of it "
        "(give the value in G/L; correct event 3, or record 'reviewed' where it stands as it is) [unread-unit]"
    ]


def test_it_waits_on_the_worklist() -> None:
    story = EXPERIMENTAL + ALT
    found = calendar(story)
    patient = Patient(found, VERSION.plan("experimental"), replay(told(story)))
    waiting = [line for line in worklist([patient], date(2026, 3, 17)).decisions if line.flags == ("no-upper-limit",)]
    assert [str(line.to_do) for line in waiting] == ["correct event 4: give its 'upper_limit'"]
