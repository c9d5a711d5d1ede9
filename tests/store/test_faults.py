"""A database that is gone, full, read-only, damaged, busy or not one: said in one sentence, and nothing half recorded."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import URL

from scheduler.errors import StoreUnavailable
from scheduler.store import connecting
from scheduler.store.beside.attempts import Attempt
from scheduler.store.beside.guesses import Limits
from scheduler.store.faults import unavailable
from scheduler.store.interface import Store
from scheduler.store.opening import open_store
from scheduler.store.sql.writing import Chain
from scheduler.store.values import Addition
from scheduler.store.verifying import verify
from tests.store import servers
from tests.store.sample import ADMIN, BEIJING, LINK, SEED, SESSION, START, at, medicine, patient


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(StoreUnavailable) as error:
        call()
    (finding,) = error.value.findings
    assert finding.hint
    assert "Traceback" not in str(error.value)
    return finding.code


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A study with one patient in SQLite's file."""
    file = tmp_path / "small.db"
    store = open_store(file)
    store.make_study(SEED, at(0))
    store.enrol(patient(), at(1))
    store.close()
    return file


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("nonsense", "store-address"),
        ("mysql://root@localhost/study", "store-address"),
        ("sqlite+nothing:///study.db", "store-address"),
        ("sqlite:////no/such/folder/study.db", "no-such-store"),
        ("postgresql://nobody:secret@127.0.0.1:1/study", "store-gone"),
    ],
)
def test_an_address_that_leads_nowhere(address: str, code: str):
    assert code_of(lambda: open_store(address, make=False)) == code


def test_no_message_tells_a_password():
    with pytest.raises(StoreUnavailable) as error:
        open_store("postgresql://nobody:secret@127.0.0.1:1/study")
    assert "secret" not in str(error.value)


