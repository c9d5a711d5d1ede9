"""Limits that hold for all processes on one database together."""

from __future__ import annotations

from scheduler.errors import StoreUnavailable
from scheduler.web.guards.limits import SharedLimit
from tests.web.people import PASSWORD, QUICK, Place


def test_who_is_refused_at_one_process_is_refused_at_the_other(place: Place) -> None:
    place.account("coordinator")
    few = QUICK.model_copy(update={"logins_per_minute": 3})
    one, other = (Place(place.store, place.time, few) for _ in range(2))
    codes = [each.stranger().log_in("coordinator", "wrong").status_code for each in (one, other, one, other, one)]
    assert codes == [403, 403, 403, 429, 429]
    token = other.stranger().browser.post("/api/session", json={"login": "coordinator", "password": PASSWORD})
    assert token.status_code == 429


def test_pages_of_one_session_are_counted_by_all_workers(place: Place) -> None:
    several = QUICK.model_copy(update={"requests_per_minute": 40, "workers": 2})
    one, other = Place(place.store, place.time, several), Place(place.store, place.time, several)
    person = one.somebody("monitor")
    there = other.stranger()
    there.browser.cookies = person.browser.cookies
    codes = [each.browser.get("/keys").status_code for each in (person, there) * 25]
    # Two at a time are taken from the database, so each of the two may have one left.
    assert 39 <= codes.count(200) <= 40
    assert codes[-1] == 429


def limit(taken: list[tuple[str, int]], there: list[int], seconds: list[float], lot: int) -> SharedLimit:
    def take(key: str, wanted: int) -> int:
        taken.append((key, wanted))
        if not there:
            raise StoreUnavailable("gone", "gone", "wait")
        return there.pop(0)

    return SharedLimit(60, lambda: seconds[0], take, lot)


def test_the_database_is_asked_once_for_a_lot_and_not_for_whoever_is_refused() -> None:
    taken: list[tuple[str, int]] = []
    seconds = [0.0]
    shared = limit(taken, [3, 1, 0, 2], seconds, 3)
    assert [shared.allows("a") for _ in range(6)] == [True] * 4 + [False] * 2
    assert taken == [("a", 3)] * 3
    seconds[0] = 1.0  # the next token can be there
    assert shared.allows("a")
    seconds[0] = 62.0  # the second of the lot was kept for too long
    assert not shared.at_hand("a")
    # Nothing answers any more: this process counts alone.
    assert [shared.allows("b") for _ in range(61)] == [True] * 60 + [False]
