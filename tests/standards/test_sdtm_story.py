"""One patient's story as SDTM, every record by hand. The first dose is on 2 March 2026, which is Day 1; 1 March is Day -1."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from scheduler.folder.trying.planning import read_plan
from scheduler.site.site import EVERY_DAY
from scheduler.standards.sdtm.datasets import Dataset, dataset_of
from scheduler.standards.sdtm.specifications import DM
from scheduler.standards.sdtm.study import datasets_of
from scheduler.standards.sdtm.visit_numbers import is_in_working_days, number_visits
from tests.forecasting.told import version_of
from tests.seed import FOLDER, VERSION
from tests.standards.sdtm import datasets, lines

STORY = """
    2026-02-20 consented
    2026-02-25 visit done, entry: screening.1
    2026-02-27 randomised, arm: control
    2026-03-02 dispensed, treatment: regorafenib, cycle: 1, quantity: 84, lot: L1, expires: 2027-08-31
    2026-03-02 cycle started, treatment: regorafenib, cycle: 1
    2026-03-02 attribute, name: age, value: 61
    2026-03-02 attribute, name: sex, value: female
    2026-03-13 visit done, entry: c1d8.1
    2026-03-12 adverse event, ae: 1, term: PPE, grade: 3, related: [regorafenib]
    2026-03-12 held, treatment: regorafenib, reason: AE 1
    2026-03-16 not done, entry: c1d15.1, reason: ward closed
    2026-03-18 unscheduled visit, activities: [skin check]
    2026-03-19 regraded, ae: 1, grade: 1
    2026-03-20 resumed, treatment: regorafenib, level: -1, dose: 80 mg, reason: AE 1, by: Dr Example
    2026-03-22 taken, treatment: regorafenib, from: 2026-03-20, to: 2026-03-22
    2026-03-30 returned, treatment: regorafenib, cycle: 1, quantity: 40
    2026-04-03 response, criteria: RECIST 1.1, assessment: PD
    2026-04-03 progressed
    2026-04-04 end of treatment, reason: PD, by: Dr Example
    2026-04-20 died
