"""The commands of a study in a database, as a person types them."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from freezegun import freeze_time

from scheduler.store.chain import hash_of
from scheduler.store.rows import record_of
from tests.cli.typed import study_in, typed
from tests.laws.examples import one_in
from tests.store.breaking import run, take_guards_down

NOW = "2026-05-21 08:00:00"


@pytest.fixture(autouse=True)
def _clock_that_stands() -> Iterator[None]:
    """What these commands ask the computer's clock for is the same at every run."""
    with freeze_time(NOW):
        yield


HELD = "{on: 2026-05-21, event: held, treatment: regorafenib, reason: AE 2, by: Dr Example}"
LISTS = [
    ("worklist", "--on", "2026-05-21", "--format", "json"),
    ("dispensing", "--from", "2026-05-21", "--to", "2026-06-18", "--format", "csv"),
    ("deviations", "--on", "2026-05-21", "--format", "csv"),
    ("adverse-events", "--format", "csv"),
    ("whatif", "--closed", "2026-06-08..2026-06-12", "--resource", "infusion"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return study_in(tmp_path)


@pytest.fixture(scope="module")
def kept_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = study_in(tmp_path_factory.mktemp("kept"))
    with freeze_time(NOW):
        assert typed("import-study", folder, "--as-recorded").code == 0
    return folder


@pytest.fixture
def kept(kept_once: Path, tmp_path: Path) -> Path:
    """A copy of the seed study with its database."""
    return Path(shutil.copytree(kept_once, tmp_path / "study"))


def address(folder: Path) -> str:
    return f"sqlite:///{folder / 'study.db'}"


@pytest.mark.parametrize("words", one_in(3, LISTS), ids=lambda words: words[0])
def test_lists_are_the_same_from_files_a_database_and_its_address(kept: Path, words: tuple[str, ...]):
    command, *options = words
    from_folder, from_address = typed(command, kept, *options), typed(command, address(kept), *options)
    (kept / "study.db").unlink()
    from_files = typed(command, kept, *options)
    assert from_folder.code == from_files.code == 0
    assert from_folder.out == from_files.out == from_address.out


def test_what_is_recorded_is_in_every_list_at_once(kept: Path):
    recorded = typed("record", kept, "EXP-001", HELD)
    assert recorded.code == 0
    assert recorded.out.startswith("{on: 2026-05-21, event: held, treatment: regorafenib, reason: AE 2")
    assert "of EXP-001, in" in recorded.err
    for case in (kept / "patients" / "EXP-001.yaml", f"{kept}#EXP-001", f"{address(kept)}#EXP-001"):
        shown = typed("show", case, "--until", "2026-06-30", "--format", "json")
        assert '"held"' in shown.out
        assert typed("explain", case, "toripalimab.2").code == 0
    assert "EXP-001" in typed("audit", "export", kept).out.splitlines()[-1]


def test_what_contradicts_the_log_is_refused(kept: Path):
    again = typed("record", kept, "EXP-001", "{on: 2026-05-21, event: given, treatment: toripalimab, n: 1}")
    assert (again.code, again.out) == (1, "")
    stranger = typed("record", kept, "EXP-999", HELD)
    assert stranger.code == 2
    assert "there is no patient" in stranger.err
    nobody = typed("show", f"{kept}#EXP-999")
    assert nobody.code == 2
    assert "there is no patient EXP-999" in nobody.err


def test_an_untouched_log_is_verified_and_its_head_printed(kept: Path):
    first = typed("audit", "verify", kept)
    assert first.code == 0
    head = first.out.strip()
    assert "nothing was tampered with" in first.err
    typed("record", kept, "EXP-001", HELD)
    second = typed("audit", "verify", address(kept), "--head", head)
    assert second.code == 0
    assert second.out != first.out


def test_tampering_is_an_error(kept: Path):
    head = typed("audit", "verify", kept).out.strip()
    take_guards_down(address(kept))
    run(address(kept), "UPDATE records SET who_name = 'Somebody Else' WHERE number = 9")
    found = typed("audit", "verify", kept)
    assert found.code == 1
    assert "record 9 was changed after it was recorded" in found.out
    run(address(kept), "DELETE FROM records WHERE number > 8")
    cut = typed("audit", "verify", kept, "--head", head)
    assert cut.code == 1
    assert "[log-cut]" in cut.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("audit", "verify", "{kept}", "--head", "12"), "not a head"),
        (("audit", "verify", "{files}"), "has no database"),
        (("backup", "{files}", "b.db"), "has no database"),
        (("import-study", "{kept}"), "has a database already"),
    ],
)
def test_wrong_usage_is_told(kept: Path, tmp_path: Path, words: tuple[str, ...], said: str):
    files = tmp_path / "files"
    files.mkdir()
    answer = typed(*(word.format(kept=kept, files=files) for word in words))
    assert answer.code == 2
    assert said in " ".join(answer.err.replace("│", " ").split())


