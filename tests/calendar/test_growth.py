"""Eight times the events take at most ten times the steps, twenty years 22 times those of one: nothing grows with its square."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, timedelta
from types import FrameType
from typing import Any

import pytest

from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.events import parse_event
from scheduler.patient.log import Log, log_of
from tests.benchmarks.patient import seed_version, shanghai

START = date(2026, 3, 2)
BEGINNING: tuple[dict[str, Any], ...] = (
    {"on": "2026-02-27", "event": "randomised", "arm": "experimental"},
    {"on": "2026-03-02", "event": "cycle started", "treatment": "regorafenib", "cycle": 1},
    {"on": "2026-03-02", "event": "given", "treatment": "toripalimab", "n": 1},
)


def _days(count: int) -> list[str]:
    """So many days, one after the other over two years."""
    return [str(START + timedelta(days=2 + number * 700 // count)) for number in range(count)]


def _taken(day: str, number: int) -> dict[str, Any]:
    until = str(date.fromisoformat(day) + timedelta(days=1))
    return {"on": until, "event": "taken", "treatment": "regorafenib", "amount": "80 mg", "from": day, "to": day}


def _adverse_event(day: str, number: int) -> dict[str, Any]:
    return {"on": day, "event": "adverse event", "term": "fatigue", "grade": 1, "ae": number}


def _held_or_resumed(day: str, number: int) -> dict[str, Any]:
    order = {"event": "held", "reason": "AE 1"} if number % 2 else {"event": "resumed"}
    return {"on": day, "treatment": "regorafenib", **order}


def _measured(day: str, number: int) -> dict[str, Any]:
    return {
        "on": day,
        "event": "measured",
        "test": "ALT",
        "value": str(30 + number % 3),
        "unit": "U/L",
        "upper_limit": "40",
    }


def _rebooked(day: str, number: int) -> dict[str, Any]:
    return {"on": "2026-03-05", "event": "rebooked", "entry": "toripalimab.5", "to": day}


EVENTS = {
    "reports of tablets": _taken,
    "adverse events": _adverse_event,
    "holds and resumes": _held_or_resumed,
    "measurements": _measured,
    "rebookings": _rebooked,
}

Made = Callable[[str, int], dict[str, Any]]


def log_of_events(made: Made, count: int) -> Log:
    events = [made(day, number) for number, day in enumerate(_days(count), 1)]
    return log_of([parse_event(each) for each in (*BEGINNING, *events)])


def _steps(log: Log, until: date | None = None) -> int:
    """The lines of Python that a calendar takes."""
    version, site = seed_version(), shanghai()
    steps = 0

    def count(frame: FrameType, what: str, argument: Any) -> Any:
        nonlocal steps
        steps += what == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        calendar_of(version, site, log, until=until)
    finally:
        sys.settrace(before)
    return steps


@pytest.mark.parametrize("made", EVENTS.values(), ids=EVENTS)
def test_steps_do_not_grow_with_the_square_of_the_events(made: Made):
    assert _steps(log_of_events(made, 200)) <= 10 * _steps(log_of_events(made, 25))


def test_steps_grow_with_the_years():
    log = log_of([parse_event(each) for each in BEGINNING])
    assert _steps(log, date(2046, 3, 2)) <= 22 * _steps(log, date(2027, 3, 2))
