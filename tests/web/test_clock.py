"""A server whose clock jumps: nothing is recorded by a clock that is behind, and a jump of a running one stands in the trail."""

from __future__ import annotations

import json
from datetime import timedelta

from scheduler.clock import Clock, seconds_since_start
from scheduler.store.values import Kind
from scheduler.web.guards.signing_in import SERVER
from scheduler.web.timekeeping import Timekeeping
from tests.web.people import HELD, Place, words_of


def test_clock_that_went_back_records_nothing_on_pages_or_for_programs(place: Place) -> None:
    person = place.somebody("coordinator")
    assert person.records("EXP-001", **HELD).status_code == 303
    before = place.store.head()
    place.time.pass_by(days=-3)
    person = place.stranger()  # sessions of the days to come are none; who is who is still known
    assert person.log_in("coordinator-0").status_code == 303
    answer = person.sends("/subjects/EXP-001/preview", **HELD)
    assert answer.status_code == 503
    assert "The clock of the server is wrong" in words_of(answer)
    token = {"x-form-token": person.form_token}
    told = person.browser.post("/api/subjects/EXP-001/events", json={"events": [HELD]}, headers=token)
    assert (told.status_code, told.json()["type"].endswith("clock-behind")) == (503, True)
    assert person.get("/readyz").json() == {"status": "clock-behind"}
    assert place.store.head() == before
    assert person.get("/subjects/EXP-001").status_code == 200, "reading goes on"
    assert person.sends("/account/language", language="zh").status_code == 303
    assert "服务器的时钟不对" in words_of(person.sends("/subjects/EXP-001/preview", **HELD))
    place.time.pass_by(days=3)
    assert person.log_in("coordinator-0").status_code == 303
    assert person.sends("/subjects/EXP-001/preview", **HELD).status_code == 200


class Seconds:
    """Seconds that go on whatever the clock says."""

    def __init__(self) -> None:
        self.passed = 1000.0

    def __call__(self) -> float:
        return self.passed


def test_jump_of_a_running_clock_is_recorded_once(place: Place) -> None:
    steady = Seconds()
    watching = Timekeeping(place.store, Clock(place.time.now), SERVER, steady)
    start, records = place.time.moment, place.store.head().number
    place.time.pass_by(hours=8)
    steady.passed += 8 * 3600
    watching.before_recording()
    assert place.store.head().number == records, "a night has passed, and that is no jump"
    place.time.pass_by(days=5)
    watching.before_recording()
    watching.before_recording()
    (jump,) = place.store.records(after=records)
    assert (jump.kind, jump.who, jump.at) == (Kind.CLOCK_JUMPED, SERVER, start + timedelta(days=5, hours=8))
    assert json.loads(jump.body) == {
        "clock": "2026-05-26T10:00:00.000000Z",
        "expected": "2026-05-21T10:00:00.000000Z",
    }


def test_seconds_since_the_start_only_grow() -> None:
    first = seconds_since_start()
    assert 0 < first <= seconds_since_start()
