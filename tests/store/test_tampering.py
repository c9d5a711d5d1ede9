"""Tampering: the database refuses it, and where its guards were taken down, the chain tells."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import date, timedelta
from itertools import count
from typing import Any, cast

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from scheduler.store.beside.guesses import Limits
from scheduler.store.chain import Draft, chained
from scheduler.store.checked_recording import record_events
from scheduler.store.interface import Store
from scheduler.store.opening import open_store
from scheduler.store.tampering.told import LOCKED, locked_as_told
from scheduler.store.values import Act, Addition, Head, Record, Who
from scheduler.store.verifying import Verified, verify, verify_records
from tests.store.breaking import run, take_guards_down
from tests.store.sample import ADMIN, BEIJING, LINK, SESSION, START, STUDY, at, event, medicine, patient

NUMBERS = {"records": "number", "texts": "digest", "keys": "name"}
COLUMNS = {"records": "body", "texts": "text", "keys": "name"}
OTHER = {"records": "'{}'", "texts": "'other'", "keys": "'other'"}


@pytest.fixture
def filled(study: Store) -> Store:
    """A study with a patient, events, an account and a link."""
    study.enrol(patient(), at(1))
    record_events(study, STUDY, "EXP-001", [event("2026-02-20", "consented"), medicine(1)], seen=0, act=at(2))
    study.add_account(ADMIN, at(3))
    study.add_link(LINK, at(4))
    study.open_session(SESSION)
    study.begin_guess("a-1", "there", Limits(1, timedelta(minutes=15)), START, inside=False)
    study.end_guess("a-1", "there", Limits(1, timedelta(minutes=15)), START, right=False, inside=False)
    study.note(LOCKED, locked_as_told("a-1", 1, START + timedelta(minutes=15)), at(5))
    return study


@pytest.mark.parametrize("table", NUMBERS)
def test_the_database_refuses_to_change_or_delete_what_is_recorded(filled: Store, url: str, table: str):
    before = (list(filled.records()), filled.texts(), filled.feed_key())
    attempts = [f"UPDATE {table} SET {COLUMNS[table]} = {OTHER[table]}", f"DELETE FROM {table}"]
    if url.startswith("sqlite"):
        attempts.append(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")
    else:
        attempts.append(f"TRUNCATE {table}")
        attempts.append(
            f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT ({NUMBERS[table]}) DO UPDATE SET {COLUMNS[table]} = 'x'"
        )
    for attempt in attempts:
        with pytest.raises(sa.exc.DBAPIError, match=r"only grow: .* is refused|follows the last one"):
            run(url, attempt)
    assert (list(filled.records()), filled.texts(), filled.feed_key()) == before


@pytest.mark.parametrize("values", ["1", "99", "max(number) + 1, 'EXP-001', 1"])
def test_the_database_refuses_a_record_out_of_order(filled: Store, url: str, values: str):
    number, _, rest = values.partition(", ")
    subject, event_ = rest.split(", ") if rest else ("NULL", "NULL")
    attempt = (
        "INSERT INTO records (number, at, who_id, who_name, who_role, subject, event, kind, body, engine, previous, hash) "
        f"SELECT {number}, 'x', 'x', 'x', 'x', {subject}, {event_}, 'x', 'x', 'x', max(hash), 'x' FROM records"
    )
    with pytest.raises(sa.exc.DBAPIError):
        run(url, attempt)
    assert verify(filled).findings == ()


def test_what_nobody_touched_is_as_it_was(filled: Store):
    found = verify(filled, [Head(), filled.head()])
    assert found.findings == ()
    assert found.head == filled.head() == Head.read(str(filled.head()))


DEEDS = {
    "a body changed": ("UPDATE records SET body = replace(body, '2026', '2025') WHERE number = 5", {"record-changed"}),
    "a reason added": ("UPDATE records SET reason = 'made up' WHERE number = 5", {"record-changed"}),
    "a name changed": ("UPDATE records SET who_name = 'Somebody Else' WHERE number = 6", {"record-changed"}),
    "a moment moved": ("UPDATE records SET at = '2026-01-01T00:00:00.000000Z' WHERE number = 4", {"record-changed"}),
    "a record removed": ("DELETE FROM records WHERE number = 5", {"record-gone"}),
    "a body made unreadable": (
        "UPDATE records SET body = 'not json' WHERE number = 7",
        {"record-changed", "account-changed"},
    ),
    "a body made a list": ("UPDATE records SET body = '[]' WHERE number = 8", {"record-changed", "link-changed"}),
    "a protocol's text changed": ("UPDATE texts SET text = replace(text, '80 mg', '800 mg')", {"text-changed"}),
    "a text removed": ("DELETE FROM texts", {"text-gone"}),
    "the key of the feeds changed": ("UPDATE keys SET name = 'other'", {"key-changed"}),
    "a role raised": ("UPDATE accounts SET role = 'investigator'", {"account-changed"}),
    "a password put in": ("UPDATE accounts SET password = '$argon2id$known'", {"account-changed"}),
    "an account removed": ("DELETE FROM accounts", {"account-changed"}),
    "an account slipped in": (
        "INSERT INTO accounts (id, login, login_folded, name, role, password, sites, disabled, given, recovery) "
        "SELECT 'a-9', 'x', 'x', name, role, password, sites, disabled, given, recovery FROM accounts",
        {"account-changed"},
    ),
    "a login that is found by other letters": ("UPDATE accounts SET login_folded = 'other'", {"account-changed"}),
    "a reset forgotten": ("UPDATE accounts SET reset_by = 'a-1'", {"account-changed"}),
    "a given password called an own one": ("UPDATE accounts SET given = NOT given", {"account-changed"}),
    "a telephone put in": ("UPDATE accounts SET totp = 'JBSWY3DPEHPK3PXP'", {"account-changed"}),
    "an identity at the provider put in": ("UPDATE accounts SET external = 'an attacker'", {"account-changed"}),
    "codes on paper put in": ("UPDATE accounts SET recovery = '[\"00\"]'", {"account-changed"}),
    "sites made unreadable": ("UPDATE accounts SET sites = 'all of them'", {"account-changed"}),
    "a link's detail widened": ("UPDATE links SET detail = 'full'", {"link-changed"}),
    "a link removed": ("DELETE FROM links", {"link-changed"}),
    "a link revoked by hand": ("UPDATE links SET revoked = created", {"link-changed"}),
    "a link revoked in time to come": ("UPDATE links SET revoked = '2099-01-01T00:00:00.000000Z'", {"link-changed"}),
    "a link made at another time": ("UPDATE links SET created = '2025-01-01T00:00:00.000000Z'", {"link-changed"}),
    "a link fetched before it was made": (
        "UPDATE links SET fetched = '2025-01-01T00:00:00.000000Z'",
        {"link-changed"},
    ),
    "a link fetched in time to come": ("UPDATE links SET fetched = '2099-01-01T00:00:00.000000Z'", {"link-changed"}),
    "a link that lasts longer": ("UPDATE links SET expires = NULL", {"link-changed"}),
    "a link's moment made unreadable": ("UPDATE links SET created = 'once'", {"link-changed"}),
    "a record's moment made unreadable": ("UPDATE records SET at = 'once' WHERE number = 5", {"record-changed"}),
    "a record's moment spelled otherwise": (
        "UPDATE records SET at = replace(at, 'T', ' ') WHERE number = 5",
        {"record-changed"},
    ),
    "a record's day made unreadable": ("UPDATE records SET on_day = '2026-02-31' WHERE number = 5", {"record-changed"}),
    "a second key": ("INSERT INTO keys SELECT 'other', key FROM keys", {"key-changed"}),
    "a session slipped in": (
        "INSERT INTO sessions SELECT 'of-an-attacker', account, created, seen, expires, proof FROM sessions",
        {"session-slipped-in"},
    ),
    "a session made another's": ("UPDATE sessions SET account = 'a-2'", {"session-slipped-in"}),
    "a session begun at another time": (
        "UPDATE sessions SET created = '2025-01-01T00:00:00.000000Z'",
        {"session-slipped-in"},
    ),
    "a session's moment made unreadable": ("UPDATE sessions SET seen = 'once'", {"session-slipped-in"}),
    "a lock that lasts for ever": (
        "UPDATE guesses SET until = '2099-01-01T00:00:00.000000Z' WHERE source <> ''",
        {"lock-changed"},
    ),
    "a table added": ("CREATE TABLE shadow (number integer)", {"guard-added"}),
    "a column added": ("ALTER TABLE accounts ADD COLUMN hidden text", {"guard-changed"}),
    "a table removed": ("DROP TABLE codes_used", {"guard-gone"}),
}
"""What somebody does who owns the database, and what is found. Guards, a cut log and a forged one are below."""


@pytest.mark.parametrize("deed", DEEDS)
def test_tampering_behind_the_guards_is_found(filled: Store, url: str, deed: str):
    statement, codes = DEEDS[deed]
    take_guards_down(url)
    run(url, statement)
    assert {finding.code for finding in verify(filled, now=START + timedelta(days=1)).findings} >= codes


def test_there_are_as_many_deeds_as_were_asked_for():
    assert len(DEEDS) >= 30


def test_guards_that_were_taken_down_are_found(filled: Store, url: str):
    take_guards_down(url)
    found = verify(filled).findings
    assert {finding.code for finding in found} <= {"guard-gone", "guard-changed"}
    assert len(found) == (10 if url.startswith("sqlite") else 7)


def test_a_guard_that_was_changed_is_found(filled: Store, url: str):
    if url.startswith("sqlite"):
        run(
            url,
            "DROP TRIGGER records_no_update",
            "CREATE TRIGGER records_no_update BEFORE UPDATE ON records BEGIN SELECT 1; END",
        )
    else:
        run(
            url,
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        )
    assert [finding.code for finding in verify(filled).findings] == ["guard-changed"]


def test_what_no_record_tells_of_is_not_found(filled: Store, url: str):
    """The documentation says so."""
    run(
        url,
        "UPDATE links SET fetched = created",
        "UPDATE sessions SET expires = '2099-01-01T00:00:00.000000Z', seen = '2098-01-01T00:00:00.000000Z'",
        "DELETE FROM guesses",
        "INSERT INTO codes_used VALUES ('a-1', 7)",
    )
    assert verify(filled).findings == ()


def test_a_session_that_was_slipped_in_signs_nobody_in(filled: Store, url: str):
    run(url, "INSERT INTO sessions SELECT 'of-an-attacker', account, created, seen, expires, proof FROM sessions")
    assert filled.session("of-an-attacker") is None
    assert filled.session(SESSION.token) == SESSION


def test_nothing_is_found_while_others_write(filled: Store, url: str):
    """Between any two looks of the one who verifies, another writer makes an account, a link and a record."""
    other = open_store(url)
    number = count(1)

    def write() -> None:
        each = next(number)
        other.add_account(replace(ADMIN, id=f"w-{each}", login=f"writer-{each}"), at(9))
        other.add_link(replace(LINK, id=f"w-{each}", token=f"w-{each}"), at(9))
        other.revoke_link(f"w-{each}", at(10))
        other.add_site(replace(BEIJING, text=f"{BEIJING.text}# {each}\n"), at(11))

    class Watched:
        """The store, with a writer between every two looks."""

        def __getattr__(self, name: str) -> Any:
            found = getattr(filled, name)
            if name == "at_one_moment":
                return self.at_one_moment
            if callable(found):
                write()
            return found

        @contextlib.contextmanager
        def at_one_moment(self) -> Iterator[Any]:
            with filled.at_one_moment() as snapshot:
                yield Looked(snapshot)

    class Looked:
        def __init__(self, snapshot: Any) -> None:
            self._snapshot = snapshot

        def __getattr__(self, name: str) -> Any:
            write()
            return getattr(self._snapshot, name)

    found = verify(cast(Store, Watched()))
    other.close()
    assert next(number) > 5
    assert found.findings == ()


def test_changing_and_revoking_through_the_program_is_no_tampering(filled: Store):
    monitor = replace(ADMIN, role="monitor", password="$argon2id$9", sites=frozenset({"Shanghai"}))
    taken = replace(ADMIN, given=True, reset_by="a-2", totp="JBSWY3DPEHPK3PXP", recovery=frozenset({"00"}))
    filled.change_account(ADMIN, monitor, at(5))
    filled.change_account(monitor, taken, at(5))
    filled.fetched_link("l-1", START)
    filled.revoke_link("l-1", at(6))
    assert verify(filled).findings == ()


def test_a_log_cut_off_is_found_by_a_head_that_was_published(filled: Store, url: str):
    published = filled.head()
    take_guards_down(url)
    run(url, "DELETE FROM guesses", "DELETE FROM records WHERE number = 9")
    assert codes_of(verify(filled)) == set()
    assert codes_of(verify(filled, [published])) == {"log-cut"}
    filled.note("looked", {}, at(9))
    assert codes_of(verify(filled, [published])) == {"other-head"}


def codes_of(found: Verified) -> set[str]:
    """What was found beside the guards that the test took down."""
    return {finding.code for finding in found.findings if not finding.code.startswith("guard")}


@pytest.mark.parametrize("text", ["", "12", "12:abc", f"-1:{'0' * 64}", f"01:{'0' * 64}", f"1:{'G' * 64}"])
def test_a_head_is_a_number_and_a_hash(text: str):
    with pytest.raises(ValueError, match="not a head"):
        Head.read(text)


# The laws need no database: records are values.

TEXTS = st.text(max_size=20)
SUBJECTS = st.sampled_from([None, "EXP-001", "EXP-002"])


@st.composite
def logs(draw: st.DrawFn) -> tuple[Record, ...]:
    """A log as a store would have made it."""
    head, made = Head(), []
    counts: dict[str, int] = {}
    for minute in range(draw(st.integers(2, 12))):
        subject = draw(SUBJECTS)
        if subject is not None:
            counts[subject] = counts.get(subject, 0) + 1
        who = Who(draw(TEXTS), draw(TEXTS), draw(TEXTS))
        act = Act(who, START + timedelta(minutes=minute), draw(TEXTS), draw(st.none() | TEXTS))
        on = draw(st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)))
        draft = Draft("kind", draw(TEXTS), act, "0.1", subject, counts.get(subject or ""), on, draw(st.none() | TEXTS))
        record = chained(draft, head)
        head = Head(record.number, record.hash)
        made.append(record)
    return tuple(made)


def findings(records: Sequence[Record], published: Head | None = None) -> int:
    return len(verify_records(records, [published] if published else []).findings)


@given(logs())
def test_a_log_that_nobody_touched_has_no_finding(log: tuple[Record, ...]):
    assert findings(log, Head(log[-1].number, log[-1].hash)) == 0


CHANGES = {
    "number": 99,
    "at": START - timedelta(days=1),
    "on": date(1999, 1, 1),
    "who": Who("?", "?", "?"),
    "subject": "somebody else",
    "event": 99,
    "kind": "another",
    "body": "something else that is long enough to differ",
    "reason": "another reason that is long enough to differ",
    "signed": "another signature that is long enough to differ",
    "supersedes": 99,
    "protocol": "f" * 64,
    "engine": "9",
    "previous": "e" * 64,
    "hash": "d" * 64,
}


def test_every_part_of_a_record_is_changed_by_the_next_law():
    assert set(CHANGES) == {field.name for field in fields(Record)}


@given(logs(), st.data())
def test_a_record_that_was_changed_in_any_part_is_found(log: tuple[Record, ...], data: st.DataObject):
    index = data.draw(st.integers(0, len(log) - 1))
    part = data.draw(st.sampled_from(sorted(CHANGES)))
    changed = replace(log[index], **{part: CHANGES[part]})  # type: ignore[arg-type]
    assert findings([*log[:index], changed, *log[index + 1 :]]) > 0


@given(logs(), st.data())
def test_a_record_that_was_taken_away_is_found(log: tuple[Record, ...], data: st.DataObject):
    index = data.draw(st.integers(0, len(log) - 1))
    assert findings([*log[:index], *log[index + 1 :]], Head(log[-1].number, log[-1].hash)) > 0


@given(logs(), st.data())
def test_records_that_changed_places_are_found(log: tuple[Record, ...], data: st.DataObject):
    one, other = data.draw(st.sets(st.integers(0, len(log) - 1), min_size=2, max_size=2))
    moved = list(log)
    moved[one], moved[other] = moved[other], moved[one]
    assert findings(moved) > 0


@given(logs(), st.data())
def test_a_record_that_was_slipped_in_is_found_even_with_a_good_hash(log: tuple[Record, ...], data: st.DataObject):
    index = data.draw(st.integers(1, len(log) - 1))
    before = log[index - 1]
    forged = chained(Draft("held", "{}", at(1), "0.1"), Head(before.number, before.hash))
    assert findings([*log[:index], forged, *log[index:]]) > 0
    assert findings([*log[:index], forged, *log[index + 1 :]], Head(log[-1].number, log[-1].hash)) > 0


@given(logs(), st.data())
def test_a_log_computed_anew_is_found_by_a_published_head(log: tuple[Record, ...], data: st.DataObject):
    """Who can write to the database changes one record and computes all hashes after it."""
    index = data.draw(st.integers(0, len(log) - 1))
    forged: list[Record] = list(log[:index])
    head = Head(log[index - 1].number, log[index - 1].hash) if index else Head()
    for record in log[index:]:
        body = "forged, and longer than any other" if record is log[index] else record.body
        act = Act(record.who, record.at, None, record.signed)
        draft = Draft(record.kind, body, act, record.engine, record.subject, record.event, record.on, record.reason)
        forged.append(chained(draft, head))
        head = Head(forged[-1].number, forged[-1].hash)
    assert findings(forged) == 0
    assert findings(forged, Head(log[-1].number, log[-1].hash)) > 0


def test_an_addition_without_a_protocol_is_recorded_without_one(filled: Store):
    (record,) = filled.append_unchecked("EXP-001", [Addition(medicine(2))], seen=2, act=at(9))
    assert record.protocol is None
