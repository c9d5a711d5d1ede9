"""Subjects read from SDTM: each construct of DM, SV, EX and DS, what is assumed, what is carried, and what is wrong.

The pilot study is counted from 2 March 2026, Day 1: week 2 is on 16 March. Its high dose begins with 54 mg.
"""

from __future__ import annotations

import csv
import json
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scheduler.folder.exchanging.sdtm import subject_of
from scheduler.folder.exchanging.transport_file import transport_file
from scheduler.folder.reading.contents import Case
from scheduler.folder.reading.study import read_study
from scheduler.site.site import EVERY_DAY
from scheduler.standards.sdtm.datasets import Row, dataset_of
from scheduler.standards.sdtm.specifications import ALL
from scheduler.standards.sdtm.study import datasets_of
from scheduler.standards.sdtm_in.records import Record
from scheduler.standards.sdtm_in.subjects import import_subjects
from tests.cli.typed import typed
from tests.seed import VERSION
from tests.standards.sdtm import datasets, lines
from tests.standards.sdtm_records import EXAMPLES, PILOT, imported, of, read_again, records

PERSON = "DM: ARMCD Xan_Hi, ARM Xanomeline High Dose, RFSTDTC 2026-03-02"
BASELINE = "SV: VISITNUM 3, VISIT BASELINE, VISITDY 1, SVSTDTC 2026-03-02"
PATCHES = "EX: EXTRT XANOMELINE, EXDOSE 54, EXDOSU mg, EXDOSFRQ QD, EXSTDTC 2026-03-02, EXENDTC 2026-03-16"
RANDOMISED = "on: 2026-03-02, event: randomised, arm: Xan_Hi"
STARTED = "on: 2026-03-02, event: cycle started, treatment: xanomeline, cycle: 1"
WORN = "on: 2026-03-16, event: taken, treatment: xanomeline, from: 2026-03-02, to: 2026-03-16, amount: 54 mg"
SEED_PERSON = "DM: ARMCD EXPERIMENTAL, RFSTDTC 2026-03-02"
SEED_RANDOMISED = "on: 2026-03-02, event: randomised, arm: experimental"


def after_baseline(*lines: str) -> tuple[list[str], list[str]]:
    """The events beside those of a subject who began, and what became of the records of the last line's dataset."""
    events, report = imported(PERSON, BASELINE, PATCHES, *lines)
    return [each for each in events if each not in (RANDOMISED, STARTED, WORN)], of(report, lines[-1].partition(":")[0])


def test_who_began_and_came() -> None:
    events, report = imported(PERSON, BASELINE, PATCHES, "SV: VISITNUM 4, VISIT WEEK 2, SVSTDTC 2026-03-16T09:30")
    assert events == [
        RANDOMISED,
        STARTED,
        'on: 2026-03-16, event: visit done, at: "09:30", entry: week-2.1',
        WORN,
    ]
    assert of(report, "SV") == ["said", "said"]
    assert of(report, "EX") == ["said"]
    assert of(report, "DM") == [
        "said with an assumption: no record says when it was randomised: that is read as RFSTDTC"
    ]


def test_milestones_of_ds_are_not_taken_from_dm_again() -> None:
    events, report = imported(
        "DM: ARM XANOMELINE LOW DOSE, RFSTDTC 2026-03-02, RFICDTC 2026-02-20, DMDTC 2026-02-20, AGE 61, AGEU YEARS, SEX F",
        "DS: DSCAT PROTOCOL MILESTONE, DSDECOD INFORMED CONSENT OBTAINED, DSSTDTC 2026-02-19",
        "DS: DSCAT PROTOCOL MILESTONE, DSDECOD RANDOMIZED, DSSTDTC 2026-02-27",
        "DS: DSCAT PROTOCOL MILESTONE, DSDECOD ELIGIBILITY CRITERIA MET, DSSTDTC 2026-02-27",
    )
    assert events == [
        "on: 2026-02-19, event: consented",
        'on: 2026-02-20, event: attribute, name: age, value: "61"',
        "on: 2026-02-20, event: attribute, name: sex, value: female",
        "on: 2026-02-27, event: randomised, arm: Xan_Lo",
    ]
    assert of(report, "DM") == ["said"]
    assert of(report, "DS")[2] == "carried: the milestone ELIGIBILITY CRITERIA MET has no event here"


