"""What the records of a regimen contradict: days that a dose does not have, milestones and groups that nobody named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scheduler.calendar.entries.entry import Status
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.appending import review
from scheduler.patient.events import parse_event
from scheduler.patient.log import log_of
from scheduler.site.site import EVERY_DAY
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


POLLUX = REGIMENS / "pollux"
IN_DRD: dict[str, Any] = {"on": "2026-02-27", "event": "randomised", "arm": "DRd"}


def begun(**more: object) -> dict[str, Any]:
    return {"on": "2026-03-02", "event": "cycle started", "treatment": "dexamethasone-split", "cycle": 1, **more}


def test_tablets_that_begin_on_several_days_of_a_cycle_name_their_day() -> None:
    assert errors(POLLUX, IN_DRD, begun()) == ["which-day: write cycle: 1 and the day of that cycle: 1, 8, 15, 22"]
    assert errors(POLLUX, IN_DRD, begun(day=1), begun(day=8, on="2026-03-09")) == []
    assert errors(POLLUX, IN_DRD, begun(day=8), begun(day=8)) == ["cycle-started-twice: correct or strike one of them"]
    done = {"on": "2026-03-09", "event": "visit done", "entry": "dexamethasone-split.1.8"}
    hint = "record 'cycle started' with treatment: dexamethasone-split, cycle: 1, day: 8"
    assert errors(POLLUX, IN_DRD, done) == [f"treatment-entry: {hint}"]


@pytest.mark.parametrize(
    "event",
    [
        {"on": "2026-03-09", "event": "cycle started", "treatment": "dexamethasone-split", "cycle": 1, "day": 8},
        {
            "on": "2026-03-10",
            "event": "taken",
            "treatment": "dexamethasone-split",
            "from": "2026-03-09",
            "to": "2026-03-10",
        },
    ],
    ids=["started", "reported"],
)
def test_what_is_recorded_of_one_day_of_a_cycle_is_of_no_other(event: dict[str, Any]) -> None:
    # Cycle 1 began on 2 March: its days 1, 8, 15 and 22 are 2, 9, 16 and 23 March. Only the tablets of the 9th are recorded.
    version, _ = read(POLLUX / "protocol.yaml")
    day_1: dict[str, Any] = {"on": "2026-03-02", "event": "given", "treatment": "daratumumab", "n": 1, "day": 1}
    found = calendar_of(
        version, EVERY_DAY, log_of([parse_event(each) for each in (IN_DRD, day_1, event)]), until=date(2026, 3, 29)
    )
    own = [each for each in found.entries if each.timeline == "dexamethasone-split" and each.n == 1]
    assert [(each.id.rpartition(".")[2], each.date, each.status) for each in own] == [
        ("1", date(2026, 3, 2), Status.PLANNED),
        ("8", date(2026, 3, 9), Status.DONE),
        ("15", date(2026, 3, 16), Status.PLANNED),
        ("22", date(2026, 3, 23), Status.PLANNED),
    ]
