"""Where an occurrence was put is a value: whoever asks for it gets what everybody gets, and cannot change it."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

import pytest

from scheduler.calendar.engine.chains import place_in_chains
from scheduler.calendar.engine.evaluation.being_placed import BeingPlaced
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.occurrences import occurrences
from scheduler.calendar.engine.evaluation.placement import CANCELLED, Placement
from scheduler.patient.replaying.replay import replay
from scheduler.patient.versions import plan_for
from tests.benchmarks.patient import log_of_length, seed_version, shanghai


def test_everything_that_was_placed_stays_as_it_was_placed() -> None:
    version, site = seed_version(), shanghai()
    log = log_of_length(version, site, 3)
    course = replay(log)
    plan = plan_for(version, course)
    assert plan is not None
    ev = Evaluation(plan, site, course, place_in_chains)
    ev.horizon = site.usual.unpublished_from
    put = [each for line in ev.plan.timelines.values() for each in occurrences(ev, line)]
    assert len(put) > 20
    assert {type(each) for each in (*put, *ev.placed.values())} == {Placement}
    with pytest.raises(FrozenInstanceError):
        put[0].standing = CANCELLED  # type: ignore[misc]


def test_what_is_said_later_is_said_of_another_value() -> None:
    plan = next(iter(seed_version().arms.values()))
    line = next(iter(plan.timelines.values()))
    first = BeingPlaced(line, 1, 0, f"{line.name}.1", nominal=739_000).placed()
    again = BeingPlaced.again(first)
    again.cancel()
    assert (first.standing.value, again.placed().standing.value) == ("planned", "cancelled")
    assert [field.name for field in fields(Placement)] == [field.name for field in fields(BeingPlaced)]
