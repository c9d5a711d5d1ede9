"""How much a test tries: a little in a plain run, all of it with `pytest --everything`."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

# Hypothesis would also draw numbers and words that stand in the modules imported by then. What a law tries would hang on
# the order of the tests and on every constant of the program. There is no setting for it (6.170).
NO_CONSTANTS = Constants()
providers._get_local_constants = lambda: NO_CONSTANTS

settings.register_profile(
    "everything",
    deadline=None,
    derandomize=True,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],  # how fast this machine is
)
settings.register_profile("plain", settings.get_profile("everything"), max_examples=20)


def examples(number: int) -> int:
    """This many made-up examples, or in a plain run a fifth and at least three. It is asked when the test is read."""
    return max(min(number, 3), number * settings().max_examples // 100)


def one_in(every: int, values: Iterable[object]) -> list[object]:
    """All values for a test that takes one after the other. All but the first of each so many are slow."""
    return [value if number % every == 0 else _slow(value) for number, value in enumerate(values)]


def _slow(value: object) -> object:
    """A value that stands for itself, or several with their name, as ``pytest.param`` has them."""
    if isinstance(value, type(pytest.param())):
        return pytest.param(*value.values, marks=[*value.marks, pytest.mark.slow], id=value.id)
    return pytest.param(value, marks=pytest.mark.slow)
