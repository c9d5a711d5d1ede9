"""Every regimen of `examples/regimens/` and every footnote: its protocol has no error, and its stories come out as told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.findings import Severity
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.study import StudyVersion, Timeline
from tests.scenario_runner import what_failed

REGIMENS = Path(__file__).parents[2] / "examples" / "regimens"
FOOTNOTES = Path(__file__).parent / "footnotes"
PROTOCOLS = sorted([*REGIMENS.glob("*/protocol.yaml"), *FOOTNOTES.glob("*/protocol.yaml")])
STORIES = sorted([*REGIMENS.glob("*/stories/*.yaml"), *FOOTNOTES.glob("*/stories/*.yaml")])


def by_folder(path: Path) -> str:
    return path.parent.name


def by_story(path: Path) -> str:
    return f"{path.parents[1].name}/{path.stem}"


def read(path: Path) -> tuple[StudyVersion, list[str]]:
    version, findings = parse_protocol(path.read_text("utf-8"), name=path.name)
    return version, [str(finding) for finding in findings if finding.severity is Severity.ERROR]


@pytest.mark.parametrize("path", PROTOCOLS, ids=by_folder)
def test_protocol_has_no_error(path: Path) -> None:
    assert read(path)[1] == []


@pytest.mark.parametrize("path", STORIES, ids=by_story)
def test_story(path: Path) -> None:
    found = what_failed(path)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("folder", sorted(path.parent for path in PROTOCOLS), ids=lambda path: path.name)
def test_regimen_has_a_planned_and_a_disturbed_patient(folder: Path) -> None:
    names = {path.stem for path in (folder / "stories").glob("*.yaml")}
    if folder.parent == REGIMENS:
        assert "planned" in names
        assert len(names) >= 2
    assert names


@pytest.mark.parametrize("path", sorted(REGIMENS.glob("*/protocol.yaml")), ids=by_folder)
def test_every_number_of_a_regimen_has_its_source_or_assumption(path: Path) -> None:
    version, _ = read(path)
    uncited = {
        f"{line.name}: {clause.text}"
        for plan in version.arms.values()
        for line in plan.timelines.values()
        for clause in sentences(line)
        if any(letter.isdigit() for letter in clause.text) and not clause.assumptions
    }
    assert uncited == set()


def sentences(line: Timeline) -> Iterator[Clause]:
    timings = [*line.numbered.values(), *line.pieces, line.then, line.last]
    yield from (timing.clause for timing in timings if timing is not None)
    yield from (give.clause for give in line.gives)
    yield from (limit.clause for limit in line.counts)
    yield from (limit.clause for limit in line.limits_by_date)
    yield from line.limits.clauses.values()


def test_every_regimen_stands_in_the_readme() -> None:
    readme = (REGIMENS / "README.md").read_text("utf-8")
    assert [path.parent.name for path in PROTOCOLS if REGIMENS in path.parents and path.parent.name not in readme] == []
