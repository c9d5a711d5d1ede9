"""The soak in short: some seconds of everybody at once, a server that is killed, a database that is cut off."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.soak.__main__ import COLUMNS, table
from tests.soak.places import postgres
from tests.soak.rounds import Asked, Outcome, killing, percentile, restarting, run_round

SHORT = Asked(seconds=3, readers=4, writers=3, patients=6, kills=1, pause=0.2)
GOOD = Outcome("SQLite", 0, (5.0, 7.0), (9.0,), 0, 0, 0, 0, 1, 150.0, 0.4, 0, "")


def test_what_is_lost_doubled_or_broken_is_not_good():
    assert GOOD.is_good
    wrong = (
        replace(GOOD, lost=1),
        replace(GOOD, doubled=1),
        replace(GOOD, errors=1),
        replace(GOOD, findings=1),
        replace(GOOD, away=1),
        replace(GOOD, ended=11.0),
    )
    assert [each for each in wrong if each.is_good] == []
    assert replace(GOOD, away=3, disturbed=1).is_good


def test_times_are_told_by_how_many_are_not_above_them():
    times = tuple(float(each) for each in range(101))
    assert (percentile(times, 0.5), percentile(times, 0.99), percentile((), 0.5), percentile((3.0,), 0.99)) == (
        50.0,
        99.0,
        None,
        3.0,
    )
    assert table([GOOD]).rows == (("SQLite", 0, 2, 6, 7, 1, 9, 9, 0, 0, 0, 0, "whole", 150, "0.4"),)
    assert len(COLUMNS) == 15


@pytest.mark.slow
@pytest.mark.no_cover  # the servers are processes of their own
def test_two_servers_on_one_file_lose_and_double_nothing(tmp_path: Path):
    outcome = run_round("two", tmp_path / "two.db", SHORT, servers=2)
    assert outcome.is_good, outcome
    assert outcome.recorded >= SHORT.writers


@pytest.mark.slow
@pytest.mark.no_cover
def test_a_server_that_is_killed_loses_and_doubles_nothing(tmp_path: Path):
    asked = replace(SHORT, seconds=60)
    outcome = run_round("killed", tmp_path / "killed.db", asked, disturb=killing(SHORT.kills, SHORT.seed))
    assert outcome.is_good, outcome
    assert (outcome.disturbed, outcome.recorded >= SHORT.writers) == (1, True)


@pytest.mark.slow
@pytest.mark.no_cover
def test_a_database_that_is_cut_off_in_the_middle_loses_and_doubles_nothing():
    with postgres() as server, server.database() as address:
        asked = replace(SHORT, seconds=60)
        outcome = run_round("restarted", address, asked, workers=2, disturb=restarting(server, SHORT.seconds / 2))
    assert outcome.is_good, outcome
    assert (outcome.disturbed, outcome.recorded >= SHORT.writers) == (1, True)
