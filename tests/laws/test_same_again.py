"""The same facts give the same calendar: in every process, and in whatever order they were recorded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scheduler.calendar.entries.unplanned import is_unplanned
from scheduler.findings import has_errors
from scheduler.patient.appending import review
from scheduler.patient.events import Event
from scheduler.patient.log import log_of
from scheduler.patient.replaying.late_records import recorded_late
from tests.laws.examples import examples
from tests.laws.strategies import Patient, anybody
from tests.laws.told import calendar_after, facts_of, facts_of_the_plan, made_by_events
from tests.laws.walks import Followed

pytestmark = pytest.mark.no_cover  # its lines are those of other tests, and watching them takes as long again

ROOT = Path(__file__).parents[2]
EVERY_STORY = """
from tests.scenario_runner import calendar_of_story, stories
for story in stories():
    print(story.path.name, calendar_of_story(story))
"""


@pytest.mark.slow
def test_every_process_gives_the_same_calendars() -> None:
    told = {run_with_hash_seed(seed) for seed in ("0", "1", "4242")}
    assert len(told) == 1


def run_with_hash_seed(seed: str) -> str:
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", EVERY_STORY], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert len(done.stdout) > 100_000
    return done.stdout


@settings(max_examples=examples(100), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(anybody(), st.randoms(use_true_random=False))
def test_the_order_of_recording_does_not_matter(patient: Patient | Followed, chance: Any) -> None:
    facts = facts_of_the_plan(patient)
    in_order, shuffled = log_of(facts), log_of(shuffle_days(facts, chance))
    assume(not has_errors(review(patient.version, in_order)))
    # What was given keeps the amount that stood when it was recorded, so amounts are compared where none was recorded late.
    amounts = not recorded_late(in_order) and not recorded_late(shuffled)
    assert told_without_numbers(patient, in_order, amounts) == told_without_numbers(patient, shuffled, amounts)


def shuffle_days(facts: list[Event], chance: Any) -> list[Event]:
    """Days in another order; what happened on one day stays in order."""
    days = sorted({fact.on for fact in facts})
    chance.shuffle(days)
    return [fact for day in days for fact in facts if fact.on == day]


def told_without_numbers(patient: Patient | Followed, log: Any, amounts: bool) -> list[Any]:
    """What the entries say, but for the ids of those that an event's number makes."""
    named = made_by_events(patient.version)
    entries = [entry for entry in calendar_after(patient, log).entries if entry.timeline not in named]
    told = [facts_of(entry._replace(id=entry.timeline, n=0) if is_unplanned(entry) else entry) for entry in entries]
    return sorted((each if amounts else without_amounts(each) for each in told), key=lambda each: (each.id, each.date))


def without_amounts(entry: Any) -> Any:
    return entry._replace(doses=(), runs=tuple((run.first_date, run.last_date, run.status) for run in entry.runs))
