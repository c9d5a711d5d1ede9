"""Figures for Prometheus and readiness: about the server, about nobody, and only for whoever may ask."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from scheduler.errors import StoreUnavailable
from scheduler.web.serving.metrics import refuse_no_library
from scheduler.web.settings import Settings
from tests.web.people import QUICK, SETTING_UP, Person, Place

HERE, ELSEWHERE = ("127.0.0.1", 5000), ("192.0.2.7", 5000)


def measured(place: Place, **settings: object) -> Place:
    return Place(place.store, place.time, QUICK.model_copy(update={"metrics": True, **settings}))


def asks(place: Place, client: tuple[str, int] = HERE, path: str = "/metrics", **headers: str) -> tuple[int, str]:
    answer = TestClient(place.app, client=client).get(path, headers=headers)
    return answer.status_code, answer.text


def value(text: str, name: str) -> float:
    (found,) = re.findall(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    return float(found)


def test_requests_are_counted_by_route_and_nothing_of_anybody_is_told(place: Place) -> None:
    server = measured(place)
    person = server.somebody("coordinator")
    token = "t0kenOfAFeed"
    for path in ("/subjects/EXP-001", "/subjects/EXP-003", "/api/subjects/EXP-001", "/none/EXP-001", "/static/EXP-001"):
        person.browser.get(path)
    person.browser.get(f"/feeds/{token}.ics")
    person.browser.request("EXP-001", "/")
    status, text = asks(server)
    assert status == 200
    counted = 'scheduler_requests_total{method="GET",route="%s",status="%s"}'
    assert value(text, counted % ("/subjects/{subject}", "200")) == 2
    assert value(text, counted % ("none", "404")) == 1
    assert value(text, counted % ("/feeds/", "404")) == 1
    assert 'method="other"' in text
    assert value(text, "scheduler_records") == place.store.head().number
    assert value(text, "scheduler_database_up") == 1
    for secret in ("EXP-00", token, "coordinator-0", "Dr "):
        assert secret not in text
    assert set(re.findall(r'(\w+)="', text)) == {"method", "route", "status", "le", "version"}


def test_only_this_machine_may_ask_and_not_through_a_proxy(place: Place) -> None:
    server = measured(place)
    assert [asks(server)[0], asks(server, ("::1", 5000))[0]] == [200, 200]
    assert asks(server, ELSEWHERE)[0] == 404
    assert asks(server, ("testclient", 5000))[0] == 404
    for header in ("X-Forwarded-For", "Forwarded", "Via"):
        assert asks(server, HERE, **{header: "192.0.2.7"})[0] == 404
    assert asks(server, HERE, "/metrics/more")[0] == 404
    assert TestClient(server.app, client=HERE).post("/metrics").status_code == 404


def test_whoever_says_the_word_may_ask_from_anywhere(place: Place) -> None:
    server = measured(place, metrics_token="open sesame")
    assert asks(server, ELSEWHERE, Authorization="Bearer open sesame")[0] == 200
    for said in ("Bearer open", "open sesame", "Basic open sesame"):
        assert asks(server, HERE, Authorization=said)[0] == 404
    assert asks(server, HERE)[0] == 404


def test_without_the_setting_there_are_none(place: Place) -> None:
    assert asks(place)[0] == 404


def test_a_database_that_is_gone_and_backups_that_stand_still_are_seen(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    server = measured(place, backups_folder=str(folder))
    assert value(asks(server)[1], "scheduler_newest_backup_timestamp_seconds") == 0
    (folder / "backup-20260521T010000Z.db").touch()
    # 21 May 2026, 01:00 UTC: 20,594 days and one hour after 1 January 1970
    assert value(asks(server)[1], "scheduler_newest_backup_timestamp_seconds") == 20_594 * 86_400 + 3_600
    folder.joinpath("backup-20260521T010000Z.db").unlink()
    folder.rmdir()

    def gone(*them: object) -> None:
        raise StoreUnavailable("store-gone", "the database is gone", "look after it")

    monkeypatch.setattr(place.store, "head", gone)
    text = asks(server)[1]
    assert (value(text, "scheduler_database_up"), "scheduler_records" in text) == (0, False)
    assert value(text, "scheduler_newest_backup_timestamp_seconds") == 0


def test_what_is_set_without_its_package_is_told_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    from scheduler.errors import InvalidText

    monkeypatch.setattr("scheduler.web.serving.metrics.find_spec", lambda name: None)
    refuse_no_library(Settings())
    provider = {"sso_issuer": "https://a", "sso_client": "b", "sso_name": "c", "public_url": "https://d"}
    for setting, extra in (
        ({"metrics": True}, "metrics"),
        (provider, "single-sign-on"),
        ({"heads_authority": "https://a"}, "time-stamps"),
    ):
        with pytest.raises(InvalidText, match=f".{extra}."):
            refuse_no_library(Settings.model_validate(setting))


def test_ready_is_who_has_written_to_the_disk(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    person = Person(place)
    before = place.store.head()
    assert (person.get("/readyz").status_code, person.get("/readyz").json()) == (200, {"status": "ready"})
    assert place.store.head() == before

    def full(*them: object) -> None:
        raise StoreUnavailable("store-full", "the database cannot be written: the disk is full or failing", "make room")

    monkeypatch.setattr(place.store, "try_writing", full)
    assert person.get("/readyz").status_code == 200, "an answer holds for some seconds"
    other = Person(Place(place.store, place.time))
    assert (other.get("/readyz").status_code, other.get("/readyz").json()) == (503, {"status": "store-full"})


def test_what_readiness_writes_is_gone_and_no_tampering(place: Place) -> None:
    from scheduler.store.verifying import verify

    place.store.try_writing(SETTING_UP.at)
    with place.store.at_one_moment() as snapshot:
        assert list(snapshot.rows("answers")) == []
    assert verify(place.store).findings == ()
