"""``scheduler show CASE --format json`` gives the dates of every story, each day of tablets by itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from scheduler.patient.case_file.case import parse_case
from tests.cli.typed import typed
from tests.laws.examples import one_in

STORIES = sorted((Path(__file__).parents[1] / "scenarios").glob("*/*.yaml"))
RUN = re.compile(r"(?P<cycle>.+\.[0-9]+)\.(?P<first>[0-9]+)-(?P<last>[0-9]+)")


def expected(case: Path) -> Iterator[tuple[str, str]]:
    """The date of each entry that the case expects; a run of days is spelled out."""
    told: dict[str, Any] = parse_case(case.read_text("utf-8"), name=case.name).expect
    for name, what in told.items():
        run = RUN.fullmatch(name)
        if run and isinstance(what, dict):
            start = date.fromisoformat(what["dates"].partition("..")[0])
            for number, day in enumerate(range(int(run["first"]), int(run["last"]) + 1)):
                yield f"{run['cycle']}.{day}", (start + timedelta(days=number)).isoformat()
        elif isinstance(what, str) and re.fullmatch(r"[0-9-]{10}", what):
            yield name, what
        elif isinstance(what, dict) and "date" in what:
            yield name, what["date"]


@pytest.mark.parametrize("case", one_in(4, STORIES), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_dates_of_a_story(case: Path):
    answer = typed("show", case, "--format", "json")
    if "refused" in parse_case(case.read_text("utf-8"), name=case.name).expect:
        assert (answer.code, answer.out) == (1, "")
        return
    assert answer.code == 0
    found = {entry["id"]: entry["date"] for entry in json.loads(answer.out)["entries"]}
    wanted = dict(expected(case))
    assert {name: found.get(name) for name in wanted} == wanted


def test_all_stories_are_here():
    worked = [path for path in STORIES if path.parent.name == "worked"]
    assert len(worked) == 11
    assert all(len(dict(expected(path))) > 3 for path in worked)
    assert len(STORIES) >= 11 + 40
