"""Patients of the seed study for stories about proposals, told as events, one a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import yaml

from scheduler.calendar.entries.entry import Calendar, Flag
from scheduler.calendar.entries.proposal import Proposal
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY, Site
from tests.dosing.story import told
from tests.seed import VERSION

EXPERIMENTAL = """2026-02-27 randomised, arm: experimental
2026-03-02 cycle started, treatment: regorafenib, cycle: 1
2026-03-02 given, treatment: toripalimab, n: 1
"""
CONTROL = """2026-02-27 randomised, arm: control
2026-03-02 cycle started, treatment: regorafenib, cycle: 1
"""
SKIN = "2026-03-16 adverse event, ae: 1, term: hand-foot syndrome, grade: 3\n"
"""A hand-foot skin reaction of grade 3 on day 15 of cycle 1."""
SKIN_RULE = "hand-foot-skin-reaction.6"
HOLD_AND_REDUCE = "hold at least 7 days until grade 0-1, then resume 1 level lower"


def calendar(
    story: str,
    until: str = "2026-07-31",
    version: StudyVersion = VERSION,
    site: Site = EVERY_DAY,
) -> Calendar:
    return calendar_of(version, site, told(story), until=date.fromisoformat(until))


def proposal(story: str, name: str) -> Proposal:
    return next(each for each in calendar(story).proposals if each.id == name)


def stands(story: str) -> dict[str, str]:
    """Every proposal whose day has come, and where it stands."""
    return {each.id: each.state.value for each in calendar(story).proposals}


def waiting(found: Calendar) -> list[str]:
    """The doses that wait for a decision, runs of days by their first and last."""
    ids: list[str] = []
    for entry in found.entries:
        if Flag.AWAITING_DECISION in entry.flags:
            ids.append(entry.id)
        for run in entry.runs:
            if Flag.AWAITING_DECISION in run.flags:
                ids.append(f"{entry.id}.{run.first_day}-{run.last_day}")
    return ids


def tablets(found: Calendar, cycle: int) -> list[str]:
    """The runs of a cycle: "1-14 80 mg done"."""
    entry = found.by_id[f"regorafenib.{cycle}"]
    return [
        " ".join(
            [
                f"{run.first_day}-{run.last_day}",
                *(str(dose) for dose in run.doses),
                run.status.value,
            ]
        )
        for run in entry.runs
    ]


def codes(found: Calendar) -> list[str]:
    """What has to be looked at about decisions."""
    known = (
        "decided-otherwise",
        "decision-without-proposal",
        "decision-without-rule",
        "no-level-left",
    )
    return [finding.code for finding in found.findings if finding.code in known]


def with_floor_at_80_mg() -> StudyVersion:
    """The seed study with the label's own policy: no level below 80 mg."""
    arms = {}
    for name, plan in VERSION.arms.items():
        line = plan.timelines["regorafenib"]
        assert line.ladder is not None
        amounts = tuple(amount for amount in line.ladder.amounts if amount >= 80)
        changed = replace(line, ladder=replace(line.ladder, amounts=amounts))
        arms[name] = replace(plan, timelines={**plan.timelines, "regorafenib": changed})
    return replace(VERSION, arms=arms)


def read_plain(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CSafeLoader)
