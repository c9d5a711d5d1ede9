"""What else is promised as a ratio: growth with log and years, lists beside a calendar, commands beside their help."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.views.patients import patient_of
from scheduler.views.pharmacy.dispensing import dispensing_list
from tests.benchmarks.figures import Figure
from tests.benchmarks.patient import EXAMPLE, log_of_an_ordinary_patient, log_of_length, seed_version, shanghai
from tests.calendar.test_growth import EVENTS, log_of_events

ROUNDS = 15
_OF_COMMANDS = "both start Python and typer; four fifths of the rest is loading modules, a fifth reading and answering"


def ratios() -> list[Figure]:
    """In processor time, the two sides in turn, by their medians."""
    return [*_growth(), *_lists(), *_commands()]


def ratio(one: Callable[[], object], other: Callable[[], object], rounds: int = ROUNDS) -> float:
    """What one costs, in the other."""
    costs: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds + 1):
        for work, found in zip((one, other), costs, strict=True):
            begin = time.process_time()
            work()
            found.append(time.process_time() - begin)
    return statistics.median(costs[0][1:]) / statistics.median(costs[1][1:])


def _growth() -> list[Figure]:
    version, site = seed_version(), shanghai()
    figures = []
    for name, made in EVENTS.items():
        many, few = (partial(calendar_of, version, site, log_of_events(made, count)) for count in (400, 50))
        figures.append(
            Figure(f"400 {name}, times 50", ratio(many, few, 5), "x", 10, means="8 x the events: 8 is in proportion")
        )
    log = log_of_length(version, site, 3)
    twenty, one = (partial(calendar_of, version, site, log, until=date(2026 + years, 3, 2)) for years in (20, 1))
    figures.append(
        Figure("calendar of 20 years, times one year", ratio(twenty, one), "x", 22, means="20 is in proportion")
    )
    return figures


def _lists() -> list[Figure]:
    version, site, first = seed_version(), shanghai(), date(2026, 7, 1)
    log = log_of_an_ordinary_patient(version, site)
    patient = patient_of(version, site, log, subject="S-001")
    calendar = partial(calendar_of, version, site, log)
    four_weeks = partial(dispensing_list, [patient], first, first + timedelta(days=27))
    deviations = partial(deviations_of, version, site, log, on=first)
    return [
        Figure(
            "dispensing list of four weeks, in calendars",
            ratio(four_weeks, calendar),
            "x",
            0.5,
            means="only cycles in the period are looked at",
        ),
        Figure(
            "deviations with their calendar, in calendars",
            ratio(deviations, calendar),
            "x",
            2,
            means="the calendar, one more without what was reported, and the ledger itself",
        ),
    ]


def _commands() -> list[Figure]:
    case = str(EXAMPLE / "patients" / "EXP-003.yaml")
    commands = {"show": (case,), "explain": (case, "toripalimab.2"), "check": (str(EXAMPLE / "protocol.yaml"),)}
    costs: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as compiled:
        for number in range(6):
            for name, words in {"--help": (), **commands}.items():
                cost = _of_command(Path(compiled), name, *words)
                if number:
                    costs.setdefault(name, []).append(cost)
    shortest = statistics.median(costs.pop("--help"))
    return [
        Figure(f"scheduler {name}, times --help", statistics.median(each) / shortest, "x", 4, means=_OF_COMMANDS)
        for name, each in costs.items()
    ]


def _of_command(compiled: Path, *words: str) -> float:
    """The processor time of a command, its own and the system's, as an installed one has them: its files compiled before."""
    known = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    known["PYTHONPYCACHEPREFIX"] = str(compiled)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "scheduler", *words], check=True, capture_output=True, env=known)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
