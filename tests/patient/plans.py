"""A small study with two arms, and stories about its patients in the words of a case file."""

from __future__ import annotations

from functools import cache

from scheduler.patient.events import AnyEvent, Event
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.source.reading import read_yaml
from scheduler.source.validation import validate

PROTOCOL = """
study: SMALL
version: "{version}"
title: Tablets alone, or with infusions and radiotherapy
arms:
  control: Tablets
  experimental: Tablets, infusions and radiotherapy
study days: first dose is Day 1
treatments:
  tablets:
    when:
      1: on first dose
      then: 28 days ±3 after the previous cycle
    give: once daily by mouth on days 1-21
    levels:
      control: 120, 80, 40 mg
      experimental: {ladder} mg
  infusion:
    arms: [experimental]
    when:
      1: on first dose
      then: 21 days ±3 after the previous dose
    until: at most 35 doses
    give: 240 mg intravenously
  radiotherapy:
    arms: [experimental]
    when:
      1: on or after Study Day 22
      then: at least 1 day after the previous fraction
    until: 5 fractions
    give:
      tumour: 4-12 Gy prescribed per lesion
    not done: moves to the next open day
visits:
  screening: 1 to 28 days before first dose
  imaging:
    when:
      0: 1 to 28 days before first dose
      then: every 56 days ±7 from randomisation
  confirming-scan:
    when: 28 days +28 after each iUPD
    unless: imaging inside the window
  safety: 30 days ±7 after the last dose
  planning-ct:
    arms: [experimental]
    when: on tablets cycle 1 day 15 ±3 days
  survival:
    when:
      then: every 84 days ±14 from the ideal day of safety
      last: 2 years ±14 days after first dose
"""


@cache
def study(version: str = "1.0", ladder: str = "80, 40") -> StudyVersion:
    return parse_protocol(PROTOCOL.format(version=version, ladder=ladder), name="protocol.yaml")[0]


def events(story: str) -> tuple[Event, ...]:
    """The events of a story, one a line: "2026-03-02 given, treatment: infusion, n: 1"."""
    lines = (line.strip() for line in story.strip().splitlines())
    text = "\n".join(f"- {{on: {line[:10]}, event: {line[11:]}}}" for line in lines)
    found: tuple[Event, ...] = validate(read_yaml(text, name="story"), tuple[AnyEvent, ...])
    return found
