"""Backups on a schedule: which stay, which are let go, and what is left alone."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.errors import InvalidText, Refused, StoreUnavailable
from scheduler.store.interface import Store
from scheduler.store.keeping.schedule import (
    Retention,
    back_up,
    backups_in,
    is_due,
    moment_of,
    name_of,
    to_let_go,
)
from scheduler.store.opening import open_store
from scheduler.web.serving.backups import back_up_where_due, refuse_no_folder
from scheduler.web.settings import Settings
from tests.laws.examples import examples
from tests.store.sample import SEED, at, patient
from tests.web.people import QUICK, TestTime

NIGHT = datetime(2026, 5, 21, 1, 0, tzinfo=UTC)
MOMENTS = st.lists(
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)).map(lambda each: each.replace(microsecond=0, tzinfo=UTC)),
    unique=True,
    max_size=60,
)


@pytest.fixture
def small(tmp_path: Path):
    store = open_store(tmp_path / "small.db")
    store.make_study(SEED, at(0))
    store.enrol(patient(), at(1))
    yield store
    store.close()


def test_a_name_says_the_moment():
    assert name_of(NIGHT) == "backup-20260521T010000Z.db"
    assert moment_of(name_of(NIGHT)) == NIGHT
    for other in ("study.db", "backup-20260521T010000Z.db.tmp", "backup-20261341T010000Z.db", "backup.db"):
        assert moment_of(other) is None


def test_a_year_of_nights_is_kept_by_days_weeks_and_months():
    nights = [NIGHT - timedelta(days=each) for each in range(365)]
    stays = sorted(set(nights) - to_let_go(nights, Retention(3, 3, 4)), reverse=True)
    assert [each.date().isoformat() for each in stays] == [
        "2026-05-21",  # Thursday: the newest of its day, of its week and of May
        "2026-05-20",
        "2026-05-19",
        "2026-05-17",  # the Sundays that end the two weeks before
        "2026-05-10",
        "2026-04-30",  # the last nights of three months
        "2026-03-31",
        "2026-02-28",
    ]


def test_where_none_were_made_for_months_the_old_ones_stay():
    old = [NIGHT - timedelta(days=each) for each in (300, 301, 302)]
    assert to_let_go([NIGHT, *old], Retention(7, 5, 12)) == frozenset()


@settings(max_examples=examples(100), deadline=None)
@given(MOMENTS, st.integers(0, 5), st.integers(0, 5), st.integers(0, 5))
def test_law_the_newest_stays_and_who_lets_go_again_lets_nothing_more_go(
    moments: list[datetime], days: int, weeks: int, months: int
):
    retention = Retention(days, weeks, months)
    gone = to_let_go(moments, retention)
    stays = set(moments) - gone
    assert (max(moments) in stays) if moments else not stays
    assert len(stays) <= max(1, days + weeks + months)
    assert to_let_go(stays, retention) == frozenset()


def test_one_is_due_when_none_is_of_the_last_day():
    day = timedelta(days=1)
    assert is_due([], NIGHT, day)
    assert is_due([NIGHT - day], NIGHT, day)
    assert not is_due([NIGHT - timedelta(hours=23)], NIGHT, day)
    assert is_due([NIGHT + timedelta(days=3)], NIGHT, day), "a clock was ahead: that one says nothing"


def test_older_ones_are_let_go_once_the_new_one_is_there_and_nothing_else_is_touched(small: Store, tmp_path: Path):
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "by hand.db").write_text("kept by somebody")
    made = [back_up(small, folder, NIGHT + timedelta(days=day), Retention(2, 0, 0)) for day in range(4)]
    assert {each.head for each in made} == {small.head()}
    assert [each.name for each in made[-1].let_go] == ["backup-20260522T010000Z.db"]
    assert [each.name for each in backups_in(folder).values()] == [
        "backup-20260523T010000Z.db",
        "backup-20260524T010000Z.db",
    ]
    assert (folder / "by hand.db").read_text() == "kept by somebody"
    with pytest.raises(Refused):
        back_up(small, folder, NIGHT + timedelta(days=3), Retention())


def test_a_backup_that_fails_lets_nothing_go(small: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    back_up(small, tmp_path, NIGHT, Retention(1, 0, 0))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "link", full)
    with pytest.raises(StoreUnavailable):
        back_up(small, tmp_path, NIGHT + timedelta(days=1), Retention(1, 0, 0))
    assert list(backups_in(tmp_path)) == [NIGHT]
    with pytest.raises(StoreUnavailable) as nowhere:
        back_up(small, tmp_path / "none", NIGHT, Retention())
    assert [finding.code for finding in nowhere.value.findings] == ["backup-not-written"]


def test_what_was_begun_and_killed_is_swept_away_a_day_later(small: Store, tmp_path: Path):
    begun, fresh = (tmp_path / f".{name_of(NIGHT)}.{each}" for each in ("old", "new"))
    for each in (begun, fresh):
        each.mkdir()
        (each / "half").write_text("half")
    long_ago = (NIGHT - timedelta(days=2)).timestamp()
    os.utime(begun, (long_ago, long_ago))
    back_up(small, tmp_path, NIGHT, Retention())
    assert (begun.exists(), fresh.exists()) == (False, True)


def test_the_server_makes_one_a_day_and_none_without_a_folder(small: Store, tmp_path: Path):
    from scheduler.clock import Clock
    from scheduler.web.guards.server import server_of

    time, folder = TestTime(), tmp_path / "backups"
    folder.mkdir()
    chosen = QUICK.model_copy(update={"backups_folder": str(folder), "backups_daily": 2})
    server = server_of(small, chosen, Clock(time.now))
    assert back_up_where_due(server) is not None
    time.pass_by(hours=23)
    assert back_up_where_due(server) is None
    time.pass_by(hours=2)
    assert back_up_where_due(server) is not None
    assert len(backups_in(folder)) == 2
    assert back_up_where_due(server_of(small, QUICK, Clock(time.now))) is None


def test_a_folder_that_is_not_there_is_told_at_the_start(tmp_path: Path):
    refuse_no_folder(Settings())
    refuse_no_folder(Settings(backups_folder=str(tmp_path)))
    with pytest.raises(InvalidText) as error:
        refuse_no_folder(Settings(backups_folder=str(tmp_path / "none")))
    assert [finding.code for finding in error.value.findings] == ["bad-setting"]
