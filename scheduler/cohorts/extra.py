"""What works on cohorts is an extra, ``scheduler[batch]``: without it the program runs, and says what to install."""

from __future__ import annotations

from importlib.util import find_spec

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Severity

_NEEDED = ("distributed", "duckdb", "numpy", "pyarrow")


def refuse_without_extra() -> None:
    """Raises InvalidText where one of the libraries is not installed."""
    if all(find_spec(name) is not None for name in _NEEDED):
        return
    message = "no cohort was touched: what reads and writes cohorts is not installed"
    raise InvalidText([Finding("batch-not-installed", Severity.ERROR, message, "install scheduler[batch]")])
