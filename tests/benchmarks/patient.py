"""The patient that is measured: two years of the experimental arm, with a log of any length."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from scheduler.calendar.entry import Entry, Kind
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.events import parse_event
from scheduler.patient.log import Log, log_of
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan import StudyVersion
from scheduler.site import Site, parse_site

EXAMPLE = Path(__file__).parents[2] / "examples" / "rego-tori-rt"


def seed_text() -> str:
    return (EXAMPLE / "protocol.yaml").read_text("utf-8")


def seed_version() -> StudyVersion:
    return parse_protocol(seed_text(), name="protocol.yaml")[0]


def shanghai() -> Site:
    return parse_site((EXAMPLE / "site.yaml").read_text("utf-8"), name="site.yaml")


def log_of_length(version: StudyVersion, site: Site, length: int, start: date = date(2026, 3, 2)) -> Log:
    """A patient who comes as planned, with one hold and one reduction, until the log has that many events."""
    records: list[dict[str, Any]] = [
        {"on": str(start - timedelta(days=3)), "event": "randomised", "arm": "experimental"},
        {"on": str(start), "event": "cycle started", "treatment": "regorafenib", "cycle": 1},
        {"on": str(start), "event": "given", "treatment": "toripalimab", "n": 1},
    ]
    held = start + timedelta(days=70)
    order: list[dict[str, Any]] = [
        {"on": str(held), "event": "held", "treatment": "regorafenib", "reason": "AE 1"},
        {
            "on": str(held + timedelta(days=7)),
            "event": "resumed",
            "treatment": "regorafenib",
            "level": -1,
            "dose": "40 mg",
        },
    ]
    calendar = calendar_of(version, site, log_of([parse_event(each) for each in records]))
    for entry in calendar.entries:
        record = _done(entry, start)
        if len(records) + len(order) < length and record is not None:
            records.append(record)
    return log_of([parse_event(each) for each in (records + order)[:length]])


def _done(entry: Entry, start: date) -> dict[str, Any] | None:
    if entry.date is None or entry.date <= start or entry.kind is Kind.PERIOD:
        return None
    if entry.kind is Kind.ORAL:
        return {"on": str(entry.date), "event": "cycle started", "treatment": entry.timeline, "cycle": entry.n}
    if entry.kind in (Kind.INFUSION, Kind.FRACTION):
        return {"on": str(entry.date), "event": "given", "treatment": entry.timeline, "n": entry.n}
    return {"on": str(entry.date), "event": "visit done", "entry": entry.id}
