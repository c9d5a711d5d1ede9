"""A made-up study with rules that the seed study does not have: by dose level, by blood count, by the patient's own baseline."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.entries.proposal import Proposal
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from tests.dosing.story import told

PROTOCOL = """
study: OTHER
version: "1.0"
title: A tablet, alone or with an infusion
arms: {alone: The tablet, both: The tablet and an infusion}
study days: first dose is Day 1
sources: {label: The label of the tablet}
treatments:
  tablet:
    when: {1: on first dose, then: 28 days ±3 after the previous cycle}
    give: once daily by mouth on days 1-28
    levels: 100, 75, 50 mg
  infusion:
    arms: [both]
    when: {1: on first dose, then: 21 days ±3 after the previous dose}
    open: infusion
    give: 240 mg intravenously
attributes: {smoker: Smokes now}
rules:
  rash:
    for: tablet
    on: Rash maculo-papular
    rows:
      - "grade 1 at levels -1 to -2: re-escalate by 1 level (label)"
      - "grade 2 at level 0: reduce by 1 level (label)"
      - "grade 2 at levels -1 to -2: hold until grade 0-1 or baseline, then resume at the same level (label)"
      - "grade 3 at the lowest level: discontinue (label)"
      - "grade 3 at levels 0 to -1: hold at least 7 days until grade 0-1, then resume 2 levels lower (label)"
  fever:
    for: tablet
    on: Fever
    rows:
      - "grade 1-2, worse than before: hold until resolved, then resume at the same level (label)"
  liver:
    for: tablet
    on: ALT
    rows:
      - "above 3 to 5 x upper limit: continue, liver tests every 3 days until below 3 x upper limit or baseline (label)"
      - "above 5 to 8 x upper limit: continue, ALT weekly until grade 0-1 (label)"
      - "above 8 x upper limit: reduce by 1 level, ALT every 2 weeks for at least 4 weeks (label)"
  platelets:
    for: tablet
    on: Platelets
    rows:
      - "below 50 G/L, 1st time: hold until grade 0-1, then resume at the same level (label)"
      - "below 50 G/L, 2nd time or later: discontinue (label)"
      - "at least 50 to below 75 G/L: reduce by 1 level (label)"
  creatinine:
    for: tablet
    on: Creatinine
    rows:
      - "above 1.5 to 3 x baseline: hold until grade 0-1, then resume at the same level (label)"
      - "above 3 x baseline without smoker: discontinue (label)"
  limits:
    for: tablet
    rows:
      - "on prednisone above 10 mg for more than 2 weeks: discontinue (label)"
  gap:
    for: infusion
    rows:
      - "more than 42 days since the last dose: discontinue (label)"
"""
VERSION: StudyVersion = parse_protocol(PROTOCOL, name="protocol.yaml")[0]
STARTED = """2026-02-27 randomised, arm: {arm}
2026-03-02 cycle started, treatment: tablet, cycle: 1
"""
"""Randomised on Friday 27 February 2026, event 1; first tablet on Monday 2 March, event 2."""


def calendar(story: str, arm: str = "alone", version: StudyVersion = VERSION) -> Calendar:
    return calendar_of(version, EVERY_DAY, told(STARTED.format(arm=arm) + story), until=date(2026, 6, 30))


def lead(proposal: Proposal) -> str:
    """What the protocol calls for, with the dose that it leads to."""
    option = proposal.options[0]
    return f"{option.words} ({option.dose})" if option.dose else option.words


def called_for(story: str, arm: str = "alone", version: StudyVersion = VERSION) -> dict[str, str]:
    """Every proposal, those to come as well, with what the protocol calls for."""
    found = calendar(story, arm, version)
    return {each.id: lead(each) for each in (*found.proposals, *found.proposals_to_come)}


def cited(story: str, name: str, arm: str = "alone") -> tuple[int, ...]:
    """The events that a proposal rests on."""
    return next(each.events for each in calendar(story, arm).proposals if each.id == name)
