"""Sheets, windows of hours and doses hours apart: the program beside a retelling that shares nothing with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.deviation import Deviation
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.events import parse_event
from scheduler.patient.log import Log, log_of
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from tests.differential.by_the_clock import Clock, days_after, gaps, sheet_of, visit_of
from tests.laws.examples import examples

PROTOCOL = """study: CLOCK
version: "1"
title: Hours
arms: {{one: The only one}}
study days: first dose is Day 1
treatments:
  drug:
    when: {{1: on first dose, then: 30 days after the previous dose}}
    until: 2 doses
    open: any day
    give: 10 mg intravenously
  home:
    when: {{1: on first dose, then: 30 days after the previous cycle}}
    until: 1 cycle
    open: any day
    give: "{give}"
visits:
  check: {{when: "{visit}", open: any day}}
sheets:
  pk: ["{sheet}"]
"""
# Clocks that change by an hour in spring and autumn, by half an hour, at midnight, and never.
ZONES = ("Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "Asia/Beirut", "Asia/Shanghai")
CHANGES = (
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2026, 3, 8),
    date(2026, 11, 1),
    date(2026, 4, 5),
    date(2026, 10, 4),
)


@dataclass(frozen=True)
class Case:
    """A protocol's sentences, where, and what was recorded."""

    zone: str
    sheet: str
    visit: str
    give: str
    log: tuple[dict[str, Any], ...]

    @property
    def dose(self) -> dict[str, Any]:
        return self.log[0]

    def read(self) -> tuple[StudyVersion, Log]:
        text = PROTOCOL.format(give=self.give, visit=self.visit, sheet=self.sheet)
        version, _ = parse_protocol(text, name="protocol.yaml")
        events = [
            {key: str(said) if isinstance(said, date) else said for key, said in each.items()} for each in self.log
        ]
        return version, log_of([parse_event(each) for each in events])


def times() -> st.SearchStrategy[str]:
    return st.builds(lambda hour, minute: f"{hour:02}:{minute:02}", st.integers(0, 23), st.integers(0, 59))


@st.composite
def windows(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(("", "±{0} minutes", "±{0} hours", "-{0} +{1} minutes")))
    return f" {kind.format(draw(st.integers(1, 40)), draw(st.integers(0, 40)))}" if kind else ""


@st.composite
def cases(draw: st.DrawFn) -> Case:
    zone, change = draw(st.sampled_from(ZONES)), draw(st.sampled_from(CHANGES))
    start = days_after(change, draw(st.integers(-2, 1)))
    hours = sorted(
        draw(st.sets(st.sampled_from((-1, -0.5, 0.25, 0.5, 1, 2, 4, 8, 12, 24, 36, 48, 72)), min_size=1, max_size=6))
    )
    sheet = f"at {', '.join(f'{each:g}' for each in hours)} hours{draw(windows())} after every drug dose"
    ideal, more = draw(st.integers(1, 60)), draw(st.integers(1, 60))
    narrow = draw(st.sampled_from((f"±{min(ideal, 3)} hours", "±30 minutes", f"-{min(ideal, 2)} +5 hours")))
    visit = draw(
        st.sampled_from((f"{ideal} hours {narrow}", f"{ideal} to {ideal + more} hours", f"within {more} hours"))
    )
    apart = draw(
        st.sampled_from(("12 hours ±1 hour", "12 hours -90 +30 minutes", "at least 9 hours", "6 hours ±2 hours"))
    )
    give = f"5 mg twice daily, {apart} apart, by mouth on days 1-6"
    log: list[dict[str, Any]] = [{"event": "given", "on": start, "treatment": "drug", "n": 1, "at": draw(times())}]
    for each in draw(st.sets(st.sampled_from(hours))):
        day = days_after(start, int(each // 24) + draw(st.integers(0, 1)))
        log.append({"event": "sampled", "on": day, "sheet": "pk", "n": 1, "point": f"{each:g} h", "at": draw(times())})
    if draw(st.booleans()):
        day = days_after(start, draw(st.integers(0, 4)))
        log.append({"event": "visit done", "on": day, "entry": "check.1", "at": draw(times())})
    for number in sorted(draw(st.sets(st.integers(0, 5)))):
        day = days_after(start, number)
        taken = sorted(draw(st.sets(times(), min_size=1, max_size=2)))
        log.append({"event": "taken", "on": day, "treatment": "home", "from": day, "to": day, "times": taken})
    return Case(zone, sheet, f"{visit} after every drug dose", give, tuple(log))


def minutes_in(found: Deviation) -> tuple[int, int]:
    """How many minutes after something, and how many too early (below 0) or too late, as a deviation tells it."""
    since, off = (
        re.findall(r"(?:(\d+) h ?)?(?:(\d+) min)?(?= after| too)", str(found.what))[:1],
        re.search(
            r"(?:(\d+) h ?)?(?:(\d+) min )?too (early|late)|(?:(\d+) h )?(\d+) min too (early|late)", str(found.what)
        ),
    )
    assert off is not None, str(found.what)
    first = str(found.what).partition(" after")[0]
    far = str(found.what)[: off.end()].rpartition(", ")[2]
    assert since
    return _minutes(first), _minutes(far) * (-1 if "early" in far else 1)


def _minutes(words: str) -> int:
    hours, minutes = re.search(r"(\d+) h", words), re.search(r"(\d+) min", words)
    return 60 * int(hours[1] if hours else 0) + int(minutes[1] if minutes else 0)


@given(cases())
@settings(max_examples=examples(60), deadline=None)
def test_hours_are_those_of_another_clock(case: Case) -> None:
    site, clock = replace(EVERY_DAY, zone=case.zone), Clock(case.zone)
    version, log = case.read()
    calendar = calendar_of(version, site, log)
    sheet = next(each for each in calendar.sheets if each.id == "pk.1")
    told = [
        (each.point.name, each.planned.day, f"{each.planned.at:%H:%M}", each.elapsed, each.off, each.minutes_outside)
        for each in sheet.samples
        if each.planned is not None
    ]
    retold = sheet_of(case.sheet, case.dose, case.log, clock)
    assert told == [(each.name, each.day, each.at, each.since, each.off, each.outside) for each in retold]

    deviations = deviations_of(version, site, log)
    outside = (each.entry for each in deviations if each.timeline == "pk" and each.kind.value == "out of window")
    samples = {name for name in outside if name is not None and "@" in name}
    assert samples == {f"pk.1@{each.name.replace(' ', '')}" for each in retold if each.outside}

    visit, entry = visit_of(case.visit, case.dose, case.log, clock), calendar.entry("check.1")
    assert entry is not None
    assert entry.window == (visit.first, visit.last)
    if visit.outside is None:
        assert (entry.date, entry.time) == (visit.day, visit.at)
    else:
        found = [minutes_in(each)[1] for each in deviations if each.entry == "check.1"]
        assert found == ([visit.outside] if visit.outside else [])

    at_home = [
        (each.date, *minutes_in(each))
        for each in deviations
        if each.timeline == "home" and "after the dose" in str(each.what)
    ]
    assert sorted(at_home) == sorted(gaps(case.give, case.log, clock))