@pytest.mark.parametrize(
    ("person", "events", "became"),
    [
        (
            "DM: ARMCD Xan_Hi, RFICDTC 2026-02-20, DTHDTC 2026-04-20, RACE X",
            ["on: 2026-02-20, event: consented", "on: 2026-04-20, event: died"],
            "said with an assumption: DM says the arm 'Xan_Hi', and no day of randomisation is known; not read: RACE",
        ),
        (
            "DM: ARMCD Xan_Lo, ACTARMCD Xan_Hi, RFSTDTC 2026-03-02",
            ["on: 2026-03-02, event: randomised, arm: Xan_Lo"],
            "said with an assumption: no record says when it was randomised: that is read as RFSTDTC; "
            "ACTARMCD is Xan_Hi: the arm is the planned one, and EX says what was given",
        ),
        (
            "DM: ARMCD Scrnfail, RFICDTC 2026-02, DTHDTC 2026-04, DTHFL Y",
            [],
            "said with an assumption: its day is not known: RFICDTC is '2026-02'; its day is not known: DTHDTC is '2026-04'",
        ),
        (
            "DM: ARMCD Scrnfail, DTHFL Y",
            [],
            "said with an assumption: DTHFL is Y, and no record says on which day the subject died",
        ),
        ("DM: ARMCD OTHER, ARM Another", [], "the file is wrong: the protocol has no arm 'OTHER' (Another)"),
        ("DM: ARMCD Scrnfail, RFICDTC 2026-02-20", ["on: 2026-02-20, event: consented"], "said"),
    ],
)
def test_the_arm_and_what_hangs_on_it(person: str, events: list[str], became: str) -> None:
    found, report = imported(person)
    assert (found, of(report, "DM")) == (events, [became])


@pytest.mark.parametrize(
    ("line", "event", "became"),
    [
        ("VISITNUM 5, VISIT week 4, SVSTDTC 2026-03-30", "visit done, entry: week-4.1", "said"),
        (
            "VISITNUM 5, VISIT FOURTH WEEK, SVSTDTC 2026-03-30",
            "visit done, entry: week-4.1",
            "said with an assumption: VISIT is 'FOURTH WEEK', and by its number it is 'WEEK 4'",
        ),
        (
            "VISITNUM 50, VISIT WEEK 4, SVSTDTC 2026-03-30",
            "visit done, entry: week-4.1",
            "said with an assumption: VISITNUM is 50, and by its name it is number 5",
        ),
        (
            "VISITNUM 5, VISIT WEEK 4, SVSTDTC 2026-03-30, SVENDTC 2026-03-31",
            "visit done, entry: week-4.1",
            "said with an assumption: it lasted until 2026-03-31, and is recorded on its first day",
        ),
        (
            "VISITNUM 4, VISIT WEEK 4, SVSTDTC 2026-03-30",
            "",
            "the file is wrong: VISITNUM 4 and VISIT 'WEEK 4' are two visits of the protocol",
        ),
        ("VISITNUM 5, VISIT WEEK 4, SVSTDTC 2026-03", "", "carried: its day is not known: SVSTDTC is '2026-03'"),
        (
            "VISITNUM 5, VISIT WEEK 4, SVSTDTC 2026-02-30",
            "",
            "carried: its day is not known: SVSTDTC is '2026-02-30'",
        ),
        (
            "VISITNUM 4.1, VISIT UNSCHEDULED 4.1, SVSTDTC 2026-03-30",
            "unscheduled visit, reason: UNSCHEDULED 4.1",
            "said",
        ),
        (
            "VISITNUM 4.1, VISIT X, SVSTDTC 2026-03-30, SVUPDES Skin check",
            "unscheduled visit, activities: [Skin check]",
            "said",
        ),
        (
            "VISITNUM 4.1, VISIT EXTRA, SVSTDTC 2026-03-30",
            "unscheduled visit, reason: EXTRA",
            "said with an assumption: 'EXTRA' is no visit of the protocol: it is read as an unscheduled one",
        ),
        ("VISITNUM 4.1, VISIT UNSCHEDULED 4.1", "", "carried: its day is not known: SVSTDTC is ''"),
        (
            "VISITNUM 77, VISIT WEEK 99, VISITDY 99, SVSTDTC 2026-03-30",
            "",
            "carried: the protocol has no visit 'WEEK 99' of that number",
        ),
        (
            "VISITNUM 5, VISIT WEEK 4, SVOCCUR N, SVREASOC ward closed",
            "not done, entry: week-4.1, reason: ward closed",
            "said with an assumption: it was not done: it is recorded on its planned day",
        ),
        (
            "VISITNUM 101, VISIT AE FOLLOW-UP, SVOCCUR N",
            "",
            "carried: adverse-event-follow-up.1 was not done, and no day is known on which to record that",
        ),
    ],
)
def test_a_visit_is_found_by_its_name_and_number(line: str, event: str, became: str) -> None:
    """Week 4 is 28 days after 2 March, on 30 March."""
    events, verdicts = after_baseline(f"SV: {line}")
    assert events == ([f"on: 2026-03-30, event: {event}"] if event else [])
    assert verdicts[1] == became


