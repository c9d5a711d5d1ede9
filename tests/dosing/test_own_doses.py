"""A patient's own dose on the calendar: per m2, per kg and by AUC, with the sentences and events that it rests on."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.calendar.entries.entry import Entry
from scheduler.calendar.exposure.of_patient import exposure_of
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.errors import InvalidText
from scheduler.patient.log import Log
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from tests.dosing.story import told
from tests.laws.examples import examples

PROTOCOL = """
study: BEP-LIKE
version: "1.0"
title: Doses that are worked out for each patient
arms: {all: everything}
study days: first dose is Day 1
treatments:
"""

OXALIPLATIN = """
  oxaliplatin:
    when:
      1: on first dose
      then: 14 days ±2 after the previous cycle
    until: at most 12 cycles
    give: 85 mg/m2 intravenously
    body surface: Mosteller
    weight: in force, again when it changes by 10 %
    round to: 5 mg
    at most: 170 mg a dose
    at most in total: 850 mg/m2
"""

CARBOPLATIN = """
  carboplatin:
    when:
      1: on first dose
      then: 21 days ±2 after the previous cycle
    until: at most 4 cycles
    give: AUC 5 intravenously
"""


def study(treatments: str, products: str = "") -> StudyVersion:
    return parse_protocol(PROTOCOL + treatments + products, name="protocol.yaml")[0]


def entry(version: StudyVersion, log: Log, entry_id: str) -> Entry:
    found = calendar_of(version, EVERY_DAY, log).entry(entry_id)
    assert found is not None
    return found


def codes(version: StudyVersion, log: Log) -> list[tuple[str, str | None]]:
    return [(finding.code, finding.entry) for finding in calendar_of(version, EVERY_DAY, log).findings]


BODY = """
    2026-03-01 attribute, name: weight, value: 70
    2026-03-01 attribute, name: height, value: 170
    2026-03-02 given, treatment: oxaliplatin, n: 1
