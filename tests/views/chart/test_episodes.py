"""Adverse events by episode, and the tumour's course, as they lie along the days."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.telling.events_in_words import what_happened
from scheduler.calendar.tumour.tumour_response import tumour_response_of
from scheduler.exports.picture.time_line import time_line
from scheduler.languages import Language
from scheduler.patient.case_file.case import parse_case
from scheduler.patient.log import log_of
from scheduler.said import in_english, said
from scheduler.views.chart.episodes import Episodes, Track, episodes_of, grades_in_words
from scheduler.views.chart.naming import named, names_of
from tests.exports.reading import read_page
from tests.views.told import CONTROL, WEEKDAYS, on, patient, seed

STORY = (
    CONTROL
    + "  - {on: 2026-03-16, event: adverse event, ae: 1, term: Fatigue, grade: 1, related: [regorafenib]}\n"
    + "  - {on: 2026-03-20, event: regraded, ae: 1, grade: 3}\n"
    + "  - {on: 2026-03-20, event: held, treatment: regorafenib, reason: AE 1}\n"
    + "  - {on: 2026-04-02, event: resolved, ae: 1}\n"
    + "  - {on: 2026-04-24, event: visit done, entry: imaging.1}\n"
    + "  - {on: 2026-04-24, event: response, criteria: iRECIST, assessment: iUPD, entry: imaging.1}\n"
    + "  - {on: 2026-05-22, event: response, criteria: iRECIST, assessment: iCPD}\n"
)


def story(day: date) -> Episodes:
    log = log_of(parse_case("protocol: protocol.yaml\nevents:\n" + STORY, name="EXP-001.yaml").events)
    someone = patient(STORY)
    return episodes_of(someone, tumour_response_of(seed(), WEEKDAYS, log), names_of(someone), day)


def test_an_adverse_event_is_a_row_with_a_stretch_for_each_grade() -> None:
    row = story(on("05-25")).rows[0]
    assert (str(row.name), row.track) == ("Fatigue", Track.ADVERSE_EVENT)
    # It is over on 2 April, so that 1 April is the last day with grade 3.
    assert [(each.first, each.last, each.grade) for each in row.stretches] == [
        (on("03-16"), on("03-19"), 1),
        (on("03-20"), on("04-01"), 3),
    ]
    (event,) = story(on("05-25")).adverse_events
    assert in_english(grades_in_words(event)) == (
        "grade 1 from 16 Mar 2026, grade 3 from 20 Mar 2026, over on 2 Apr 2026"
    )


def test_holds_assessments_and_periods_follow() -> None:
    rows = story(on("05-25")).rows
    assert [(str(row.name), row.track.value) for row in rows[1:4]] == [
        ("Regorafenib, on hold", "hold"),
        ("iRECIST", "response"),
        ("Adverse event collection", "period"),
    ]


def test_the_tumours_course_says_what_each_assessment_means() -> None:
    found = story(on("05-25"))
    assert [(each.of.assessment, str(each.scan), str(each.note)) for each in found.assessments] == [
        ("iUPD", "Tumour imaging 1", "progression, not confirmed yet"),
        ("iCPD", "Tumour imaging 1", "confirms the progression of 24 Apr 2026"),
    ]
    assert found.progression == on("04-24")
    assert (found.periods[0].first, found.periods[0].runs) == (on("03-02"), True)


def test_the_time_line_draws_each_row_and_marks_today() -> None:
    drawn = time_line(story(on("05-25")).rows, on("05-25"), said("all of it"), Language.ENGLISH)
    assert drawn is not None
    page = read_page(drawn)
    assert len(page.every("rect", class_="g1")) == len(page.every("rect", class_="g3")) == 1
    assert len(page.every("path", class_="today")) == 1
    assert time_line((), on("05-25"), said("all of it"), Language.ENGLISH) is None


def test_names_stand_where_ids_stood_and_what_people_wrote_stays() -> None:
    someone = patient(STORY)
    names = names_of(someone)
    told = [in_english(named(what_happened(fact.event), names)) for fact in someone.course.facts]
    assert "Regorafenib cycle 1 is started" in told
    assert "Tumour imaging 1 is done" in told
