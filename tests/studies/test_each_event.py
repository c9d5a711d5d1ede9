"""Visits for each adverse event of a grade, when it begins or ends, and for each unscheduled visit."""

from __future__ import annotations

import pytest

from scheduler.calendar.entries.because import Event
from scheduler.calendar.entries.entry import Calendar, Status
from scheduler.calendar.telling.explain import explain
from scheduler.patient.appending import review
from tests.dosing.story import told
from tests.studies.telling import calendar, study

STUDY = study("""
study days: first dose is Day 1
treatments:
  drug:
    when: on first dose
    give: 10 mg intravenously
visits:
  after-event: 14 days +7 after each adverse event of grade 3 or higher ends
  serious-visit: 0 to 2 days after each serious adverse event begins
  check-up: 7 days ±2 after each unscheduled visit
""")
GIVEN = "2026-03-02 given, treatment: drug, n: 1\n"


def of(story: str) -> Calendar:
    return calendar(STUDY, GIVEN + story)


def ids(story: str, name: str) -> dict[str, str]:
    found = of(story)
    dated = {each.id: f"{each.date}" for each in found.entries if each.timeline == name}
    return dated | {each.id: "pending" for each in found.pending if each.timeline == name}


def test_it_waits_until_the_adverse_event_is_resolved() -> None:
    # Event 3 is of grade 2, event 4 of grade 3; resolved on 20 March, and 14 days later is 3 April.
    story = """2026-03-10 adverse event, ae: 1, term: Nausea, grade: 2
    2026-03-11 adverse event, ae: 2, term: Diarrhea, grade: 3"""
    assert ids(story, "after-event") == {"after-event.4": "pending"}
    ended = f"{story}\n2026-03-16 regraded, ae: 2, grade: 1\n2026-03-20 resolved, ae: 2"
    assert ids(ended, "after-event") == {"after-event.4": "2026-04-03"}
    entry = of(ended).by_id["after-event.4"]
    assert [f"{day}" for day in entry.window or ()] == ["2026-04-03", "2026-04-10"]
    assert entry.because.event_numbers() >= {4, 5, 6}


def test_one_that_becomes_grade_3_later_counts() -> None:
    story = """2026-03-10 adverse event, ae: 1, term: Nausea, grade: 2
    2026-03-15 regraded, ae: 1, grade: 3
    2026-03-25 resolved, ae: 1"""
    assert ids(story, "after-event") == {"after-event.3": "2026-04-08"}
    assert ids(story.replace("grade: 3", "grade: 1"), "after-event") == {}


def test_each_serious_one_when_it_begins() -> None:
    # It began on 8 March, two days before its record; the other became serious on 18 March.
    story = """2026-03-10 adverse event, ae: 1, term: Nausea, grade: 1, onset: 2026-03-08, serious: true
    2026-03-12 adverse event, ae: 2, term: Diarrhea, grade: 2
    2026-03-18 regraded, ae: 2, grade: 3, serious: true"""
    assert ids(story, "serious-visit") == {"serious-visit.3": "2026-03-08", "serious-visit.4": "2026-03-18"}


def test_each_unscheduled_visit() -> None:
    story = "2026-03-10 unscheduled visit\n2026-03-20 unscheduled visit"
    assert ids(story, "check-up") == {"check-up.3": "2026-03-17", "check-up.4": "2026-03-27"}


def test_it_is_recorded_and_struck_with_its_event() -> None:
    story = "2026-03-10 unscheduled visit\n2026-03-18 visit done, entry: check-up.3"
    assert of(story).by_id["check-up.3"].status is Status.DONE
    assert ids("2026-03-10 unscheduled visit\n2026-03-11 struck, number: 3, reason: another patient", "check-up") == {}


@pytest.mark.parametrize("entry", ["check-up.2", "after-event.3", "check-up.9"])
def test_an_entry_that_no_event_makes_is_refused(entry: str) -> None:
    story = f"2026-03-10 unscheduled visit\n2026-03-18 visit done, entry: {entry}"
    log = told(f"2026-02-27 randomised, arm: all\n{GIVEN}{story}")
    assert [each.code for each in review(STUDY, log)] == ["unknown-entry"]


def test_the_reason_names_the_event() -> None:
    story = "2026-03-11 adverse event, ae: 2, term: Diarrhea, grade: 3"
    log = told(f"2026-02-27 randomised, arm: all\n{GIVEN}{story}")
    waiting = [line.sentence for line in explain(of(story), "after-event.3", STUDY, log).lines]
    assert any("when adverse event 2 ends" in line for line in waiting)
    log = told(f"2026-02-27 randomised, arm: all\n{GIVEN}{story}\n2026-03-20 resolved, ae: 2")
    told_of = [
        line.sentence for line in explain(of(f"{story}\n2026-03-20 resolved, ae: 2"), "after-event.3", STUDY, log).lines
    ]
    assert any("14 days after" in line and "3 April 2026" in line for line in told_of)


def test_the_days_are_counted_from_the_record_that_gives_the_day() -> None:
    # Over on 20 March, seen again on the 22nd, over on the 25th: 14 days after that are 8 April.
    story = """2026-03-11 adverse event, ae: 2, term: Diarrhea, grade: 3
    2026-03-20 resolved, ae: 2
    2026-03-22 regraded, ae: 2, grade: 1
    2026-03-25 resolved, ae: 2"""
    assert counted(story, "after-event.3") == ["is over; 14 days after that is Wednesday 8 April 2026"]


def test_one_that_gets_serious_is_counted_from_the_record_that_says_so() -> None:
    story = """2026-03-12 adverse event, ae: 2, term: Diarrhea, grade: 2
    2026-03-15 regraded, ae: 2, grade: 3
    2026-03-18 regraded, ae: 2, grade: 3, serious: true"""
    assert "Wednesday 18 March 2026: adverse event 2" in first_event(story, "serious-visit.3")


def counted(story: str, entry: str) -> list[str]:
    log = told(f"2026-02-27 randomised, arm: all\n{GIVEN}{story}")
    lines = [line.sentence for line in explain(of(story), entry, STUDY, log).lines]
    return [
        line.split("Diarrhea, ")[1].rstrip(".") for line in lines if line.startswith("Event") and "after that" in line
    ]


def first_event(story: str, entry: str) -> str:
    log = told(f"2026-02-27 randomised, arm: all\n{GIVEN}{story}")
    lines = [line.sentence for line in explain(of(story), entry, STUDY, log).lines]
    return next(line for line in lines if line.startswith("Event"))


def test_one_that_was_over_and_came_back_as_a_serious_one_is_counted_from_then() -> None:
    story = """2026-03-10 adverse event, ae: 1, term: Nausea, grade: 3
    2026-03-12 resolved, ae: 1
    2026-03-15 regraded, ae: 1, grade: 3, serious: true"""
    visit = of(story).by_id["serious-visit.3"]
    # The record that says so stands first.
    assert (f"{visit.date}", visit.because.set_by[1:]) == ("2026-03-15", (Event(5), Event(3), Event(4)))
