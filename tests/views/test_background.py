"""What is known of one patient beside doses and visits: every line by hand, with the days between which it held."""

from __future__ import annotations

from scheduler.exports.tables.csv import table_as_csv
from scheduler.site.site import EVERY_DAY
from scheduler.views.looking_back.background import table_of_background
from scheduler.views.patients import patient_of
from tests.dosing.story import told
from tests.seed import VERSION


def lines(story: str) -> list[str]:
    patient = patient_of(VERSION, EVERY_DAY, told(story), subject="CTL-001")
    header, *rows = table_as_csv(table_of_background(patient)).splitlines()
    assert header == "sort,name,value,upper limit,from,until,events"
    return rows


def test_how_a_patient_took_part() -> None:
    story = """2026-02-20 consented
        2026-02-25 screened
        2026-02-27 randomised, arm: control
        2026-04-22 end of treatment, reason: toxicity
        2026-05-02 withdrew, from: all"""
    assert lines(story) == [
        "study,consented,,,2026-02-20,,event 1",
        "study,screened,,,2026-02-25,,event 2",
        "study,randomised,control,,2026-02-27,,event 3",
        "study,end of treatment,toxicity,,2026-04-22,,event 4",
        "study,withdrew,all of the study,,2026-05-02,,event 5",
    ]


def test_why_a_patient_left() -> None:
    assert lines("2026-02-27 screen failed, reason: infection") == [
        "study,screen failed,infection,,2026-02-27,,event 1"
    ]
    assert lines("2026-03-12 died, reason: sepsis") == ["study,died,sepsis,,2026-03-12,,event 1"]
    assert lines("2026-03-12 withdrew, from: all, reason: too far") == [
        "study,withdrew,all of the study: too far,,2026-03-12,,event 1"
    ]
    assert lines("2026-03-12 lost to follow-up, reason: moved") == [
        "study,lost to follow-up,moved,,2026-03-12,,event 1"
    ]


def test_a_dose_of_another_medicine_holds_until_it_is_changed_or_stopped() -> None:
    story = """2026-02-20 medicine started, name: prednisone, dose: 20 mg
        2026-02-24 medicine changed, name: Prednisone, dose: 10 mg/day
        2026-02-25 medicine started, name: aspirin
        2026-03-01 medicine stopped, name: prednisone
        2026-03-02 medicine stopped, name: warfarin"""
    assert lines(story) == [
        'medicine,prednisone,20 mg,,2026-02-20,2026-02-24,"event 1, event 2"',
        'medicine,Prednisone,10 mg,,2026-02-24,2026-03-01,"event 2, event 4"',
        "medicine,aspirin,,,2026-02-25,,event 3",
        "medicine,warfarin,,,,2026-03-02,event 5",
    ]


def test_a_medicine_by_two_routes_is_two_lines_and_each_ends_by_itself() -> None:
    story = """2026-03-12 medicine started, name: prednisone, dose: 20 mg, route: oral
        2026-03-13 medicine started, name: prednisone, dose: 5 mg, route: topical
        2026-03-20 medicine stopped, name: prednisone, route: topical"""
    assert lines(story) == [
        'medicine,prednisone,"20 mg, oral",,2026-03-12,,event 1',
        'medicine,prednisone,"5 mg, topical",,2026-03-13,2026-03-20,"event 2, event 3"',
    ]
    both = story.replace(", route: topical", ", route: intravenous", 1).removesuffix(", route: topical")
    assert lines(both) == [
        'medicine,prednisone,"20 mg, oral",,2026-03-12,2026-03-20,"event 1, event 3"',
        'medicine,prednisone,"5 mg, intravenous",,2026-03-13,2026-03-20,"event 2, event 3"',
    ]


def test_a_stop_by_a_route_that_nobody_recorded_ends_nothing() -> None:
    story = """2026-03-12 medicine started, name: prednisone, route: oral
        2026-03-20 medicine stopped, name: prednisone, route: intravenous
        2026-03-22 medicine changed, name: prednisone, dose: 10 mg"""
    assert lines(story) == [
        'medicine,prednisone,oral,,2026-03-12,2026-03-22,"event 1, event 3"',
        "medicine,prednisone,intravenous,,,2026-03-20,event 2",
        'medicine,prednisone,"10 mg, oral",,2026-03-22,,event 3',
    ]


def test_the_last_fact_of_a_name_holds_and_every_value_stays() -> None:
    story = """2026-02-20 attribute, name: weight, value: 71.5
        2026-02-20 attribute, name: liver tumour, value: true
        2026-02-21 measured, test: ALT, value: 62, unit: U/L, upper_limit: 40
        2026-02-24 measured, test: ALT, value: "<5", unit: U/L
        2026-02-27 attribute, name: Weight, value: 70
        2026-02-28 struck, number: 3, reason: of another patient"""
    assert lines(story) == [
        "fact,weight,71.5,,2026-02-20,2026-02-27,event 1",
        "fact,liver tumour,yes,,2026-02-20,,event 2",
        "fact,Weight,70,,2026-02-27,,event 5",
        "value,ALT,<5 U/L,,2026-02-24,,event 4",
    ]


def test_what_happened_to_the_patients_health() -> None:
    story = """2026-02-20 surgery planned, day: 2026-03-20, size: minor
        2026-02-21 pregnancy, whose: partner
        2026-02-22 progressed
        2026-02-22 new anticancer therapy"""
    assert lines(story) == [
        "health,surgery planned,for 2026-03-20,,2026-02-20,,event 1",
        "health,pregnancy,partner,,2026-02-21,,event 2",
        "health,progressed,,,2026-02-22,,event 3",
        "health,new anticancer therapy,,,2026-02-22,,event 4",
    ]
