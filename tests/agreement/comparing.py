"""The engine's calendar in the words of the retelling, and where the two differ."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from scheduler.calendar.entry import Calendar, Entry, Flag, Kind, Status
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.events import parse_event
from scheduler.patient.recording import build_log
from scheduler.site import Site
from tests.oracle.diary import Told
from tests.oracle.retelling import retell
from tests.seed import VERSION

COLLECTED = "adverse-events.1"
"""The one period that the retelling knows."""


def disagreements(
    events: list[dict[str, Any]], site: Site, closed: set[date], opened: set[date], until: date
) -> list[str]:
    """Every entry that the two tell otherwise, one line each. What was cancelled is left out: they list it differently."""
    log = build_log(VERSION, [parse_event(event) for event in events])
    engine = _kept(dict(_told(calendar_of(VERSION, site, log, until=until))))
    retold = _kept(retell(events, closed, opened, until))
    names = sorted(engine.keys() | retold.keys())
    return [f"{name}: {engine.get(name)} / {retold.get(name)}" for name in names if _differ(engine, retold, name)]


def _differ(engine: dict[str, Told], retold: dict[str, Told], name: str) -> bool:
    ours, theirs = engine.get(name), retold.get(name)
    if ours is None or theirs is None:
        return ours is not theirs
    if "no record" in (ours.says, theirs.says):
        return ours.date != theirs.date
    if theirs.ideal is None and theirs.date is not None:
        # Of what was done, the retelling does not always keep when it was due.
        return (ours.date, ours.says) != (theirs.date, theirs.says)
    return ours != theirs


def _kept(told: dict[str, Told]) -> dict[str, Told]:
    """The retelling names every pending contact, the engine the first; a period that was over before it began is none."""
    later = [name for name, each in told.items() if each.says == "pending" and name.startswith("survival.")]
    return {
        name: each
        for name, each in told.items()
        if each.says != "cancelled"
        and not (name in later and name != "survival.1")
        and (each.window is None or each.window[0] <= each.window[1])
    }


def _told(calendar: Calendar) -> Iterator[tuple[str, Told]]:
    for pending in calendar.pending:
        if pending.kind is not Kind.PERIOD or pending.id == COLLECTED:
            yield pending.id, Told(None, "pending")
    for entry in calendar.entries:
        if entry.kind is Kind.PERIOD and (entry.id != COLLECTED or Flag.OPEN_END in entry.flags):
            continue
        if entry.timeline == "unscheduled":
            continue
        yield from _tablets(entry) if entry.kind is Kind.ORAL else _attendance(entry)


def _attendance(entry: Entry) -> Iterator[tuple[str, Told]]:
    says = "no record" if Flag.NO_RECORD in entry.flags else str(entry.status)
    yield entry.id, Told(entry.date, says, entry.ideal, entry.window)


def _tablets(entry: Entry) -> Iterator[tuple[str, Told]]:
    if not entry.runs:
        yield f"{entry.id}.1", Told(entry.date, str(entry.status), entry.ideal, entry.window)
    for run in entry.runs:
        says = str(run.status)
        if run.status in (Status.PLANNED, Status.DONE):
            says = " + ".join(str(dose) for dose in run.doses)
        for offset in range(run.last_day - run.first_day + 1):
            number, day = run.first_day + offset, run.first_date + timedelta(days=offset)
            first = number == 1
            told = Told(day, says, entry.ideal if first else None, entry.window if first else None)
            yield f"{entry.id}.{number}", told
