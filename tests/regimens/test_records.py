"""What the records of a regimen contradict: days that a dose does not have, milestones and groups that nobody named."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from scheduler.patient.appending import review
from scheduler.patient.events import parse_event
from scheduler.patient.log import log_of
from tests.regimens.test_regimens import FOOTNOTES, REGIMENS, read

VRD, AXI_CEL = REGIMENS / "vrd", REGIMENS / "axi-cel"
VENETOCLAX, BLINATUMOMAB = REGIMENS / "venetoclax-obinutuzumab", REGIMENS / "blinatumomab"
SUBGROUP = FOOTNOTES / "a-subgroup-only"


def errors(study: Path, *events: Mapping[str, Any]) -> list[str]:
    version, _ = read(study / "protocol.yaml")
    log = log_of([parse_event(event) for event in events])
    return [f"{finding.code}: {finding.hint}" for finding in review(version, log) if finding.severity.value == "error"]


def bortezomib(**more: object) -> dict[str, object]:
    return {"on": "2026-03-02", "event": "given", "treatment": "bortezomib", "n": 1, **more}


def test_a_dose_on_several_days_of_a_cycle_names_its_day() -> None:
    assert errors(VRD, bortezomib()) == ["which-day: write n: 1 and the day of its cycle: 1, 4, 8, 11"]
    assert errors(VRD, bortezomib(day=2)) == ["which-day: write n: 1 and the day of its cycle: 1, 4, 8, 11"]
    assert errors(VRD, bortezomib(day=4)) == []


def test_the_days_are_those_of_the_cycle() -> None:
    assert errors(VRD, bortezomib(n=9, day=4)) == ["which-day: write n: 9 and the day of its cycle: 1, 8, 15"]


def test_each_day_is_given_once() -> None:
    found = errors(VRD, bortezomib(day=1), bortezomib(day=4), bortezomib(day=4))
    assert found == ["given-twice: correct or strike one of them"]


def test_a_dose_that_is_given_was_not_left_out() -> None:
    left_out = {"on": "2026-03-05", "event": "not done", "entry": "bortezomib.1.4"}
    found = errors(VRD, bortezomib(day=4), left_out)
    assert found == ["done-and-not-done: correct or strike one of them"]
    assert errors(VRD, bortezomib(day=1), left_out) == []


def test_a_single_dose_has_no_day() -> None:
    given = {"on": "2026-03-02", "event": "given", "treatment": "obinutuzumab", "n": 1, "day": 1}
    assert errors(VENETOCLAX, given) == ["which-day: leave the day out"]


def test_a_milestone_is_one_that_the_study_names_and_is_reached_once() -> None:
    def reached(milestone: str, on: str = "2026-03-04") -> dict[str, object]:
        return {"on": on, "event": "reached", "milestone": milestone}

    assert errors(AXI_CEL, reached("leukapheresis")) == []
    assert errors(AXI_CEL, reached("leukaferesis")) == ["unknown-milestone: did you mean 'leukapheresis'?"]
    twice = errors(AXI_CEL, reached("delivery"), reached("delivery", "2026-03-05"))
    assert twice == ["reached-twice: correct or strike one of them"]


@pytest.mark.parametrize("event", ["joined", "left"])
def test_a_group_is_one_of_the_study(event: str) -> None:
    found = errors(SUBGROUP, {"on": "2026-03-04", "event": event, "group": "pk-substudie"})
    assert found == ["unknown-group: did you mean 'pk-substudy'?"]


def test_a_resume_names_a_day_only_where_the_protocol_asks() -> None:
    def resumed(study: Path, treatment: str, day: int) -> list[str]:
        held = {"on": "2026-03-10", "event": "held", "treatment": treatment, "reason": "fever"}
        return errors(study, held, {"on": "2026-03-20", "event": "resumed", "treatment": treatment, "day": day})

    assert resumed(VENETOCLAX, "venetoclax", 8) == []
    assert resumed(VENETOCLAX, "venetoclax", 400) == ["which-day: its last day is 315"]
    assert resumed(BLINATUMOMAB, "blinatumomab", 8) == ["which-day: leave the day out"]
