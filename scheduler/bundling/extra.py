"""The solver is an extra, ``scheduler[optimise]``: without it the program runs, and says what to install."""

from __future__ import annotations

from importlib import util

from scheduler.findings import Finding, Severity


def missing_extra() -> Finding | None:
    """What to say where the solver is not installed; None where it is."""
    if util.find_spec("ortools") is not None:
        return None
    message = "no plan was made: what searches for the fewest trips is not installed"
    return Finding("solver-not-installed", Severity.ERROR, message, "install scheduler[optimise]")