def test_a_visit_twice_is_refused_and_stands_once() -> None:
    events, verdicts = after_baseline(
        "SV: VISITNUM 4, VISIT WEEK 2, SVSTDTC 2026-03-16", "SV: VISITNUM 4, VISIT WEEK 2, SVSTDTC 2026-03-17"
    )
    assert events == ["on: 2026-03-16, event: visit done, entry: week-2.1"]
    assert verdicts[2].startswith("the file is wrong: ")


@pytest.mark.parametrize(
    ("line", "event", "became"),
    [
        ("DSSCAT STUDY TREATMENT, DSDECOD COMPLETED", "end of treatment, reason: completed", "said"),
        (
            "DSDECOD ADVERSE EVENT, DSTERM Rash",
            "end of treatment, reason: adverse event, note: Rash",
            "said with an assumption: DSSCAT does not say what ended: it is read as the end of treatment, and visits go on",
        ),
        (
            "DSSCAT STUDY TREATMENT, DSDECOD OTHER, DSTERM Moved away",
            'end of treatment, reason: "other: Moved away", note: Moved away',
            "said",
        ),
        ("DSSCAT STUDY TREATMENT, DSDECOD PROGRESSIVE DISEASE", "end of treatment, reason: progression", "said"),
        ("DSSCAT STUDY TREATMENT, DSDECOD WITHDRAWAL BY SUBJECT", "withdrew, from: treatment", "said"),
        ("DSSCAT STUDY PARTICIPATION, DSDECOD WITHDRAWAL BY SUBJECT", "withdrew, from: all", "said"),
        ("DSDECOD DEATH", "died", "said"),
        ("DSDECOD LOST TO FOLLOW-UP", "lost to follow-up", "said"),
        (
            "DSSCAT STUDY PARTICIPATION, DSDECOD COMPLETED",
            "",
            "carried: the study is over for the subject, COMPLETED: no date hangs on that",
        ),
        (
            "DSSCAT SINGLE TREATMENT, DSDECOD COMPLETED",
            "",
            "carried: an end of SINGLE TREATMENT does not say of which treatment",
        ),
    ],
)
def test_how_it_ended(line: str, event: str, became: str) -> None:
    events, verdicts = after_baseline(f"DS: DSCAT DISPOSITION EVENT, {line}, DSSTDTC 2026-04-20")
    assert (events, verdicts) == ([f"on: 2026-04-20, event: {event}"] if event else [], [became])


def test_an_end_on_the_day_of_the_last_dose_is_after_that_dose() -> None:
    events, _ = after_baseline(
        "DS: DSCAT DISPOSITION EVENT, DSSCAT STUDY TREATMENT, DSDECOD COMPLETED, DSSTDTC 2026-03-16"
    )
    assert events == ["on: 2026-03-16, event: end of treatment, today_taken: true, reason: completed"]


def test_what_ds_has_beside_milestones_and_ends_is_carried() -> None:
    events, verdicts = after_baseline(
        "DS: DSCAT OTHER EVENT, DSDECOD FINAL LAB VISIT, DSSTDTC 2026-04-20",
        "DS: DSCAT DISPOSITION EVENT, DSDECOD COMPLETED, DSSTDTC 2026",
    )
    assert (events, verdicts) == (
        [],
        ["carried: OTHER EVENT: FINAL LAB VISIT has no event here", "carried: its day is not known: DSSTDTC is '2026'"],
    )


