"""Backup while others write, and restore on either kind of database: the same study, to the last letter."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scheduler.errors import Refused, StoreUnavailable
from scheduler.store.checked_recording import record_events
from scheduler.store.interface import Store
from scheduler.store.keeping.drill import drill
from scheduler.store.opening import open_store
from scheduler.store.restoring import restore_into
from scheduler.store.values import Addition, Head
from scheduler.store.verifying import Verified, verify
from tests.store.sample import ADMIN, LINK, PHARMACIST, SEED, SESSION, STUDY, at, event, medicine, patient

OLDER = next((Path(__file__).parents[1] / "witness" / "0.1.0").rglob("*.db"))


@contextmanager
def opened(place: str | Path) -> Iterator[Store]:
    store = open_store(place, make=False)
    try:
        yield store
    finally:
        store.close()


@pytest.fixture
def filled(study: Store) -> Store:
    study.enrol(patient(name="病人"), at(1))
    record_events(study, STUDY, "EXP-001", [event("2026-02-20", "consented"), medicine(1)], seen=0, act=at(2))
    for account in (ADMIN, PHARMACIST):
        study.add_account(account, at(3))
    study.open_session(SESSION)
    study.add_link(LINK, at(4))
    return study


def test_a_backup_is_the_study_without_who_is_signed_in(filled: Store, tmp_path: Path):
    file = tmp_path / "backup.db"
    head = filled.backup(file)
    assert head == filled.head()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith((".", "backup.db-"))] == []
    with opened(file) as copy:
        assert list(copy.records()) == list(filled.records())
        assert (copy.study(), copy.texts()) == (SEED, filled.texts())
        assert (copy.accounts(), copy.links()) == ((ADMIN, PHARMACIST), (LINK,))
        assert copy.session(SESSION.token) is None
        assert verify(copy, [head]).findings == ()


def test_a_backup_goes_back_into_an_empty_database_of_either_kind(filled: Store, tmp_path: Path, url: str):
    file, elsewhere = tmp_path / "backup.db", f"sqlite:///{tmp_path / 'restored.db'}"
    head = filled.backup(file)
    before = file.read_bytes()
    assert restore_into(file, elsewhere) == Verified(head, ())
    assert file.read_bytes() == before
    with opened(elsewhere) as restored:
        assert list(restored.records()) == list(filled.records())
        assert verify(restored, [head]).findings == ()
        record_events(restored, STUDY, "EXP-001", [medicine(2)], seen=2, act=at(9))
        assert verify(restored, [head]).findings == ()
    with pytest.raises(Refused) as error:
        restore_into(file, url)
    assert [finding.code for finding in error.value.findings] == ["study-there"]


def test_a_backup_of_sqlite_goes_into_an_empty_database(store: Store, url: str, tmp_path: Path):
    """The way from the embedded database to a server."""
    small = open_store(tmp_path / "small.db")
    small.make_study(SEED, at(0))
    small.enrol(patient(), at(1))
    small.append_unchecked("EXP-001", [Addition(medicine(each)) for each in range(1500)], seen=0, act=at(2))
    head = small.backup(tmp_path / "backup.db")
    small.close()
    assert restore_into(tmp_path / "backup.db", url) == Verified(head, ())
    assert store.log("EXP-001").length == 1500
    assert verify(store, [head]).findings == ()


def test_backups_made_while_others_write_are_each_of_one_moment(filled: Store, url: str, tmp_path: Path):
    done = threading.Event()

    def write() -> None:
        with opened(url) as mine:
            number = 2
            while not done.is_set():
                mine.append_unchecked("EXP-001", [Addition(medicine(number))], seen=number, act=at(number))
                number += 1

    writer = threading.Thread(target=write)
    writer.start()
    heads = []
    for number in range(4):
        heads.append(filled.backup(tmp_path / f"{number}.db"))
    done.set()
    writer.join()
    assert verify(filled, heads).findings == ()
    records = list(filled.records())
    for number, head in enumerate(heads):
        with opened(tmp_path / f"{number}.db") as copy:
            assert verify(copy, [head]).findings == ()
            assert list(copy.records()) == records[: head.number]
    assert records[-1].number >= heads[-1].number >= heads[0].number


def test_an_empty_database_has_an_empty_backup(store: Store, tmp_path: Path):
    assert store.backup(tmp_path / "backup.db") == Head()


def test_a_backup_replaces_nothing_and_needs_a_place(filled: Store, tmp_path: Path):
    there = tmp_path / "there.db"
    there.write_text("something")
    with pytest.raises(Refused) as error:
        filled.backup(there)
    assert [finding.code for finding in error.value.findings] == ["file-there"]
    assert there.read_text() == "something"
    with pytest.raises(StoreUnavailable) as nowhere:
        filled.backup(tmp_path / "no" / "folder" / "backup.db")
    assert [finding.code for finding in nowhere.value.findings] == ["backup-not-written"]


def test_a_backup_that_cannot_be_finished_leaves_nothing(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "out").mkdir()
    monkeypatch.setattr(os, "link", full)
    with pytest.raises(StoreUnavailable) as error:
        filled.backup(tmp_path / "out" / "backup.db")
    assert [str(finding.message) for finding in error.value.findings] == [
        "the backup cannot be written: No space left on device"
    ]
    assert list((tmp_path / "out").iterdir()) == []


def test_what_is_no_backup_is_not_restored(url: str, tmp_path: Path):
    (tmp_path / "text.db").write_text("no database at all, but long enough to be looked at as one" * 20)
    sqlite3.connect(tmp_path / "other.db").close()
    for name, code in (("text.db", "store-damaged"), ("other.db", "no-study"), ("none.db", "backup-not-read")):
        with pytest.raises(StoreUnavailable) as error:
            restore_into(tmp_path / name, url)
        assert [finding.code for finding in error.value.findings] == [code]


def test_a_backup_that_an_older_release_wrote_is_proved(tmp_path: Path):
    """It lacks tables that this release has, and nothing is missed because of it."""
    shutil.copy(OLDER, tmp_path / "old.db")
    found = drill(tmp_path / "old.db", tmp_path / "scratch.db")
    assert found.findings == ()
    said = {each.what: (each.backup, each.restored) for each in found.compared}
    assert said["rows of answers"] == (None, "0")
    assert said["rows of records"][0] == said["rows of records"][1]