"""


def test_dose_per_m2_is_worked_out_with_its_reasons() -> None:
    # The root of 170 x 70 / 3600 is 1.82 m2; times 85 is 154.7 mg, to the nearest 5 mg.
    version = study(OXALIPLATIN)
    found = entry(version, told(BODY), "oxaliplatin.2")
    assert str(found.dose) == "155 mg"
    sentences = [reason.text for reason in found.because.set_by if isinstance(reason, Clause)]
    assert sentences == [
        "14 days ±2 after the previous cycle",
        "85 mg/m2 intravenously",
        "Mosteller",
        "in force, again when it changes by 10 %",
        "170 mg a dose",
        "5 mg",
    ]
    assert found.because.event_numbers() >= {1, 2}


def test_without_a_height_the_dose_stays_per_m2_and_somebody_is_told() -> None:
    log = told("2026-03-01 attribute, name: weight, value: 70\n2026-03-02 given, treatment: oxaliplatin, n: 1")
    version = study(OXALIPLATIN)
    assert str(entry(version, log, "oxaliplatin.2").dose) == "85 mg/m2"
    assert ("dose-not-worked-out", "oxaliplatin.2") in codes(version, log)


def test_without_a_formula_the_dose_stays_per_m2() -> None:
    version = study(OXALIPLATIN.replace("    body surface: Mosteller\n", "").replace("    round to: 5 mg\n", ""))
    assert str(entry(version, told(BODY), "oxaliplatin.2").dose) == "85 mg/m2"


def test_weight_counts_anew_when_it_changed_by_a_tenth() -> None:
    # 76 kg is 8.6 percent more, 62 kg is 11.4 percent less: 1.71 m2, 145.35 mg.
    story = (
        BODY
        + """2026-03-16 attribute, name: weight, value: 76
        2026-03-30 attribute, name: weight, value: 62"""
    )
    version = study(OXALIPLATIN)
    doses = [str(entry(version, told(story), f"oxaliplatin.{n}").dose) for n in (1, 2, 3, 4)]
    assert doses == ["155 mg", "155 mg", "145 mg", "145 mg"]
    assert entry(version, told(story), "oxaliplatin.3").because.event_numbers() >= {1, 2, 5}
    assert 4 not in entry(version, told(story), "oxaliplatin.2").because.event_numbers()


def test_every_weight_counts_where_the_protocol_says_so_and_none_after_the_first() -> None:
    story = BODY + "2026-03-16 attribute, name: weight, value: 76"
    every = study(OXALIPLATIN.replace(", again when it changes by 10 %", ""))
    first = study(OXALIPLATIN.replace("in force, again when it changes by 10 %", "baseline"))
    assert str(entry(every, told(story), "oxaliplatin.2").dose) == "160 mg"
    assert str(entry(first, told(story), "oxaliplatin.2").dose) == "155 mg"


def test_cap_of_a_dose() -> None:
    heavy = BODY.replace("value: 70", "value: 130")
    assert str(entry(study(OXALIPLATIN), told(heavy), "oxaliplatin.2").dose) == "170 mg"


def test_total_is_passed_by_the_eleventh_dose() -> None:
    # Ten doses of 85 mg/m2 are 850 mg/m2.
    assert ("total-dose", "oxaliplatin.11") in codes(study(OXALIPLATIN), told(BODY))
    assert ("total-dose", "oxaliplatin.10") not in codes(study(OXALIPLATIN), told(BODY))


def test_carboplatin_by_auc() -> None:
    # 5 x (90 + 25); a clearance of 160 counts as 125.
    version = study(CARBOPLATIN)
    story = "2026-03-02 given, treatment: carboplatin, n: 1"
    assert str(entry(version, told(story), "carboplatin.2").dose) == "AUC 5"
    for clearance, dose in ((90, "575 mg"), (160, "750 mg")):
        log = told(f"2026-03-01 attribute, name: creatinine clearance, value: {clearance}\n{story}")
        assert str(entry(version, log, "carboplatin.2").dose) == dose


def test_dose_per_kg_in_whole_vials() -> None:
    version = study(
        """
  antibody:
    when:
      1: on first dose
      then: 14 days ±2 after the previous dose
    until: at most 4 doses
    give: 3 mg/kg intravenously
    round to: whole vials within 10 %
""",
        "products:\n  antibody: {unit: 100 mg vial}\n",
    )
    story = "2026-03-02 given, treatment: antibody, n: 1"
    light, heavy = (told(f"2026-03-01 attribute, name: weight, value: {weight}\n{story}") for weight in (70, 80))
    assert str(entry(version, light, "antibody.2").dose) == "200 mg"
    assert str(entry(version, heavy, "antibody.2").dose) == "240 mg"
    assert ("dose-not-rounded", "antibody.2") in codes(version, heavy)


TABLETS = """
  capecitabine:
    when:
      1: on first dose
      then: 21 days ±2 after the previous cycle
    until: at most 4 cycles
    give: twice daily by mouth on days 1-14
    levels: 1250, 1000 mg/m2
    body surface: Mosteller
    weight: in force
    round to: whole tablets
