"""Signed heads: a log that was cut off or computed anew is found by a file that was kept elsewhere, which is checked too."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from scheduler.clock import Clock
from scheduler.errors import InvalidText
from scheduler.store.interface import Store
from scheduler.store.opening import open_store
from scheduler.store.tampering.signed_heads import kept_heads, key_of, new_key, public, signed_head
from scheduler.store.values import Head
from scheduler.store.verifying import verify
from scheduler.web.serving.heads import append_head, key_to_sign_with
from scheduler.web.settings import Settings
from tests.cli.typed import typed
from tests.store.breaking import run, take_guards_down
from tests.store.sample import SEED, START, at, patient

KEY, OTHER = key_of(new_key()), key_of(new_key())
CLOCK = Clock(lambda: START)
FIRST, SECOND = Head(1, "1" * 64), Head(2, "2" * 64)


def heads_in(file: Path) -> tuple[Head, ...]:
    kept = kept_heads(file.read_text(), str(file), public(KEY))
    assert kept.findings == ()
    return kept.heads


def test_the_head_is_appended_where_anything_was_recorded_since(study: Store, tmp_path: Path):
    file = tmp_path / "heads"
    first = study.head()
    assert append_head(study, file, KEY, CLOCK)
    assert not append_head(study, file, KEY, CLOCK)
    study.enrol(patient(), at(1))
    assert append_head(study, file, KEY, CLOCK)
    assert heads_in(file) == (first, study.head())
    assert verify(study, heads_in(file)).findings == ()


def test_a_line_that_was_cut_off_spoils_no_other(study: Store, tmp_path: Path):
    file = tmp_path / "heads"
    file.write_text('{"number": 3, "ha')
    assert append_head(study, file, KEY, CLOCK)
    kept = kept_heads(file.read_text(), "heads")
    assert (kept.heads, [str(each.place) for each in kept.findings]) == ((study.head(),), ["heads:1:1"])


def lines(*heads: Head, key: Ed25519PrivateKey = KEY) -> str:
    return "\n".join(signed_head(head, START, key) for head in heads)


def changed(**other: object) -> str:
    return json.dumps(json.loads(lines(SECOND)) | other)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (lines(FIRST, SECOND), []),
        (lines(FIRST, FIRST) + "\n\n" + lines(SECOND), []),
        (lines(FIRST) + "\n" + changed(number=3), ["bad-head"]),
        (changed(hash="3" * 64), ["bad-head"]),
        (changed(at="2026-01-01T00:00:00.000000Z"), ["bad-head"]),
        (changed(key=public(OTHER)), ["bad-head"]),
        (changed(key="nonsense"), ["bad-head"]),
        (changed(signature=7), ["bad-head"]),
        ("nonsense", ["bad-head"]),
        ("[]", ["bad-head"]),
        (lines(SECOND, FIRST), ["other-head"]),
        (lines(SECOND, replace(SECOND, hash="3" * 64)), ["other-head"]),
        (lines(FIRST) + "\n" + lines(SECOND, key=OTHER), ["other-key"]),
    ],
)
def test_a_file_that_was_changed_is_found(text: str, codes: list[str]):
    assert [finding.code for finding in kept_heads(text, "heads").findings] == codes


def test_a_file_that_somebody_signed_anew_is_found_by_the_key_that_was_kept():
    anew = lines(FIRST, SECOND, key=OTHER)
    assert kept_heads(anew, "heads").keys == (public(OTHER),)
    trusted = kept_heads(anew, "heads", public(KEY))
    assert ([finding.code for finding in trusted.findings], trusted.heads) == (["other-key"] * 2, ())


def test_a_key_of_another_kind_signs_nothing():
    other = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for pem, why in ((other, "a key of another kind"), (b"nonsense", "PEM")):
        with pytest.raises(ValueError, match=why):
            key_of(pem)


def test_settings_of_a_key_are_all_there_or_none(tmp_path: Path):
    assert key_to_sign_with(Settings()) is None
    key = tmp_path / "key"
    for text, settings in (
        (None, Settings(heads_file="heads")),
        (None, Settings(heads_authority="https://authority.example")),
        (None, Settings(heads_key="key")),
        (None, Settings(heads_file="heads", heads_key=str(key))),
        (b"nonsense", Settings(heads_file="heads", heads_key=str(key))),
    ):
        if text is not None:
            key.write_bytes(text)
        with pytest.raises(InvalidText, match="heads_"):
            key_to_sign_with(settings)
    key.write_bytes(new_key())
    assert key_to_sign_with(Settings(heads_file="heads", heads_key=str(key))) is not None


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "study.db"
    store = open_store(file)
    store.make_study(SEED, at(0))
    store.enrol(patient(), at(1))
    store.close()
    return file


def test_a_log_that_was_cut_off_is_found_as_a_person_types_it(database: Path, tmp_path: Path):
    key, file = tmp_path / "key", tmp_path / "heads"
    made = typed("audit", "key", key)
    assert (made.code, stat.S_IMODE(key.stat().st_mode)) == (0, 0o600)
    assert typed("audit", "key", key).code == 2  # never written over
    assert typed("audit", "head", database).out.strip() == typed("audit", "verify", database).out.strip()
    assert typed("audit", "head", database, "--append", file).code == 2
    assert json.loads(typed("audit", "head", database, "--sign", key).out)["key"] == made.out.strip()
    assert typed("audit", "head", database, "--sign", key, "--append", file).code == 0

    whole = typed("audit", "verify", database, "--heads", file)
    assert (whole.code, made.out.strip() in whole.err) == (0, True)
    take_guards_down(f"sqlite:///{database}")
    run(f"sqlite:///{database}", "DELETE FROM records WHERE number = (SELECT max(number) FROM records)")
    cut = typed("audit", "verify", database, "--heads", file, "--signed-by", made.out.strip())
    assert (cut.code, "[log-cut]" in cut.out) == (1, True)


def test_wrong_files_are_told(database: Path, tmp_path: Path):
    nonsense, key = tmp_path / "nonsense", tmp_path / "key"
    key.write_bytes(new_key())
    nonsense.write_text("nonsense")
    for words in (
        ("verify", database, "--heads", tmp_path / "none"),
        ("head", database, "--sign", tmp_path / "none"),
        ("head", database, "--sign", nonsense),
        ("head", database, "--sign", key, "--append", tmp_path / "none" / "heads"),
        ("key", tmp_path / "none" / "key"),
    ):
        assert typed("audit", *words).code == 2
    found = typed("audit", "verify", database, "--heads", nonsense)
    assert (found.code, "[bad-head]" in found.out) == (1, True)


def test_moments_are_signed_in_utc():
    assert (
        json.loads(signed_head(FIRST, datetime(2026, 3, 1, 8, tzinfo=UTC), KEY))["at"] == "2026-03-01T08:00:00.000000Z"
    )
