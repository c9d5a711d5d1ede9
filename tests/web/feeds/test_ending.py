"""The end of a feed: one line that says so, for a time; then nothing."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.views.reader.audience import Audience
from tests.feeds.lint import lint
from tests.web.feeds.subscribing import act, calendar, events, fetch, record, subscribe, subscribe_and_keep
from tests.web.people import Place

pytestmark = pytest.mark.slow

ENDED = "This calendar is no longer updated"


def is_tombstone(feed: bytes, day: str) -> bool:
    found = list(events(feed).values())
    return lint(feed) == [] and [(each.summary, str(each.dtstart)) for each in found] == [(ENDED, day)]


def test_a_revoked_link_says_so_for_60_days(place: Place) -> None:
    link, path = subscribe_and_keep(place)
    before = fetch(place, path)
    place.time.pass_by(hours=1)
    place.store.revoke_link(link.id, act(place))
    after = fetch(place, path, if_none_match=before.headers["etag"], if_modified_since=before.headers["last-modified"])
    assert after.status_code == 200
    assert is_tombstone(after.content, "2026-05-21")
    assert set(events(after.content)) & set(events(before.content)) == set()
    assert fetch(place, path, if_none_match=after.headers["etag"]).status_code == 304
    place.time.pass_by(days=59, hours=23)
    assert calendar(place, path) == after.content
    place.time.pass_by(hours=1)
    gone = fetch(place, path)
    assert (gone.status_code, gone.text) == (410, "This calendar has ended. Please ask your study site.\n")


def test_a_revoked_link_says_nothing_of_the_patient(place: Place) -> None:
    one, other = subscribe_and_keep(place), subscribe_and_keep(place, "CTL-002")
    for link, _ in (one, other):
        place.store.revoke_link(link.id, act(place))
    said = [calendar(place, path).decode().splitlines() for _, path in (one, other)]
    assert [line for line in said[0] if line not in said[1] and not line.startswith("UID:")] == []


def test_a_link_ends_by_itself(place: Place) -> None:
    link, path = subscribe_and_keep(place)
    assert link.expires is not None
    place.time.moment = link.expires
    assert is_tombstone(calendar(place, path), str(link.expires.date()))
    # Revoking it afterwards gives it no new lease of life.
    place.time.pass_by(days=30)
    place.store.revoke_link(link.id, act(place))
    assert is_tombstone(calendar(place, path), str(link.expires.date()))
    place.time.pass_by(days=30)
    assert fetch(place, path).status_code == 410


@pytest.mark.parametrize(
    "event",
    [
        {"event": "died"},
        {"event": "withdrew", "from": "all"},
        {"event": "adverse event", "ae": 9, "term": "Sepsis", "grade": 5},
    ],
)
def test_a_patient_who_died_or_withdrew_is_reminded_of_nothing(place: Place, event: dict[str, Any]) -> None:
    path, staff = subscribe(place), subscribe(place, audience=Audience.COORDINATOR)
    calendar(place, path)
    place.time.pass_by(days=1)
    record(place, {"on": "2026-05-22", **event})
    assert is_tombstone(calendar(place, path), "2026-05-22")
    assert len(events(calendar(place, staff))) > 20
    place.time.pass_by(days=60)
    assert fetch(place, path).status_code == 410


def test_a_withdrawal_that_was_recorded_by_mistake(place: Place) -> None:
    path = subscribe(place)
    before = events(calendar(place, path))
    record(place, {"on": "2026-05-21", "event": "withdrew", "from": "all"})
    number = place.store.log("EXP-001").length
    assert is_tombstone(calendar(place, path), "2026-05-21")
    record(place, {"on": "2026-05-21", "event": "struck", "number": number, "reason": "another patient"})
    assert set(events(calendar(place, path))) == set(before)


def test_who_withdraws_from_treatment_still_comes(place: Place) -> None:
    path = subscribe(place)
    record(place, {"on": "2026-05-21", "event": "withdrew", "from": "treatment"})
    assert "Study visit" in {each.summary for each in events(calendar(place, path)).values()}
