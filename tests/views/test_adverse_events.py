"""Adverse events inside and outside the time of collection, by worst grade, worked out by hand."""

from __future__ import annotations

import json
from datetime import date

import pytest

from scheduler.errors import InvalidText
from scheduler.exports.tables.csv import table_as_csv
from scheduler.folder.reading.study import read_study
from scheduler.patient.episodes.adverse_events import adverse_events_of
from scheduler.patient.events import AdverseEvent
from scheduler.protocol.parse import parse_protocol
from scheduler.site.site import EVERY_DAY
from scheduler.views.looking_back.adverse_events import AdverseEventList, adverse_event_list
from scheduler.views.patients import patient_of
from scheduler.views.shapes.adverse_events import tell_adverse_events
from tests.dosing.story import told
from tests.seed import FOLDER, VERSION

START = "2026-02-27 randomised, arm: control\n2026-03-02 cycle started, treatment: regorafenib, cycle: 1\n"
ENDED = "2026-03-25 end of treatment, reason: toxicity\n"  # tablets until 22 March, collection until 20 June


def listed(*stories: str) -> AdverseEventList:
    patients = [
        patient_of(VERSION, EVERY_DAY, told(story), subject=f"CTL-{number:03}")
        for number, story in enumerate(stories, 1)
    ]
    return adverse_event_list("REGO-TORI-RT", patients)


def where(story: str) -> list[tuple[int, str, int, int | None]]:
    """Number, inside or outside, worst grade, worst grade in the period."""
    return [(line.course.ae, line.where, line.course.worst, line.worst_inside) for line in listed(story).lines]


def test_an_adverse_event_from_onset_to_end() -> None:
    story = (
        START
        + """2026-03-16 adverse event, ae: 1, term: hand-foot skin reaction, grade: 2, onset: 2026-03-14, related: [regorafenib]
        2026-03-20 regraded, ae: 1, grade: 3
        2026-03-30 regraded, ae: 1, grade: 1
        2026-04-06 resolved, ae: 1"""
    )
    assert table_as_csv(listed(story).table()).splitlines() == [
        "subject,period,worst grade,worst in period,ae,term,recorded as,onset,end,grade now,serious,related,events,ctcae",
        "CTL-001,inside,3,3,1,Palmar-plantar erythrodysesthesia syndrome,hand-foot skin reaction,2026-03-14,2026-04-06,,,"
        'regorafenib,"event 3, event 4, event 5, event 6",5.0',
    ]


def test_a_serious_change_makes_the_event_serious() -> None:
    story = START + "2026-03-16 adverse event, ae: 1, term: Nausea, grade: 2\n"
    assert [line.course.serious for line in listed(story).lines] == [False]
    assert [
        line.course.serious for line in listed(story + "2026-03-20 regraded, ae: 1, grade: 3, serious: true").lines
    ] == [True]


def test_a_protocol_names_the_ctcae_that_its_records_are_in() -> None:
    text = (FOLDER / "protocol.yaml").read_text("utf-8")
    named = text.replace("\narms:", '\nctcae: "5.0"\narms:', 1)
    assert parse_protocol(named, name="protocol.yaml")[0].arms["control"].ctcae == "5.0"
    with pytest.raises(InvalidText, match=r"expected '5\.0'"):
        parse_protocol(named.replace('ctcae: "5.0"', 'ctcae: "4.03"'), name="protocol.yaml")


def test_a_study_may_call_the_time_of_collection_as_it_likes() -> None:
    text = (FOLDER / "protocol.yaml").read_text("utf-8").replace("  adverse-events:\n", "  safety-reporting:\n")
    version, _ = parse_protocol(text, name="protocol.yaml")
    story = START + "2026-03-16 adverse event, ae: 1, term: Nausea, grade: 2\n"
    patient = patient_of(version, EVERY_DAY, told(story), subject="CTL-001")
    assert [line.where for line in adverse_event_list("REGO-TORI-RT", [patient]).lines] == ["inside"]
    assert (patient.calendar.entry("adverse-events.1"), patient.calendar.entry("safety-reporting.1") is None) == (
        None,
        False,
    )


def test_where_no_period_collects_them_nobody_can_say() -> None:
    text = (FOLDER / "protocol.yaml").read_text("utf-8").replace("    collects: adverse events\n", "")
    version, _ = parse_protocol(text, name="protocol.yaml")
    story = START + "2026-03-16 adverse event, ae: 1, term: Nausea, grade: 2\n"
    patient = patient_of(version, EVERY_DAY, told(story), subject="CTL-001")
    assert [line.where for line in adverse_event_list("REGO-TORI-RT", [patient]).lines] == ["not known"]


