"""The engine and the retelling agree: for every day that treatment can start on, and for patients that nobody thought of.

What the two may tell differently, and what is left out here: a paper diary crosses out what is cancelled, it has no ideal day
for what happened before it was due, and it cannot date what was booked or written off before anybody knew when it was due.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from scheduler.calendar.entries.entry import Calendar, Entry, Flag, Kind
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.appending import build_log
from scheduler.patient.events import parse_event
from scheduler.patient.log import Log
from scheduler.site.site import Site
from tests.laws.examples import examples, one_in
from tests.laws.strategies import Patient, patients
from tests.oracle.diary import CANCELLED, NO_RECORD, PENDING, Told
from tests.oracle.retelling import retell
from tests.oracle.wall import days_from
from tests.seed import VERSION, shanghai, site_with

pytestmark = pytest.mark.no_cover  # seventeen hundred patients, and each meets the same lines

MONTHS = [date(year, month, 1) for year in (2025, 2026) for month in range(1, 13)]
HALF_A_YEAR = timedelta(days=183)
TO_THE_FIRST_DOSE = timedelta(days=3)


@pytest.mark.parametrize("arm", ["control", "experimental"])
@pytest.mark.parametrize("month", one_in(12, MONTHS), ids=lambda month: f"{month:%Y-%m}")
@pytest.mark.slow
def test_agree_on_every_start(month: date, arm: str) -> None:
    site = shanghai()
    closed, opened = exceptional_days(site)
    following = (month + timedelta(days=31)).replace(day=1)
    for first_dose in days_from(month, following - timedelta(days=1)):
        events = just_started(first_dose, arm)
        until = first_dose + HALF_A_YEAR
        log = build_log(VERSION, [parse_event(event) for event in events])
        assert told_by_engine(site, log, until) == told_on_paper(events, closed, opened, until), first_dose


def just_started(first_dose: date, arm: str) -> list[dict[str, Any]]:
    day, randomised = str(first_dose), str(first_dose - TO_THE_FIRST_DOSE)
    events: list[dict[str, Any]] = [
        {"on": randomised, "event": "randomised", "arm": arm},
        {"on": day, "event": "cycle started", "treatment": "regorafenib", "cycle": 1},
    ]
    if arm == "experimental":
        events.append({"on": day, "event": "given", "treatment": "toripalimab", "n": 1})
    return events


def exceptional_days(site: Site) -> tuple[set[date], set[date]]:
    """What the holiday table says, for somebody who hangs it on the wall."""
    days = site.usual
    return {date.fromordinal(day) for day in days.closed}, {date.fromordinal(day) for day in days.opened}


@settings(max_examples=examples(200), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(patients(strange=False))
def test_agree_on_patients_that_nobody_thought_of(patient: Patient) -> None:
    until = patient.last_day + timedelta(days=120)
    site = site_with(patient.closed, patient.opened)
    calendar = calendar_of(VERSION, site, patient.log, until=until)
    assume(not any(is_without_a_rule(entry) for entry in calendar.entries))
    # Whose treatment ended before it began, the stories tell.
    assume(not _never_began(calendar))
    # The diary does not ask when a cycle began of which only days were reported; the stories hold that.
    assume(not any(finding.code == "start-not-recorded" for finding in calendar.findings))
    engine = told_by_engine(site, patient.log, until)
    paper = told_on_paper(list(patient.events), set(patient.closed), set(patient.opened), until)
    for name in engine.keys() & paper.keys():
        if paper[name].ideal is None:
            engine[name] = Told(engine[name].date, engine[name].says)
            paper[name] = Told(paper[name].date, paper[name].says)
    assert engine == paper


def _never_began(calendar: Calendar) -> bool:
    """All treatment ended before the first dose of anything."""
    return calendar.first_dose is None


def is_without_a_rule(entry: Entry) -> bool:
    """Booked or written off although nobody knows when it is due."""
    told = entry.status in ("planned", "not done") and entry.kind is not Kind.PERIOD
    return told and entry.ideal is None and entry.timeline != "unscheduled"


# both as lines of a diary


def told_on_paper(events: list[dict[str, Any]], closed: set[date], opened: set[date], until: date) -> dict[str, Told]:
    return only_what_stands(retell(events, closed, opened, until))


def told_by_engine(site: Site, log: Log, until: date) -> dict[str, Told]:
    calendar = calendar_of(VERSION, site, log, until=until)
    return only_what_stands(dict(as_diary(calendar)))


def only_what_stands(told: dict[str, Told]) -> dict[str, Told]:
    """Without what is cancelled, and without the survival contacts that wait for the first one."""
    lines = {name: line for name, line in told.items() if line.says != CANCELLED}
    return {
        name: Told(line.date, "planned", line.ideal, line.window) if line.says == NO_RECORD else line
        for name, line in lines.items()
        if not (line.says == PENDING and name.startswith("survival.") and name != "survival.1")
    }


def as_diary(calendar: Calendar) -> Iterator[tuple[str, Told]]:
    for entry in calendar.entries:
        if entry.kind is Kind.ORAL:
            yield from tablets(entry)
        elif is_told(entry.id, entry.kind) and entry.timeline != "unscheduled" and Flag.OPEN_END not in entry.flags:
            yield entry.id, Told(entry.date, entry.status.value, entry.ideal, entry.window)
    for pending in calendar.pending:
        if is_told(pending.id, pending.kind):
            yield pending.id, Told(None, PENDING)


def is_told(name: str, kind: Kind) -> bool:
    """Of the periods, the diary knows the one in which adverse events are collected."""
    return kind is not Kind.PERIOD or name == "adverse-events.1"


def tablets(cycle: Entry) -> Iterator[tuple[str, Told]]:
    if not cycle.runs:
        yield f"{cycle.id}.1", Told(cycle.date, cycle.status.value, cycle.ideal, cycle.window)
    for run in cycle.runs:
        says = " + ".join(map(str, run.doses)) if run.status in ("planned", "done") else run.status.value
        for number in range(run.first_day, run.last_day + 1):
            day = run.first_date + timedelta(days=number - run.first_day)
            first = number == 1
            yield (
                f"{cycle.id}.{number}",
                Told(day, says, cycle.ideal if first else None, cycle.window if first else None),
            )
