"""Every release that was ever made is still understood: its databases, its folders, its links, its heads."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import URL
from starlette.testclient import TestClient

from scheduler.errors import RecordedAlready
from scheduler.store.opening import open_store
from scheduler.store.values import Act, Answered, Head, Once
from scheduler.store.verifying import verify
from scheduler.web.feeds.addresses import path_of
from tests.store import servers
from tests.store.sample import NURSE
from tests.web.people import Place, TestTime
from tests.witness.comparing import Difference, Meant, differences, events_in, fallen, read_meant, read_told
from tests.witness.telling import FEEDS, TOLD, token_of, told_by_database, told_by_folder

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
RELEASES = sorted(path.parent.name for path in HERE.glob(f"*/{TOLD}"))
LIST = HERE / "differences.md"

Told = dict[str, bytes]


@pytest.fixture(scope="module", params=RELEASES)
def release(request: pytest.FixtureRequest) -> Path:
    return HERE / str(request.param)


@pytest.fixture(scope="module")
def then(release: Path) -> Told:
    return read_told(release / TOLD)


@pytest.fixture(scope="module")
def postgresql_now(release: Path) -> Iterator[tuple[str, Told]]:
    with servers.postgresql() as server, servers.database_on(server) as url:
        _restore(url, (release / "study.sql").read_text("utf-8"))
        address = url.render_as_string(hide_password=False)
        yield address, told_by_database(address)


@pytest.fixture(scope="module")
def sqlite_now(release: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Told]:
    copy = shutil.copy(release / "study.db", tmp_path_factory.mktemp("witness") / "study.db")
    return f"sqlite:///{copy}", told_by_database(f"sqlite:///{copy}")


@pytest.fixture(scope="module")
def folder_now(release: Path, then: Told) -> Told:
    return told_by_folder(release / "study", then)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_now(request: pytest.FixtureRequest) -> tuple[str, Told]:
    found: tuple[str, Told] = request.getfixturevalue(f"{request.param}_now")
    return found


def _restore(url: URL, dump: str) -> None:
    with psycopg.connect(
        url.render_as_string(hide_password=False).replace("+psycopg", ""), autocommit=True
    ) as connection:
        connection.execute(dump.encode())


def _of(told: Told, part: str) -> Told:
    return {path: text for path, text in told.items() if path.startswith(f"{part}/")}


def _unmeant(release: Path, found: list[Difference]) -> list[str]:
    meant = read_meant(LIST)
    named = [Difference(f"{release.name}/{each.file}", each.place, each.was, each.now) for each in found]
    return [str(each) for each in named if not any(line.covers(each) for line in meant)]


def test_there_is_a_witness() -> None:
    assert RELEASES != []


def test_a_database_tells_what_it_told(release: Path, then: Told, database_now: tuple[str, Told]) -> None:
    assert _unmeant(release, differences(_of(then, "database"), database_now[1])) == []


def test_a_folder_tells_what_it_told(release: Path, then: Told, folder_now: Told) -> None:
    assert _unmeant(release, differences(_of(then, "folder"), folder_now)) == []


def test_no_revision_of_an_event_goes_back_and_none_stays_when_words_change(
    then: Told, sqlite_now: tuple[str, Told], postgresql_now: tuple[str, Told], folder_now: Told
) -> None:
    assert fallen(then, sqlite_now[1] | folder_now) == []
    assert fallen(then, postgresql_now[1]) == []


def test_what_was_revised_when_this_version_came_is_not_revised_again(sqlite_now: tuple[str, Told]) -> None:
    """An hour later the server starts anew, and finds remembered what it told."""
    store, time = open_store(sqlite_now[0], make=False), TestTime()
    time.pass_by(hours=1)
    try:
        program = TestClient(Place(store, time).app, headers={"accept-encoding": "identity"})
        again = {f"database/feeds/{name}.ics": program.get(path_of(token_of(name))).content for name in FEEDS}
    finally:
        store.close()
    assert [path for path in again if again[path] != sqlite_now[1][path]] == []


def test_the_head_that_was_printed_is_still_there(then: Told, database_now: tuple[str, Told]) -> None:
    head = Head.read(json.loads(then["database/heads.json"])["head"])
    store = open_store(database_now[0], make=False)
    try:
        verified = verify(store, published=[head])
    finally:
        store.close()
    assert (verified.findings, verified.head.number >= head.number, head.number > 50) == ((), True, True)


def test_the_list_of_differences_holds_nothing_that_is_over(
    release: Path, then: Told, sqlite_now: tuple[str, Told], postgresql_now: tuple[str, Told], folder_now: Told
) -> None:
    found = differences(then, sqlite_now[1] | folder_now) + differences(_of(then, "database"), postgresql_now[1])
    named = [Difference(f"{release.name}/{each.file}", each.place, each.was, each.now) for each in found]
    lines = [line for line in read_meant(LIST) if line.file.startswith(f"{release.name}/")]
    assert [line for line in lines if not any(line.covers(each) for each in named)] == []


def test_what_differs_is_found_and_named(then: Told) -> None:
    """The comparison can fail: one word, one day, one revision, one number."""
    feed, calendar = "database/feeds/exp-101.ics", "database/calendars/EXP-101.json"
    listed = "database/lists/dispensing.csv"
    uid = next(uid for uid, each in events_in(then[feed]).items() if each["SEQUENCE"] == 32)
    data = json.loads(then[calendar])
    data["entries"][3]["date"] = "2026-12-24"
    words = then[feed].replace(b"SUMMARY:Study visit\r\n", b"SUMMARY:Visit\r\n", 1)
    kept = {file: then[file] for file in (feed, calendar, listed)}
    changed = {
        calendar: json.dumps(data).encode(),
        feed: words.replace(b"\r\nSEQUENCE:32\r\n", b"\r\nSEQUENCE:31\r\n", 1),
        listed: then[listed].replace(b",63,", b",42,"),
    }
    found = differences(kept, changed)
    places = {(each.file, each.place) for each in found}
    assert places == {
        (calendar, f"entries.{data['entries'][3]['id']}.date"),
        (feed, "SUMMARY"),
        (feed, "SEQUENCE"),
        (listed, "line"),
    }
    assert len(fallen(kept, changed)) == 2
    assert [each for each in fallen(kept, changed) if uid in each] != []
    assert Meant("*/calendars/*", "entries.*.date").covers(found[0])
    assert not Meant("*/calendars/*", "entries.*.because").covers(found[0])


def test_a_line_of_the_list_says_why(tmp_path: Path) -> None:
    file = tmp_path / "differences.md"
    file.write_text("# Title\n\n- `a` `b`: why\n- `a` `c`:\n", "utf-8")
    with pytest.raises(ValueError, match="reason"):
        read_meant(file)


def test_an_old_database_takes_a_request_that_is_sent_again(release: Path, tmp_path: Path) -> None:
    store = open_store(Path(shutil.copy(release / "study.db", tmp_path / "study.db")), make=False)
    act = Act(NURSE, datetime(2026, 6, 1, tzinfo=UTC))
    once = Once(NURSE.id, "key", "digest", lambda records: str(records[0].number))
    record = store.note("looked", {}, act, once=once)
    with pytest.raises(RecordedAlready):
        store.note("looked", {}, act, once=once)
    assert store.answered(NURSE.id, "key", act.at) == Answered("digest", str(record.number))
    assert (store.head().number, verify(store).findings) == (record.number, ())
    store.close()