def test_what_was_there_before_the_first_dose_is_inside_only_when_it_gets_worse() -> None:
    before = "2026-03-02 adverse event, ae: 1, term: Nausea, grade: 1, onset: 2026-02-28\n"
    assert where(START + before) == [(1, "outside", 1, None)]
    assert where(START + before + "2026-03-10 regraded, ae: 1, grade: 2") == [(1, "inside", 2, 2)]
    better_and_back = "2026-03-05 resolved, ae: 1\n2026-03-10 regraded, ae: 1, grade: 1"
    assert where(START + before + better_and_back) == [(1, "outside", 1, None)]


def test_the_first_and_the_last_day_are_inside() -> None:
    days = {1: "2026-03-01", 2: "2026-03-02", 3: "2026-06-20", 4: "2026-06-21"}
    story = (
        START + ENDED + "\n".join(f"{day} adverse event, ae: {ae}, term: Fatigue, grade: 1" for ae, day in days.items())
    )
    assert where(story) == [(2, "inside", 1, 1), (3, "inside", 1, 1), (1, "outside", 1, None), (4, "outside", 1, None)]


def test_what_gets_worse_after_the_period_counts_inside_with_the_grade_that_it_had_there() -> None:
    story = (
        START
        + ENDED
        + """2026-06-01 adverse event, ae: 1, term: Hypertension, grade: 1
        2026-07-01 regraded, ae: 1, grade: 4"""
    )
    assert where(story) == [(1, "inside", 4, 1)]
    assert listed(story).summary().rows == (("inside", "Hypertension", 1, None, None, None, None, 1, 1),)


def test_while_treatment_goes_on_the_end_is_open() -> None:
    assert where(START + "2027-06-01 adverse event, ae: 1, term: Fatigue, grade: 2") == [(1, "inside", 2, 2)]


def test_before_anybody_knows_the_first_dose_nobody_knows_where_it_belongs() -> None:
    assert where("2026-02-20 adverse event, ae: 1, term: Fatigue, grade: 2") == [(1, "not known", 2, None)]


def test_a_patient_counts_once_for_a_term_with_the_worst_grade() -> None:
    one = (
        START
        + """2026-03-10 adverse event, ae: 1, term: HFSR, grade: 2
        2026-03-20 adverse event, ae: 2, term: PPE, grade: 3, serious: true
        2026-03-21 adverse event, ae: 3, term: Strange ache, grade: 1"""
    )
    other = START + "2026-03-12 adverse event, ae: 1, term: Hand-foot syndrome, grade: 1"
    found = listed(one, other)
    assert [(line.subject, line.course.ae) for line in found.lines] == [
        ("CTL-001", 2),
        ("CTL-001", 1),
        ("CTL-001", 3),
        ("CTL-002", 1),
    ]
    assert found.summary().rows == (
        ("inside", "Palmar-plantar erythrodysesthesia syndrome", 1, None, 1, None, None, 2, 3),
        ("inside", "Strange ache", 1, None, None, None, None, 1, 1),
    )
    keys = json.loads(json.dumps(tell_adverse_events(found).as_keys()))
    assert keys["adverse_events"][0]["serious"] is True
    assert [each["period"] for each in keys["summary"]] == ["inside", "inside"]
    assert keys["summary"][0]["patients_by_worst_grade"] == {"1": 1, "2": 0, "3": 1, "4": 0, "5": 0}


def test_a_corrected_grade_counts_as_corrected() -> None:
    right = "{on: 2026-03-10, event: adverse event, ae: 1, term: Fatigue, grade: 2}"
    story = (
        START
        + f"""2026-03-10 adverse event, ae: 1, term: Fatigue, grade: 3
        2026-03-11 corrected, number: 3, reason: typing error, with: {right}"""
    )
    (line,) = listed(story).lines
    assert (line.course.worst, line.course.events) == (2, (3, 4))


def test_every_adverse_event_of_the_study_is_listed_once() -> None:
    study = read_study(FOLDER)
    recorded = [
        (case.subject, record.event.ae)
        for case in study.cases
        for record in case.log.records
        if isinstance(record.event, AdverseEvent)
    ]
    found = adverse_event_list(study.version.study, study.patients())
    assert sorted((line.subject, line.course.ae) for line in found.lines) == sorted(recorded)
    assert sum(each.events for each in found.terms()) == len(recorded)


def test_grade_before_a_day() -> None:
    story = START + "2026-03-10 adverse event, ae: 1, term: Fatigue, grade: 3\n2026-03-12 resolved, ae: 1"
    (course,) = adverse_events_of(patient_of(VERSION, EVERY_DAY, told(story), subject="").course.facts)
    days = [date(2026, 3, day) for day in (10, 11, 12, 13)]
    assert [course.grade_before(day) for day in days] == [0, 3, 3, 0]


def test_the_summary_is_called_by_what_it_counts() -> None:
    found = listed(START + "2026-03-16 adverse event, ae: 1, term: Nausea, grade: 2\n")
    assert found.summary().title == "Patients by term and worst grade"
