"""How much a test tries: a little in a plain run, all of it with `pytest --everything`."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, seed, settings

LAWS_SEED = "LAWS_SEED"
"""The environment variable that gives laws with `fresh` other examples: a number, or "new" for one that nobody has had."""

if os.environ.get(LAWS_SEED) == "new":
    # Processes of one run get the same: they inherit the number.
    os.environ[LAWS_SEED] = str(random.SystemRandom().randrange(10**9))
SEED = os.environ.get(LAWS_SEED)

settings.register_profile(
    "everything",
    deadline=None,
    database=None,
    derandomize=SEED is None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],  # how fast this machine is
)
settings.register_profile("plain", settings.get_profile("everything"), max_examples=20)


def examples(number: int) -> int:
    """This many made-up examples, or in a plain run a fifth and at least three. It is asked when the test is read."""
    return max(min(number, 3), number * settings().max_examples // 100)


Law = TypeVar("Law", bound=Callable[..., Any])


def fresh(law: Law) -> Law:
    """A law that takes other examples by the environment's seed: the same for the same number."""
    return law if SEED is None else seed(int(SEED))(law)


def one_in(every: int, values: Iterable[object]) -> list[object]:
    """All values for a test that takes one after the other. All but the first of each so many are slow."""
    return [
        value if number % every == 0 else pytest.param(value, marks=pytest.mark.slow)
        for number, value in enumerate(values)
    ]
