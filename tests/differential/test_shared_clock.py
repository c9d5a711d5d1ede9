"""Several drugs on one clock of cycles: the program beside a day-by-day retelling that shares nothing with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.calendar.entries.entry import Status
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.events import parse_event
from scheduler.patient.log import log_of
from scheduler.protocol.parse import parse_protocol
from scheduler.site.site import EVERY_DAY
from tests.differential.shared_clock import Course, Drug, doses, starts
from tests.laws.examples import examples

PROTOCOL = """study: CLOCK
version: "1"
title: Two drugs on one clock
arms: {{one: The only one}}
study days: first dose is Day 1
cycles:
  chemo:
    when: {{1: on first dose, then: {length} days +3 after the previous cycle}}
    until: {number} cycles
    open: clinic
    if closed: later
treatments:
  a: {{when: in every cycle on day 1, open: any day, give: 10 mg intravenously}}
  b: {{when: "in cycles {cycles} on days {days}", open: any day, give: 5 mg intravenously}}
"""


@dataclass(frozen=True)
class Case:
    """A clock, its second drug, and what happened."""

    length: int
    number: int
    b: Drug
    course: Course
    done: int
    closed: frozenset[date]

    def events(self) -> list[dict[str, Any]]:
        begins = starts(self.course, self.length, self.number, self.closed)
        found: list[dict[str, Any]] = [{"on": str(self.course.first), "event": "first dose planned"}]
        for n in range(1, self.done + 1):
            found.append({"on": str(begins[n - 1]), "event": "given", "treatment": "a", "n": n})
        for n, day in self.course.put_off.items():
            on = min(begins[self.done - 1] if self.done else self.course.first, day)
            found.append({"on": str(on), "event": "delayed", "treatment": "chemo", "cycle": n, "until": str(day)})
        for drug, day in self.course.ended.items():
            found.append({"on": str(day), "event": "discontinued", "treatment": drug, "reason": "physician decision"})
        return sorted(found, key=lambda each: str(each["on"]))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    first = date(2026, 1, 5) + timedelta(days=draw(st.integers(0, 60)))
    length, number = draw(st.sampled_from((14, 21, 28))), draw(st.integers(3, 6))
    last = draw(st.integers(1, number))
    b = Drug("b", frozenset(range(1, last + 1)), draw(st.sampled_from(((1, 8), (2,), (1, 2), (3, 10)))))
    closed = frozenset(
        day for day in (first + timedelta(days=each) for each in range(300)) if day.weekday() > 4 and day != first
    )
    done = draw(st.integers(0, number - 1))
    began = {1: first} if done else {}
    for n in range(2, done + 1):
        usual = starts(Course(first, began), length, n, closed)[-1]
        began[n] = usual + timedelta(days=draw(st.integers(0, 3)))
    put_off = {}
    if draw(st.booleans()) and done + 1 > 1:
        usual = starts(Course(first, began), length, done + 1, closed)[-1]
        put_off[done + 1] = usual + timedelta(days=draw(st.integers(1, 9)))
    ended = {}
    if draw(st.booleans()) and done:
        ended["b"] = began[done] + timedelta(days=draw(st.integers(1, 2 * length)))
    return Case(length, number, b, Course(first, began, put_off, ended), done, closed)


@given(cases())
@settings(max_examples=examples(60), deadline=None)
def test_a_shared_clock_runs_as_a_nurse_would_count_it(case: Case) -> None:
    listed = f"1-{max(case.b.cycles)}" if len(case.b.cycles) > 1 else "1"
    text = PROTOCOL.format(length=case.length, number=case.number, cycles=listed, days=", ".join(map(str, case.b.days)))
    version, _ = parse_protocol(text, name="protocol.yaml")
    log = log_of([parse_event(each) for each in case.events()])
    calendar = calendar_of(version, EVERY_DAY.with_days(case.closed), log)
    taking_place = [each for each in calendar.entries if each.status in (Status.PLANNED, Status.DONE)]

    def dates(timeline: str) -> list[tuple[int, date | None]]:
        return [(each.n, each.date) for each in taking_place if each.timeline == timeline]

    begins = starts(case.course, case.length, case.number, case.closed)
    assert dates("a") == list(enumerate(begins, 1))
    told = [
        (entry.n, entry.day or 1, entry.date) for entry in taking_place if entry.timeline == "b" and not entry.runs
    ] + [
        (entry.n, day, run.first_date + timedelta(days=day - run.first_day))
        for entry in taking_place
        if entry.timeline == "b"
        for run in entry.runs
        if run.status in (Status.PLANNED, Status.DONE)
        for day in range(run.first_day, run.last_day + 1)
    ]
    assert sorted(told) == doses(case.course, case.b, begins)
