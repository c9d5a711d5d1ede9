"""Doses without a record when the dose is lowered, over any such logs: by which order each is given, told here once more."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from scheduler.calendar.engine.proposals.on_a_day import calendar_on
from scheduler.calendar.entries.entry import Calendar, Status
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.errors import Refused
from scheduler.findings import has_errors
from scheduler.patient.appending import append, review
from scheduler.patient.events import parse_event
from scheduler.patient.log import Log
from scheduler.protocol.parse import parse_protocol
from scheduler.site.site import EVERY_DAY
from tests.laws.counted import tried
from tests.laws.examples import examples
from tests.laws.told import cited_events, facts_of, latest_of

pytestmark = pytest.mark.no_cover  # its lines are those of other tests, and watching them takes as long again

law = settings(max_examples=examples(50), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

BEGIN = date(2026, 3, 2)
LADDER = {0: "54 mg", -1: "44 mg", -2: "32 mg"}
VERSION = parse_protocol(
    """
study: OTHER
version: "1.0"
title: Infusions, and tablets beside them
arms: {all: Everybody}
study days: first dose is Day 1
treatments:
  drug:
    when: {1: on first dose, then: 21 days after the previous dose}
    give: intravenously
    levels: 54, 44, 32 mg
  tablets:
    when: {1: on first dose, then: 28 days after the previous cycle}
    open: any day
    give: once daily by mouth on days 1-21
    levels: 54, 44, 32 mg
