"""A clock that jumps back or ahead: refused where something is known against it, confirmed by a person, and recorded as such."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from freezegun import freeze_time

from scheduler.errors import Refused
from scheduler.store.interface import Store
from scheduler.store.keeping.clock import confirm_clock, refuse_wrong_clock, wrong_clock
from scheduler.store.values import Act, Clocks, Kind
from scheduler.store.verifying import verify
from tests.cli.typed import study_in, typed
from tests.store.sample import NURSE, patient

NOON = datetime(2026, 5, 21, 12, 0, tzinfo=UTC)
HELD = "{on: 2026-05-21, event: held, treatment: regorafenib, reason: AE 2, by: Dr Example}"


def code(recorded: timedelta | None, database: timedelta | None) -> str | None:
    """What is said of a clock at noon, when others say so much more than noon."""
    clocks = Clocks(*(None if each is None else NOON + each for each in (recorded, database)))
    found = wrong_clock(clocks, NOON)
    return None if found is None else found.code


@pytest.mark.parametrize(
    ("recorded", "database", "said"),
    [
        (None, None, None),
        (timedelta(days=-30), None, None),
        (timedelta(minutes=59), None, None),
        (timedelta(minutes=61), None, "clock-behind"),
        (timedelta(days=10), timedelta(0), "clock-behind"),
        (timedelta(days=-1), timedelta(minutes=9), None),
        (timedelta(days=-1), timedelta(minutes=11), "clock-differs"),
        (timedelta(days=-1), timedelta(days=-3), "clock-differs"),
    ],
)
def test_what_is_known_against_a_clock(recorded: timedelta | None, database: timedelta | None, said: str | None):
    assert code(recorded, database) == said


def nearby(url: str) -> Callable[..., datetime]:
    """Moments that the database's own clock agrees with, where it has one."""
    begun = datetime.now(UTC) if url.startswith("postgresql") else NOON
    return lambda **more: begun + timedelta(**more)


def test_a_clock_that_went_back_is_refused_until_a_person_confirms_it(study: Store, url: str):
    moment = nearby(url)
    refuse_wrong_clock(study, moment())
    study.enrol(patient(), Act(NURSE, moment(days=9)))
    with pytest.raises(Refused) as error:
        refuse_wrong_clock(study, moment())
    assert [finding.code for finding in error.value.findings] == ["clock-behind"]
    # What a server writes by itself meanwhile, such as a lock, does not make the clock right.
    study.note("account locked", {"account": "nobody", "until": "x"}, Act(NURSE, moment()))
    assert wrong_clock(study.clocks(), moment()) is not None
    confirmed = confirm_clock(study, Act(NURSE, moment(), "the clock was nine days ahead"))
    assert confirmed is not None
    assert (confirmed.kind, confirmed.reason) == (Kind.CLOCK_CONFIRMED, "the clock was nine days ahead")
    refuse_wrong_clock(study, moment(minutes=1))
    assert confirm_clock(study, Act(NURSE, moment(minutes=1))) is None
    assert verify(study).findings == ()


def test_the_databases_own_clock_is_believed(study: Store, url: str):
    clocks = study.clocks()
    if clocks.database is None:
        assert url.startswith("sqlite")
        return
    assert abs(clocks.database - datetime.now(UTC)) < timedelta(minutes=5)
    for days in (-3, 3):
        act = Act(NURSE, datetime.now(UTC) + timedelta(days=days), "I know better")
        with pytest.raises(Refused) as error:
            confirm_clock(study, act)
        assert [finding.code for finding in error.value.findings] == ["clock-differs"]


def test_an_empty_log_says_nothing_against_a_clock(store: Store):
    assert store.clocks().recorded is None


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clock")
    with freeze_time("2026-05-31 08:00:00"):
        typed("import-study", study_in(folder), folder / "study.db", "--as-recorded")
        assert typed("record", folder / "study.db", "EXP-001", HELD).code == 0
    return folder / "study.db"


def test_a_person_is_told_and_confirms(made_once: Path, tmp_path: Path):
    study = Path(shutil.copy(made_once, tmp_path / "study.db"))
    with freeze_time("2026-05-21 08:00:00"):
        commands = (("record", study, "EXP-003", HELD), ("link", study, "EXP-001"), ("audit", "clock", study))
        answers = [typed(*words) for words in commands]
        assert [(each.code, "[clock-behind]" in each.err) for each in answers] == [(1, True)] * 3
        assert "2026-05-21 08:00 UTC, and something was recorded at 2026-05-31 08:00 UTC" in answers[2].err
        confirmed = typed("audit", "clock", study, "--reason", "it was ten days ahead until today")
        assert (confirmed.code, "confirmed with record" in confirmed.err) == (0, True)
        assert typed("record", study, "EXP-003", HELD).code == 0
        assert "nothing is known against the clock" in typed("audit", "clock", study).err
        assert "clock confirmed" in typed("audit", "export", study).out
