"""All of today's visits were done, with exceptions: one form, one look, one transaction; and no dose is ever among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler.folder.importing import import_study
from scheduler.store.opening import open_store
from tests.web.clicking import Clicking
from tests.web.people import Place, TestTime, set_up_by, words_of

PROTOCOL = """study: HOURS
version: "1.0"
title: A visit by the clock
arms: {all: Everybody}
study days: first dose is Day 1
treatments:
  drug: {when: {1: on first dose, then: 14 days after the previous dose}, until: 2 doses, open: any day, give: 5 mg intravenously}
visits:
  check: {when: "24 hours ±2 hours after every drug dose", open: any day}
"""
SITE = "site: Here\nzone: Asia/Shanghai\nweekdays: Monday to Friday\n"
PATIENT = """protocol: ../protocol.yaml
site: ../site.yaml
subject: {subject}
events:
  - {{on: 2026-02-27, event: randomised, arm: all}}
  - {{on: 2026-03-02, at: "08:10", event: given, treatment: drug, n: 1}}
"""
TWO = ["EXP-004 c2d15.1", "EXP-005 end-of-treatment.1"]


@pytest.fixture
def monday(place: Place) -> Place:
    """Monday 25 May: a laboratory visit of EXP-004, the last visit of EXP-005, and a cycle that EXP-003 starts."""
    place.somebody().records("EXP-005", event="booked", on="2026-05-21", entry="end-of-treatment.1", to="2026-05-25")
    place.time.pass_by(days=4)
    return place


@pytest.fixture
def unit(tmp_path: Path) -> Iterator[Place]:
    """Two patients whose visit of Tuesday 3 March has a window of hours."""
    (tmp_path / "patients").mkdir()
    files = {"protocol.yaml": PROTOCOL, "site.yaml": SITE}
    files |= {f"patients/{subject}.yaml": PATIENT.format(subject=subject) for subject in ("S-1", "S-2")}
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    time = TestTime()
    time.moment = datetime(2026, 3, 3, 10, tzinfo=UTC)
    store = open_store(tmp_path / "study.db")
    import_study(tmp_path, store, set_up_by(time.moment))
    yield Place(store, time)
    store.close()


def kinds(place: Place, subject: str) -> list[str]:
    return [record.event.event for record in place.store.log(subject).records]


def test_all_are_done_in_one_act_and_no_dose_is_among_them(monday: Place) -> None:
    at_work = Clicking(monday.somebody()).goes_to("/").clicks_on("All of today's visits were done")
    assert re.findall(r'name="visit" value="([^"]+)" checked', at_work.page.text) == TWO[::-1]
    assert "Not among them EXP-003 Regorafenib, cycle 5" in at_work.reads
    before = {subject: kinds(monday, subject) for subject in ("EXP-003", "EXP-004", "EXP-005")}
    at_work.presses("See what changes")
    assert "EXP-004 25 May 2026: Cycle 2 day 15, laboratory only is done" in at_work.reads
    assert {subject: kinds(monday, subject) for subject in before} == before
    at_work.presses("Record all of it")
    assert at_work.clicks == 3
    assert kinds(monday, "EXP-003") == before["EXP-003"]
    assert kinds(monday, "EXP-004") == [*before["EXP-004"], "visit done"]
    assert kinds(monday, "EXP-005") == [*before["EXP-005"], "visit done"]
    acts = {list(monday.store.records(subject=subject))[-1].at for subject in ("EXP-004", "EXP-005")}
    assert len(acts) == 1
    assert "Recorded: EXP-004, Cycle 2 day 15, laboratory only is done." in at_work.reads
    at_work.presses("recorded by mistake")
    assert [kinds(monday, subject)[-1] for subject in ("EXP-004", "EXP-005")] == ["struck", "struck"]


def test_what_is_unticked_is_left(monday: Place) -> None:
    at_work = Clicking(monday.somebody()).goes_to("/today/done").presses("See what changes", visit=TWO[0])
    assert "EXP-005" not in at_work.reads
    at_work.presses("Record all of it")
    assert [kinds(monday, subject)[-1] for subject in ("EXP-004", "EXP-005")] == ["visit done", "booked"]


def test_form_cannot_be_made_to_say_that_a_dose_was_given(monday: Place) -> None:
    person = monday.somebody()
    before = kinds(monday, "EXP-003")
    slipped = {"visit": "EXP-003 regorafenib.5.1", "seen EXP-003": str(len(before)), "confirm EXP-003": "x"}
    for path in ("/today/done/preview", "/today/done/record"):
        assert "regorafenib.5.1 is" not in words_of(person.sends(path, **slipped))
    assert kinds(monday, "EXP-003") == before


def test_nothing_is_recorded_when_somebody_else_recorded_something(monday: Place) -> None:
    before = kinds(monday, "EXP-004")
    at_work = Clicking(monday.somebody()).goes_to("/today/done").presses("See what changes")
    monday.somebody().records("EXP-005", event="unscheduled visit", on="2026-05-25")
    at_work.presses("Record all of it")
    assert at_work.page.status_code == 409
    assert "Somebody recorded something meanwhile." in at_work.reads
    assert kinds(monday, "EXP-005")[-1] == "unscheduled visit"
    assert kinds(monday, "EXP-004") == before
    at_work.presses("Record all of it")
    assert [kinds(monday, subject)[-1] for subject in ("EXP-004", "EXP-005")] == ["visit done", "visit done"]


def test_what_is_asked_needs_its_own_reason(unit: Place) -> None:
    # Of a visit with a window of hours the time is asked for. On 3 March both patients come 24 hours after their dose.
    at_work = Clicking(unit.somebody()).goes_to("/today/done").presses("See what changes")
    before = kinds(unit, "S-1")
    assert "Check has a window of hours, and no time is said" in at_work.reads
    at_work.presses("Record all of it")
    assert at_work.page.status_code == 422
    at_work.presses("Record all of it", **{"why S-1 check.1": "the clock stood still"})
    assert at_work.page.status_code == 422
    assert kinds(unit, "S-1") == before
    why = {"why S-1 check.1": "the clock stood still", "why S-2 check.1": "not written down"}
    at_work.presses("Record all of it", **why)
    events = [unit.store.log(subject).records[-1].event for subject in ("S-1", "S-2")]
    assert [(event.event, event.confirmed) for event in events] == [
        ("visit done", "the clock stood still"),
        ("visit done", "not written down"),
    ]


def test_without_a_tick_nothing_is_recorded(monday: Place) -> None:
    answer = monday.somebody().sends("/today/done/preview", visit="")
    assert answer.status_code == 422
    assert "Nothing is ticked." in words_of(answer)
