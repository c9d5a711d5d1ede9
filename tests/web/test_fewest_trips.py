"""Fewest trips on a patient's page: a proposal, one button, and all of it is booked or nothing."""

from __future__ import annotations

from importlib import util

import pytest

from tests.web.people import Place, words_of
from tests.web.test_once import hidden_in

PAGE = "/subjects/EXP-004/fewest-trips"


def test_a_proposal_is_looked_at_and_booked_whole(place: Place) -> None:
    person = place.somebody("coordinator")
    assert PAGE in person.get("/subjects/EXP-004").text
    offered = person.get(PAGE)
    text = words_of(offered)
    assert "as proposed: 2 fewer." in text
    assert "It is proven that no plan inside these windows has fewer trips." in text
    before = person.get("/api/subjects/EXP-004/events").json()["events"]
    hidden = hidden_in(offered)
    assert person.sends(PAGE, **hidden).status_code == 303
    assert person.sends(PAGE, **hidden).status_code == 303  # sent twice, booked once
    events = person.get("/api/subjects/EXP-004/events").json()["events"]
    assert {each["event"]["event"] for each in events[len(before) :]} == {"booked"}
    again = words_of(person.get(PAGE))
    assert "No date would move: no plan that was found has fewer trips." in again


def test_the_api_has_the_same_and_its_events_can_be_sent(place: Place) -> None:
    person = place.somebody("coordinator")
    found = person.get("/api/subjects/EXP-004/fewest-trips?until=2026-08-13").json()
    assert (found["saves"], found["proven"], found["clashes"], found["refused"]) == (2, True, [], None)
    (patient,) = found["patients"]
    calendar = {each["id"]: each["date"] for each in person.get("/api/subjects/EXP-004/calendar").json()["entries"]}
    assert {each["entry"]: each["date"] for each in patient["moves"] if each["entry"].startswith("imaging")} == {
        name: day for name, day in calendar.items() if name in {each["entry"] for each in patient["moves"]}
    }
    assert {event["event"] for event in patient["events"]} == {"booked"}


def test_what_was_recorded_meanwhile_makes_another_plan(place: Place) -> None:
    person = place.somebody("coordinator")
    hidden = hidden_in(person.get(PAGE))
    assert (
        person.records("EXP-004", event="booked", on="2026-05-21", entry="imaging.1", to="2026-06-03").status_code
        == 303
    )
    answer = person.sends(PAGE, **hidden)
    assert answer.status_code == 409
    assert "another plan is proposed" in words_of(answer)


def test_another_last_day_and_a_wrong_one(place: Place) -> None:
    person = place.somebody("coordinator")
    assert "up to Tuesday 30 June 2026" in words_of(person.get(f"{PAGE}?until=2026-06-30"))
    for until in ("2026-05-21", "2027-05-21", "soon"):
        answer = person.get(f"{PAGE}?until={until}")
        assert answer.status_code == 422
        assert "The last day has to come after today" in words_of(answer)
    assert person.get("/api/subjects/EXP-004/fewest-trips?until=2026-05-21").status_code == 422


def test_without_the_solver_the_page_says_what_to_install(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    there = util.find_spec
    monkeypatch.setattr(util, "find_spec", lambda name, *rest: None if name == "ortools" else there(name, *rest))
    person = place.somebody("coordinator")
    assert "install scheduler[optimise]" in words_of(person.get(PAGE))
    assert person.get("/api/subjects/EXP-004/fewest-trips").status_code == 501
