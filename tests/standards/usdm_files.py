"""Small USDM files: a main timeline from lines such as ``WK2: after P2W of DOSE, window P3D P3D``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from scheduler.protocol.parse import parse_protocol
from scheduler.standards.usdm.importing import Design, read_design
from scheduler.standards.usdm.protocol_text import protocol_text
from tests.dosing.story import calendar

TYPES = {"after": "C201356", "before": "C201357", "fixed": "C201358"}
TIMED = re.compile(r"(\w+): (after|before) (\S+) of (\w+)(?:, window (\S+) (\S+))?")
FIXED = re.compile(r"(\w+): fixed (\S+)")


def timing(line: str) -> dict[str, Any]:
    """One timing; a line that is only a name is an instance without one."""
    fixed, timed = FIXED.fullmatch(line), TIMED.fullmatch(line)
    if fixed:
        name, kind, value, to, lower, upper = fixed.group(1), "fixed", fixed.group(2), fixed.group(1), None, None
    else:
        assert timed is not None, line
        name, kind, value, to, lower, upper = timed.groups()
    return {
        "id": f"T_{name}",
        "name": f"T_{name}",
        "type": {"code": TYPES[kind]},
        "value": value,
        "relativeToFrom": {"code": "C201355"},
        "relativeFromScheduledInstanceId": name,
        "relativeToScheduledInstanceId": to,
        "windowLower": lower,
        "windowUpper": upper,
        "instanceType": "Timing",
    }


def timeline(name: str, lines: list[str], *, main: bool = False) -> dict[str, Any]:
    names = [line.partition(":")[0] for line in lines]
    instances = [
        {
            "id": each,
            "name": each,
            "label": each.replace("_", " "),
            "encounterId": f"E_{each}",
            "defaultConditionId": after,
            "instanceType": "ScheduledActivityInstance",
        }
        for each, after in zip(names, [*names[1:], None], strict=True)
    ]
    return {
        "id": name,
        "name": name,
        "mainTimeline": main,
        "entryCondition": "Somebody enters",
        "entryId": names[0] if names else None,
        "instances": instances,
        "timings": [timing(line) for line in lines if ":" in line],
        "instanceType": "ScheduleTimeline",
    }


def study(*lines: str, **more: Any) -> dict[str, Any]:
    """A whole file; ``more`` are keys of its design."""
    design = {
        "arms": [{"id": "A1", "name": "Active"}],
        "scheduleTimelines": [timeline("MAIN", list(lines), main=True), *more.pop("timelines", [])],
        **more,
    }
    version = {"versionIdentifier": "1", "titles": [{"text": "A study"}], "studyDesigns": [design]}
    return {"study": {"name": "SMALL", "versions": [version]}, "usdmVersion": "4.0.0"}


def imported(file: object) -> tuple[str, Design]:
    """The protocol's text, and the design with its report."""
    design = read_design(file, "small.json")
    assert isinstance(design, Design), design
    return protocol_text(design), design


def planned_days(text: str, *, also: str = "") -> Mapping[str, tuple[int, int, int]]:
    """For each visit that has a date: its first, planned and last day, in days from the anchor, 2 March 2026."""
    version, _ = parse_protocol(text, name="protocol.yaml")
    arm = next(iter(version.arms))
    story = f"2026-01-05 randomised, arm: {arm}\n2026-03-02 reached, milestone: anchor\n{also}"
    anchor = date(2026, 3, 2)
    found = {}
    for entry in calendar(story, version=version).entries:
        assert entry.ideal is not None
        first, last = entry.window or (None, None)
        days = (first or entry.ideal, entry.ideal, last or entry.ideal)
        found[entry.timeline] = ((days[0] - anchor).days, (days[1] - anchor).days, (days[2] - anchor).days)
    return found
