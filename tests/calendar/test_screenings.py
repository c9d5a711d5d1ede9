"""Screened, not eligible, screened again: what the calendar has before anybody is randomised, and after it never came to that."""

from __future__ import annotations

import pytest

from scheduler.calendar.entries.because import Event
from scheduler.calendar.entries.entry import Calendar
from scheduler.patient.chart import chart_of
from scheduler.patient.contradictions.of_chart import contradictions
from scheduler.views.patients import patient_of
from tests.asking.story import asked
from tests.calendar.proposals.patients import calendar
from tests.dosing.story import told
from tests.seed import VERSION, shanghai

SCREENED = """2026-02-02 consented
2026-02-04 visit done, entry: screening.1
2026-02-05 unscheduled visit, reason: fever
"""
FAILED = SCREENED + "2026-02-06 screen failed, reason: infection\n"


def entries(found: Calendar) -> list[tuple[str, str, str]]:
    return [(entry.id, str(entry.date), entry.status.value) for entry in found.entries]


def refused(story: str) -> list[str]:
    return [finding.code for finding in contradictions(chart_of(told(story), VERSION))]


def test_what_was_recorded_before_the_arm_is_known_is_on_the_calendar() -> None:
    found = calendar(SCREENED)
    assert entries(found) == [("screening.1", "2026-02-04", "done"), ("unscheduled.3", "2026-02-05", "done")]
    assert found.by_id["screening.1"].because.set_by == (Event(2),)
    assert [pending.id for pending in found.pending][:2] == ["regorafenib.1.1", "c1d8.1"]


@pytest.mark.parametrize(
    "end",
    ["screen failed, reason: infection", "withdrew, from: all", "end of treatment, reason: physician decision", "died"],
)
def test_who_never_started_has_nothing_pending(end: str) -> None:
    found = calendar(f"{SCREENED}2026-02-06 {end}")
    assert found.pending == ()
    assert [(finding.code, finding.events) for finding in found.findings] == [("never-started", (4,))]


def test_the_second_screening_is_the_next_number() -> None:
    again = FAILED + "2026-02-16 consented\n"
    assert [pending.id for pending in calendar(again).pending if pending.timeline == "screening"] == ["screening.2"]
    booked = again + '2026-02-16 booked, entry: screening.2, to: 2026-02-18, at: "09:00"\n'
    assert entries(calendar(booked))[-1] == ("screening.2", "2026-02-18", "planned")


def test_without_a_failure_there_is_no_second_screening() -> None:
    assert refused(SCREENED + "2026-02-08 visit done, entry: screening.2") == ["unknown-entry"]
    assert refused(FAILED + "2026-02-08 visit done, entry: screening.2") == []
    assert refused(FAILED + "2026-02-08 visit done, entry: screening.3") == ["unknown-entry"]


def test_only_what_serves_as_a_baseline_is_done_again_under_its_number() -> None:
    scan = "2026-02-05 visit done, entry: imaging.0\n"
    assert refused(SCREENED + scan + "2026-02-20 visit done, entry: imaging.0") == ["done-twice"]
    assert refused(FAILED + scan + "2026-02-20 visit done, entry: imaging.0") == []
    assert refused(FAILED + "2026-02-20 visit done, entry: screening.1") == ["done-twice"]


def test_both_scans_are_cited() -> None:
    story = """2026-01-21 visit done, entry: imaging.0
2026-01-26 screen failed, reason: infection
2026-02-24 visit done, entry: imaging.0
2026-02-27 randomised, arm: control
2026-03-02 cycle started, treatment: regorafenib, cycle: 1"""
    because = calendar(story).by_id["imaging.0"].because
    assert because.set_by == (Event(3),)
    assert Event(1) in because.looked_at


def test_a_consent_after_the_failure_is_the_one_that_counts() -> None:
    story = FAILED + "2026-02-16 consented\n2026-02-20 screened\n2026-02-27 randomised, arm: control"
    found = calendar(story)
    assert [pending.id for pending in found.pending if pending.timeline == "regorafenib"] == []
    assert str(found.by_id["regorafenib.1"].date) == "2026-02-28"


@pytest.mark.parametrize(
    "line", ["visit done, entry: imaging.2", "visit done, entry: c2d15.2", "booked, entry: imaging.2, to: 2026-02-20"]
)
def test_only_a_screening_visit_begins_another_screening(line: str) -> None:
    found = calendar(f"{FAILED}2026-02-16 {line}")
    assert found.pending == ()
    assert ("never-started", (4,)) in [(finding.code, finding.events) for finding in found.findings]
    patient = patient_of(VERSION, shanghai(), told(f"{FAILED}2026-02-16 {line}"), subject="EXP-1")
    assert patient.course.screen_failure is not None


def test_after_randomisation_too() -> None:
    # Randomised, and found not eligible afterwards: a later scan does not take that back.
    story = f"{SCREENED}2026-02-27 randomised, arm: control\n2026-02-28 screen failed, reason: infection\n"
    scan = "2026-03-20 visit done, entry: imaging.2"
    assert [entry.status.value for entry in calendar(story + scan).entries if entry.id == "regorafenib.1"] == [
        "cancelled"
    ]


def test_a_screening_done_again_is_pointed_to_its_next_number() -> None:
    again = "2026-02-20 visit done, entry: screening.1"
    (refusal,) = contradictions(chart_of(told(FAILED + again), VERSION))
    hint = "the screening after the failure is screening.2: record it under that number"
    assert (refusal.code, refusal.hint) == ("done-twice", hint)


@pytest.mark.parametrize(
    "line", ["2026-02-20 visit done, entry: screening.1", "2026-02-18 booked, entry: screening.1, to: 2026-02-20"]
)
def test_a_screening_after_its_failure_is_asked(line: str) -> None:
    (question,) = [
        each for each in asked("2026-02-06 screen failed, reason: infection", line) if each.code == "screening-failed"
    ]
    assert (question.code, question.path, question.events) == ("screening-failed", "0.entry", (1,))
    assert str(question.what) == "screening.1 ended with the screen failure of 2026-02-06, before 2026-02-20"
    assert str(question.hint) == "the screening after the failure is screening.2: record it under that number"


def test_a_screening_up_to_the_day_of_the_failure_is_not_asked() -> None:
    failed = "2026-02-06 screen failed, reason: infection"
    for day in ("2026-02-04", "2026-02-06"):
        assert asked(failed, f"{day} visit done, entry: screening.1") == ()
    assert asked(failed, "2026-02-20 visit done, entry: screening.2") == ()


def test_who_was_randomised_after_a_failure_has_to_be_put_right_and_it_is_said_how() -> None:
    found = calendar(FAILED + "2026-02-10 randomised, arm: control\n")
    told_to = {finding.code: str(finding.hint) for finding in found.findings}
    assert told_to["not-eligible-and-in"] == (
        "record 'end of treatment' or 'withdrew', or 'screened' where a later screening was passed"
    )


def test_an_unscheduled_visit_keeps_its_time() -> None:
    found = calendar(SCREENED.replace("reason: fever", 'reason: fever, at: "10:30"'))
    assert str(found.by_id["unscheduled.3"].time) == "10:30"