def test_a_screen_failure_and_a_randomisation_without_an_arm() -> None:
    events, report = imported(
        "DM: ARMCD SCRNFAIL",
        "DS: DSCAT DISPOSITION EVENT, DSDECOD SCREEN FAILURE, DSTERM MMSE of 9, DSSTDTC 2026-02-25",
        "DS: DSCAT PROTOCOL MILESTONE, DSDECOD RANDOMIZED, DSSTDTC 2026-02-26",
    )
    assert events == ["on: 2026-02-25, event: screen failed, reason: MMSE of 9"]
    assert of(report, "DS")[1] == "the file is wrong: the subject was randomised, and DM names no arm of the protocol"


DAYS = "EXSTDTC 2026-03-02, EXENDTC 2026-03-16"


@pytest.mark.parametrize(
    ("line", "amount", "became"),
    [
        (
            f"EXDOSE 0, EXDOSU patch, EXDOSFRQ QD, {DAYS}",
            None,
            "carried: a dose of 0 is no dose: record what was not given, and why",
        ),
        (f"EXDOSE 54, EXDOSFRQ QD, {DAYS}", None, "carried: EXDOSE is 54, and has no unit"),
        (
            f"EXDOSE 1, EXDOSU PATCH, EXDOSFRQ BID, {DAYS}",
            "2 patch",
            "said with an assumption: EXDOSE is one dose: BID makes it 2 patch a day",
        ),
        (f"EXDOSE 1, EXDOSTOT 3, EXDOSU PATCH, EXDOSFRQ BID, {DAYS}", "3 patch", "said"),
        (f"EXDOSTOT 3, EXDOSU PATCH, {DAYS}", "3 patch", "said"),
        (f"EXDOSE 1, EXDOSU PATCH, {DAYS}", "1 patch", "said"),
        (
            f"EXDOSE 1, EXDOSU PATCH, EXDOSFRQ QOD, {DAYS}",
            None,
            "carried: how much a day is not known: EXDOSFRQ is QOD",
        ),
        (
            f"EXDOSE 1, EXDOSU PATCH, EXDOSFRQ 5 TIMES PER WEEK, {DAYS}",
            None,
            "carried: how much a day is not known: EXDOSFRQ is 5 TIMES PER WEEK",
        ),
        (
            "EXDOSE 1, EXDOSU PATCH, EXDOSFRQ QD, EXSTDTC 2026-03-02",
            None,
            "carried: it has no last day: EXENDTC is missing",
        ),
        (
            "EXDOSE 1, EXDOSU PATCH, EXSTDTC 2026-03-02, EXENDTC 2026-03",
            None,
            "carried: its days are not known: '2026-03-02' to '2026-03'",
        ),
        (
            "EXDOSE 1, EXDOSU PATCH, EXSTDTC 2026-03-16, EXENDTC 2026-03-02",
            None,
            "the file is wrong: it ends on 2026-03-02, before it begins on 2026-03-16",
        ),
    ],
)
def test_how_much_was_taken_at_home(line: str, amount: str | None, became: str) -> None:
    events, report = imported("DM: ARMCD Pbo, RFSTDTC 2026-03-02", BASELINE, f"EX: EXTRT PLACEBO, {line}")
    taken = [each.rpartition("amount: ")[2] for each in events if "event: taken" in each]
    assert taken == ([amount] if amount else [])
    assert of(report, "EX") == [became]


def test_a_placebo_has_none_of_the_drug_and_its_own_amount() -> None:
    events, report = imported(
        "DM: ARMCD Pbo, RFSTDTC 2026-03-02",
        f"EX: EXTRT PLACEBO, EXDOSE 0, EXDOSU mg, EXDOSFRQ QD, {DAYS}",
        f"EX: EXTRT XANOMELINE, {DAYS}",
    )
    assert events[1:] == [
        "on: 2026-03-02, event: cycle started, treatment: placebo, cycle: 1",
        "on: 2026-03-16, event: taken, treatment: placebo, from: 2026-03-02, to: 2026-03-16",
    ]
    assert of(report, "EX") == [
        "said with an assumption: EXDOSE is 0 mg of the drug: it is read as the amount in force of placebo; "
        "no visit says where cycle 1 began: it is the first day of EX",
        "the file is wrong: the protocol gives no 'XANOMELINE' in the arm 'Pbo'",
    ]


def test_a_visit_on_which_no_dose_began_starts_no_cycle() -> None:
    events, report = imported(PERSON, BASELINE, PATCHES.replace("EXSTDTC 2026-03-02", "EXSTDTC 2026-03-03"))
    assert "on: 2026-03-03, event: cycle started, treatment: xanomeline, cycle: 1" in events
    assert of(report, "SV") == ["carried: it is the day of xanomeline.1.1, and EX has no dose of xanomeline on it"]


