"""A dose from a range: the investigator prescribes each patient's, and until then there is none."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.entries.entry import Calendar, Kind
from scheduler.calendar.exposure.of_patient import exposure_of
from scheduler.calendar.telling.events_in_words import what_happened
from scheduler.exports.told import in_words
from scheduler.languages import Language
from scheduler.patient.appending import review
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.said import text_of
from scheduler.site.site import EVERY_DAY
from scheduler.views.coordinator.worklist import Worklist, worklist
from scheduler.views.patients import Patient, patient_of
from scheduler.views.pharmacy.doses_to_prepare import doses_to_prepare
from scheduler.views.pharmacy.pill_counts import pill_counts
from scheduler.views.pharmacy.units_of_dose import units_a_day
from tests.dosing.story import told
from tests.studies.telling import calendar, codes, entry, runs, study

CARBOPLATIN = study("""
study days: first dose is Day 1
treatments:
  carboplatin:
    when: {1: on first dose, then: 21 days after the previous cycle}
    until: 4 cycles
    open: infusion
    give: AUC 5-6 prescribed intravenously over 1 hour
    clearance: at most 125 mL/min
""")
PER_M2 = study("""
study days: first dose is Day 1
treatments:
  drug:
    when: {1: on first dose, then: 21 days after the previous cycle}
    until: 4 cycles
    open: infusion
    give: 60-75 mg/m2 prescribed intravenously
    body surface: Mosteller
""")
TABLETS = study("""
study days: first dose is Day 1
treatments:
  drug:
    when: {1: on first dose, then: 21 days after the previous cycle}
    until: 4 cycles
    give: 10-20 mg prescribed twice daily by mouth on days 1-5
products:
  drug: {unit: 10 mg tablet}
""")
LISTED = study("""
study days: first dose is Day 1
treatments:
  drug:
    when: {1: on first dose, then: 21 days after the previous cycle}
    until: 4 cycles
    open: injection
    give:
      drug: 175, 263 or 525 mg prescribed intramuscularly of cycle 1
      booster: 100 mg prescribed intramuscularly of cycle 1
