"""Patients of the scenarios, and of a few stories told here, with what is needed to explain and compare their calendars."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.case_file.case import parse_case
from scheduler.patient.events import parse_event
from scheduler.patient.log import Log, log_of
from scheduler.site.site import Site
from tests.seed import VERSION, shanghai, site_with

SCENARIOS = Path(__file__).parents[1] / "scenarios"
FILES = sorted(SCENARIOS.rglob("*.yaml"))
SITE = shanghai()

RANDOMISED = {"on": "2026-02-27", "event": "randomised", "arm": "experimental"}
STARTED = {"on": "2026-03-02", "event": "cycle started", "treatment": "regorafenib", "cycle": 1}
INFUSED = {"on": "2026-03-02", "event": "given", "treatment": "toripalimab", "n": 1}
EXPERIMENTAL = (RANDOMISED, STARTED, INFUSED)
CONTROL = ({**RANDOMISED, "arm": "control"}, STARTED)


@dataclass(frozen=True)
class Patient:
    """A log, the site it is read at, and the calendar that follows."""

    log: Log
    site: Site
    calendar: Calendar


def patient(events: Iterable[dict[str, Any]], until: str = "2026-07-31") -> Patient:
    """A patient in Shanghai."""
    log = log_of(parse_event(event) for event in events)
    calendar = calendar_of(VERSION, SITE, log, subject="EXP-001", until=date.fromisoformat(until))
    return Patient(log, SITE, calendar)


def patient_of(path: Path) -> Patient:
    """The patient of a scenario."""
    case = parse_case(path.read_text("utf-8"), name=path.name)
    told = case.closed is not None or case.open is not None
    site = site_with(set(case.closed or ()), set(case.open or ())) if told else SITE
    log = log_of(case.events)
    return Patient(log, site, calendar_of(VERSION, site, log, subject=case.subject, until=case.until))


def ids(calendar: Calendar) -> list[str]:
    """Everything that can be explained: entries, and what is pending."""
    return list(dict.fromkeys((*calendar.by_id, *(pending.id for pending in calendar.pending))))


def by_theme(path: Path) -> str:
    return path.relative_to(SCENARIOS).with_suffix("").as_posix()
