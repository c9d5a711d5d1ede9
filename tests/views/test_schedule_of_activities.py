"""The protocol's schedule of activities: activities down, visits across, timing and window in the head."""

from __future__ import annotations

from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import Plan
from scheduler.views.coordinator.schedule_of_activities import schedule_of_activities

PROTOCOL = """
study: SMALL
version: "2.0"
title: Tablets and a drip
arms: {only: Tablets and a drip}
study days: first dose is Day 1
sources: {label: The label}
treatments:
  tablets:
    when:
      1: on first dose
      then: 28 days ±3 after the previous cycle (A1)
    give: once daily by mouth on days 1-21 (label)
    levels: 80, 40 mg
  drip:
    when:
      1: on first dose
      then: 21 days ±3 after the previous dose
    until: [at most 6 doses, before 6 months after first dose]
    give:
      first: 240 mg intravenously
      second: 30 mg intravenously
visits:
  screening: 1 to 28 days before first dose
  day-8: {title: Cycle 1 day 8, when: on tablets cycle 1 day 8 ±2 days}
  imaging:
    title: Scan
    when:
      - every 56 days ±7 from first dose, until tablets cycle 14
      - every 84 days ±7 after that
  survival:
    when:
      then: every 84 days ±14 from first dose
      last: 2 years ±14 days after first dose
activities:
  consent: [screening]
  weight: [screening, tablets, drip]
  blood count: [screening, tablets, day-8, every 2nd drip dose]
  ECG: [screening, tablets cycle 1, "drip doses 1-3, 6"]
  CT or MRI: [imaging]
assumptions:
  A1: {question: When?, reading: Every 28 days., alternatives: None., because: Usual.}
"""


def plan() -> Plan:
    found = parse_protocol(PROTOCOL, name="protocol.yaml")[0].plan("only")
    assert found is not None
    return found


def test_visits_stand_across_in_the_protocols_order_with_timing_and_window() -> None:
    table = schedule_of_activities(plan())
    assert table.title == "SMALL 2.0, schedule of activities: Tablets and a drip"
    assert table.columns == (
        "activity",
        "Tablets (1: on first dose; then: 28 days ±3 after the previous cycle)",
        "Drip (1: on first dose; then: 21 days ±3 after the previous dose; "
        "until at most 6 doses or before 6 months after first dose)",
        "Screening (1 to 28 days before first dose)",
        "Cycle 1 day 8 (on tablets cycle 1 day 8 ±2 days)",
        "Scan (every 56 days ±7 from first dose, until tablets cycle 14; every 84 days ±7 after that)",
        "Survival (every 84 days ±14 from first dose; last: 2 years ±14 days after first dose)",
    )


def test_what_is_given_and_what_is_done_stand_below() -> None:
    assert schedule_of_activities(plan()).rows == (
        ("Tablets", "80 mg once daily by mouth on days 1-21", None, None, None, None, None),
        ("Drip", None, "first 240 mg intravenously; second 30 mg intravenously", None, None, None, None),
        ("consent", None, None, "X", None, None, None),
        ("weight", "X", "X", "X", None, None, None),
        ("blood count", "X", "every 2nd", "X", "X", None, None),
        ("ECG", "1", "1, 2, 3, 6", "X", None, None, None),
        ("CT or MRI", None, None, None, None, "X", None),
    )
