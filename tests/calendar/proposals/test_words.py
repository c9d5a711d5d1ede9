"""A word that nobody listed never switches a rule off in silence: it is told, with what was likely meant, until looked at."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.patient_calendar import calendar_of
from scheduler.findings import Finding, Severity
from scheduler.patient.dose_rules.unread import not_read
from scheduler.patient.replaying.replay import replay
from scheduler.protocol.parse import parse_protocol
from scheduler.site.site import EVERY_DAY
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.patients import Patient
from tests.calendar.proposals import other_study
from tests.calendar.proposals.patients import CONTROL, EXPERIMENTAL, calendar, stands
from tests.dosing.story import told
from tests.seed import VERSION
from tests.studies.telling import calendar as of_study
from tests.studies.telling import study

CODES = {value for name, value in vars(not_read).items() if name.isupper() and isinstance(value, str)}


def event(term: str, grade: int = 3, related: str = "regorafenib") -> str:
    return f"2026-03-12 adverse event, ae: 1, term: '{term}', grade: {grade}, related: [{related}]\n"


def findings(story: str) -> list[Finding]:
    return [finding for finding in calendar(story).findings if finding.code in CODES]


def codes(story: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(finding.code, finding.events) for finding in findings(story)]


def to_look_at(story: str) -> list[str]:
    """The codes that stand on the worklist."""
    patient = Patient(calendar(story), VERSION.arms["control"], replay(told(story)))
    lines = worklist([patient], date(2026, 3, 20)).decisions
    return [flag for line in lines for flag in line.flags if flag in CODES]


@pytest.mark.parametrize("term", ["HFS", "PPE", "Hand-foot skin reaction", "手足综合征"])
def test_the_hand_foot_rule_reads_every_listed_name(term: str) -> None:
    assert stands(CONTROL + event(term)) == {"hand-foot-skin-reaction.6.3": "open"}
    assert findings(CONTROL + event(term)) == []


def test_a_misspelt_hand_foot_syndrome_is_told_with_what_was_meant() -> None:
    (finding,) = findings(CONTROL + event("Hand foot syndrom"))
    assert str(finding) == (
        "warning: 2026-03-12, event 3: 'Hand foot syndrom' is not a term of CTCAE v5.0; no rule that names terms reads it "
        "(did you mean 'Palmar-plantar erythrodysesthesia syndrome'? correct event 3, or record 'reviewed' where it stands as "
        "it is) [unknown-term]"
    )
    assert to_look_at(CONTROL + event("Hand foot syndrom")) == ["unknown-term"]


def test_corrected_the_rule_reads_it_and_nothing_is_left_to_look_at() -> None:
    right = "{on: 2026-03-12, event: adverse event, ae: 1, term: HFS, grade: 3, related: [regorafenib]}"
    story = CONTROL + event("Hand foot syndrom") + f"2026-03-13 corrected, number: 3, reason: misspelt, with: {right}\n"
    assert (stands(story), findings(story)) == ({"hand-foot-skin-reaction.6.3": "open"}, [])


def test_what_somebody_looked_at_is_a_note_and_leaves_the_worklist() -> None:
    story = CONTROL + event("Odd feeling") + "2026-03-13 reviewed, number: 3\n"
    assert [(finding.severity, finding.events) for finding in findings(story)] == [(Severity.NOTE, (3, 4))]
    assert to_look_at(story) == []


def test_what_was_corrected_after_somebody_looked_at_it_is_to_be_looked_at_again() -> None:
    wrong = "{on: 2026-03-12, event: adverse event, ae: 1, term: Odder feeling, grade: 3}"
    story = CONTROL + event("Odd feeling") + "2026-03-13 reviewed, number: 3\n"
    assert to_look_at(story + f"2026-03-14 corrected, number: 3, reason: a, with: {wrong}\n") == ["unknown-term"]


def test_a_word_that_may_be_either_is_read_by_the_rules_on_both() -> None:
    assert stands(CONTROL + event("GI bleed")) == stands(CONTROL + event("Upper gastrointestinal hemorrhage"))
    assert findings(CONTROL + event("GI bleed")) == []


def test_nephritis_is_told_as_a_choice_where_a_rule_is_about_one_of_its_terms_only() -> None:
    text = other_study.PROTOCOL.replace("on: Fever", "on: Creatinine increased")
    version = parse_protocol(text.replace("grade 1-2, worse than before", "grade 2-3"), name="protocol.yaml")[0]
    log = told(other_study.STARTED.format(arm="alone") + event("nephritis", grade=2, related="tablet"))
    found = calendar_of(version, EVERY_DAY, log, until=date(2026, 6, 30))
    assert [each.id for each in found.proposals] == ["fever.1.3"]
    assert [each.message for each in found.findings if each.code == "either-term"] == [
        "2026-03-12, event 3: 'nephritis' may be Acute kidney injury or Creatinine increased; until somebody says which, "
        "the rules on any of them read it"
    ]
    assert codes(EXPERIMENTAL + event("nephritis", grade=2, related="toripalimab")) == []


def test_a_baseline_with_its_unit_is_read_in_that_of_the_measurement() -> None:
    story = other_study.STARTED.format(arm="alone") + (
        "2026-03-01 attribute, name: baseline creatinine, value: {}\n"
        "2026-03-16 measured, test: creatinine, value: 200, unit: umol/L\n"
    )

    def called_for(baseline: str) -> tuple[list[str], list[str]]:
        log = told(story.format(baseline))
        found = calendar_of(parse_protocol(other_study.PROTOCOL, name="protocol.yaml")[0], EVERY_DAY, log)
        told_of = [each.code for each in found.findings if each.code in CODES]
        return [each.rule for each in found.proposals], told_of

    # 1.13 mg/dL are 100 umol/L.
    assert called_for("1.13 mg/dL") == called_for("100 umol/L") == called_for("100") == (["creatinine.1"], [])
    assert called_for("'1,13 mg/dL'") == ([], ["unread-unit"])


def test_less_than_can_be_measured_is_compared_as_less() -> None:
    story = "2026-03-16 measured, test: platelets, value: '{}', unit: G/L\n"
    assert list(other_study.called_for(story.format("<50"))) == ["platelets.1.3"]
    assert list(other_study.called_for(story.format("50"))) == ["platelets.3.3"]
    assert list(other_study.called_for(story.format(">75"))) == []


ON_A_CLASS = other_study.PROTOCOL.replace("on: Fever", "on: Cardiac disorders").replace(
    "grade 1-2, worse than before", "grade 2-4"
)


def test_a_rule_on_a_class_reads_all_its_terms_and_what_ctcae_does_not_name() -> None:
    version = parse_protocol(ON_A_CLASS, name="protocol.yaml")[0]

    def called_for(term: str) -> list[str]:
        story = f"2026-03-12 adverse event, ae: 1, term: '{term}', grade: 2\n"
        return list(other_study.called_for(story, version=version))

    assert called_for("Heart failure") == ["fever.1.3"]
    assert called_for("Cardiac disorders - Other, specify: sarcoidosis") == ["fever.1.3"]
    assert called_for("Eye disorders - Other, specify: sarcoidosis") == []


def test_two_events_that_ctcae_does_not_name_have_courses_of_their_own() -> None:
    version = parse_protocol(ON_A_CLASS, name="protocol.yaml")[0]
    one = "2026-03-12 adverse event, ae: 1, term: 'Cardiac disorders - Other, specify: sarcoidosis', grade: 3\n"
    other = "2026-03-14 adverse event, ae: 2, term: 'Cardiac disorders - Other, specify: amyloid', grade: 2\n"
    assert list(other_study.called_for(one + other, version=version)) == ["fever.1.3", "fever.1.4"]


def test_what_ctcae_does_not_name_is_on_the_worklist_until_looked_at() -> None:
    story = CONTROL + event("Cardiac disorders - Other, specify: sarcoidosis")
    assert to_look_at(story) == ["other-term"]
    assert to_look_at(story + "2026-03-13 reviewed, number: 3\n") == []


def test_a_relation_to_a_misspelt_treatment_is_told() -> None:
    assert codes(CONTROL + event("HFS", related="regorafinib")) == [("unknown-relation", (3,))]
    assert codes(CONTROL + event("HFS", related="the disease")) == []


def test_a_grade_that_the_term_has_not_stays_in_an_old_log_and_is_told() -> None:
    regraded = "2026-03-14 regraded, ae: 1, grade: 4\n"
    assert codes(CONTROL + event("HFS", grade=2) + regraded) == [("no-such-grade", (4,))]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("measured, test: ALTT, value: 900, unit: U/L", "unknown-test"),
        ("measured, test: ALT, value: 900, unit: umol/L", "unread-unit"),
        ("measured, test: neutrophils, value: 1200, unit: G/L", "impossible-value"),
        ("attribute, name: liver tumuor, value: true", "unknown-attribute"),
        ("attribute, name: height, value: 1.75", "impossible-value"),
        ("medicine started, name: prednisonn, dose: 40 mg", "unknown-medicine"),
    ],
)
def test_every_other_word_or_value_that_is_not_read_is_told(said: str, code: str) -> None:
    assert codes(EXPERIMENTAL + f"2026-03-12 {said}\n") == [(code, (4,))]


@pytest.mark.parametrize(
    "said",
    [
        "measured, test: ALAT, value: 30, unit: U/L, upper_limit: 40",
        "measured, test: INR, value: 1.1",
        "attribute, name: liver tumor, value: true",
        "attribute, name: shoe size, value: 44",
        "attribute, name: weight, value: 70",
        "medicine started, name: Prednison, dose: 5 mg",
        "medicine started, name: quizartinib, dose: 5 mg",
    ],
)
def test_nothing_is_told_of_what_is_read_and_of_what_no_rule_would_read(said: str) -> None:
    assert codes(EXPERIMENTAL + f"2026-03-12 {said}\n") == []


def test_the_laboratory_rule_reads_every_name_of_its_test() -> None:
    value = "2026-03-16 measured, test: {}, value: 900, unit: U/L, upper_limit: 40\n"
    by_name = {name: stands(CONTROL + value.format(name)) for name in ("ALT", "ALAT", "SGPT", "谷丙转氨酶")}
    assert by_name == {name: {"liver.5.3": "open"} for name in by_name}


def test_an_attribute_is_read_in_british_and_american_spelling() -> None:
    value = "2026-03-16 measured, test: ALT, value: 250, unit: U/L, upper_limit: 40\n"
    british, american = (f"2026-03-01 attribute, name: liver {word}, value: true\n" for word in ("tumour", "tumor"))
    assert stands(EXPERIMENTAL + american + value) == stands(EXPERIMENTAL + british + value)
    assert stands(EXPERIMENTAL + american + value) != stands(EXPERIMENTAL + value)


def test_a_grade_5_ends_the_plan_and_asks_for_the_death() -> None:
    story = CONTROL + "2026-03-12 adverse event, ae: 1, term: Sepsis, grade: 5\n"
    died = CONTROL + "2026-03-12 died\n"
    assert [entry.status for entry in calendar(story).entries] == [entry.status for entry in calendar(died).entries]
    (finding,) = (each for each in calendar(story).findings if each.code == "death-not-recorded")
    assert finding.events == (3,)
    both = story + "2026-03-13 died\n"
    assert [each.code for each in calendar(both).findings if each.code == "death-not-recorded"] == []


def test_a_grade_5_that_is_taken_back_by_another_grade_ends_nothing() -> None:
    story = CONTROL + "2026-03-12 adverse event, ae: 1, term: Sepsis, grade: 4\n"
    denied = story + "2026-03-13 regraded, ae: 1, grade: 5\n2026-03-14 regraded, ae: 1, grade: 3\n"
    assert [entry.date for entry in calendar(denied).entries] == [entry.date for entry in calendar(story).entries]


def test_a_study_without_rules_still_tells_an_adverse_event_that_nobody_listed() -> None:
    text = other_study.PROTOCOL.split("attributes:", 1)[0]
    version = parse_protocol(text, name="protocol.yaml")[0]
    log = told(other_study.STARTED.format(arm="alone") + event("Hand foot syndrom"))
    found = calendar_of(version, EVERY_DAY, log, until=date(2026, 6, 30)).findings
    assert [(each.code, each.events) for each in found if each.code in CODES] == [("unknown-term", (3,))]


def test_a_test_of_the_protocol_that_was_recorded_as_a_fact_is_told_with_how_to_record_it() -> None:
    version = study("""
study days: first dose is Day 1
treatments: {drug: {when: on first dose, give: 10 mg intravenously}}
rules:
  walk: {for: drug, rows: ["walking distance below 200 m: discontinue (label)"]}
sources: {label: The label}
""")
    dose = "2026-03-02 given, treatment: drug, n: 1\n"
    found = of_study(version, dose + "2026-03-20 attribute, name: walking distance, value: 150 m\n")
    assert [str(each) for each in found.findings] == [
        "warning: 2026-03-20, event 3: walking distance was recorded as a fact about the patient, and rules read it as a "
        "measurement (record 'measured' with test: walking distance, its value and unit; correct event 3, or record "
        "'reviewed' where it stands as it is) [fact-only]"
    ]
    measured = of_study(version, dose + "2026-03-20 measured, test: walking distance, value: 150, unit: m\n")
    assert [each.id for each in measured.proposals] == ["walk.1.3"]
