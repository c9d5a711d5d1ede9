"""The planned calendar of the seed study beside what others take for the same, in processor time, one after the other in turn."""

from __future__ import annotations

import json
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from dateutil.rrule import DAILY, rrule

from scheduler.calendar.entries.because import Because, Count, Step
from scheduler.calendar.entries.entry import Calendar, Entry, Kind, Run
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.dates import civil_date
from scheduler.folder.reading.many import many_calendars
from tests.benchmarks.figures import Figure
from tests.benchmarks.patient import log_of_length, seed_version, shanghai

ROUNDS = 60
PEER = Path(__file__).with_name("edc_peer.txt")
PACKAGES = (
    *("edc-visit-schedule", "edc-facility", "edc-utils", "edc-sites", "edc-auth", "edc-constants", "edc-model-admin"),
    *("edc-registration", "edc-protocol", "django-multisite2", "django<5", "tqdm"),
)
"""The two that plan, and what they import without saying so."""

_OF_EDC = "Django packages that plan 87 of the 91 entries: windows and closed days, no doses, no reasons"
_OF_RULES = "the same dates and windows without closed days, doses and reasons, which are most of the work"
_OF_OBJECTS = "below 1 nothing can be: every entry with its reasons has to be made"


def planned() -> list[Figure]:
    """One patient who has started and of whom nothing else is recorded: two years, 91 entries."""
    version, site = seed_version(), shanghai()
    log = log_of_length(version, site, 3)
    calendar = calendar_of(version, site, log)
    rebuild, rules = _objects_of(calendar), _rules_of(calendar)

    def ours() -> object:
        with many_calendars():
            return calendar_of(version, site, log)

    timed: dict[str, list[float]] = {"ours": [], "objects": [], "rrule": [], "edc": []}
    with _edc(calendar, [date.fromordinal(day) for day in site.usual.closed]) as edc:
        for number in range(ROUNDS + 1):
            once = {"ours": _cost(ours), "objects": _cost(rebuild), "rrule": _cost(rules)}
            if edc is not None and number % 6 == 0:
                once["edc"] = edc()
            for name, cost in once.items() if number else ():
                timed[name].append(cost)
    median = {name: statistics.median(costs) for name, costs in timed.items() if costs}
    figures = [
        Figure(
            "planned calendar, times plain dateutil.rrule with windows",
            median["ours"] / median["rrule"],
            "x",
            3,
            means=_OF_RULES,
        ),
        Figure(
            "planned calendar, times making its objects alone",
            median["ours"] / median["objects"],
            "x",
            5,
            means=_OF_OBJECTS,
        ),
    ]
    if "edc" in median:
        what = "planned calendar, times quicker than edc with closed days"
        figures.insert(0, Figure(what, median["edc"] / median["ours"], "x", None, 100, _OF_EDC))
    return figures


def _cost(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def _objects_of(calendar: Calendar) -> Callable[[], list[Entry]]:
    """The same entries made again from numbers and texts that are there: with reasons, steps, runs and civil dates."""
    told = [
        (
            entry,
            entry.ideal.toordinal() if entry.ideal is not None else None,
            (entry.window[0].toordinal(), entry.window[1].toordinal()) if entry.window is not None else None,
            entry.date.toordinal() if entry.date is not None else None,
            [(run, run.first_date.toordinal(), run.last_date.toordinal()) for run in entry.runs],
        )
        for entry in calendar.entries
    ]

    def rebuild() -> list[Entry]:
        made = []
        for entry, ideal, window, day, runs in told:
            new: list[Any] = [*entry]
            new[5] = civil_date(ideal) if ideal is not None else None
            new[6] = (civil_date(window[0]), civil_date(window[1])) if window is not None else None
            new[7] = civil_date(day) if day is not None else None
            new[13] = _again(entry.because)
            new[16] = tuple(
                [
                    Run(*run[:2], civil_date(first), civil_date(last), *run[4:6], _again(run.because), *run[7:])
                    for run, first, last in runs
                ]
            )
            made.append(Entry(*new))
        return made

    return rebuild


def _again(because: Because) -> Because:
    steps = [
        Step(step.moment, step.reasons, Count(*step.counted) if step.counted is not None else None, step.day)
        for step in because.steps
    ]
    return Because(because.set_by, because.looked_at, because.latest, tuple(steps))


def _rules_of(calendar: Calendar) -> Callable[[], object]:
    """The same number of dates in each series by a rule of its own, each with a window, and nothing closed."""
    series: dict[str, list[Entry]] = {}
    for entry in calendar.entries:
        if entry.kind is not Kind.PERIOD and entry.ideal is not None:
            series.setdefault(entry.timeline, []).append(entry)
    rules = []
    for entries in series.values():
        first, last = entries[0], entries[-1]
        assert first.ideal is not None
        assert last.ideal is not None
        step = max(1, round((last.ideal - first.ideal).days / max(1, len(entries) - 1)))
        window = first.window or (first.ideal, first.ideal + timedelta(days=7))
        start = datetime.combine(first.ideal, datetime.min.time())
        rules.append((start, step, len(entries), first.ideal - window[0], window[1] - first.ideal))

    def expand() -> list[tuple[datetime, datetime, datetime]]:
        return [
            (day - early, day, day + late)
            for start, step, count, early, late in rules
            for day in rrule(DAILY, interval=step, count=count, dtstart=start)
        ]

    return expand


@contextmanager
def _edc(calendar: Calendar, closed: list[date]) -> Iterator[Callable[[], float] | None]:
    """Plans the same visits once and tells the processor time; None where its packages cannot be had."""
    visits = sorted((each for each in calendar.entries if each.kind is not Kind.PERIOD and each.ideal), key=_ideal)
    start = _ideal(visits[0])
    told = [((_ideal(each) - start).days, *_around(each)) for each in visits]
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder) / "bin" / "python"
        try:
            subprocess.run(["uv", "venv", "-q", "-p", "3.11", folder], check=True, capture_output=True)
            subprocess.run(["uv", "pip", "install", "-q", "-p", python, *PACKAGES], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            yield None
            return
        with subprocess.Popen([python, PEER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as peer:
            assert peer.stdin is not None
            assert peer.stdout is not None
            sent, answers = peer.stdin, peer.stdout
            asked = {"start": f"{start}T09:00", "visits": told, "closed": [str(day) for day in closed]}
            sent.write(json.dumps(asked) + "\n")

            def once() -> float:
                sent.write("once more\n")
                sent.flush()
                cost, number = answers.readline().split()
                assert int(number) == len(told)
                return float(cost)

            yield once
            sent.close()


def _ideal(entry: Entry) -> date:
    assert entry.ideal is not None
    return entry.ideal


def _around(entry: Entry) -> tuple[int, int]:
    """The days before and after; a week after it where the protocol gives no window, else it would find no open day."""
    first, last = entry.window or (_ideal(entry), _ideal(entry) + timedelta(days=7))
    return (_ideal(entry) - first).days, (last - _ideal(entry)).days