def test_which_infusion_it_was() -> None:
    """By its link, by the visit of that day, else by its place in the order of days."""
    names = "EX: EXTRT TORIPALIMAB, EXDOSE 240, EXDOSU mg, EXDOSFRQ ONCE"
    events, report = imported(
        SEED_PERSON,
        f"{names}, EXLNKID toripalimab.1, EXSTDTC 2026-03-02T10:30, EXENDTC 2026-03-02T10:30",
        f"{names}, EXSTDTC 2026-03-23, EXENDTC 2026-03-23",
        f"{names}, EXSTDTC 2026-04-13, EXENDTC 2026-04-15",
        version=VERSION,
    )
    assert events == [
        SEED_RANDOMISED,
        'on: 2026-03-02, event: given, at: "10:30", treatment: toripalimab, n: 1, amount: 240 mg',
        "on: 2026-03-23, event: given, treatment: toripalimab, n: 2, amount: 240 mg",
    ]
    assert of(report, "EX") == [
        "said",
        "said with an assumption: no visit or link says which dose it was: by its day it is number 2 of toripalimab",
        "carried: toripalimab is given at the site, and the record is of several days: 2026-04-13 to 2026-04-15",
    ]


def test_a_number_alone_is_no_visit_where_the_protocol_has_no_numbers_of_its_own() -> None:
    _, report = imported(SEED_PERSON, "SV: VISITNUM 1, VISIT VISIT ONE, SVSTDTC 2026-02-25", version=VERSION)
    assert of(report, "SV") == ["carried: the protocol has no visit 'VISIT ONE' of that number"]


STORY = """
    2026-02-20 consented
    2026-02-25 visit done, entry: screening.1
    2026-02-27 randomised, arm: experimental
    2026-03-02 cycle started, treatment: regorafenib, cycle: 1
    2026-03-02 given, treatment: toripalimab, n: 1
    2026-03-09 visit done, entry: c1d8.1
    2026-03-10 taken, treatment: regorafenib, from: 2026-03-02, to: 2026-03-10
    2026-03-18 unscheduled visit, activities: [skin check]
    2026-03-30 end of treatment, reason: PD
    2026-04-20 died
"""


def test_what_is_exported_comes_in_again_with_the_same_visits_doses_and_ends() -> None:
    """All but what SDTM does not have: DSTERM is in this program's own words."""
    out = datasets(STORY, "2026-05-01")
    found, report = import_subjects(
        VERSION, [each for name in ("DM", "DS", "SV", "EX") for each in read_again(out[name])]
    )
    assert [(row.dataset, row.note) for row in report.rows if row.verdict in ("carried", "the file is wrong")] == []
    case = Case(Path("001.yaml"), VERSION, EVERY_DAY, found[0].log, "001")
    again = {each.name: each for each in datasets_of(VERSION, [subject_of(case, date(2026, 5, 1))])}
    for name in ("DM", "SV", "EX"):
        assert lines(again[name]) == lines(out[name])
    columns = ("DSDECOD", "DSCAT", "DSSCAT", "DSSTDTC")
    assert lines(again["DS"], *columns) == lines(out["DS"], *columns)


def write(folder: Path, name: str, columns: list[str], *rows: list[Any], **more: Any) -> None:
    whole = {"name": name, "columns": [{"name": each} for each in columns], "rows": rows} | more
    (folder / f"{name.lower()}.json").write_text(json.dumps(whole), "utf-8")


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """The pilot study without a patient, and beside it a folder with the datasets of one subject, who came once."""
    shutil.copytree(EXAMPLES / "cdiscpilot01", tmp_path / "study")
    data = tmp_path / "data"
    data.mkdir()
    keys = ["STUDYID", "USUBJID"]
    write(
        data,
        "DM",
        [*keys, "ARMCD", "RFSTDTC", "SITEID"],
        ["CDISCPILOT01", "CDISCPILOT01-7", "Xan_Lo", "2026-03-02", "701"],
    )
    write(
        data,
        "SV",
        [*keys, "VISITNUM", "VISIT", "SVSTDTC"],
        ["CDISCPILOT01", "CDISCPILOT01-7", 4, "WEEK 2 ", "2026-03-16"],
    )
    write(data, "AE", [*keys, "AETERM"], ["CDISCPILOT01", "CDISCPILOT01-7", "Rash"])
    return tmp_path / "study"


