"""A program that got no answer sends the same again with the same key: it is recorded once, and answered as it was."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from scheduler.store.values import ANSWERS_KEPT
from tests.web.api.programs import REACTION, Program, problem_of, program
from tests.web.people import HELD, PASSWORD, Place

KEY = "8e03978e-40d5-43dd-bc93-6894a57f9324"
CONSENTED = {"on": "2026-05-15", "event": "consented"}
SCREENED = {"on": "2026-05-19", "event": "screened"}
PATIENT = {"subject": "EXP-010", "site": "Shanghai", "events": [CONSENTED, SCREENED]}


def length(place: Place, subject: str = "EXP-001") -> int:
    return place.store.log(subject).length


def answers_in(folder: Path) -> str:
    """All that the database holds of answered requests, as text."""
    with contextlib.closing(sqlite3.connect(folder / "study.db")) as connection:
        return "\n".join(map(str, connection.execute("SELECT * FROM answers")))


def test_event_is_recorded_once_and_answered_the_same(place: Place) -> None:
    writer, before = program(place, "coordinator"), length(place)
    body = {"events": [HELD], "seen": before}
    first = writer.send("/api/subjects/EXP-001/events", body, idempotency_key=KEY)
    again = writer.send("/api/subjects/EXP-001/events", body, idempotency_key=KEY)
    assert (first.status_code, first.json()["numbers"]) == (201, [before + 1])
    assert (again.status_code, again.content, again.headers["etag"]) == (201, first.content, first.headers["etag"])
    assert again.headers["content-type"] == first.headers["content-type"]
    assert length(place) == before + 1
    assert first.headers["etag"] == writer.get("/api/subjects/EXP-001").headers["etag"]


def test_layout_of_a_body_makes_no_difference_and_its_content_does(place: Place) -> None:
    writer, before, elsewhere = program(place, "coordinator"), length(place), length(place, "EXP-003")
    body: dict[str, Any] = {"events": [HELD], "seen": before}
    writer.send("/api/subjects/EXP-001/events", body, idempotency_key=KEY)
    turned = {"seen": before, "events": [dict(reversed(HELD.items()))]}
    assert writer.send("/api/subjects/EXP-001/events", turned, idempotency_key=KEY).status_code == 201
    other = {"events": [HELD | {"reason": "AE 3"}], "seen": before}
    for path, said in (("EXP-001/events", other), ("EXP-003/events", body)):
        answer = writer.send(f"/api/subjects/{path}", said, idempotency_key=KEY)
        assert (answer.status_code, problem_of(answer)["type"]) == (422, "urn:scheduler:problem:key-used")
    assert (length(place), length(place, "EXP-003")) == (before + 1, elsewhere)


def test_without_a_key_the_same_again_is_refused_because_the_log_has_moved_on(place: Place) -> None:
    writer, before = program(place, "coordinator"), length(place)
    body = {"events": [HELD], "seen": before}
    assert writer.send("/api/subjects/EXP-001/events", body).status_code == 201
    assert writer.send("/api/subjects/EXP-001/events", body).status_code == 409
    assert length(place) == before + 1


def test_same_key_of_somebody_else_is_another_key(place: Place) -> None:
    one, other, before = program(place, "coordinator"), program(place, "admin"), length(place)
    for who, body in ((one, {"events": [HELD], "seen": before}), (other, {"events": [REACTION], "seen": before + 1})):
        answer = who.send("/api/subjects/EXP-001/events", body, idempotency_key=KEY)
        assert answer.status_code == 201
    assert length(place) == before + 2


def test_what_was_refused_takes_no_key(place: Place) -> None:
    writer, before = program(place, "coordinator"), length(place)
    wrong = {"events": [{"on": "2026-05-20", "event": "given", "treatment": "toripalimab", "n": 1}], "seen": before}
    stale = {"events": [HELD], "seen": before - 1}
    path = "/api/subjects/EXP-001/events"
    statuses = [writer.send(path, body, idempotency_key=KEY).status_code for body in (wrong, stale)]
    assert statuses == [422, 409]
    assert writer.send(path, {"events": [HELD], "seen": before}, idempotency_key=KEY).status_code == 201


def test_enrolment_sent_again_is_one_patient(place: Place) -> None:
    writer = program(place, "coordinator")
    first = writer.send("/api/subjects", PATIENT, idempotency_key=KEY)
    again = writer.send("/api/subjects", PATIENT, idempotency_key=KEY)
    assert (first.status_code, first.json()) == (201, {"subject": "EXP-010", "numbers": [1, 2], "events": 2})
    assert (again.status_code, again.content) == (201, first.content)
    assert [again.headers[name] for name in ("location", "etag")] == [
        first.headers[name] for name in ("location", "etag")
    ]
    assert first.headers["etag"] == writer.get("/api/subjects/EXP-010").headers["etag"]
    kinds = [record.kind for record in place.store.records(subject="EXP-010")]
    assert kinds == ["subject enrolled", "consented", "screened"]
    assert writer.send("/api/subjects", PATIENT).status_code == 422


def test_enrolment_with_an_event_that_is_refused_leaves_no_patient(place: Place) -> None:
    writer = program(place, "coordinator")
    moved = {"on": "2026-05-20", "event": "site transferred", "site": "Nowhere"}
    answer = writer.send("/api/subjects", PATIENT | {"events": [CONSENTED, moved]})
    assert [each["code"] for each in problem_of(answer)["findings"]] == ["unknown-site"]
    assert place.store.subject("EXP-010") is None


@pytest.mark.slow
def test_decision_sent_again_is_one_decision_with_one_signature(place: Place, tmp_path: Path) -> None:
    doctor = program(place, "investigator")
    doctor.records("EXP-001", REACTION)
    (proposal,) = doctor.reads("/api/subjects/EXP-001/proposals")["proposals"]
    path, before = f"/api/subjects/EXP-001/proposals/{proposal['id']}/decide", length(place)
    body = {"action": "1", "on": "2026-05-21", "seen": before, "password": PASSWORD}
    first = doctor.send(path, body, idempotency_key=KEY)
    again = doctor.send(path, body, idempotency_key=KEY)
    assert (first.status_code, again.status_code, again.content) == (201, 201, first.content)
    assert length(place) == before + 1
    assert PASSWORD not in answers_in(tmp_path)


def test_print_sent_again_is_noted_once(place: Place) -> None:
    pharmacist = program(place, "pharmacist")
    head = pharmacist.reads("/api/dispensing")["head"]
    body, before = {"from": "2026-05-21", "to": "2026-06-18", "head": head}, place.store.head().number
    answers = [pharmacist.send("/api/dispensing/printed", body, idempotency_key=KEY) for _ in range(2)]
    assert [(answer.status_code, answer.content) for answer in answers] == [(204, b"")] * 2
    assert place.store.head().number == before + 1


def test_key_is_kept_for_a_week(place: Place) -> None:
    writer, before = program(place, "coordinator"), length(place)
    body = {"events": [HELD], "seen": before}
    writer.send("/api/subjects/EXP-001/events", body, idempotency_key=KEY)
    place.time.moment += ANSWERS_KEPT - timedelta(minutes=1)
    later = Program(place, "coordinator-0")
    assert later.send("/api/subjects/EXP-001/events", body, idempotency_key=KEY).status_code == 201
    place.time.pass_by(minutes=1)
    assert later.send("/api/subjects/EXP-001/events", body, idempotency_key=KEY).status_code == 409
    assert length(place) == before + 1


def test_key_has_some_letters_and_not_too_many(place: Place) -> None:
    writer, body = program(place, "coordinator"), {"events": [HELD], "seen": length(place)}
    for key in ("", "k" * 256):
        answer = writer.send("/api/subjects/EXP-001/events", body, idempotency_key=key)
        assert [each["code"] for each in problem_of(answer)["findings"]] == ["bad-parameter"]
    assert writer.send("/api/subjects/EXP-001/events", body, idempotency_key="k" * 255).status_code == 201


def test_neither_the_key_nor_what_was_asked_is_kept(place: Place, tmp_path: Path) -> None:
    writer = program(place, "coordinator")
    event = HELD | {"note": "fell at home", "reason": "rash of the trunk"}
    body = {"events": [event], "seen": length(place)}
    assert writer.send("/api/subjects/EXP-001/events", body, idempotency_key="Dr-Jones-3").status_code == 201
    kept = answers_in(tmp_path)
    assert "EXP-001" in kept
    assert [word for word in ("Jones", "fell", "rash", "Example", "Coordinator") if word in kept] == []


def test_same_request_by_many_at_once_is_recorded_once(place: Place) -> None:
    writer, before = program(place, "coordinator"), length(place)
    body = {"events": [HELD], "seen": before}
    with ThreadPoolExecutor(8) as pool:
        sent = [pool.submit(writer.send, "/api/subjects/EXP-001/events", body, idempotency_key=KEY) for _ in range(8)]
        answers = {(each.result().status_code, each.result().content) for each in sent}
    assert answers == {(201, f'{{"subject": "EXP-001", "numbers": [{before + 1}], "events": {before + 1}}}'.encode())}
    assert length(place) == before + 1


def routes_with_a_key(document: Any) -> Iterator[str]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if any(parameter["name"] == "Idempotency-Key" for parameter in operation.get("parameters", ())):
                yield f"{method.upper()} {path}"


def test_document_says_what_takes_a_key_and_for_how_long(place: Place) -> None:
    document = Program(place).reads("/api/openapi.json")
    assert set(routes_with_a_key(document)) == {
        "POST /api/subjects",
        "POST /api/subjects/{subject}/events",
        "POST /api/subjects/{subject}/proposals/{proposal}/decide",
        "POST /api/agenda/fewest-trips",
        "POST /api/dispensing/printed",
        "POST /api/stock/events",
    }
    (said,) = [
        parameter
        for parameter in document["paths"]["/api/subjects"]["post"]["parameters"]
        if parameter["name"] == "Idempotency-Key"
    ]
    assert "7 days" in said["description"]
    assert said["required"] is False


@pytest.mark.parametrize("role", ["monitor", "pharmacist"])
def test_key_opens_nothing_to_who_may_not_record(place: Place, role: str) -> None:
    body = {"events": [HELD], "seen": length(place)}
    program(place, "coordinator").send("/api/subjects/EXP-001/events", body, idempotency_key=KEY)
    answer = program(place, role).send("/api/subjects/EXP-001/events", body, idempotency_key=KEY)
    assert answer.status_code == 403
