"""A visit as one form: what took place, what was measured, what happened, tablets and the next appointment, in one act."""

from __future__ import annotations

import re
from datetime import date

import pytest

from scheduler.patient.events import (
    AdverseEvent,
    Booked,
    Dispensed,
    Event,
    Given,
    Measured,
    NotDone,
    Returned,
    VisitDone,
)
from tests.web.clicking import Clicking
from tests.web.people import Place, words_of

FORM = "/subjects/EXP-004/visit?entry=c2d15.1"


@pytest.fixture
def monday(place: Place) -> Place:
    """Monday 25 May, on which EXP-004 has a laboratory visit."""
    place.time.pass_by(days=4)
    return place


def newest(place: Place, subject: str, since: int) -> list[Event]:
    return [record.event for record in place.store.log(subject).records[since:]]


def test_all_that_a_visit_brought_is_recorded_in_one_act(monday: Place) -> None:
    before = monday.store.log("EXP-004").length
    at_work = Clicking(monday.somebody()).goes_to("/").clicks_on("Whole visit …", "c2d15.1")
    typed = {
        "value-1.test": "ALT",
        "value-1.value": "52",
        "value-1.unit": "U/L",
        "value-1.upper_limit": "40",
        "reaction-1.term": "Fatigue",
        "reaction-1.grade": "1",
        "returned-regorafenib.quantity": "7",
        "returned-regorafenib.cycle": "1",
        "dispensed-regorafenib.quantity": "28",
        "dispensed-regorafenib.lot": "R2512B",
        "dispensed-regorafenib.expires": "2027-11-30",
        "next.to": "2026-06-03",
    }
    at_work.presses("See what changes", **typed)
    assert monday.store.log("EXP-004").length == before
    assert "ALT is 52 U/L" in at_work.reads
    at_work.presses("Record all of it")
    events = newest(monday, "EXP-004", before)
    kinds = [VisitDone, Measured, AdverseEvent, Returned, Dispensed, Booked]
    assert [type(event) for event in events] == kinds, at_work.reads
    assert {event.on for event in events} == {date(2026, 5, 25)}
    assert [str(event.lot) for event in events if isinstance(event, Dispensed)] == ["R2512B"]
    assert len({record.at for record in list(monday.store.records(subject="EXP-004"))[-6:]}) == 1
    at_work.presses("it was another patient")
    assert [event.event for event in newest(monday, "EXP-004", before + 6)] == ["struck"] * 6


def test_empty_rows_are_no_events(monday: Place) -> None:
    before = monday.store.log("EXP-004").length
    Clicking(monday.somebody()).goes_to(FORM).presses("See what changes").presses("Record all of it")
    assert [type(event) for event in newest(monday, "EXP-004", before)] == [VisitDone]


def test_what_cannot_be_read_stands_beside_its_field_and_nothing_is_lost(monday: Place) -> None:
    before = monday.store.log("EXP-004").length
    at_work = Clicking(monday.somebody()).goes_to(FORM)
    at_work.presses("See what changes", **{"value-1.test": "ALT", "value-2.value": "high", "note": "came by taxi"})
    assert at_work.page.status_code == 422
    found = dict(re.findall(r'id="field-([\w.-]+)-wrong">\s*<li>([^<(]+)', at_work.page.text))
    assert found["value-1.value"].strip() == "this is needed"
    assert found["value-2.test"].strip() == "this is needed"
    assert "came by taxi" in at_work.page.text
    assert 'value="high"' in at_work.page.text
    assert monday.store.log("EXP-004").length == before


def test_visit_that_was_not_done_says_why(monday: Place) -> None:
    before = monday.store.log("EXP-004").length
    at_work = Clicking(monday.somebody()).goes_to(FORM)
    at_work.presses("See what changes", was="not done", reason="snowed in").presses("Record all of it")
    (event,) = newest(monday, "EXP-004", before)
    assert isinstance(event, NotDone)
    assert event.reason == "snowed in"


def test_activity_that_is_not_ticked_is_recorded_as_not_done_and_a_deviation(monday: Place) -> None:
    before = monday.store.log("EXP-004").length
    at_work = Clicking(monday.somebody()).goes_to(FORM)
    ticked = re.findall(r'name="activity" value="([^"]+)" checked', at_work.page.text)
    assert len(ticked) > 1
    at_work.presses("See what changes", activity=ticked[1:]).presses("Record all of it")
    (event,) = newest(monday, "EXP-004", before)
    assert isinstance(event, VisitDone)
    assert (event.not_done, event.note) == ((ticked[0],), None)
    assert f"not done at the visit: {ticked[0]}" in monday.somebody("monitor").reads("/deviations")


def test_what_is_asked_needs_its_own_reason(monday: Place) -> None:
    before = monday.store.log("EXP-004").length
    at_work = Clicking(monday.somebody()).goes_to(FORM)
    at_work.presses("See what changes", **{"value-1.test": "ALT", "value-1.value": "52", "value-1.unit": "furlong"})
    at_work.presses("Record all of it")
    assert at_work.page.status_code == 422
    assert monday.store.log("EXP-004").length == before
    at_work.presses("Record all of it", **{"value-1.confirmed": "as the paper has it"})
    visit, value = newest(monday, "EXP-004", before)
    assert (visit.confirmed, value.confirmed) == (None, "as the paper has it")


def test_dose_is_recorded_with_its_amount(place: Place) -> None:
    place.time.pass_by(days=6)
    before = place.store.log("EXP-003").length
    at_work = Clicking(place.somebody()).goes_to("/").clicks_on("Whole visit …", "toripalimab.6")
    at_work.presses("See what changes", amount="120 mg", **{"visit.confirmed": "stopped early"})
    at_work.presses("Record all of it", **{"visit.confirmed": "stopped early"})
    (event,) = newest(place, "EXP-003", before)
    assert isinstance(event, Given)
    assert (event.n, str(event.amount), event.on) == (6, "120 mg", date(2026, 5, 27))


def test_nothing_is_lost_when_somebody_else_recorded_something(monday: Place) -> None:
    at_work = Clicking(monday.somebody()).goes_to(FORM)
    at_work.presses("See what changes", **{"value-1.test": "ALT", "value-1.value": "52", "value-1.unit": "U/L"})
    monday.somebody().records("EXP-004", event="unscheduled visit", on="2026-05-25")
    before = monday.store.log("EXP-004").length
    at_work.presses("Record all of it")
    assert at_work.page.status_code == 409
    assert "ALT is 52 U/L" in at_work.reads
    at_work.presses("Record all of it")
    assert [type(event) for event in newest(monday, "EXP-004", before)] == [VisitDone, Measured]


def test_there_is_no_form_for_what_has_a_record_or_is_not_there(monday: Place) -> None:
    person = monday.somebody()
    for entry in ("nothing.1", "c1d8.1", "regorafenib.1"):
        answer = person.get(f"/subjects/EXP-004/visit?entry={entry}")
        assert answer.status_code == 404, words_of(answer)