""")
PLANNED = "2026-02-27 first dose planned, to: 2026-03-02\n"
CLEARANCE = "2026-02-27 attribute, name: creatinine clearance, value: 75\n"
AUC_5 = "2026-02-28 prescribed, treatment: carboplatin, per_fraction: 5, unit: AUC\n"


def carboplatin(*story: str) -> Calendar:
    return calendar(CARBOPLATIN, "".join((PLANNED, *story)))


def refused(version_story: str) -> list[tuple[str, str, str | None]]:
    log = told(f"2026-02-27 randomised, arm: all\n{version_story}")
    return [(each.code, str(each.message), str(each.hint)) for each in review(CARBOPLATIN, log)]


def test_nothing_is_guessed_of_a_range_before_somebody_prescribes() -> None:
    dose = entry(carboplatin(CLEARANCE), "carboplatin.1").dose
    assert dose is not None
    assert (dose.amount, dose.unit, dose.taking, str(dose)) == (None, "AUC", None, "not prescribed")


def test_the_area_that_is_prescribed_is_worked_out() -> None:
    # 5 x (75 + 25) = 500 mg; from 20 March on 6 x 100 = 600 mg.
    given = "2026-03-02 given, treatment: carboplatin, n: 1\n"
    six = "2026-03-20 prescribed, treatment: carboplatin, per_fraction: 6, unit: AUC\n"
    found = carboplatin(CLEARANCE, AUC_5, given, six)
    doses = {n: str(entry(found, f"carboplatin.{n}").dose) for n in (1, 2, 3)}
    assert doses == {1: "500 mg", 2: "600 mg", 3: "600 mg"}
    assert entry(found, "carboplatin.1").because.event_numbers() >= {3, 4}
    assert 6 not in entry(found, "carboplatin.1").because.event_numbers()


def test_it_stays_as_prescribed_while_the_clearance_is_missing() -> None:
    found = carboplatin(AUC_5)
    assert str(entry(found, "carboplatin.1").dose) == "AUC 5"
    assert "dose-not-worked-out" in codes(found)


def test_a_range_per_m2_is_prescribed_per_m2() -> None:
    # The root of 170 x 70 / 3600 is 1.82 m2; times 60 is 109.2 mg.
    body = "2026-02-27 attribute, name: weight, value: 70\n2026-02-27 attribute, name: height, value: 170\n"
    order = "2026-02-28 prescribed, treatment: drug, per_fraction: 60, unit: mg/m2\n"
    assert str(entry(calendar(PER_M2, PLANNED + body + order), "drug.1").dose) == "109.2 mg"


def test_tablets_from_a_range_are_twice_a_day_and_are_counted() -> None:
    order = "2026-02-28 prescribed, treatment: drug, course: drug, per_fraction: 20, unit: mg\n"
    assert runs(calendar(TABLETS, PLANNED), "drug.1") == ["1-5 03-02..03-06 not prescribed, twice daily + planned"]
    found = calendar(TABLETS, PLANNED + order)
    assert runs(found, "drug.1") == ["1-5 03-02..03-06 20 mg twice daily + planned"]
    line = TABLETS.arms["all"].treatments()[0]
    (dose,) = entry(found, "drug.1").runs[0].doses
    # 20 mg twice daily are four tablets of 10 mg.
    assert units_a_day(dose, line.gives[0], TABLETS.arms["all"].products_of("drug", "drug")[0], Kind.ORAL).count == 4


def test_a_report_of_a_prescribed_dose_says_the_amount_of_the_whole_day() -> None:
    # 20 mg twice daily. 40 mg said of 2 March, 3 and 4 March as due, 20 mg said of 5 March, nothing of 6 March, and 7 March,
    # which has none by the plan: 40 + 2 x 40 + 20 + 40 is 180 mg, or 18 tablets of 10 mg, and 40 mg or 4 tablets more.
    story = f"""{PLANNED}2026-02-28 prescribed, treatment: drug, per_fraction: 20, unit: mg
2026-03-02 cycle started, treatment: drug, cycle: 1
2026-03-02 dispensed, treatment: drug, cycle: 1, quantity: 30
2026-03-03 taken, treatment: drug, from: 2026-03-02, to: 2026-03-02, amount: 40 mg
2026-03-05 taken, treatment: drug, from: 2026-03-03, to: 2026-03-04
2026-03-06 taken, treatment: drug, from: 2026-03-05, to: 2026-03-05, amount: 20 mg
2026-03-08 taken, treatment: drug, from: 2026-03-07, to: 2026-03-07
"""
    log, until = told(f"2026-02-27 randomised, arm: all\n{story}"), date(2026, 3, 8)
    assert [each.delivered for each in exposure_of(TABLETS, EVERY_DAY, log, until).lines] == [180, 40]
    (tablets,) = pill_counts(TABLETS, EVERY_DAY, log, until)
    assert (tablets.expected, tablets.by_days, tablets.extra) == (20, 22, 4)


def test_the_formula_of_a_dose_per_m2_that_is_prescribed_has_an_effect() -> None:
    prescribed = """study: OTHER
version: "1.0"
title: Another study
arms: {all: everybody}
study days: first dose is Day 1
treatments:
  drug:
    when: {1: on first dose, then: 21 days after the previous cycle}
    until: 4 cycles
    give: 60-75 mg/m2 prescribed intravenously
    body surface: Mosteller