"""


@cache
def told() -> dict[str, Dataset]:
    return datasets(STORY, "2026-05-01")


def test_the_doses_that_were_due_and_what_became_of_them() -> None:
    """120 mg on days 1-10, on hold from day 11 (12 March) to day 18, 80 mg on days 19-21; only day 1 and 19-21 are reported.

    Cycle 2 was due 28 days after cycle 1, on 30 March, until treatment ended on 4 April; nobody recorded that it was started.
    """
    names = ("ECMOOD", "ECOCCUR", "ECDOSE", "ECDOSU", "ECSTDTC", "ECENDTC", "ECSTDY", "ECENDY", "ECREASOC")
    assert lines(told()["EC"], *names) == [
        "SCHEDULED |  | 120 | mg | 2026-03-02 | 2026-03-11 | 1 | 10 | ",
        "PERFORMED | Y | 120 | mg | 2026-03-02 | 2026-03-02 | 1 | 1 | ",
        "PERFORMED | N |  |  | 2026-03-12 | 2026-03-19 | 11 | 18 | ON HOLD: AE 1",
        "SCHEDULED |  | 80 | mg | 2026-03-20 | 2026-03-22 | 19 | 21 | ",
        "PERFORMED | Y | 80 | mg | 2026-03-20 | 2026-03-22 | 19 | 21 | ",
        "SCHEDULED |  | 80 | mg | 2026-03-30 | 2026-04-03 | 29 | 33 | ",
    ]
    assert lines(
        told()["EX"], "EXTRT", "EXDOSE", "EXDOSU", "EXDOSFRM", "EXDOSFRQ", "EXROUTE", "EXSTDTC", "EXENDTC"
    ) == [
        "REGORAFENIB | 120 | mg | TABLET | QD | ORAL | 2026-03-02 | 2026-03-02",
        "REGORAFENIB | 80 | mg | TABLET | QD | ORAL | 2026-03-20 | 2026-03-22",
    ]


def test_what_was_done_of_visits_and_what_was_not() -> None:
    """Day 8 is 9 March ±2 days, so 13 March is 2 days late. The visit that was not done has no date."""
    assert lines(told()["SV"]) == [
        "SVSEQ 1, VISITNUM 1, VISIT Screening, SVPRESP Y, SVOCCUR Y, VISITDY -1, EPOCH SCREENING, SVSTDTC 2026-02-25,"
        " SVENDTC 2026-02-25, SVSTDY -5, SVENDY -5",
        "SVSEQ 2, VISITNUM 3, VISIT Regorafenib, cycle 1, SVPRESP Y, SVOCCUR Y, VISITDY 1, EPOCH TREATMENT,"
        " SVSTDTC 2026-03-02, SVENDTC 2026-03-02, SVSTDY 1, SVENDY 1",
        "SVSEQ 3, VISITNUM 5, VISIT Cycle 1 day 8, SVPRESP Y, SVOCCUR Y, VISITDY 8, EPOCH TREATMENT,"
        " SVSTDTC 2026-03-13, SVENDTC 2026-03-13, SVSTDY 12, SVENDY 12",
        "SVSEQ 4, VISITNUM 6, VISIT Cycle 1 day 15, SVPRESP Y, SVOCCUR N, SVREASOC ward closed, VISITDY 15, EPOCH TREATMENT",
        "SVSEQ 5, VISITNUM 6.1, VISIT Unscheduled visit, EPOCH TREATMENT, SVSTDTC 2026-03-18, SVENDTC 2026-03-18,"
        " SVSTDY 17, SVENDY 17, SVUPDES skin check",
    ]
    late = [line.split(" | ")[1] for line in lines(told()["DV"], "DVREFID", "DVSEQ", "DVDECOD") if "c1d8.1" in line]
    beside = [
        line for line in lines(told()["SUPPDV"], "IDVARVAL", "QNAM", "QVAL", "QORIG") if line.startswith(f"{late[0]} |")
    ]
    assert beside[:2] == [
        f"{late[0]} | DVDAYOFF | 2 | DERIVED",
        f"{late[0]} | DVRULE | on regorafenib cycle 1 day 8 ±2 days | PROTOCOL",
    ]


def test_who_it_was() -> None:
    assert lines(told()["DM"]) == [
        "SUBJID 001, RFSTDTC 2026-03-02, RFENDTC 2026-04-04, RFXSTDTC 2026-03-02, RFXENDTC 2026-03-22,"
        " RFICDTC 2026-02-20, RFPENDTC 2026-04-20, DTHDTC 2026-04-20, DTHFL Y, SITEID any site, AGE 61, AGEU YEARS, SEX F,"
        " ARMCD CONTROL, ARM Regorafenib alone, ACTARMCD CONTROL, ACTARM Regorafenib alone"
    ]
    assert lines(told()["SE"], "ETCD", "EPOCH", "SESTDTC", "SEENDTC", "SESTDY", "SEENDY") == [
        "SCREENIN | SCREENING | 2026-02-20 | 2026-03-02 | -10 | 1",
        "CONTROL | TREATMENT | 2026-03-02 | 2026-04-05 | 1 | 35",
        "FOLLOWUP | FOLLOW-UP | 2026-04-05 | 2026-04-20 | 35 | 50",
    ]
    assert lines(told()["DS"], "DSDECOD", "DSCAT", "DSSCAT", "EPOCH", "DSSTDY", "DSTERM") == [
        "INFORMED CONSENT OBTAINED | PROTOCOL MILESTONE |  | SCREENING | -10 | consented",
        "RANDOMIZED | PROTOCOL MILESTONE |  | SCREENING | -3 | randomised",
        "PROGRESSIVE DISEASE | DISPOSITION EVENT | STUDY TREATMENT | TREATMENT | 34 | end of treatment: PD",
        "DEATH | DISPOSITION EVENT | STUDY PARTICIPATION | FOLLOW-UP | 50 | died",
    ]


def test_an_adverse_event_with_every_change_of_its_grade() -> None:
    assert lines(told()["AE"]) == [
        "AESEQ 1, AESPID 1, AETERM PPE, AELLT Palmar-plantar erythrodysesthesia syndrome, AESER N, AEACN MULTIPLE, AEREL Y,"
        " AEOUT NOT RECOVERED/NOT RESOLVED, AETOXGR 3, EPOCH TREATMENT, AESTDTC 2026-03-12, AESTDY 11"
    ]
    assert lines(told()["SUPPAE"], "IDVARVAL", "QNAM", "QVAL", "QORIG") == [
        "1 | AERELTRT | regorafenib | CRF",
        "1 | AEGRADES | 2026-03-12: 3; 2026-03-19: 1 | CRF",
        "1 | AEACN1 | DRUG INTERRUPTED | DERIVED",
        "1 | AEACN2 | DOSE REDUCED | DERIVED",
        "1 | AECTCVER | 5.0 | PROTOCOL",
    ]


def test_responses_and_units() -> None:
    assert lines(told()["RS"]) == [
        "RSSEQ 1, RSTESTCD OVRLRESP, RSTEST Overall Response, RSCAT RECIST 1.1, RSORRES PD, RSSTRESC PD, EPOCH TREATMENT,"
        " RSDTC 2026-04-03, RSDY 33"
    ]
    assert lines(
        told()["DA"], "DATESTCD", "DACAT", "DAREFID", "DAORRES", "DASTRESC", "DASTRESN", "DASTRESU", "DADY"
    ) == [
        "DISPAMT | REGORAFENIB | L1 | 84 | 84 | 84 | TABLET | 1",
        "RETAMT | REGORAFENIB |  | 40 | 40 | 40 | TABLET | 29",
    ]
    assert lines(told()["SUPPDA"], "IDVARVAL", "QNAM", "QVAL") == [
        "1 | DACYCLE | 1",
        "1 | DAEXPDTC | 2027-08-31",
        "2 | DACYCLE | 1",
    ]


def test_nothing_later_than_the_last_day_is_exported() -> None:
    early = datasets(STORY, "2026-03-11")
    assert lines(early["EC"], "ECMOOD", "ECENDTC") == ["SCHEDULED | 2026-03-11", "PERFORMED | 2026-03-02"]
    assert lines(early["DM"], "RFENDTC", "DTHFL", "RFPENDTC") == [" |  | "]
    assert {"AE", "RS", "SUPPAE"} & early.keys() == set()


def test_an_infusion_has_its_time_a_drug_left_out_has_no_dose() -> None:
    """Two courses of radiotherapy in one fraction: of the second, 0 Gy were given. That is no dose of 0."""
    story = """2026-01-23 randomised, arm: experimental
        2026-01-26 cycle started, treatment: regorafenib, cycle: 1
        2026-01-26 given, treatment: toripalimab, n: 1, at: "10:30"
        2026-02-13 prescribed, treatment: radiotherapy, course: hypofractionated, per_fraction: 6, unit: Gy, by: Dr Example
        2026-02-13 prescribed, treatment: radiotherapy, course: low-dose, per_fraction: 1.5, unit: Gy, by: Dr Example
        2026-02-16 given, treatment: radiotherapy, n: 1, amounts: [6 Gy hypofractionated, 0 Gy low-dose], reason: machine"""
    told = datasets(story, "2026-02-16")
    names = ("ECLNKID", "ECTRT", "ECOCCUR", "ECDOSE", "ECDOSFRQ", "ECROUTE", "ECSTDTC", "ECREASOC")
    performed = [line for line in lines(told["EC"], "ECMOOD", *names) if line.startswith("PERFORMED")]
    assert performed[1:] == [
        "PERFORMED | toripalimab.1 | TORIPALIMAB | Y | 240 | ONCE | INTRAVENOUS | 2026-01-26T10:30 | ",
        "PERFORMED | radiotherapy.1.hypofractionated | RADIOTHERAPY HYPOFRACTIONATED | Y | 6 | ONCE |  | 2026-02-16 | ",
        "PERFORMED | radiotherapy.1.low-dose | RADIOTHERAPY LOW-DOSE | N |  | ONCE |  | 2026-02-16 | machine",
    ]


@pytest.mark.parametrize(
    ("story", "why"),
    [
        ("2026-02-20 consented\n2026-02-25 screen failed, reason: infection", "SCREEN FAILURE"),
        ("2026-02-20 consented", "NOT ASSIGNED"),
        ("2026-02-20 consented\n2026-02-27 randomised, arm: control", "ASSIGNED, NOT TREATED"),
    ],
)
def test_who_had_no_dose_has_no_actual_arm(story: str, why: str) -> None:
    told = datasets(story, "2026-03-01")
    assert lines(told["DM"], "ARMNRS", "ACTARMCD", "RFSTDTC") == [f"{why} |  | "]
    assert told.keys() & {"EC", "EX"} == set()


def test_the_design_of_the_trial() -> None:
    assert lines(told()["TA"], "ARMCD", "TAETORD", "ETCD", "ELEMENT", "TABRANCH", "EPOCH")[:3] == [
        "CONTROL | 1 | SCREENIN | Screening | Randomised to Regorafenib alone | SCREENING",
        "CONTROL | 2 | CONTROL | Regorafenib alone |  | TREATMENT",
        "CONTROL | 3 | FOLLOWUP | Follow-up |  | FOLLOW-UP",
    ]
    assert lines(told()["TE"], "ETCD", "TESTRL", "TEENRL") == [
        "CONTROL | First dose | The day after the end of treatment",
        "EXPERIME | First dose | The day after the end of treatment",
        "FOLLOWUP | The day after the end of treatment | ",
        "SCREENIN | Informed consent | First dose",
    ]
    visits = lines(told()["TV"], "VISITNUM", "VISITDY", "ARMCD", "VISIT", "TVSTRL")
    assert visits[2:5] == [
        "3 | 1 |  | Regorafenib, cycle 1 | on first dose",
        "4 | 1 | EXPERIMENTAL | Toripalimab, dose 1 | on first dose",
        "5 | 8 |  | Cycle 1 day 8 | on regorafenib cycle 1 day 8 ±2 days",
    ]
    assert [line.split(" | ")[1] for line in visits if "End of treatment" in line] == [""]
    assert lines(told()["TS"], "TSPARMCD", "TSSEQ", "TSVAL", "TSVALCD", "TSVCDREF", "TSVCDVER")[1:] == [
        "NARMS | 1 | 2 |  |  | ",
        "RANDOM | 1 | Y | C49488 | CDISC CT | 2025-03-28",
        "PLANSUB | 1 | 108 |  |  | ",
        "STYPE | 1 | INTERVENTIONAL | C98388 | CDISC CT | 2025-03-28",
        "TRT | 1 | REGORAFENIB |  |  | ",
        "TRT | 2 | TORIPALIMAB |  |  | ",
        "TRT | 3 | RADIOTHERAPY HYPOFRACTIONATED |  |  | ",
        "TRT | 4 | RADIOTHERAPY LOW-DOSE |  |  | ",
        "ROUTE | 1 | ORAL | C38288 | CDISC CT | 2025-03-28",
        "ROUTE | 2 | INTRAVENOUS | C38276 | CDISC CT | 2025-03-28",
        "DOSFRQ | 1 | QD | C25473 | CDISC CT | 2025-03-28",
        "SSTDTC | 1 | 2026-02-20 |  | ISO 8601 | ",
        "DCUTDTC | 1 | 2026-05-01 |  | ISO 8601 | ",
        "DCUTDESC | 1 | The last day that was exported |  |  | ",
    ]


def test_a_trial_with_one_arm_and_no_patient_says_what_it_can() -> None:
    alone = replace(VERSION, arms={"control": VERSION.arms["control"]}, enrolment={})
    summary = {each.name: each for each in datasets_of(alone, [])}["TS"]
    assert lines(summary, "TSPARMCD", "TSVAL", "TSVALCD")[1:4] == [
        "NARMS | 1 | ",
        "INTMODEL | SINGLE GROUP | C82640",
        "STYPE | INTERVENTIONAL | C98388",
    ]


def test_the_country_of_the_site_the_race_and_the_criteria_by_their_terms() -> None:
    story = """2026-02-20 consented
        2026-02-20 attribute, name: race, value: {race}
        2026-03-02 response, criteria: iRECIST, assessment: iSD"""
    site = replace(EVERY_DAY, country="CHN")
    asian = datasets(story.format(race="Asian"), "2026-03-02", site=site)
    assert lines(asian["DM"], "RACE", "COUNTRY", "ACTARMUD") == ["ASIAN | CHN | "]
    assert lines(asian["RS"], "RSCAT", "RSORRES") == ["iRECIST | iSD"]
    assert lines(datasets(story.format(race="Han"), "2026-03-02")["DM"], "RACE", "COUNTRY") == [" | "]


def test_the_windows_that_analyses_retype_without_a_day_0() -> None:
    """Screening is 28 days to 1 day before Day 1: Day -28 to Day -1."""
    assert lines(told()["AWINDOW"], "AVISITN", "AWTARGET", "AWLO", "AWHI", "AWRANGE")[:1] == [
        "1 | -1 | -28 | -1 | Day -28 to Day -1"
    ]
    assert lines(told()["AWINDOW"], "AVISITN", "AWTARGET", "AWLO", "AWHI")[4] == "5 | 8 | 6 | 10"


def test_a_visit_beyond_the_plan_counts_on_and_one_of_a_month_has_no_planned_day() -> None:
    numbers = number_visits(VERSION)
    last = max(
        int(name.split(".")[1]) for name in numbers.numbers if name.startswith("survival.") and name[9:].isdigit()
    )
    first_of_all = numbers.of(f"survival.{last}")
    following = numbers.of(f"survival.{last + 2}")
    assert first_of_all is not None
    assert following is not None
    assert str(following - first_of_all) == "0.002"
    assert numbers.of("unscheduled.7") is None
    two_years = numbers.planned("control", "survival.last")
    assert two_years is not None
    assert (two_years.day, two_years.rule) == (None, "2 years ±14 days after first dose")


def test_a_record_says_nothing_that_its_dataset_has_no_place_for() -> None:
    with pytest.raises(ValueError, match="DM has no variable ETHNIC"):
        dataset_of(DM, [{"ETHNIC": "NOT REPORTED"}])


def test_what_was_reported_of_a_whole_day_is_its_total_and_no_single_dose() -> None:
    """Capecitabine twice daily: 3000 mg were taken a day, and nobody said how much in the morning. Day 1 has an evening alone."""
    version = read_plan(FOLDER.parent / "regimens" / "capox" / "protocol.yaml").version
    story = """2026-03-01 attribute, name: weight, value: 70
        2026-03-01 attribute, name: height, value: 170
        2026-03-02 cycle started, treatment: capecitabine, cycle: 1
        2026-03-04 taken, treatment: capecitabine, from: 2026-03-02, to: 2026-03-04, amount: 3000 mg"""
    names = ("EXDOSE", "EXDOSFRQ", "EXDOSTOT", "EXDOSU", "EXSTDTC", "EXENDTC")
    assert lines(datasets(story, "2026-03-05", version)["EX"], *names) == [
        " |  | 3000 | mg | 2026-03-02 | 2026-03-02",
        " |  | 3000 | mg | 2026-03-03 | 2026-03-04",
    ]


def test_a_patients_windows_are_those_of_the_calendar_and_the_protocols_those_of_the_plan() -> None:
    """Cycle 2 is planned on Day 29 and began on Day 31, so cycle 3, 28 days later, is on Day 59: the plan has it on Day 57."""
    story = """2026-02-27 randomised, arm: control
        2026-03-02 cycle started, treatment: regorafenib, cycle: 1
        2026-04-01 cycle started, treatment: regorafenib, cycle: 2"""
    told = datasets(story, "2026-05-01")
    names = ("AVISIT", "AWTARGET", "AWLO", "AWHI", "AWRANGE")
    plan = [line for line in lines(told["AWINDOW"], "ARMCD", *names) if "Regorafenib, cycle 3" in line]
    assert plan == [" | Regorafenib, cycle 3 | 57 | 54 | 60 | Day 54 to Day 60"]
    own = [line for line in lines(told["AWSUBJ"], *names) if line.startswith("Regorafenib, cycle")]
    assert own == [
        "Regorafenib, cycle 1 | 1 |  |  | ",
        "Regorafenib, cycle 2 | 29 | 26 | 32 | Day 26 to Day 32",
        "Regorafenib, cycle 3 | 59 | 56 | 62 | Day 56 to Day 62",
    ]
    rules = [line for line in lines(told["AWSUBJ"], "AVISIT", "AWRULE") if line.startswith("Regorafenib, cycle 3")]
    assert rules == ["Regorafenib, cycle 3 | 28 days ±3 after the previous cycle"]


def test_a_window_that_working_days_cut_is_none_of_the_plan() -> None:
    """Day 15 ±3, not after 5 working days before the first fraction: only a site can tell how late that is."""
    table = datasets(STORY, "2026-05-01")["AWINDOW"]
    planned = [line for line in lines(table, "AVISIT", "AWTARGET", "AWLO", "AWHI") if "CT" in line]
    assert planned == ["Radiotherapy planning CT | 15 |  | "]


@pytest.mark.parametrize(
    ("rule", "counted"),
    [
        ("5 working days before fraction 1", True),
        ("0 to 3 working days after randomisation", True),
        ("14 days ±2 working days after the previous visit", False),
        ("14 days -1 +2 working days after the previous visit", False),
        ("on drug cycle 1 day 15 ±3 days, not after 5 working days before fraction 1", False),
        ("14 days ±2 after the previous visit", False),
    ],
)
def test_a_window_in_working_days_leaves_the_day_as_it_is(rule: str, counted: bool) -> None:
    assert is_in_working_days(rule) is counted


def test_no_two_elements_or_arms_have_one_code() -> None:
    """Two periods of treatment in each of two arms; four letters of either are the same. TE had one record for all four."""
    text = """
        study: X
        version: "1"
        title: Two doses in two periods
        arms: {xanomeline-transdermal-high: High, xanomeline-transdermal-low: Low}
        study days: first dose is Day 1
        epochs: {screening: consent, treatment-one: first dose, treatment-two: week-4, follow-up: week-8}
        treatments:
          xanomeline:
            when: {1: on first dose, then: 28 days after the previous cycle}
            until: 2 cycles
            give: [54 mg once daily by mouth on days 1-28]
        visits:
          week-4: {when: 4 weeks after first dose}
          week-8: {when: 8 weeks after first dose}
    """
    found = datasets("2026-02-27 consented", "2026-03-05", version_of(text))
    codes = ["SCREENIN", "TREAXANO", "TREAXAN2", "FOLLOWUP", "SCREENIN", "TREAXAN3", "TREAXAN4", "FOLLOWUP"]
    assert lines(found["TA"], "ETCD") == codes
    assert lines(found["TE"], "ETCD", "ELEMENT") == [
        "FOLLOWUP | Follow-up",
        "SCREENIN | Screening",
        "TREAXAN2 | High, treatment-two",
        "TREAXAN3 | Low, treatment-one",
        "TREAXAN4 | Low, treatment-two",
        "TREAXANO | High, treatment-one",
    ]
    assert sorted(set(lines(found["TA"], "ARMCD", "ARM"))) == [
        "XANOMELINETRANSDERM2 | Low",
        "XANOMELINETRANSDERMA | High",
    ]
