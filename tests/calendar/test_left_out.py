"""Activities of a visit that were not done: recorded with the visit, told in its sentence, and a deviation."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from scheduler.asking import ask
from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.telling.events_in_words import what_happened
from scheduler.patient.events import Event, parse_event
from scheduler.patient.log import Log, log_of
from scheduler.protocol.parse import parse_protocol
from scheduler.site.parse import parse_site

PROTOCOL = """study: LEFT-OUT
version: "1.0"
title: Two activities at one visit
arms: {all: Everybody}
study days: first dose is Day 1
treatments:
  drug: {when: {1: on first dose, then: 14 days after the previous dose}, until: 2 doses, open: any day, give: 5 mg intravenously}
  tablets: {when: {1: on first dose}, until: 1 cycle, open: any day, give: 5 mg once daily by mouth on days 1-7}
visits:
  check: {when: 7 days after first dose, open: any day}
activities:
  ECG: [check, drug, tablets]
  weight: [check]
"""
VERSION, _ = parse_protocol(PROTOCOL, name="protocol.yaml")
SITE = parse_site("site: Here\nzone: Asia/Shanghai\nweekdays: Monday to Friday\n", name="site.yaml")
BEFORE = log_of([parse_event({"on": "2026-02-27", "event": "randomised", "arm": "all"})])
DOSE: dict[str, Any] = {"on": "2026-03-02", "event": "given", "treatment": "drug", "n": 1}
CYCLE: dict[str, Any] = {"on": "2026-03-02", "event": "cycle started", "treatment": "tablets", "cycle": 1}
CHECK: dict[str, Any] = {"on": "2026-03-09", "event": "visit done", "entry": "check.1"}


def without(record: dict[str, Any], *activities: str) -> Event:
    return parse_event({**record, "not_done": list(activities)})


def asked(event: Event, log: Log) -> list[tuple[str, str, str]]:
    found = ask(VERSION, SITE, log, [event], today=date(2026, 4, 1))
    return [(each.code, each.field, str(each.hint)) for each in found]


@pytest.mark.parametrize(
    ("record", "words", "entry"),
    [
        (CHECK, "check.1 is done, without ECG", "check.1"),
        (DOSE, "drug 1 is given, without ECG", "drug.1"),
        (CYCLE, "tablets cycle 1 is started, without ECG", "tablets.1"),
    ],
)
def test_what_was_left_out_is_told_and_is_a_deviation_of_its_visit(record, words, entry):
    event, first = without(record, "ECG"), [] if record is DOSE else [parse_event(DOSE)]
    log = log_of([*(each.event for each in BEFORE.records), *first, event])
    assert str(what_happened(event)) == words
    found = [each for each in deviations_of(VERSION, SITE, log) if "at the visit" in str(each.what)]
    assert [(each.kind.value, each.entry, f"{each.date}", str(each.what), each.events) for each in found] == [
        ("missed", entry, str(record["on"]), "not done at the visit: ECG", (log.length,))
    ]


def test_a_visit_with_all_its_activities_deviates_from_nothing():
    log = log_of([*(each.event for each in BEFORE.records), parse_event(DOSE), parse_event(CHECK)])
    assert [each for each in deviations_of(VERSION, SITE, log) if each.entry == "check.1"] == []


def test_an_activity_that_the_visit_does_not_have_is_refused():
    log = BEFORE.append_unchecked(parse_event(DOSE))
    assert asked(without(CHECK, "weight"), log) == []
    assert asked(without(CHECK, "weigth"), log) == [("no-such-activity", "not_done", "did you mean 'weight'?")]
    assert asked(without({**CHECK, "entry": "check.9"}, "ECG"), log)[0][0] != "no-such-activity"
