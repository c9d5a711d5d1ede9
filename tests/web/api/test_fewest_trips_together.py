"""A program plans several patients together, and books the whole plan or nothing of it."""

from __future__ import annotations

from importlib import util
from typing import Any

import pytest

from tests.web.api.programs import problem_of, program
from tests.web.people import Place

PATH = "/api/agenda/fewest-trips"
UNTIL = "2026-06-14"
# Both come in the weeks after 21 May 2026.
TWO = ("EXP-003", "EXP-004")


def address(*subjects: str, until: str | None = UNTIL, site: str | None = None) -> str:
    asked = [
        *(f"subject={each}" for each in subjects),
        f"until={until}" if until else "",
        f"site={site}" if site else "",
    ]
    return f"{PATH}?{'&'.join(filter(None, asked))}"


def accepting(found: dict[str, Any]) -> dict[str, Any]:
    return {
        "site": found["site"],
        "until": found["plan"]["until"],
        "logs": found["logs"],
        "confirm": found["confirm"],
    }


def lengths(place: Place) -> dict[str, int]:
    return {each: place.store.log(each).length for each in TWO}


@pytest.mark.slow
def test_a_plan_for_two_is_looked_at_and_booked_in_one_transaction(place: Place) -> None:
    asks = program(place, "coordinator")
    before = lengths(place)
    found = asks.reads(address(*TWO))
    plan = found["plan"]
    assert (found["site"], found["logs"]) == ("Shanghai", before)
    assert (plan["proven"], plan["saves"] > 0, plan["clashes"], plan["refused"]) == (True, True, [], None)
    assert lengths(place) == before

    answer = asks.send(PATH, accepting(found), idempotency_key="the plan of this week")
    assert answer.status_code == 201, answer.text
    wanted = {each["subject"]: each["events"] for each in plan["patients"] if each["events"]}
    booked = answer.json()["booked"]
    assert [each["subject"] for each in booked] == list(wanted)
    for each in booked:
        history = asks.reads(f"/api/subjects/{each['subject']}/events")["events"]
        own = {told["number"]: told["event"] for told in history}
        assert each["events"] == len(history) == before[each["subject"]] + len(wanted[each["subject"]])
        assert [without_its_moment(own[number]) for number in each["numbers"]] == wanted[each["subject"]]
    assert asks.send(PATH, accepting(found), idempotency_key="the plan of this week").json() == answer.json()
    again = asks.reads(address(*TWO))
    assert (again["plan"]["saves"], again["confirm"]) == (0, None)
    assert asks.send(PATH, accepting(again) | {"confirm": "0" * 64}).status_code == 409


def without_its_moment(event: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in event.items() if key != "recorded"}


def test_what_was_recorded_of_one_of_them_meanwhile_books_nothing_of_all(place: Place) -> None:
    asks = program(place, "coordinator")
    found = asks.reads(address(*TWO))
    assert asks.records(
        "EXP-004", {"on": "2026-05-21", "event": "booked", "entry": "imaging.1", "to": "2026-06-03"}
    ).is_success
    before = lengths(place)
    problem = problem_of(asks.send(PATH, accepting(found)))
    assert (problem["status"], problem["type"], problem["events"]) == (
        409,
        "urn:scheduler:problem:log-moved-on",
        before["EXP-004"],
    )
    assert lengths(place) == before


def test_another_plan_than_the_one_that_was_looked_at_is_not_booked(place: Place) -> None:
    asks = program(place, "coordinator")
    before = lengths(place)
    body = {"site": "Shanghai", "until": UNTIL, "logs": before, "confirm": "0" * 64}
    assert problem_of(asks.send(PATH, body))["type"] == "urn:scheduler:problem:another-plan"
    assert lengths(place) == before


def test_what_cannot_be_planned_is_told_as_findings(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    asks = program(place, "coordinator")

    def codes(path: str) -> list[str]:
        problem = problem_of(asks.get(path))
        assert problem["status"] == 422
        return [each["code"] for each in problem["findings"]]

    # Today is 21 May 2026; half a year is 26 weeks.
    assert codes(address(*TWO, until="2026-05-21")) == ["wrong-last-day"]
    assert codes(address(*TWO, until="2026-11-20")) == ["wrong-last-day"]
    assert codes(address(*TWO, until="soon")) == ["bad-parameter"]
    assert codes(address()) == ["bad-parameter"]
    monkeypatch.setattr("scheduler.web.pages.trips.several_patients.MOST_FARTHER", 1)
    # EXP-005 has no trip any more, and there is no EXP-999: both are told, beside that two are too many.
    assert codes(address(*TWO, "EXP-005", "EXP-999")) == ["not-there", "not-there", "too-many"]
    monkeypatch.setattr(util, "find_spec", lambda name: None)
    assert problem_of(asks.get(address("EXP-003")))["status"] == 501


def test_a_site_is_planned_by_its_own_staff(place: Place) -> None:
    for role in ("pharmacist", "monitor"):
        other = program(place, role)
        assert other.get(address(*TWO)).status_code == 403
        assert other.send(PATH, {}).status_code == 403
    asks = program(place, "coordinator", frozenset({"Harbin"}))
    assert asks.get(address(*TWO, site="Shanghai")).status_code == 404
    assert [each["code"] for each in problem_of(asks.get(address(*TWO)))["findings"]] == ["not-there", "not-there"]
    body = {"site": "Shanghai", "until": UNTIL, "logs": lengths(place), "confirm": "0" * 64}
    assert asks.send(PATH, body).status_code == 404
