"""What a patient of a cohort costs beside the calendar alone, in processor time and without what a part costs at once."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from scheduler.calendar.patient_calendar import calendar_of
from scheduler.cohorts.expand import expand
from scheduler.cohorts.schema import DataSet
from scheduler.cohorts.sources import InFiles, InParquet, Source, source_at
from scheduler.folder.reading.many import many_calendars
from scheduler.patient.log import Log
from tests.benchmarks.cohorts import written_to
from tests.benchmarks.figures import Figure
from tests.benchmarks.patient import log_of_an_ordinary_patient, log_of_length, seed_version, shanghai

CALENDARS = frozenset({DataSet.CALENDARS})
FIRST = date(2026, 3, 2)
SHARED = 4000
_OF_SHARED = "patients of whom nothing bears on a date yet: one calendar for each start day and site, rows copied"
_OF_OWN = "what reading a log and writing the calendar's rows add to working it out"


def cohort_ratios() -> list[Figure]:
    """Patients of whom nothing else is recorded than that they began, and ordinary ones, each with a calendar of their own."""
    version, site = seed_version(), shanghai()
    days = [FIRST + timedelta(days=day) for day in range(48)]
    ordinary = [log_of_an_ordinary_patient(version, site, day) for day in days]
    begun = log_of_length(version, site, 3)
    with tempfile.TemporaryDirectory() as folder:
        expanded = partial(_expanded, Path(folder))
        many, few = (expanded(f"begun-{count}", [begun] * count) for count in (SHARED, 1))
        shared = (_median(many) - _median(few)) / (SHARED - 1)
        parts = [expanded(f"ordinary-{count}", ordinary[:count]) for count in (len(ordinary), 1)]
        checked = (_median(parts[0]) - _median(parts[1])) / (len(ordinary) - 1)
        known = [expanded(f"known-{count}", ordinary[:count], known=True) for count in (len(ordinary), 1)]
        unchecked = (_median(known[0]) - _median(known[1])) / (len(ordinary) - 1)
    of_begun = _median(lambda: [calendar_of(version, site, begun) for _ in range(20)]) / 20
    of_ordinary = _median(lambda: [calendar_of(version, site, log) for log in ordinary]) / len(ordinary)
    return [
        Figure(
            "cohort: shared calendar, written, times cheaper than the engine",
            of_begun / shared,
            "x",
            None,
            50,
            _OF_SHARED,
        ),
        Figure(
            "cohort: own calendar, read and written, in calendars", unchecked / of_ordinary, "x", 1.3, means=_OF_OWN
        ),
        Figure(
            "cohort: the same, its log checked first, in calendars",
            checked / of_ordinary,
            "x",
            1.3,
            means="and its events read from text and checked",
        ),
    ]


def _expanded(folder: Path, name: str, logs: Sequence[Log], *, known: bool = False) -> Callable[[], object]:
    """Writes the calendars of these logs anew each time. ``known``: somebody has read and checked them before."""
    place = written_to(folder / name, {"Site 001": logs})
    source: Source = source_at(place)
    if known:
        assert isinstance(source, InParquet)
        (site, subjects), *_ = source.subjects().items()
        source = InFiles(source.study(), tuple(source.read(site, subjects)))
    runs = iter(range(100))
    return lambda: expand(source, folder / f"{name}-{next(runs)}", data_sets=CALENDARS, size=10 * SHARED)


def _median(work: Callable[[], object], rounds: int = 5) -> float:
    costs = []
    for number in range(rounds + 1):
        with many_calendars():
            begin = time.process_time()
            work()
            costs += [time.process_time() - begin] if number else []
    return statistics.median(costs)