def test_the_command_writes_case_files_and_a_row_for_every_record(study: Path) -> None:
    """The site 701 is not known: the patient is at the study's own, and that is said."""
    answer = typed("import-sdtm", study.parent / "data", study)
    assert answer.code == 0
    assert "no site of the study is called 701" in answer.err
    assert (study / "patients" / "7.yaml").read_text("utf-8") == (
        'protocol: ../protocol.yaml\nsite: ../site.yaml\nsubject: "7"\nevents:\n'
        "  - {on: 2026-03-02, event: randomised, arm: Xan_Lo}\n"
        "  - {on: 2026-03-16, event: visit done, entry: week-2.1}\n"
    )
    rows = list(csv.reader((study / "sdtm-report.csv").read_text("utf-8").splitlines()))
    assert [row[:4] for row in rows[1:]] == [
        ["DM", "1", "7", "said with an assumption"],
        ["SV", "1", "7", "said"],
        ["AE", "", "", "carried"],
    ]
    assert "not read" in (study / "sdtm-report.txt").read_text("utf-8")
    assert [case.subject for case in read_study(study).cases] == ["7"]


def test_a_patient_who_is_there_is_never_written_over(study: Path) -> None:
    assert typed("import-sdtm", study.parent / "data", study).code == 0
    again = typed("import-sdtm", study.parent / "data", study)
    assert again.code != 0
    assert "1 of the patients is there already: 7" in again.err


