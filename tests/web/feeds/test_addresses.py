"""The address of a feed: what it answers to whom, and what nobody learns from it."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
import secrets
import threading
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from httpx2 import Response

from scheduler.errors import StoreUnavailable
from scheduler.store.opening import open_store
from scheduler.store.values import Head
from scheduler.web.feeds.addresses import as_webcal, path_of
from scheduler.web.feeds.up_to_date.watch import Watch
from scheduler.web.request_log import LOG, JsonLines
from tests.feeds.lint import lint
from tests.web.feeds.subscribing import days, fetch, record, serving, subscribe, subscribe_and_keep
from tests.web.people import Place

SPEC = {
    "content-type": "text/calendar; charset=utf-8",
    "cache-control": "private, no-cache",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex, nofollow",
    "vary": "Accept-Encoding",
    "content-disposition": 'inline; filename="calendar.ics"',
}


def all_of(answer: Response) -> tuple[int, list[tuple[str, str]], bytes]:
    return answer.status_code, sorted(answer.headers.multi_items()), answer.content


def test_a_feed_and_its_headers(place: Place) -> None:
    answer = fetch(place, subscribe(place))
    assert answer.status_code == 200
    assert {name: answer.headers.get(name) for name in SPEC} == SPEC
    assert "set-cookie" not in answer.headers
    assert answer.headers["content-length"] == str(len(answer.content))
    assert lint(answer.content) == []


def test_head_is_get_without_the_body(place: Place) -> None:
    path = subscribe(place)
    get, head = fetch(place, path), fetch(place, path, "HEAD")
    assert head.content == b""
    assert (head.status_code, head.headers) == (200, get.headers)


def test_gzip_is_the_same_calendar(place: Place) -> None:
    path = subscribe(place)
    plain, zipped = fetch(place, path), fetch(place, path, accept_encoding="gzip")
    assert zipped.headers["content-encoding"] == "gzip"
    assert zipped.content == plain.content
    assert int(zipped.headers["content-length"]) * 5 < len(plain.content)
    assert zipped.headers["etag"] != plain.headers["etag"]


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_what_did_not_change_is_not_sent_again(place: Place, encoding: str) -> None:
    path = subscribe(place)
    first = fetch(place, path, accept_encoding=encoding)
    again = fetch(place, path, accept_encoding=encoding, if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    kept = ("etag", "last-modified", "cache-control", "vary")
    assert [again.headers[name] for name in kept] == [first.headers[name] for name in kept]
    assert fetch(place, path, if_modified_since=first.headers["last-modified"]).status_code == 304
    place.time.pass_by(minutes=1)
    record(place, {"on": "2026-05-21", "event": "rebooked", "entry": "toripalimab.5", "to": "2026-06-10"})
    changed = fetch(place, path, accept_encoding=encoding, if_none_match=first.headers["etag"])
    assert changed.status_code == 200
    assert changed.headers["etag"] != first.headers["etag"]
    assert fetch(place, path, if_modified_since=first.headers["last-modified"]).status_code == 200


def test_who_knows_only_the_date_learns_of_two_changes_within_a_second(place: Place) -> None:
    path, before = subscribe(place), ""
    for day in ("2026-06-10", "2026-06-11"):
        record(place, {"on": "2026-05-21", "event": "rebooked", "entry": "toripalimab.5", "to": day})
        before = fetch(place, path).headers["last-modified"]
    record(place, {"on": "2026-05-21", "event": "rebooked", "entry": "toripalimab.5", "to": "2026-06-12"})
    assert fetch(place, path, if_modified_since=before).status_code == 200


def test_all_that_is_not_there_is_not_there_in_one_way(place: Place) -> None:
    path = subscribe(place)
    token = path.removeprefix("/feeds/").removesuffix(".ics")
    unknown = [
        path_of(secrets.token_urlsafe(32)),
        path_of(token[:-1]),
        path_of(token + "x"),
        path_of(token.swapcase()),
        path_of(""),
        f"/feeds/{token}",
        f"/feeds/{token}.ics.ics",
        f"/feeds/{token}x.ics/",
        "/feeds/",
        "/feeds/%00%ff.ics",
        path_of("x" * 5000),
    ]
    answers = [all_of(fetch(place, each)) for each in unknown]
    assert answers[0][0] == 404
    assert dict(answers[0][1])["content-type"] == "text/plain; charset=utf-8"
    assert answers == [answers[0]] * len(unknown)
    assert fetch(place, path).status_code == 200


def test_a_feed_can_only_be_read(place: Place) -> None:
    paths = (subscribe(place), path_of("unknown"))
    methods = ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND")
    answers = [all_of(fetch(place, path, method)) for method in methods for path in paths]
    assert (answers[0][0], dict(answers[0][1])["allow"]) == (405, "GET, HEAD")
    assert answers == [answers[0]] * 12


def test_who_asks_too_often_waits_whatever_is_asked_for(place: Place) -> None:
    patient = Place(place.store, place.time, place.settings.model_copy(update={"feeds_per_minute": 3}))
    path = subscribe(patient)
    assert [fetch(patient, path).status_code for _ in range(3)] == [200] * 3
    known, unknown = fetch(patient, path), fetch(patient, path_of("unknown"))
    assert known.status_code == 429
    assert known.headers["retry-after"] == "60"
    assert all_of(known) == all_of(unknown)


def test_a_database_that_is_gone_is_no_empty_calendar(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    path = subscribe(place)
    good = fetch(place, path)

    def gone() -> Head:
        raise StoreUnavailable("store-gone", "the database is gone", "start it again")

    with monkeypatch.context() as broken:
        broken.setattr(place.store, "head", gone)
        answers = [all_of(fetch(place, each)) for each in (path, path_of("unknown"))]
        assert answers[0] == answers[1]
        assert answers[0][0] == 503
        assert dict(answers[0][1])["retry-after"] == "300"
    assert fetch(place, path, if_none_match=good.headers["etag"]).status_code == 304


def test_a_fault_of_the_program_is_no_calendar_and_tells_nothing(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    path = subscribe(place)
    monkeypatch.setattr("scheduler.web.feeds.up_to_date.building.to_ics", lambda *_: 1 / 0)
    answer = fetch(place, path)
    assert (answer.status_code, answer.text) == (500, "The calendar cannot be made.\n")
    monkeypatch.undo()
    assert fetch(place, path).status_code == 200


def test_no_line_of_a_log_has_the_token(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger=LOG.name)
    path = subscribe(place)
    token = path.removeprefix("/feeds/").removesuffix(".ics")
    with serving(place, log_level="trace") as address:
        urllib.request.urlopen(address + path).read()
        urllib.request.urlopen(urllib.request.Request(address + path, method="HEAD")).read()
    lines = [JsonLines().format(each) for each in caplog.records]
    told = [json.loads(line) for line in lines]
    routes = [(line["route"], line["status"]) for line in told if line.get("event") == "feed"]
    assert routes == [("/feeds/{token}.ics", 200)] * 2
    assert [line for line in (*lines, caplog.text) if token in line] == []


@pytest.mark.slow
def test_no_answer_is_older_than_its_question_however_many_ask(place: Place) -> None:
    busy = Place(place.store, place.time, place.settings.model_copy(update={"feeds_per_minute": 1_000_000}))
    path, done = subscribe(busy), threading.Event()
    with serving(busy) as address:

        def ask() -> set[int]:
            seen = set()
            while not done.is_set():
                seen.add(urllib.request.urlopen(address + path).status)
            return seen

        with ThreadPoolExecutor(6) as others:
            asking = [others.submit(ask) for _ in range(6)]
            for day in ("2026-06-10", "2026-06-11", "2026-06-12", "2026-06-08"):
                record(busy, {"on": "2026-05-21", "event": "rebooked", "entry": "toripalimab.5", "to": day})
                feed = urllib.request.urlopen(address + path).read()
                assert day in days(feed, "Study visit")
            done.set()
            assert [each.result() for each in asking] == [{200}] * 6


def test_last_fetch_is_kept_for_the_page(place: Place) -> None:
    link, path = subscribe_and_keep(place)
    fetch(place, path)
    begun = place.time.now()
    for _ in range(2):
        place.time.pass_by(minutes=6)
        fetch(place, path)
    part = place.app.parts["/feeds/"]
    part._notes.shutdown()  # type: ignore[attr-defined]
    kept = next(each.fetched for each in place.store.links() if each.id == link.id)
    assert kept == begun + timedelta(minutes=12)


def test_another_database_in_the_place_of_the_old_one(place: Place, tmp_path: Path) -> None:
    subscribe(place)
    watch = Watch(place.store)
    first = asyncio.run(watch.recorded())
    assert (first.database, len(first.links)) == (0, 1)
    assert asyncio.run(watch.recorded()) is first
    other = open_store(tmp_path / "other.db")
    watch._store = other
    second = asyncio.run(watch.recorded())
    assert (second.database, dict(second.links), second.head) == (1, {}, Head())
    other.close()


def test_gzip_bytes_are_the_same_in_every_process(place: Place) -> None:
    body = fetch(place, subscribe(place)).content
    assert gzip.compress(body, 6, mtime=0)[4:8] == b"\0\0\0\0"


def test_an_address_may_be_written_down_in_other_ways(place: Place) -> None:
    path = subscribe(place)
    token = path.removeprefix("/feeds/").removesuffix(".ics")
    known = fetch(place, path)
    for other in (f"/feeds/{token}.ICS", f"/feeds/{token}.ics/", f"//feeds/{token}.ics", f"//feeds/{token}.ICS//"):
        answer = fetch(place, f"http://testserver{other}")
        assert (answer.status_code, answer.content) == (200, known.content), other
    unknown = all_of(fetch(place, path_of("unknown")))
    for other in ("/feeds/unknown.ICS", "//feeds/unknown.ics/", f"/feeds/{token}", f"/feeds/x/{token}.ics", "//feeds/"):
        assert all_of(fetch(place, f"http://testserver{other}")) == unknown, other


def test_a_secret_way_is_not_given_away_by_the_program_s_own_address() -> None:
    assert as_webcal("https://trial.example/feeds/x.ics") == "webcals://trial.example/feeds/x.ics"
    assert as_webcal("http://127.0.0.1:8000/feeds/x.ics") == "webcal://127.0.0.1:8000/feeds/x.ics"
