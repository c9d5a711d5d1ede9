"""One text for each fault. The first lines of every file say what must be found in it, and where; nothing else may be."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from scheduler.errors import InvalidText
from scheduler.findings import Finding
from scheduler.patient.case_file.case import parse_case
from scheduler.protocol.parse import parse_protocol
from scheduler.site.parse import parse_site

HERE = Path(__file__).parent
PROTOCOLS = sorted([*(HERE / "protocols").glob("*.yaml"), *(HERE / "rules").glob("*.yaml")])
SITES = sorted((HERE / "sites").glob("*.yaml"))
CASES = sorted((HERE / "cases").glob("*.yaml"))


def by_name(path: Path) -> str:
    return path.stem


def expected(text: str) -> list[str]:
    """The findings that a file announces: "12:5 unknown-anchor", one a line, before the sentence that tells its story."""
    return re.findall(r"^# (\d+:\d+ [a-z-]+)$", text, re.MULTILINE)


def found(read: Callable[[str], tuple[Finding, ...]], text: str) -> list[str]:
    try:
        findings = read(text)
    except InvalidText as invalid:
        findings = invalid.findings
    return [f"{finding.place.line}:{finding.place.column} {finding.code}" for finding in findings if finding.place]


def read_protocol(text: str) -> tuple[Finding, ...]:
    return parse_protocol(text, name="protocol.yaml")[1]


def read_site(text: str) -> tuple[Finding, ...]:
    parse_site(text, name="site.yaml")
    return ()


def read_case(text: str) -> tuple[Finding, ...]:
    parse_case(text, name="case.yaml")
    return ()


@pytest.mark.parametrize("path", PROTOCOLS, ids=by_name)
def test_protocol_with_one_fault(path: Path) -> None:
    text = path.read_text("utf-8")
    assert found(read_protocol, text) == expected(text)


@pytest.mark.parametrize("path", SITES, ids=by_name)
def test_site_with_one_fault(path: Path) -> None:
    text = path.read_text("utf-8")
    assert found(read_site, text) == expected(text)


@pytest.mark.parametrize("path", CASES, ids=by_name)
def test_case_with_one_fault(path: Path) -> None:
    text = path.read_text("utf-8")
    assert found(read_case, text) == expected(text)


@pytest.mark.parametrize("path", [*PROTOCOLS, *SITES, *CASES], ids=by_name)
def test_every_file_announces_a_fault_and_tells_its_story(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    announced = expected("\n".join(lines))
    assert announced != []
    story = lines[len(announced)]
    assert story.startswith("# ")
    assert story[-1] in ".?"


def test_there_are_many() -> None:
    assert (len(PROTOCOLS) >= 60, len(SITES) >= 10, len(CASES) >= 10) == (True, True, True)


@pytest.mark.parametrize("path", PROTOCOLS, ids=by_name)
def test_every_error_says_what_to_do(path: Path) -> None:
    try:
        findings = read_protocol(path.read_text("utf-8"))
    except InvalidText as invalid:
        findings = invalid.findings
    silent = {finding.code for finding in findings if finding.hint is None} - {"no-wait", "not-one-of"}
    assert silent == set()
