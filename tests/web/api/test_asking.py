"""What is likely a slip is asked before a program's events are recorded, and stands with a reason once the list was read."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.api.programs import REACTION, Program, problem_of, program
from tests.web.people import PASSWORD, Place

MISSPELT = {**REACTION, "term": "Hand foot syndrom"}
EVENTS = "/api/subjects/EXP-001/events"
WHY = "as the ward wrote it"
KEY = "5f2b6c1e-0c0e-4f3a-9a52-2b7f0f5a3f11"


def length(place: Place, subject: str = "EXP-001") -> int:
    return place.store.log(subject).length


def codes(problem: dict[str, Any]) -> list[tuple[str, str, str, bool]]:
    return [(each["strength"], each["code"], each["path"], each["open"]) for each in problem["questions"]]


def asked_of(writer: Program, *events: dict[str, Any], **more: Any) -> dict[str, Any]:
    """What a request is asked instead of being recorded."""
    told = problem_of(writer.records("EXP-001", *events, **more))
    assert (told["status"], told["type"]) == (409, "urn:scheduler:problem:asked")
    return told


def test_slip_is_asked_with_what_the_protocol_says_and_nothing_is_recorded(place: Place) -> None:
    writer, before = program(place, "coordinator"), place.store.head()
    told = asked_of(writer, MISSPELT)
    (question,) = told["questions"]
    assert codes(told) == [("asked", "unknown-term", "0.term", True)]
    assert question["hint"] == "did you mean 'Palmar-plantar erythrodysesthesia syndrome'?"
    assert question["protocol"].startswith("line ")
    assert (question["answer"], question["reason"]) == ("confirmed", None)
    assert len(told["digest"]) == 64
    assert place.store.head() == before


def test_a_word_that_is_no_kind_of_event_gets_the_line_to_write(place: Place) -> None:
    writer, before = program(place, "coordinator"), place.store.head()
    told = problem_of(writer.records("EXP-001", {"on": "2026-05-21", "event": "missed", "entry": "toripalimab.4"}))
    (wrong,) = told["findings"]
    assert (told["status"], wrong["code"]) == (422, "not-one-of")
    assert wrong["hint"].startswith("write: {on: 2026-05-21, event: not done, entry: toripalimab.4} for a visit")
    assert place.store.head() == before


def test_same_request_with_the_reason_and_the_digest_is_recorded(place: Place) -> None:
    writer, before = program(place, "coordinator"), length(place)
    digest = asked_of(writer, MISSPELT)["digest"]
    answered = {**MISSPELT, "confirmed": WHY}
    assert codes(asked_of(writer, answered)) == [("asked", "unknown-term", "0.term", False)], "nobody has read it"
    assert codes(asked_of(writer, MISSPELT, confirm=digest)) == [("asked", "unknown-term", "0.term", True)]
    assert length(place) == before
    assert writer.records("EXP-001", answered, confirm=digest).status_code == 201
    (*_, last) = writer.reads(EVENTS)["events"]
    assert (last["number"], last["event"]["confirmed"]) == (before + 1, WHY)


def test_list_is_the_same_with_and_without_reasons_and_another_is_asked_again(place: Place) -> None:
    writer = program(place, "coordinator")
    first = asked_of(writer, MISSPELT)
    assert asked_of(writer, {**MISSPELT, "confirmed": WHY})["digest"] == first["digest"]
    other = {**MISSPELT, "term": "Hand food syndrom", "confirmed": WHY}
    again = asked_of(writer, other, confirm=first["digest"])
    assert again["digest"] != first["digest"]
    assert "something else is asked now" in again["detail"].casefold()
    assert writer.records("EXP-001", other, confirm=again["digest"]).status_code == 201


def test_what_others_recorded_meanwhile_makes_it_another_list(place: Place) -> None:
    writer, answered = program(place, "coordinator"), {**MISSPELT, "confirmed": WHY}
    first = asked_of(writer, MISSPELT)["digest"]
    weight = {"on": "2026-05-20", "event": "measured", "test": "ALT", "value": "20", "unit": "U/L"}
    assert program(place, "coordinator").records("EXP-001", weight).status_code == 201
    second = asked_of(writer, answered, confirm=first)["digest"]
    assert second != first
    assert writer.records("EXP-001", answered, confirm=second).status_code == 201


def test_nothing_is_asked_any_more_where_it_was_put_right(place: Place) -> None:
    writer = program(place, "coordinator")
    digest = asked_of(writer, MISSPELT)["digest"]
    assert codes(asked_of(writer, REACTION, confirm=digest)) == []
    assert writer.records("EXP-001", REACTION).status_code == 201


def test_what_cannot_be_is_refused_with_all_questions(place: Place) -> None:
    writer, before = program(place, "coordinator"), length(place)
    future = {**REACTION, "on": "2026-05-22", "confirmed": "surely"}
    told = problem_of(writer.records("EXP-001", {**MISSPELT, "ae": 6}, future))
    assert (told["status"], told["type"]) == (422, "urn:scheduler:problem:refused")
    assert codes(told) == [("asked", "unknown-term", "0.term", True), ("refused", "in-the-future", "1.on", True)]
    assert [(each["code"], each["pointer"]) for each in told["findings"]] == [("in-the-future", "#/events/1/on")]
    still = problem_of(writer.records("EXP-001", {**MISSPELT, "ae": 6}, future, confirm=told["digest"]))
    assert still["type"] == "urn:scheduler:problem:refused"
    assert length(place) == before


def test_reason_given_for_one_event_does_not_answer_for_another(place: Place) -> None:
    writer, before = program(place, "coordinator"), length(place)
    one, other = {**MISSPELT, "confirmed": WHY}, {**MISSPELT, "ae": 8, "term": "Pneumonitiss"}
    told = asked_of(writer, one, other)
    assert [each[3] for each in codes(told)] == [False, True]
    assert codes(asked_of(writer, one, other, confirm=told["digest"])) == codes(told)
    assert writer.records("EXP-001", one, {**other, "confirmed": WHY}, confirm=told["digest"]).status_code == 201
    assert length(place) == before + 2


def test_synonym_is_only_said(place: Place) -> None:
    writer, event = program(place, "coordinator"), {**REACTION, "term": "hand-foot syndrome"}
    looked = writer.send("/api/subjects/EXP-001/preview", {"events": [event]}).json()
    assert codes(looked) == [("said", "read-as", "0.term", False)]
    assert writer.records("EXP-001", event).status_code == 201


def test_preview_asks_the_same_and_tells_what_would_change_with_a_reason(place: Place) -> None:
    writer, before = program(place, "coordinator"), place.store.head()
    event = {"on": "2026-05-20", "event": "given", "treatment": "toripalimab", "n": 9}
    looked = writer.send("/api/subjects/EXP-001/preview", {"events": [event]}).json()
    told = asked_of(writer, event)
    assert ("asked", "number-skips", "0.n", True) in codes(looked)
    assert (looked["questions"], looked["digest"]) == (told["questions"], told["digest"])
    assert looked["findings"] == []
    assert "toripalimab.9" in {entry for change in looked["changes"] for entry in change["entries"]}
    assert place.store.head() == before


def test_asked_request_takes_no_key_and_the_answered_one_is_recorded_once(place: Place) -> None:
    writer, before = program(place, "coordinator"), length(place)
    body: dict[str, Any] = {"events": [MISSPELT], "seen": before}
    digest = problem_of(writer.send(EVENTS, body, idempotency_key=KEY))["digest"]
    answered = {"events": [{**MISSPELT, "confirmed": WHY}], "seen": before, "confirm": digest}
    statuses = [writer.send(EVENTS, answered, idempotency_key=KEY).status_code for _ in range(2)]
    assert statuses == [201, 201]
    assert length(place) == before + 1


def test_order_is_answered_by_an_investigator_who_signs_it(place: Place) -> None:
    coordinator, doctor = program(place, "coordinator"), program(place, "investigator")
    order = {"on": "2026-05-21", "event": "delayed", "treatment": "toripalimab", "n": 4, "until": "2026-05-11"}
    told = problem_of(coordinator.records("EXP-001", order))
    assert {each["answer"] for each in told["questions"]} == {"override"}
    answered = {**order, "override": "Dr Example insists"}
    assert coordinator.records("EXP-001", answered, confirm=told["digest"]).status_code == 403
    looked = doctor.send("/api/subjects/EXP-001/preview", {"events": [order]}).json()
    assert looked["signs"] != []
    unsigned = problem_of(doctor.records("EXP-001", answered, confirm=looked["digest"]))
    assert unsigned["title"] == "The password is wrong"
    assert doctor.records("EXP-001", answered, confirm=looked["digest"], password=PASSWORD).status_code == 201


def test_decision_against_the_protocol_is_asked_and_then_signed(place: Place) -> None:
    doctor = program(place, "investigator")
    assert doctor.records("EXP-001", REACTION).status_code == 201
    (proposal,) = [
        each for each in doctor.reads("/api/subjects/EXP-001/proposals")["proposals"] if each["state"] == "open"
    ]
    path, seen = f"/api/subjects/EXP-001/proposals/{proposal['id']}/decide", length(place)
    decision = {"action": "continue unchanged", "on": "2026-05-21", "seen": seen, "password": PASSWORD}
    told = problem_of(doctor.send(path, decision))
    assert (told["status"], [each["code"] for each in told["questions"]]) == (409, ["against-the-protocol"])
    assert length(place) == seen
    answered = {**decision, "override": "the patient's wish", "confirm": told["digest"]}
    assert doctor.send(path, answered).status_code == 201
    (*_, last) = doctor.reads(EVENTS)["events"]
    assert last["event"]["override"] == "the patient's wish"
    assert last["signed"].startswith("orders: ")


def test_enrolment_is_asked_all_at_once(place: Place) -> None:
    writer = program(place, "coordinator")
    failed = {"on": "2026-05-19", "event": "screen failed", "reason": "criterion 4"}
    randomised = {"on": "2026-05-20", "event": "randomised", "arm": "control"}
    body: dict[str, Any] = {"subject": "EXP-010", "site": "Shanghai", "events": [failed, randomised]}
    told = problem_of(writer.send("/api/subjects", body, idempotency_key=KEY))
    assert (told["status"], "not-eligible") in [(409, each["code"]) for each in told["questions"]]
    assert place.store.subject("EXP-010") is None
    taken = problem_of(writer.send("/api/subjects", {**body, "subject": "EXP-001"}))
    assert [each["code"] for each in taken["findings"]] == ["subject-there"]
    assert taken["questions"] == told["questions"]
    indices = {int(each["path"].partition(".")[0]) for each in told["questions"] if each["open"]}
    events = [{**each, "confirmed": WHY} if n in indices else each for n, each in enumerate(body["events"])]
    answered = {**body, "events": events, "confirm": told["digest"]}
    assert [writer.send("/api/subjects", answered, idempotency_key=KEY).status_code for _ in range(2)] == [201, 201]
    assert length(place, "EXP-010") == 2


@pytest.mark.parametrize("confirm", ["", "no digest", "A" * 64, 1])
def test_digest_is_spelled_as_it_was_given(place: Place, confirm: object) -> None:
    told = problem_of(program(place, "coordinator").records("EXP-001", MISSPELT, confirm=confirm))
    assert (told["status"], told["findings"][0]["pointer"]) == (422, "#/confirm")


def test_document_tells_of_questions(place: Place) -> None:
    document = program(place, "admin").reads("/api/openapi.json")
    schemas = document["components"]["schemas"]
    assert all("confirm" in schemas[name]["properties"] for name in ("NewEvents", "Enrolled", "Decision"))
    assert {"questions", "digest"} <= schemas["Problem"]["properties"].keys() & schemas["Preview"]["properties"].keys()
    assert schemas["Question"]["properties"].keys() == {
        *("strength", "code", "what", "protocol", "hint", "path", "answer", "reason", "open", "events"),
    }
    assert "**Asking.**" in document["info"]["description"]
