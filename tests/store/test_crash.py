"""``kill -9`` in the middle of two hundred writes: what was acknowledged is there, what was not is there whole or not at all."""

from __future__ import annotations

import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scheduler.store.interface import Store
from scheduler.store.opening import open_store
from scheduler.store.verifying import verify
from tests.store.killed import EVENTS, LATER
from tests.store.sample import NURSE, at, patient
from tests.store.writer import LAST, SUBJECTS

ROOT = Path(__file__).parents[2]
KILLS = 2
FEWEST_TURNS = 6
"""Each of the transactions looks for its key, reads the end of the log, inserts records and keeps the answer."""


def numbers_in(store: Store) -> list[int]:
    """Which of the writer's events are in the log, in the order of recording."""
    bodies = (record.body for record in store.records() if record.event is not None)
    return [int(found[1]) for body in bodies if (found := re.search(r'"medicine (\d+)"', body))]


def write_until_killed(url: str, first: int, seed: int, survive: int | None) -> int:
    """Run the writer, kill it at some moment after so many acknowledgements, and give the last event acknowledged."""
    command = [sys.executable, "-m", "tests.store.writer", url, str(first), str(seed)]
    acknowledged = first - 1
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        for count, line in enumerate(writer.stdout, 1):
            acknowledged = int(line)
            if count == survive:
                time.sleep(random.Random(seed).uniform(0, 0.01))
                writer.send_signal(signal.SIGKILL)
                acknowledged = max([acknowledged, *map(int, writer.stdout)])
                break
    assert writer.returncode == (-signal.SIGKILL if survive is not None else 0)
    return acknowledged


@pytest.mark.slow
@pytest.mark.no_cover  # the log is verified from its beginning after every kill
def test_no_acknowledged_event_is_lost_when_the_writer_is_killed(study: Store, url: str):
    for subject in SUBJECTS:
        study.enrol(patient(subject), at(1))
    study.close()
    chance, first = random.Random(url.partition(":")[0]), 1
    for kill in range(KILLS):
        acknowledged = write_until_killed(url, first, kill, chance.randint(5, 20))
        store = open_store(url, make=False)
        there = numbers_in(store)
        found = verify(store)
        store.close()
        assert there[:acknowledged] == list(range(1, acknowledged + 1))
        assert there == list(range(1, len(there) + 1)), "the last append may have been recorded without being told"
        assert len(there) <= acknowledged + 3
        assert found.findings == ()
        first = len(there) + 1
    assert first <= LAST
    last = write_until_killed(url, first, KILLS, None)
    store = open_store(url, make=False)
    assert last >= LAST
    assert numbers_in(store) == list(range(1, last + 1))
    assert verify(store).findings == ()
    assert sum(log.length for log in store.logs().values()) == last
    store.close()


def turns_of(deed: str, url: str) -> int:
    """Run what is killed after each of its statements in turn; gives how often it was, before it came to its end."""
    command = [sys.executable, "-m", "tests.store.killed", url, deed]
    ended = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, check=True).stdout.split("\n")
    *killed, last, _ = ended
    assert (set(killed), last) == ({"killed"}, "ended 0")
    return len(killed)


@pytest.mark.no_cover  # what is killed tells nobody which lines it went through
@pytest.mark.slow
def test_no_patient_is_there_without_the_events_of_the_enrolment_wherever_it_is_killed(study: Store, url: str):
    study.close()
    turns = turns_of("enrolled", url)
    assert turns >= FEWEST_TURNS
    store = open_store(url, make=False)
    # Only what was killed after the commit is there, and what was not killed at all.
    there = [f"TURN-{turns}", f"TURN-{turns + 1}"]
    assert {each.subject: each.length for each in store.subjects()} == dict.fromkeys(there, len(EVENTS))
    answers = {turn: store.answered(NURSE.id, f"TURN-{turn}", at(3).at) for turn in range(1, turns + 2)}
    assert [f"TURN-{turn}" for turn, answer in answers.items() if answer is not None] == there
    assert {answer.answer for answer in answers.values() if answer is not None} == {"None,1,2,3"}
    assert verify(store).findings == ()
    store.close()


@pytest.mark.no_cover  # what is killed tells nobody which lines it went through
@pytest.mark.slow
def test_events_of_one_request_are_all_there_or_none_wherever_it_is_killed(study: Store, url: str):
    study.enrol(patient("THERE"), at(1))
    study.close()
    turns = turns_of("recorded", url)
    assert turns >= FEWEST_TURNS
    store = open_store(url, make=False)
    assert store.log("THERE").length == 2 * len(LATER)
    answers = [store.answered(NURSE.id, f"TURN-{turn}", at(3).at) for turn in range(1, turns + 2)]
    assert [answer and answer.answer for answer in answers] == [None] * (turns - 1) + ["1,2", "3,4"]
    assert verify(store).findings == ()
    store.close()
