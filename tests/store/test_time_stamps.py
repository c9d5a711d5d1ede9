"""Time stamps on signed heads: by `openssl ts` as the authority, and found where they are of something else."""

from __future__ import annotations

import json
import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.clock import Clock
from scheduler.errors import InvalidText
from scheduler.store.interface import Store
from scheduler.store.opening import open_store
from scheduler.store.tampering.signed_heads import kept_heads, key_of, new_key, public, signed_head
from scheduler.store.tampering.time_stamps import NotStamped, stamped, wrong_stamps
from scheduler.store.values import Head
from scheduler.web.serving.heads import append_head
from tests.cli.typed import typed
from tests.store.sample import SEED, at
from tests.store.time_authority import TimeAuthority

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl, which is the authority")

KEY = key_of(new_key())
FIRST, SECOND = Head(1, "1" * 64), Head(2, "2" * 64)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TimeAuthority]:
    made = TimeAuthority(tmp_path_factory.mktemp("authority"))
    yield made
    made.close()


def line(head: Head, at: datetime | None = None) -> str:
    return signed_head(head, at or datetime.now(UTC), KEY)


def found(text: str, authority: TimeAuthority) -> tuple[list[tuple[str, str]], int]:
    findings, right = wrong_stamps(text, "heads", authority.root.read_bytes())
    return [(each.code, str(each.place)) for each in findings], right


def test_a_stamp_is_of_its_head_alone(authority: TimeAuthority):
    first, second = stamped(line(FIRST), authority.address), line(SECOND)
    moved = json.dumps(json.loads(second) | {"stamp": json.loads(first)["stamp"]})
    assert found(f"{first}\n{second}\nno head\n", authority) == ([], 1)
    assert found(f"{first}\n{moved}\n", authority) == ([("bad-stamp", "heads:2:1")], 1)
    broken = json.dumps(json.loads(first) | {"stamp": "AAAA"})
    assert found(broken, authority) == ([("bad-stamp", "heads:1:1")], 0)
    # The line is a signed head as before, for every reader.
    assert kept_heads(f"{first}\n", "heads", public(KEY)).heads == (FIRST,)


@pytest.mark.parametrize(
    "answer", [b"no HTTP at all\r\n\r\n", b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nshort", b""]
)
def test_an_authority_that_answers_anything_leaves_the_head_unstamped(answer: bytes):
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answers() -> None:
            asked, _ = listening.accept()
            with asked:
                asked.recv(100_000)
                asked.sendall(answer)

        thread = threading.Thread(target=answers)
        thread.start()
        with pytest.raises(NotStamped):
            stamped(line(FIRST), f"http://127.0.0.1:{listening.getsockname()[1]}/")
        thread.join()


def test_a_day_before_all_calendars_is_no_time_of_a_head(authority: TimeAuthority):
    early = json.loads(stamped(line(FIRST), authority.address)) | {"at": "0001-01-01T00:00:00+14:00"}
    assert found(json.dumps(early), authority) == ([("bad-stamp", "heads:1:1")], 0)


def test_the_authority_learns_a_digest_and_nothing_else(authority: TimeAuthority):
    said = line(FIRST)
    stamped(said, authority.address)
    query = authority.asked[-1]
    assert FIRST.hash.encode() not in query
    assert bytes.fromhex(json.loads(said)["signature"]) not in query


def test_a_head_that_says_another_time_is_found(authority: TimeAuthority):
    late = stamped(line(FIRST, datetime.now(UTC) - timedelta(hours=2)), authority.address)
    assert found(late, authority) == ([("bad-stamp", "heads:1:1")], 0)


def test_another_authority_is_found(authority: TimeAuthority, tmp_path: Path):
    other = TimeAuthority(tmp_path)
    try:
        said = stamped(line(FIRST), other.address)
    finally:
        other.close()
    assert found(said, authority) == ([("bad-stamp", "heads:1:1")], 0)
    with pytest.raises(InvalidText):
        wrong_stamps(said, "heads", b"no certificate")


def test_the_server_appends_the_head_also_where_nobody_stamps_it(
    authority: TimeAuthority, tmp_path: Path, study: Store
):
    file = tmp_path / "heads"
    assert append_head(study, file, KEY, Clock(), authority.address)
    assert found(file.read_text(), authority) == ([], 1)
    other = tmp_path / "others"
    authority.answers = False
    try:
        assert append_head(study, other, KEY, Clock(), authority.address)
        with pytest.raises(NotStamped):
            stamped(line(FIRST), authority.address)
    finally:
        authority.answers = True
    assert found(other.read_text(), authority) == ([], 0)
    assert kept_heads(other.read_text(), "heads").heads == (study.head(),)


def test_a_person_stamps_and_verifies_by_commands(authority: TimeAuthority, tmp_path: Path):
    database, key, heads = tmp_path / "study.db", tmp_path / "key", tmp_path / "heads"
    store = open_store(database)
    store.make_study(SEED, replace(at(0), at=datetime.now(UTC)))
    store.close()
    typed("audit", "key", key)
    done = typed("audit", "head", database, "--sign", key, "--append", heads, "--stamp", authority.address)
    assert done.code == 0
    assert typed("audit", "head", database, "--stamp", authority.address).code == 2
    verified = typed("audit", "verify", database, "--heads", heads, "--stamped-by", authority.root)
    assert "1 heads have a time stamp of this authority" in verified.err
    assert verified.code == 0
    assert typed("audit", "verify", database, "--stamped-by", authority.root).code == 2
    assert Head.read(verified.out) == kept_heads(heads.read_text(), "heads").heads[0]