def test_a_site_of_the_study_is_found_by_its_name_and_another_study_is_said(study: Path) -> None:
    (study / "site-701.yaml").write_text("site: '701'\nzone: UTC\nweekdays: Monday to Friday\n", "utf-8")
    keys = ["STUDYID", "USUBJID", "ARMCD", "RFSTDTC", "SITEID"]
    write(study.parent / "data", "DM", keys, ["OTHER", "OTHER-7", "Xan_Lo", "2026-03-02", "701"])
    answer = typed("import-sdtm", study.parent / "data", study)
    assert "the records are of OTHER, and the protocol is of CDISCPILOT01" in answer.err
    assert "no site of the study" not in answer.err
    assert "site: ../site-701.yaml" in (study / "patients" / "7.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("no JSON", "is no Dataset-JSON"),
        ('{"name": 1, "columns": [], "rows": []}', "is no Dataset-JSON"),
        ('{"name": "SV", "columns": [{"name": "VISIT"}], "rows": [[]]}', "has 1 columns, and row 1 has not"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_nothing_is_written(study: Path, text: str, why: str) -> None:
    (study.parent / "data" / "sv.json").write_text(text, "utf-8")
    answer = typed("import-sdtm", study.parent / "data", study)
    assert answer.code != 0
    assert why in answer.err
    assert not (study / "patients").exists()


@pytest.mark.parametrize("number", [1e308, 10**400, 10**30], ids=["1e308", "of 401 digits", "of 31 digits"])
def test_a_number_that_nobody_can_mean_is_no_amount(study: Path, number: float) -> None:
    keys = ["STUDYID", "USUBJID", "EXTRT", "EXDOSE", "EXDOSU", "EXDOSFRQ", "EXSTDTC", "EXENDTC"]
    days = ["2026-03-02", "2026-03-16"]
    write(
        study.parent / "data",
        "EX",
        keys,
        ["CDISCPILOT01", "CDISCPILOT01-7", "XANOMELINE", number, "mg", "QD", *days],
    )
    assert typed("import-sdtm", study.parent / "data", study).code == 0
    rows = list(csv.reader((study / "sdtm-report.csv").read_text("utf-8").splitlines()))
    ((verdict, note),) = [(row[3], row[-1]) for row in rows if row[0] == "EX"]
    assert (verdict, note.startswith("EXDOSE is '1"), note.endswith("', which is no number")) == ("carried", True, True)
    assert "taken" not in (study / "patients" / "7.yaml").read_text("utf-8")


def test_half_a_letter_of_json_is_told_as_a_question_mark(study: Path) -> None:
    keys = ["STUDYID", "USUBJID", "EXTRT", "EXSTDTC"]
    write(study.parent / "data", "EX", keys, ["CDISCPILOT01", "CDISCPILOT01-7", "A\ud800B", "2026-03-02"])
    assert typed("import-sdtm", study.parent / "data", study).code == 0
    assert "the protocol gives no 'A?B'" in (study / "sdtm-report.txt").read_text("utf-8")


@pytest.mark.parametrize(("first", "title"), [("9999-12-31", "WEEK 2"), ("0001-01-01", "SCREENING 1")])
def test_a_visit_that_was_not_done_on_no_day_of_any_calendar_is_carried(first: str, title: str) -> None:
    number = 4 if title == "WEEK 2" else 1
    person = f"DM: ARMCD Xan_Hi, RFSTDTC {first}"
    _, report = imported(person, f"SV: VISITNUM {number}, VISIT {title}, SVOCCUR N")
    assert [told.partition(":")[0] for told in of(report, "SV")] == ["carried"]
    assert "no planned day is known" in of(report, "SV")[0]


def test_a_folder_without_datasets_and_a_number_that_is_none(study: Path, tmp_path: Path) -> None:
    assert "has no dataset" in typed("import-sdtm", tmp_path / "nowhere", study).err
    write(study.parent / "data", "DM", ["STUDYID", "USUBJID"], ["S", "a name, not a number"])
    assert "is no number of a patient" in typed("import-sdtm", study.parent / "data", study).err


def test_transport_files_are_read_and_where_there_are_both_the_json_is(study: Path) -> None:
    """A transport file of another encoding is read too: its dashes and quotes are those of Windows."""
    data = study.parent / "data"
    about = next(each for each in ALL if each.name == "SV")
    row: Row = {
        "STUDYID": "CDISCPILOT01",
        "USUBJID": "CDISCPILOT01-7",
        "VISITNUM": Decimal(5),
        "VISIT": "WEEK 4",
        "SVSTDTC": "2026-03-30",
        "SVREASOC": "Patient's_car",
    }
    written = transport_file(dataset_of(about, [row]))
    (data / "sv.xpt").write_bytes(written.replace(b"Patient's_car", b"Patient\x92s_car"))
    assert "of SV there are two files" in typed("import-sdtm", data, study).err
    shutil.rmtree(study / "patients")
    (data / "sv.json").unlink()
    assert typed("import-sdtm", data, study).code == 0
    assert "{on: 2026-03-30, event: visit done, entry: week-4.1}" in (study / "patients" / "7.yaml").read_text("utf-8")
    (data / "sv.xpt").write_bytes(b"nothing of the sort")
    assert "is no transport file" in typed("import-sdtm", data, study).err


def test_records_that_belong_to_nobody_are_wrong() -> None:
    lone = [*records("SV: VISIT WEEK 2"), *records("DM: ARMCD Pbo", "DM: ARMCD Pbo", subject="002")]
    nameless = Record("EX", 1, {"STUDYID": "S"})
    _, report = import_subjects(PILOT, [*lone, nameless])
    assert [(row.dataset, row.note) for row in report.rows] == [
        ("DM", "DM has several records of this subject"),
        ("DM", "DM has several records of this subject"),
        ("SV", "DM has no record of this subject"),
        ("EX", "it has no USUBJID"),
    ]


def test_tv_has_the_sponsors_numbers_and_labels_and_the_days_of_the_protocol_stay() -> None:
    """Week 2 is on Day 15, 14 days after Day 1, and its VISITDY is the label 14."""
    told = {each.name: each for each in datasets_of(PILOT, [])}
    assert lines(told["TV"], "VISITNUM", "VISIT", "VISITDY")[2:6] == [
        "3 | BASELINE | 1",
        "3.5 | AMBUL ECG PLACEMENT | 13",
        "4 | WEEK 2 | 14",
        "5 | WEEK 4 | 28",
    ]
    assert lines(told["AWINDOW"], "AVISITN", "AWTARGET", "AWLO", "AWHI")[4] == "4 | 15 | 12 | 18"
    assert [row["ARMCD"] for row in told["TV"].records() if row["ARMCD"]] == []


def test_a_record_of_ex_that_stands_twice_is_one_dose_and_told() -> None:
    events, report = imported(PERSON, BASELINE, PATCHES, f"{PATCHES}, EXSEQ 2")
    assert events == [RANDOMISED, STARTED, WORN]
    assert of(report, "EX") == [
        "said",
        "the file is wrong: it says the same as record 1: one dose that is written twice, or a second dose of that time, "
        "which a person has to record",
    ]
