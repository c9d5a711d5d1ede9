"""Public USDM files in a folder that ``--standards FOLDER`` names: X.json, and X.days.csv with its planned days.

The planned days are by another program, which shares nothing with this one.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.standards.usdm_files import imported, planned_days


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    files = sorted(Path(metafunc.config.getoption("--standards")).rglob("*.json"))
    studies = [path for path in files if "study" in json.loads(path.read_text("utf-8"))]
    assert studies, "the folder has no USDM file"
    metafunc.parametrize("path", studies, ids=lambda path: path.stem)


def objects(content: Any) -> Counter[str]:
    """How many objects of each kind the file has, counted by their own names of their types."""
    found: Counter[str] = Counter()
    below = [content]
    while below:
        each = below.pop()
        if isinstance(each, dict):
            found[str(each.get("instanceType"))] += 1
            if each.get("instanceType") == "Timing" and any(
                each.get(key) for key in ("windowLower", "windowUpper", "windowLabel")
            ):
                found["Window"] += 1
        below += each.values() if isinstance(each, dict) else each if isinstance(each, list) else []
    return found


KINDS = {
    "timing": ["Timing"],
    "window": ["Window"],
    "decision": ["ScheduledDecisionInstance"],
    "condition": ["Condition", "ConditionAssignment"],
    "encounter": ["Encounter"],
    "activity": ["Activity"],
    "instance": ["ScheduledActivityInstance"],
    "timeline": ["ScheduleTimeline"],
    "epoch": ["StudyEpoch"],
    "arm": ["StudyArm"],
    "administration": ["Administration", "AgentAdministration"],
}


def test_every_part_of_the_file_is_in_the_report_once(path: Path) -> None:
    content = json.loads(path.read_text("utf-8"))
    _, design = imported(content)
    there, reported = objects(content), Counter(row.kind for row in design.report.rows)
    assert {kind: reported[kind] for kind in KINDS} == {
        kind: sum(there[each] for each in names) for kind, names in KINDS.items()
    }
    paths = [(row.kind, row.part.path) for row in design.report.rows]
    assert len(set(paths)) == len(paths)


def test_planned_days_are_those_of_another_program(path: Path) -> None:
    """Minutes before an instance are the same day; a file without days has visits that are asked, and none with a day made up."""
    text, design = imported(json.loads(path.read_text("utf-8")))
    found = planned_days(text)
    days = path.with_name(f"{path.stem}.days.csv")
    if not days.exists():
        asked = {visit.name for visit in design.visits if visit.is_asked}
        assert asked
        assert asked.isdisjoint(found)
        return
    by_instance = {
        member.instance.text("name").casefold().replace(" ", "-"): found[visit.name][1]
        for visit in design.visits
        for member in visit.members
        if not member.is_anchor
    }
    rows = csv.DictReader(days.read_text("utf-8").splitlines())
    told = {row["instance"]: round(float(row["days from the anchor"])) for row in rows}
    assert by_instance == told
    timings = [row for row in design.report.rows if row.kind == "timing" and row.place.startswith(("visits", "dates"))]
    assert sum(row.verdict.startswith("said") for row in timings) >= 0.95 * len(timings)