"""
    assert [each.code for each in parse_protocol(prescribed, name="protocol.yaml")[1]] == []


def test_an_area_outside_the_range_or_in_milligrams_is_refused() -> None:
    assert refused("2026-02-28 prescribed, treatment: carboplatin, per_fraction: 4, unit: AUC") == [
        (
            "outside-range",
            "AUC 4 is outside the protocol's range",
            "'carboplatin' is AUC 5-6; or say why it stands with 'override'",
        )
    ]
    assert refused("2026-02-28 prescribed, treatment: carboplatin, per_fraction: 500, unit: mg") == [
        ("wrong-unit", "'carboplatin' is prescribed in AUC, not in 'mg'", "write 'unit: AUC' and the amount in it")
    ]
    assert refused("2026-02-28 prescribed, treatment: carboplatin, course: cisplatin, per_fraction: 5, unit: AUC") == [
        ("unknown-course", "'carboplatin' has no prescribed course 'cisplatin'", "did you mean 'carboplatin'?")
    ]


def test_an_order_says_its_course_only_where_there_are_several() -> None:
    one = told(AUC_5).records[0].event
    lesion = "2026-02-28 prescribed, treatment: radiotherapy, course: hypofractionated, per_fraction: 8, unit: Gy"
    course = told(lesion).records[0].event
    assert str(what_happened(one)) == "carboplatin is prescribed at 5 AUC each time"
    assert str(what_happened(course)) == "hypofractionated of radiotherapy is prescribed at 8 Gy each time"


def of_patient(version: StudyVersion, *story: str) -> Patient:
    log = told(f"2026-02-27 randomised, arm: all\n{PLANNED}{''.join(story)}")
    return patient_of(version, EVERY_DAY, log, subject="P-1")


def work_of(version: StudyVersion, *story: str, day: int = 2) -> Worklist:
    return worklist([of_patient(version, *story)], date(2026, 3, day))


def test_the_worklist_says_first_that_the_dose_is_to_be_prescribed() -> None:
    (line,) = work_of(CARBOPLATIN, CLEARANCE).due
    said = "the investigator prescribes carboplatin (AUC 5-6): record 'prescribed', then give and record the infusion"
    assert str(line.to_do) == said
    assert in_words(text_of(line.to_do), Language.CHINESE) == (
        "由研究者开具 carboplatin（AUC 5-6）的处方：先记录“处方剂量”，然后进行输注并记录"
    )
    # The same in the cells of the list, which are text and page, and in the JSON.
    work = work_of(CARBOPLATIN, CLEARANCE)
    assert [row[-1] for row in work.table().rows if row[0] == "due today"] == [said]
    assert said in str(work.as_keys())


def test_a_range_is_asked_for_until_it_is_prescribed() -> None:
    (line,) = work_of(CARBOPLATIN, CLEARANCE, AUC_5).due
    assert str(line.to_do) == "give and record the infusion"


def test_the_worklist_names_each_drug_that_is_to_be_prescribed_with_what_is_chosen_from() -> None:
    (tablets,) = work_of(TABLETS).due
    assert str(tablets.to_do) == (
        "the investigator prescribes drug (10-20 mg): record 'prescribed', then start the cycle and record its first day"
    )
    (both,) = work_of(LISTED).due
    assert str(both.to_do) == (
        "the investigator prescribes drug (175 mg or 263 mg or 525 mg) and booster (100 mg): record 'prescribed', "
        "then give and record the injection"
    )


def test_an_overdue_dose_says_that_it_was_not_prescribed() -> None:
    (line,) = work_of(CARBOPLATIN, CLEARANCE, day=3).overdue
    assert str(line.to_do).endswith(
        "; before it is given or recorded as given, the investigator prescribes carboplatin (AUC 5-6): record 'prescribed'"
    )
    (prescribed,) = work_of(CARBOPLATIN, CLEARANCE, AUC_5, day=3).overdue
    assert "prescribe" not in str(prescribed.to_do)


def test_the_pharmacy_is_told_of_the_missing_prescription_before_the_missing_product() -> None:
    first, *_ = doses_to_prepare(of_patient(CARBOPLATIN, CLEARANCE))
    assert first.note == "over 1 hour; the dose is not prescribed"
    first, *_ = doses_to_prepare(of_patient(CARBOPLATIN, CLEARANCE, AUC_5))
    assert first.note == "over 1 hour; the protocol names no product for carboplatin"
