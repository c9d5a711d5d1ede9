"""What one test has made is not there for the next, so that every test meets a change by itself."""

from __future__ import annotations

from scheduler.patient.dose_rules.so_far import index, options
from tests import parsed_once


def pytest_runtest_setup() -> None:
    index._made_once.cache_clear()
    options._made_once.cache_clear()
    parsed_once.forget_all()
