"""The restore drill, as a person types it: a good backup is proved, and each kind of bad one is found."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from freezegun import freeze_time

from scheduler.store.interface import Store
from scheduler.store.keeping.drill import drill
from scheduler.store.opening import open_store
from scheduler.store.values import Addition
from tests.cli.typed import study_in, typed
from tests.store.breaking import run, take_guards_down
from tests.store.sample import ADMIN, SEED, at, medicine, patient


@pytest.fixture(autouse=True)
def _clock_that_stands() -> Iterator[None]:
    with freeze_time("2026-05-21 08:00:00"):
        yield


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seed study in a database, and a folder with one backup of it."""
    folder = tmp_path_factory.mktemp("drill")
    with freeze_time("2026-05-21 08:00:00"):
        assert typed("import-study", study_in(folder), folder / "study.db", "--as-recorded").code == 0
        (folder / "backups").mkdir()
        assert typed("backup", folder / "study.db", "--into", folder / "backups").code == 0
    return folder


@pytest.fixture
def made(made_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_once, tmp_path / "made", ignore=shutil.ignore_patterns("study")))


def lines(text: str) -> dict[str, list[str]]:
    """The table of the drill by what each line is about."""
    return {cells[0]: cells[1:] for line in text.splitlines() if len(cells := re.split(r"\s{2,}", line.strip())) > 1}


def test_a_good_backup_is_proved_and_nothing_is_left_behind(made: Path):
    before = (made / "backups" / "backup-20260521T080000Z.db").read_bytes()
    answer = typed("restore-drill", made / "backups", "--against", made / "study.db", "--oldest", "26")
    assert (answer.code, answer.err) == (0, "this backup can be restored\n")
    told = lines(answer.out)
    assert told["rows of records"] == ["174", "174", "174", "same"]
    assert (told["patients read"], told["events read"]) == (["6", "same"], ["165", "same"])
    assert told["chain"] == ["whole", "whole", "same"]
    assert (len(set(told["last record"][:3])), told["last record"][3]) == (1, "same")
    assert [each.name for each in (made / "backups").iterdir()] == ["backup-20260521T080000Z.db"]
    assert (made / "backups" / "backup-20260521T080000Z.db").read_bytes() == before


def test_the_study_that_went_on_still_has_all_of_it(made: Path):
    held = "{on: 2026-05-21, event: held, treatment: regorafenib, reason: AE 2, by: Dr Example}"
    assert typed("record", made / "study.db", "EXP-001", held).code == 0
    answer = typed("restore-drill", made / "backups", "--against", made / "study.db")
    assert answer.code == 0
    assert lines(answer.out)["rows of records"] == ["174", "174", "175", "same"]


def test_a_study_that_lost_what_the_backup_has_is_found(made: Path):
    take_guards_down(f"sqlite:///{made / 'study.db'}")
    run(f"sqlite:///{made / 'study.db'}", "DELETE FROM records WHERE number > 170")
    answer = typed("restore-drill", made / "backups", "--against", made / "study.db")
    assert answer.code == 1
    assert lines(answer.out)["last record"][-1] == "DIFFERS"
    assert "[drill-differs]" in answer.err


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        ("UPDATE records SET reason = 'other' WHERE number = 9", "record-changed"),
        ("DELETE FROM records WHERE number = 100", "record-gone"),
        ("DELETE FROM texts", "text-gone"),
    ],
)
def test_a_backup_that_was_tampered_with_is_no_good(made: Path, deed: str, code: str):
    (file,) = (made / "backups").iterdir()
    take_guards_down(f"sqlite:///{file}")
    run(f"sqlite:///{file}", deed)
    answer = typed("restore-drill", made / "backups")
    assert answer.code == 1
    assert f"[{code}]" in answer.err
    assert answer.err.endswith("this backup is no good\n")


def test_a_schedule_that_has_stopped_is_found(made: Path):
    with freeze_time("2026-05-24 08:00:00"):
        answer = typed("restore-drill", made / "backups", "--oldest", "26")
    assert answer.code == 1
    assert "the newest backup was made 3 days ago" in answer.err


def test_wrong_usage_is_told(made: Path, tmp_path: Path):
    (tmp_path / "empty").mkdir()
    shutil.copy(next((made / "backups").iterdir()), tmp_path / "any.db")
    for words, said in (
        (("restore-drill", tmp_path / "empty"), "there is no backup in"),
        (("restore-drill", tmp_path / "any.db", "--oldest", "3"), "only the name of a scheduled backup"),
        (("backup", made / "study.db"), "name a file, or a folder"),
        (("backup", made / "study.db", tmp_path / "x.db", "--into", tmp_path), "name a file, or a folder"),
    ):
        answer = typed(*words)
        assert answer.code == 2
        assert said in " ".join(answer.err.replace("│", " ").split())
    assert typed("restore-drill", tmp_path / "none.db").code == 1
    assert typed("restore-drill", tmp_path / "any.db", "--scratch", made / "study.db").code == 1


def test_a_backup_of_either_database_is_proved_on_the_other(store: Store, url: str, tmp_path: Path):
    """The study is kept on SQLite or PostgreSQL; the scratch database is a file, and the one of the server."""
    small = open_store(tmp_path / "small.db")
    small.make_study(SEED, at(0))
    small.enrol(patient(), at(1))
    small.append_unchecked("EXP-001", [Addition(medicine(each)) for each in range(20)], seen=0, act=at(2))
    small.add_account(ADMIN, at(3))
    small.backup(tmp_path / "one.db")
    there = drill(tmp_path / "one.db", url, small)
    assert there.findings == ()
    store.backup(tmp_path / "two.db")
    back = drill(tmp_path / "two.db", tmp_path / "scratch.db", store)
    small.close()
    assert back.findings == ()
    assert back.compared == there.compared
