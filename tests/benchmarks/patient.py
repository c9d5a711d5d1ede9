"""The patient that is measured: two years of the experimental arm, with a log of any length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count, islice
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


def log_full_of_observations(version: StudyVersion, site: Site, length: int, start: date = date(2026, 3, 2)) -> Log:
    """The same patient with as much to read for the dose rules as there is treatment: half of the events are observations."""
    treatment = [record.event for record in log_of_length(version, site, length - length // 2, start).records]
    seen = [parse_event(each) for each in islice(_observations(start), length // 2)]
    return log_of(sorted((*treatment, *seen), key=lambda event: event.on))


def _observations(start: date) -> Iterator[dict[str, Any]]:
    """Week by week two laboratory values, every third week an adverse event that gets worse and better."""
    for week in count():
        day = start + timedelta(days=7 * week + 3)
        for test, value in (("ALT", 30 + 25 * (week % 8)), ("bilirubin", 12 + 4 * (week % 5))):
            limit = {"ALT": "40", "bilirubin": "21"}[test]
            unit = {"ALT": "U/L", "bilirubin": "umol/L"}[test]
            yield {
                "on": str(day),
                "event": "measured",
                "test": test,
                "value": str(value),
                "unit": unit,
                "upper_limit": limit,
            }
        ae, step = divmod(week, 3)
        if step == 0:
            term = ("hand-foot skin reaction", "Fatigue", "Hypertension", "Diarrhea")[ae % 4]
            yield {"on": str(day), "event": "adverse event", "ae": ae + 1, "term": term, "grade": 1 + ae % 3}
        elif step == 1:
            yield {"on": str(day), "event": "regraded", "ae": ae + 1, "grade": 2 + ae % 2}
        else:
            yield {"on": str(day), "event": "resolved", "ae": ae + 1}


def without_rules(version: StudyVersion) -> StudyVersion:
    """The same protocol without its decision tables."""
    return replace(version, arms={name: replace(plan, rules=()) for name, plan in version.arms.items()})


def _done(entry: Entry, start: date) -> dict[str, Any] | None:
    if entry.date is None or entry.date <= start or entry.kind is Kind.PERIOD:
        return None
    if entry.kind is Kind.ORAL:
        return {"on": str(entry.date), "event": "cycle started", "treatment": entry.timeline, "cycle": entry.n}
    if entry.kind in (Kind.INFUSION, Kind.FRACTION):
        return {"on": str(entry.date), "event": "given", "treatment": entry.timeline, "n": entry.n}
    return {"on": str(entry.date), "event": "visit done", "entry": entry.id}
