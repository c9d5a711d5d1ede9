"""``scheduler link``: an address made and revoked by command, and fetched from a server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from freezegun import freeze_time

from scheduler.store.opening import open_store
from scheduler.store.values import Link
from scheduler.web.api.app import api_document
from scheduler.web.feeds.up_to_date.ending import end_of
from tests.cli.typed import study_in, typed
from tests.laws.examples import one_in
from tests.web.feeds.subscribing import calendar, events
from tests.web.people import Place, TestTime


@pytest.fixture(autouse=True)
def _clock_that_stands() -> Iterator[None]:
    """What these commands ask the computer's clock for is the same at every run."""
    api_document()  # made once by the first server: pydantic must see the clock's own types then
    with freeze_time("2026-05-21 08:00:00"):
        yield


ADDRESS = re.compile(r"http://127\.0\.0\.1:8000(/feeds/[A-Za-z0-9_-]{43}\.ics)\n")


@pytest.fixture
def study(seed_database: Path, tmp_path: Path) -> Path:
    """A folder with its own database."""
    folder = study_in(tmp_path)
    (folder / "study.db").write_bytes(seed_database.read_bytes())
    return folder


def path_in(out: str) -> str:
    found = ADDRESS.fullmatch(out)
    assert found is not None, out
    return found[1]


def fetched(study: Path, path: str) -> set[str | None]:
    store = open_store(study / "study.db")
    time = TestTime()
    links = store.links()
    time.moment = max(link.revoked or link.created for link in links)
    try:
        return {event.summary for event in events(calendar(Place(store, time), path)).values()}
    finally:
        store.close()


def test_an_address_is_printed_once_and_can_be_revoked(study: Path) -> None:
    made = typed("link", study, "EXP-001")
    assert made.code == 0
    path = path_in(made.out)
    assert {"Study visit", "Study tablets: 2 tablets"} <= fetched(study, path)
    assert path.encode()[7:-4] not in (study / "study.db").read_bytes()
    other = path_in(typed("link", study, "EXP-003").out)
    revoked = typed("link", study, "EXP-001", "--revoke")
    assert (revoked.code, revoked.out, revoked.err) == (0, "", "1 link revoked\n")
    assert fetched(study, path) == {"This calendar is no longer updated"}
    assert "Study visit" in fetched(study, other)
    assert typed("link", study, "EXP-001", "--revoke").err == "there was no link to revoke\n"


def test_it_is_recorded_who_made_a_link(study: Path) -> None:
    typed("link", study, "EXP-001")
    said = typed("audit", "export", study, "--subject", "EXP-001", "--format", "jsonl").out.splitlines()[-1]
    assert ("link made" in said, "terminal:" in said) == (True, True)


@pytest.mark.parametrize("name", one_in(2, ["Shanghai", "EXP-001"]))
def test_staff_subscribe_to_a_site(study: Path, name: str) -> None:
    path = path_in(typed("link", study, name, "--audience", "pharmacy", "--language", "zh").out)
    assert any("发放药片" in str(summary) for summary in fetched(study, path))


def test_detail_and_language_are_as_asked_for(study: Path) -> None:
    path = path_in(typed("link", study, "EXP-001", "--detail", "full", "--language", "zh").out)
    assert any("特瑞普利单抗" in str(summary) for summary in fetched(study, path))


def test_the_address_begins_with_what_people_type(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHEDULER_PUBLIC_URL", "https://trial.example.org")
    assert typed("link", study, "EXP-001").out.startswith("https://trial.example.org/feeds/")


def test_a_patient_who_is_not_there_and_a_folder_without_a_database(study: Path, tmp_path: Path) -> None:
    wrong = typed("link", study, "EXP-0001")
    assert (wrong.code, wrong.out, "did you mean 'EXP-001'?" in wrong.err) == (2, "", True)
    site = typed("link", study, "Shanghai")
    assert (site.code, "there is no patient 'Shanghai'" in site.err) == (2, True)
    (study / "study.db").unlink()
    none = typed("link", study, "EXP-001")
    assert (none.code, "has no database" in none.err) == (2, True)


def test_a_clock_that_is_behind_brings_no_revoked_link_back() -> None:
    revoked = datetime(2026, 5, 21, tzinfo=UTC)
    link = Link("l-1", "t", "patient", "EXP-001", None, "neutral", "en", revoked, revoked + timedelta(days=90), revoked)
    for now in (revoked - timedelta(days=400), revoked, revoked + timedelta(days=400)):
        assert end_of(link, now) == revoked
    still = replace(link, revoked=None)
    assert [end_of(still, revoked + timedelta(days=days)) for days in (89, 90)] == [None, link.expires]
    assert end_of(replace(link, revoked=revoked + timedelta(days=99)), revoked + timedelta(days=200)) == link.expires
