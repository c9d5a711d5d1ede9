"""Every kind of event is drawn, and taken into the log: a law that is tried on none of a kind says nothing about it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, find, settings

from tests.laws.any_events import KINDS_OF_EVENT
from tests.laws.test_nothing_silent import recordings

pytestmark = pytest.mark.no_cover  # its lines are those of other tests, and watching them takes as long again

DRAWS = 150
drawn = settings(
    max_examples=DRAWS,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("word", KINDS_OF_EVENT)
def test_each_kind_is_taken_into_a_log_within_so_many_draws(word: str) -> None:
    assert find(recordings(word, seed=0), lambda found: found is not None, settings=drawn) is not None