def test_the_audit_trail_as_a_list(kept: Path):
    typed("record", kept, "EXP-001", HELD)
    rows = list(csv.DictReader(io.StringIO(typed("audit", "export", kept).out.lstrip("\ufeff"))))
    last = rows[-1]
    assert (last["subject"], last["what"], last["on"], last["why"]) == ("EXP-001", "held", "2026-05-21", "AE 2")
    assert last["role"] == "command line"
    assert last["says"] == "by: Dr Example, treatment: regorafenib"
    assert [row["number"] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    only = list(
        csv.DictReader(io.StringIO(typed("audit", "export", kept, "--subject", "EXP-001", "--after", "20").out))
    )
    assert {row["subject"] for row in only} == {"EXP-001"}
    assert all(int(row["number"]) > 20 for row in only)


def test_the_audit_trail_as_lines_proves_itself(kept: Path):
    """Another program can compute every hash from the lines alone."""
    from datetime import date, datetime

    previous = "0" * 64
    for line in typed("audit", "export", kept, "--format", "jsonl").out.splitlines():
        said = json.loads(line)
        who = said.pop("who")
        on = said.pop("on")
        row = {**said, "at": datetime.fromisoformat(said["at"]), "on_day": on and date.fromisoformat(on)}
        record = record_of({**row, "who_id": who["id"], "who_name": who["name"], "who_role": who["role"]})
        assert record.previous == previous
        assert hash_of(record) == record.hash
        previous = record.hash


def test_backup_and_restore(kept: Path, tmp_path: Path):
    backup = typed("backup", kept, tmp_path / "backup.db")
    assert backup.code == 0
    (tmp_path / "new").mkdir()
    restored = typed("restore", tmp_path / "backup.db", tmp_path / "new")
    assert (restored.code, restored.out) == (0, backup.out)
    on = ("--on", "2026-05-21", "--format", "json")
    assert typed("worklist", tmp_path / "new", *on).out == typed("worklist", kept, *on).out
    again = typed("restore", tmp_path / "backup.db", address(tmp_path / "new"))
    assert again.code == 1
    assert "[study-there]" in again.err


def test_a_backup_that_was_tampered_with_is_not_restored(kept: Path, tmp_path: Path):
    file = tmp_path / "backup.db"
    typed("backup", kept, file)
    take_guards_down(f"sqlite:///{file}")
    run(f"sqlite:///{file}", "UPDATE records SET reason = 'other' WHERE number = 9")
    answer = typed("restore", file, tmp_path / "new.db")
    assert answer.code == 1
    assert "[record-changed]" in answer.err
    assert not (tmp_path / "new.db").exists()


@pytest.mark.slow
def test_a_study_goes_out_as_a_folder_and_in_again(kept: Path, tmp_path: Path):
    assert typed("export-study", kept, "--out", tmp_path / "out").code == 0
    assert typed("import-study", tmp_path / "out", f"sqlite:///{tmp_path / 'again.db'}", "--as-recorded").code == 0
    on = ("--on", "2026-05-21", "--format", "json")
    assert typed("worklist", tmp_path / "out", *on).out == typed("worklist", kept, *on).out
    assert typed("worklist", tmp_path / "again.db", *on).out == typed("worklist", kept, *on).out


@pytest.mark.slow
def test_exports_have_the_same_identities_as_before(folder: Path, tmp_path: Path):
    def feeds(out: Path) -> dict[str, bytes]:
        words = ("--on", "2026-05-21", "--audience", "patient")
        assert typed("export", folder, "--out", out, *words).code == 0
        return {path.name: path.read_bytes() for path in (out / "feeds").rglob("*.ics")}

    before = feeds(tmp_path / "before")
    typed("import-study", folder, "--as-recorded")
    assert feeds(tmp_path / "after") == before
    assert len(before) == 6


def test_a_database_that_is_gone_is_one_sentence():
    answer = typed("worklist", "postgresql://nobody:secret@127.0.0.1:1/study")
    assert answer.code == 1
    assert "[store-gone]" in answer.err
    assert "secret" not in answer.err


def test_checking_a_database(kept: Path):
    answer = typed("check", address(kept))
    assert answer.code == 0
    assert "[washout]" in answer.out


def test_whoever_types_is_named_as_the_computer_names_them(monkeypatch: pytest.MonkeyPatch):
    from scheduler.cli.acting import act_now

    monkeypatch.setattr("getpass.getuser", lambda: "dora")
    assert (act_now().who.id, act_now().who.name) == ("terminal:dora", "dora")

    def nobody() -> str:
        raise OSError("no such user")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert act_now().who.name == "unknown"
