"""Signed exports: whoever has the public key finds every file that was changed, added or removed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scheduler.store.opening import open_store
from scheduler.store.tampering.signed_files import digest_of_file, key_in, signature_over, wrong_with_files
from scheduler.store.tampering.signed_heads import key_of, new_key, public
from tests.cli.typed import typed
from tests.store.sample import SEED, START, at, patient

KEY, OTHER = key_of(new_key()), key_of(new_key())
FILES = {"a.csv": digest_of_file(b"1"), "b/c.yaml": digest_of_file(b"2")}
SIGNED = signature_over(FILES, START, KEY)


def found(files: dict[str, str], signature: str = SIGNED, trusted: str | None = None) -> list[tuple[str, str]]:
    wrong = wrong_with_files(signature, "signed.json", files, trusted)
    return [(each.code, str(each.place)) for each in wrong]


def test_files_as_they_were_signed_have_nothing_wrong():
    assert found(FILES) == []
    assert found(FILES, trusted=public(KEY)) == []
    assert key_in(SIGNED) == public(KEY)


@pytest.mark.parametrize(
    ("files", "codes"),
    [
        ({**FILES, "a.csv": digest_of_file(b"3")}, [("file-changed", "a.csv:1:1")]),
        ({"a.csv": FILES["a.csv"]}, [("file-gone", "b/c.yaml:1:1")]),
        ({**FILES, "d": digest_of_file(b"")}, [("file-added", "d:1:1")]),
        (
            {"z.csv": FILES["a.csv"], "b/c.yaml": FILES["b/c.yaml"]},
            [("file-gone", "a.csv:1:1"), ("file-added", "z.csv:1:1")],
        ),
    ],
)
def test_what_was_changed_since_is_found(files: dict[str, str], codes: list[tuple[str, str]]):
    assert found(files) == codes


@pytest.mark.parametrize("key", ["files", "at", "key", "signature"])
def test_signature_that_was_changed_in_any_part_is_found(key: str):
    said = json.loads(SIGNED)
    other = json.loads(signature_over({"a.csv": digest_of_file(b"3")}, START.replace(year=START.year + 1), OTHER))
    forged = json.dumps(said | {key: other[key]})
    assert found(FILES, forged) == [("bad-signature", "signed.json:1:1")]
    assert key_in(forged) is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"signature": 1}', '{"signature": "00", "key": "zz"}'])
def test_text_that_is_no_signature_is_found(text: str):
    assert found(FILES, text) == [("bad-signature", "signed.json:1:1")]


def test_whoever_signed_anew_is_found_by_the_key_that_was_kept():
    anew = signature_over(FILES, START, OTHER)
    assert found(FILES, anew) == []
    assert found(FILES, anew, public(KEY)) == [("other-key", "signed.json:1:1")]


def test_an_export_is_signed_and_verified_by_commands(tmp_path: Path):
    database, key, out = tmp_path / "study.db", tmp_path / "key", tmp_path / "out"
    store = open_store(database)
    store.make_study(SEED, at(0))
    store.enrol(patient(), at(1))
    store.close()
    known = typed("audit", "key", key).out.strip()
    assert typed("export-study", database, "--out", out, "--sign", key).code == 0
    assert "files are as they were signed" in typed("audit", "verify-files", out, "--signed-by", known).err
    protocol = out / "protocol.yaml"
    protocol.write_text(protocol.read_text() + "# more\n")
    changed = typed("audit", "verify-files", out)
    assert (changed.code, "protocol.yaml" in changed.out + changed.err) == (1, True)
    trail = tmp_path / "audit.csv"
    trail.write_text(typed("audit", "export", database).out)
    assert typed("audit", "sign", trail, "--key", key).code == 0
    assert "1 files are as they were signed" in typed("audit", "verify-files", trail, "--signed-by", known).err
    trail.write_text("other")
    assert typed("audit", "verify-files", trail).code == 1
    assert [typed("audit", "verify-files", key).code, typed("audit", "sign", trail, "--key", trail).code] == [2, 2]
