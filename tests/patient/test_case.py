from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from scheduler.errors import InvalidText
from scheduler.findings import Place
from scheduler.patient.case_file.case import parse_case
from scheduler.patient.events import CycleStarted, Randomised

CASE = """\
# A story
name: a story
protocol: ../protocol.yaml
site: ../site.yaml
subject: EXP-001
zone: Asia/Shanghai
until: 2026-07-31
closed: [2026-01-01]
open: []
events:
  - {on: 2026-02-27, event: randomised, arm: experimental}
  - on: 2026-03-02
    event: cycle started
    treatment: tablets
    cycle: 1
expect:
  tablets.1.1-21: {dates: 2026-03-02..2026-03-22, is: 80 mg}
why: {imaging.1: [A5]}
"""


def test_a_case_file_is_a_patient_and_what_is_expected() -> None:
    case = parse_case(CASE, name="case.yaml")
    assert (case.protocol, case.site, case.subject, case.name, case.zone) == (
        "../protocol.yaml",
        "../site.yaml",
        "EXP-001",
        "a story",
        "Asia/Shanghai",
    )
    assert (case.until, case.closed, case.open) == (date(2026, 7, 31), (date(2026, 1, 1),), ())
    assert case.events == (
        Randomised(on=date(2026, 2, 27), arm="experimental"),
        CycleStarted(on=date(2026, 3, 2), treatment="tablets", cycle=1),
    )
    assert case.places == (Place("case.yaml", 11, 5), Place("case.yaml", 12, 5))
    assert case.expect == {"tablets.1.1-21": {"dates": "2026-03-02..2026-03-22", "is": "80 mg"}}
    assert case.why == {"imaging.1": ["A5"]}


def test_only_the_protocol_is_needed() -> None:
    case = parse_case("protocol: p.yaml", name="case.yaml")
    assert (case.events, case.places, case.closed, case.expect) == ((), (), None, None)


def test_every_fault_is_found_at_once_with_its_place() -> None:
    wrong = CASE.replace("on: 2026-03-02\n", "on: 2.3.2026\n").replace("arm: e", "army: e").replace("until", "untill")
    with pytest.raises(InvalidText) as refused:
        parse_case(wrong, name="case.yaml")
    assert [(finding.code, str(finding.place)) for finding in refused.value.findings] == [
        ("unknown-key", "case.yaml:7:1"),
        ("missing-key", "case.yaml:11:5"),
        ("unknown-key", "case.yaml:11:41"),
        ("not-a-date", "case.yaml:12:9"),
    ]


WORKED = sorted((Path(__file__).parents[1] / "scenarios" / "worked").glob("*.yaml"))


@pytest.mark.parametrize("path", WORKED, ids=lambda path: path.stem)
def test_the_worked_cases_are_case_files(path: Path) -> None:
    case = parse_case(path.read_text("utf-8"), name=path.name)
    assert len(case.events) == len(case.places) > 0
    assert case.expect