"""


def test_tablets_per_m2_by_level_change_on_the_day_of_a_new_weight() -> None:
    # 1.82 m2: 2275 mg is 4.55 tablets of 500 mg. From 9 March 60 kg: 1.68 m2, 2100 mg; one level down 1680 mg.
    version = study(TABLETS, "products:\n  capecitabine: {unit: 500 mg tablet}\n")
    log = told(
        """2026-03-01 attribute, name: weight, value: 70
        2026-03-01 attribute, name: height, value: 170
        2026-03-02 cycle started, treatment: capecitabine, cycle: 1
        2026-03-09 attribute, name: weight, value: 60
        2026-03-23 dose changed, treatment: capecitabine, level: -1, dose: 1000 mg/m2"""
    )
    first, second = entry(version, log, "capecitabine.1"), entry(version, log, "capecitabine.2")
    told_in_runs = [(run.first_day, run.last_day, str(run.doses[0])) for run in (*first.runs, *second.runs)]
    assert told_in_runs == [
        (1, 1, "2500 mg twice daily"),
        (2, 7, "2500 mg twice daily"),
        (8, 14, "2000 mg twice daily"),
        (1, 14, "1500 mg twice daily"),
    ]
    assert second.runs[0].doses[0].level == -1


def test_new_weight_is_the_protocols_dose_and_no_reduction() -> None:
    version = study(OXALIPLATIN)
    story = BODY + "2026-03-16 attribute, name: weight, value: 62\n2026-03-16 given, treatment: oxaliplatin, n: 2"
    (whole,) = exposure_of(version, EVERY_DAY, told(story), date(2026, 3, 16)).totals
    assert (whole.delivered, whole.relative_dose_intensity) == (Decimal(300), Decimal(100))


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (OXALIPLATIN.replace("round to: 5 mg", "round to: 5 units"), "unit-mismatch"),
        (OXALIPLATIN.replace("round to: 5 mg", "round to: whole vials"), "no-product"),
        (OXALIPLATIN.replace("round to: 5 mg", "round to: {cisplatin: 5 mg}"), "unknown-drug"),
        (OXALIPLATIN.replace("Mosteller", "Haycock"), "phrase"),
    ],
)
def test_faults_are_found_at_their_sentence(wrong: str, code: str) -> None:
    with pytest.raises(InvalidText) as caught:
        study(wrong)
    (finding,) = [finding for finding in caught.value.findings if finding.code == code]
    assert finding.place is not None
    assert finding.place.line > 8


def test_formula_that_no_dose_needs() -> None:
    treatment = CARBOPLATIN + "    body surface: Mosteller\n"
    _, findings = parse_protocol(PROTOCOL + treatment, name="protocol.yaml")
    assert [finding.code for finding in findings if finding.code == "not-needed"] == ["not-needed"]


@settings(max_examples=examples(25), deadline=None)
@given(weights=st.lists(st.integers(40, 120), min_size=1, max_size=6), gone=st.integers(0, 5))
def test_law_what_a_dose_does_not_cite_does_not_bear_on_it(weights: list[int], gone: int) -> None:
    version = study(OXALIPLATIN)
    start = date(2026, 3, 1)
    lines = [
        f"{start + timedelta(days=9 * n)} attribute, name: weight, value: {each}" for n, each in enumerate(weights)
    ]
    lines += ["2026-03-01 attribute, name: height, value: 170", "2026-03-02 given, treatment: oxaliplatin, n: 1"]
    log = told("\n".join(lines))
    number = gone % len(weights) + 1
    for n in range(1, 7):
        before = entry(version, log, f"oxaliplatin.{n}")
        if number not in before.because.event_numbers():
            assert entry(version, log.without(number), f"oxaliplatin.{n}").dose == before.dose


def test_a_value_that_a_dose_does_not_go_by_leaves_its_days_as_they_were() -> None:
    # Found by the laws: a dose by body surface, and a creatinine clearance on its fourth day. The days were told in two parts.
    tablets = """
  tablets:
    when: on first dose
    until: 1 cycle
    give: 1000 mg/m2 twice daily by mouth on days 1-7
    body surface: Mosteller
"""
    before = """
2026-02-27 randomised, arm: all
2026-02-27 attribute, name: weight, value: 70
2026-02-27 attribute, name: height, value: 175
2026-02-27 first dose planned, to: 2026-03-02
"""
    after = f"{before}2026-03-05 attribute, name: creatinine clearance, value: 20\n"
    calendars = [calendar_of(study(tablets), EVERY_DAY, told(log)) for log in (before, after)]
    days = [[(run.first_day, run.last_day) for run in each.by_id["tablets.1"].runs] for each in calendars]
    assert days == [[(1, 7)], [(1, 7)]]