def test_postgresql_without_its_driver(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert code_of(lambda: open_store("postgresql://nobody@127.0.0.1:1/study")) == "store-driver"


def test_a_folder_that_cannot_be_written_to(tmp_path: Path):
    (tmp_path / "file").write_text("")
    assert code_of(lambda: open_store(tmp_path / "file" / "study.db")) == "store-read-only"


def test_a_database_without_tables_is_not_made_into_one_unasked(url: str):
    if url.startswith("sqlite"):
        sqlite3.connect(url.removeprefix("sqlite:///")).close()
    assert code_of(lambda: open_store(url, make=False)) == "no-study"


def test_a_database_of_a_newer_release_is_left_alone(store: Store, url: str):
    engine = sa.create_engine(url, poolclass=sa.pool.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert code_of(lambda: open_store(url)) == "store-newer"


def test_the_newest_tables_are_the_last_step(store: Store):
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "scheduler.store:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == connecting.NEWEST


def test_the_steps_make_the_tables_that_the_program_asks_for(store: Store, url: str):
    """What `migrations` made is what `tables` says, column by column."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from scheduler.store.tables import metadata

    engine = sa.create_engine(url, poolclass=sa.pool.NullPool)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_several_processes_may_start_at_once_on_an_empty_database(url: str):
    if url.startswith("sqlite"):
        open_store(url).close()
    opened: list[Store] = []
    starts = [threading.Thread(target=lambda: opened.append(open_store(url))) for _ in range(4)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert [store.is_sound() for store in opened] == [True] * 4
    for store in opened:
        store.close()


def test_a_damaged_file_is_told(small: Path):
    data = bytearray(small.read_bytes())
    data[:16] = b"Not a database!!"
    small.write_bytes(data)
    assert code_of(lambda: open_store(small, make=False)) == "store-damaged"


def test_a_full_disk_loses_nothing_that_was_recorded(small: Path):
    """The file may not grow any more, as on a full disk."""
    store = open_store(small, make=False)
    engine = store._database._engine  # type: ignore[attr-defined]
    engine.dispose()
    sa.event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count = 1"))
    long = [Addition(medicine(number)) for number in range(2000)]
    assert code_of(lambda: store.append_unchecked("EXP-001", long, seen=0, act=at(2))) == "store-full"
    assert (store.log("EXP-001").length, verify(store).findings) == (0, ())
    store.close()


def test_a_read_only_file_can_be_read(small: Path):
    store = open_store(f"sqlite:///file:{small}?mode=ro&uri=true", make=False)
    assert store.head().number == 4
    assert code_of(lambda: store.note("looked", {}, at(1))) == "store-read-only"
    assert store.is_sound()
    store.close()


def test_a_writer_waits_only_so_long(study: Store, url: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(connecting, "WAIT", 0.2 if url.startswith("sqlite") else 1)
    hasty = open_store(url)
    with study._database.writing():  # type: ignore[attr-defined]
        assert code_of(lambda: hasty.note("looked", {}, at(1))) == "store-busy"
        assert hasty.head().number == 3, "readers do not wait"
    hasty.note("looked", {}, at(2))
    assert hasty.head().number == 4
    hasty.close()


def test_a_server_without_the_right_to_write_refuses(server: URL):
    """The role that a careful administrator gives to a reading program."""
    with servers.database_on(server) as url:
        made = open_store(url.render_as_string(hide_password=False))
        made.make_study(SEED, at(0))
        made.close()
        engine = sa.create_engine(url, poolclass=sa.pool.NullPool)
        role = f"reader_{os.urandom(4).hex()}"
        with engine.begin() as connection:
            connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN")
            connection.exec_driver_sql(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}")
        reader = open_store(url.set(username=role).render_as_string(hide_password=False), make=False)
        assert reader.study() == SEED
        assert code_of(lambda: reader.note("looked", {}, at(1))) == "store-read-only"
        reader.close()
        with engine.begin() as connection:
            connection.exec_driver_sql(f"DROP OWNED BY {role}")
            connection.exec_driver_sql(f"DROP ROLE {role}")


@pytest.mark.slow
def test_the_server_needs_no_right_to_change_the_log(server: URL):
    """The role that the page about trust gives to the server: it adds to the log, and can change neither it nor its guards."""
    page = (Path(__file__).parents[2] / "SECURITY.md").read_text("utf-8")
    (granted,) = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    role = f"server_{os.urandom(4).hex()}"
    with servers.database_on(server) as url:
        made = open_store(url.render_as_string(hide_password=False))
        made.make_study(SEED, at(0))
        made.close()
        owner = sa.create_engine(url, poolclass=sa.pool.NullPool)
        with owner.begin() as connection:
            connection.exec_driver_sql(granted.replace("scheduler_server", role))
        address = url.set(username=role)
        store = open_store(address.render_as_string(hide_password=False), make=False)
        store.enrol(patient(), at(1))
        store.add_site(BEIJING, at(2))
        store.add_account(ADMIN, at(3))
        store.change_account(ADMIN, replace(ADMIN, name="Another Name"), at(4))
        store.open_session(SESSION)
        store.close_sessions(ADMIN.id)
        store.add_link(LINK, at(5))
        store.revoke_link(LINK.id, at(6))
        store.begin_guess(ADMIN.id, "there", Limits(3, timedelta(minutes=15)), START, inside=False)
        store.unlock(ADMIN.id)
        assert store.use_code(ADMIN.id, 1)
        sent = Attempt("s" * 64, "log in", None, None, "/", START)
        store.keep_attempt(sent)
        assert store.take_attempt(sent.state, START) == sent
        assert store.take_tokens("somebody", 1, 20, START) == 1
        assert verify(store).findings == ()
        store.close()
        served = sa.create_engine(address, poolclass=sa.pool.NullPool)
        for attempt in (
            "UPDATE records SET body = '{}'",
            "DELETE FROM records",
            "TRUNCATE records",
            "UPDATE texts SET text = 'other'",
            "DELETE FROM keys",
            "ALTER TABLE records DISABLE TRIGGER ALL",
            "DROP TABLE records",
            "UPDATE alembic_version SET version_num = 'x'",
        ):
            with (
                served.connect() as connection,
                pytest.raises(sa.exc.ProgrammingError, match=r"permission|must be owner"),
            ):
                connection.exec_driver_sql(attempt)
        with owner.begin() as connection:
            connection.exec_driver_sql(f"DROP OWNED BY {role}")
            connection.exec_driver_sql(f"DROP ROLE {role}")


def test_a_server_that_was_away_is_found_again_and_one_that_is_gone_is_told(server: URL):
    with servers.database_on(server) as url:
        store = open_store(url.render_as_string(hide_password=False))
        store.make_study(SEED, at(0))
        away = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{url.database}'"
        servers.run(server, away)
        assert store.head().number == 3
        assert store.is_sound()
    assert code_of(store.head) == "store-gone"
    assert not store.is_sound()
    store.close()


def test_a_connection_that_breaks_inside_an_append_records_nothing(server: URL, monkeypatch: pytest.MonkeyPatch):
    with servers.database_on(server) as url:
        store = open_store(url.render_as_string(hide_password=False))
        store.make_study(SEED, at(0))
        store.enrol(patient(), at(1))
        away = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{url.database}'"

        def append() -> object:
            return store.append_unchecked("EXP-001", [Addition(medicine(1))], seen=0, act=at(2))

        def broken(connection: sa.engine.Connection) -> Chain:
            servers.run(server, away)
            return Chain(connection)

        with monkeypatch.context() as patch:
            patch.setattr("scheduler.store.sql.adding_records.Chain", broken)
            assert code_of(append) == "store-gone"
        assert store.log("EXP-001").length == 0
        append()
        assert verify(store).findings == ()
        store.close()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("(sqlite3.OperationalError) database or disk is full", "store-full"),
        ('could not extend file "base/1/2": No space left on device', "store-full"),
        ("attempt to write a readonly database", "store-read-only"),
        ("cannot execute INSERT in a read-only transaction", "store-read-only"),
        ("database is locked", "store-busy"),
        ("canceling statement due to lock timeout", "store-busy"),
        ("database disk image is malformed", "store-damaged"),
        ("records only grow: delete is refused", "store-refused"),
        ("server closed the connection unexpectedly", "store-gone"),
    ],
)
def test_what_a_database_says_is_put_into_words(said: str, code: str):
    error = unavailable(sa.exc.SQLAlchemyError(said))
    assert [finding.code for finding in error.findings] == [code]


def test_a_program_error_is_not_taken_for_the_databases(study: Store):
    from datetime import datetime

    with pytest.raises(ValueError, match="without a time zone"):
        study.forget_sessions(datetime(2026, 3, 1))


def test_who_waits_too_long_for_a_connection_is_told(study: Store, url: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(connecting, "WAIT", 1)
    monkeypatch.setattr(connecting, "POOL", 1)
    crowded = open_store(url)
    with contextlib.ExitStack() as users:
        for _ in range(11):
            users.enter_context(crowded._database.looking())  # type: ignore[attr-defined]
        assert code_of(crowded.head) == "store-busy"
    assert crowded.head() == study.head()
    crowded.close()


def test_a_disk_that_fails_in_a_backup_is_told(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def failing(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    store = open_store(small, make=False)
    monkeypatch.setattr("scheduler.store.sql.copying.sqlite3.connect", failing)
    (tmp_path / "out").mkdir()
    assert code_of(lambda: store.backup(tmp_path / "out" / "backup.db")) == "store-full"
    assert list((tmp_path / "out").iterdir()) == []
    store.close()


def test_a_file_that_another_process_makes_first_is_used(small: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Path, "exists", lambda path: False)
    store = open_store(small)
    assert store.head().number == 4
    store.close()


def test_a_file_that_was_deleted_or_replaced_is_no_database_any_more(small: Path, tmp_path: Path):
    store = open_store(small, make=False)
    small.rename(tmp_path / "aside.db")
    calls: list[Callable[[], object]] = [
        store.head,
        lambda: store.subject("EXP-001"),
        lambda: store.append_unchecked("EXP-001", [Addition(medicine(1))], seen=0, act=at(2)),
        lambda: store.backup(tmp_path / "backup.db"),
    ]
    assert {code_of(call) for call in calls} == {"store-gone"}
    small.write_bytes(b"another file")
    assert {code_of(call) for call in calls} == {"store-gone"}
    store.close()
    assert not (tmp_path / "backup.db").exists()


def test_what_goes_into_a_file_that_is_gone_is_not_told_as_recorded(small: Path, monkeypatch: pytest.MonkeyPatch):
    store, add = open_store(small, make=False), Chain.add

    def deleted(chain: Chain, *drafts: object) -> object:
        small.unlink()
        return add(chain, *drafts)  # type: ignore[arg-type]

    monkeypatch.setattr(Chain, "add", deleted)
    assert (
        code_of(lambda: store.append_unchecked("EXP-001", [Addition(medicine(1))], seen=0, act=at(2))) == "store-gone"
    )
    store.close()


def test_what_may_not_be_written_can_be_read(small: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(connecting, "may_not_be_written", lambda file: True)
    store = open_store(small, make=False)
    assert store.head().number == 4
    assert verify(store).findings == ()
    assert code_of(lambda: store.enrol(patient("EXP-002"), at(2))) == "store-read-only"
    store.close()
    assert sorted(each.name for each in small.parent.iterdir()) == ["small.db"]
    small.with_name("small.db-wal").write_bytes(b"something")
    assert code_of(lambda: open_store(small, make=False)) == "store-read-only"


def test_a_text_that_no_database_keeps_is_not_there(store: Store):
    store.make_study(SEED, at(0))
    for text in ("\x00", "EXP-001\x00", "\ud800"):
        assert store.subject(text) is None
        assert store.position(text) is None
        assert store.log(text).length == 0
        assert list(store.records(subject=text)) == []
        assert store.account(text) is None
        assert store.account_of(text) is None
        assert store.revoke_link(text, at(1)) is None