""",
    name="protocol.yaml",
)[0]

words = st.sampled_from(["given", "given", "skipped", "changed", "changed", "not done", "held", "struck", "ended"])
histories = st.lists(
    st.tuples(words, st.sampled_from(["drug", "tablets"]), st.integers(0, 25), st.sampled_from([0, -1, -2])),
    min_size=2,
    max_size=7,
)


def calendar(log: Log) -> Calendar:
    return calendar_of(VERSION, EVERY_DAY, log, until=BEGIN + timedelta(days=200))


def record(log: Log, day: date, word: str, **told: Any) -> Log:
    try:
        return append(VERSION, log, parse_event({"on": f"{day}", "event": word, **told}))
    except Refused:
        return log


def lived(history: list[tuple[str, str, int, int]]) -> Log:
    """A patient whose doses are recorded or not, and whose doses are ordered otherwise in between."""
    log = record(Log(), BEGIN, "given", treatment="drug", n=1)
    log = record(log, BEGIN, "cycle started", treatment="tablets", cycle=1)
    day, n = BEGIN, {"drug": 2, "tablets": 2}
    for word, name, wait, level in history:
        day += timedelta(days=wait)
        planned = calendar(log).by_id.get(f"{name}.{n[name]}")
        if word in ("given", "skipped"):
            n[name] += word == "skipped"
            kind, key = ("given", "n") if name == "drug" else ("cycle started", "cycle")
            log = record(log, day, kind, treatment=name, **{key: n[name]}, confirmed="so it was")
            n[name] += 1
        elif word == "changed":
            log = record(
                log, day, "dose changed", treatment=name, level=level, dose=LADDER[level], override="so ordered"
            )
        elif word == "not done" and planned is not None and planned.date is not None and planned.date <= day:
            log = record(log, day, "not done", entry=planned.id, reason="fever")
            n[name] += 1
        elif word == "held":
            log = record(log, day, "held", treatment=name, reason="fever")
            day += timedelta(days=3)
            log = record(log, day, "resumed", treatment=name, level=level, dose=LADDER[level], override="so ordered")
        elif word == "struck" and log.length > 2 and log.records[-1].event.event != "struck":
            log = record(log, day, "struck", number=log.length, reason="a slip")
        elif word == "ended":
            log = record(log, day, "discontinued", treatment=name, reason="tired")
    return tried(VERSION, log)


def without_strikes(log: Log) -> list[Any]:
    told: list[Any] = [each.event for each in log.records]
    struck = {each.number for each in told if each.event == "struck"}
    return [each for number, each in enumerate(told, 1) if number not in struck and each.event != "struck"]


def last_level(orders: list[Any]) -> int:
    """Of several on one day the last that was recorded counts."""
    return sorted(orders, key=lambda each: each.on)[-1].level if orders else 0


@law
@given(histories)
def test_what_nobody_recorded_is_given_by_the_last_order_that_can_still_bear_on_it(
    history: list[tuple[str, str, int, int]],
) -> None:
    log = lived(history)
    events = without_strikes(log)
    orders = [each for each in events if getattr(each, "level", None) is not None and each.treatment == "drug"]
    given_on = sorted(each.on for each in events if each.event == "given")
    own_events = [each for each in events if getattr(each, "treatment", None) == "drug"]
    resumed = [number for number, each in enumerate(own_events) if each.event == "resumed"]
    # What is taken up again, with a reason, had not ended.
    ends = [
        each.on
        for number, each in enumerate(own_events)
        if each.event == "discontinued" and number > max(resumed, default=-1)
    ]
    late = 0
    for entry in calendar(log).entries:
        if entry.timeline != "drug" or entry.status is not Status.PLANNED or entry.date is None:
            continue
        own = entry.date
        end = min([day for day in given_on if day > own] + [day for day in ends if day >= own], default=date.max)
        bears = [each for each in orders if each.on <= own or own < each.on < end]
        level = last_level(bears)
        late += any(each.on > own for each in bears)
        assert (entry.id, str(entry.dose)) == (entry.id, LADDER[level])
        # Whoever reads on its own day sees what is ordered by then.
        by_then = [each for each in orders if each.on <= own]
        known = last_level(by_then)
        shown = calendar_on(calendar(log), own).by_id[entry.id]
        assert (entry.id, str(shown.dose)) == (entry.id, LADDER[known])
    event(f"{min(late, 2)} overdue when the dose was changed")


@law
@given(histories)
def test_days_of_a_started_cycle_keep_the_dose_of_their_day(history: list[tuple[str, str, int, int]]) -> None:
    log = lived(history)
    orders = [
        each
        for each in without_strikes(log)
        if getattr(each, "level", None) is not None and each.treatment == "tablets"
    ]
    for entry in calendar(log).entries:
        for run in entry.runs if entry.status is Status.DONE else ():
            if run.status is Status.PLANNED:
                by_then = [each for each in orders if each.on <= run.first_date]
                level = last_level(by_then)
                assert (entry.id, run.first_day, str(run.doses[0])) == (entry.id, run.first_day, LADDER[level])


@law
@given(histories)
def test_days_of_a_cycle_that_nobody_started_go_by_the_last_order_but_those_before_a_hold(
    history: list[tuple[str, str, int, int]],
) -> None:
    log = lived(history)
    own = [each for each in without_strikes(log) if getattr(each, "treatment", None) == "tablets"]
    orders = [each for each in own if getattr(each, "level", None) is not None]
    started = sorted(each.on for each in own if each.event == "cycle started")
    held = sorted(each.on for each in own if each.event == "held")
    if any(each.event == "discontinued" for each in own):
        return
    for entry in calendar(log).entries:
        for run in entry.runs if entry.timeline == "tablets" and entry.status is Status.PLANNED and entry.date else ():
            if run.status is not Status.PLANNED or entry.date is None:
                continue
            first, day = entry.date, run.first_date
            end = min([each for each in started if each > first], default=date.max)
            since = [each.on for each in orders if first < each.on < end]
            # Its 21 days: a hold that took the later ones of them, where an order came with it or after it.
            before = [each for each in held if day < each <= min(first + timedelta(days=20), max(since, default=day))]
            end = min([end, *before])
            bears = [each for each in orders if each.on <= day or first < each.on < end]
            assert (entry.id, run.first_day, str(run.doses[0])) == (entry.id, run.first_day, LADDER[last_level(bears)])


@law
@given(histories)
def test_an_event_that_a_dose_does_not_cite_can_be_taken_out(history: list[tuple[str, str, int, int]]) -> None:
    log = lived(history)
    found = calendar(log)
    for told in log.records:
        without = log.without(told.number)
        if has_errors(review(VERSION, without)):
            continue
        other = calendar(without)
        changed = [
            each.id
            for each in found.entries
            if told.number not in cited_events(found, each)
            and (each.id not in other.by_id or facts_of(other.by_id[each.id]) != facts_of(each))
        ]
        assert changed == []


@law
@given(histories)
def test_the_latest_event_of_a_dose_never_falls(history: list[tuple[str, str, int, int]]) -> None:
    log = lived(history)
    before: dict[str, int] = {}
    for number in range(1, log.length + 1):
        now = {each.id: latest_of(each) for each in calendar(log.until(number)).entries}
        assert {name: latest for name, latest in now.items() if latest < before.get(name, 0)} == {}
        before |= now
