"""Arms of which one sentence cannot be read, or that are written as tables: each is told once, and only what is wrong."""

from __future__ import annotations

import pytest

from scheduler.errors import InvalidText
from scheduler.protocol.parse import parse_protocol

PROTOCOL = """\
study: ARMS
version: "1"
title: Arms that differ
arms: {early: until cycle 6, late: until cycle 22, none: nothing}
study days: first dose is Day 1
cycles:
  regimen:
    when: {1: on first dose, then: 21 days after the previous cycle}
    until: 22 cycles
treatments:
  chemo:
    when: in every cycle
    give: 80 mg/m2 intravenously
  antibody:
    arms: [early, late]
    when: {early: in cycles 2-6, late: in cycles 2-22}
    give: {early: 15 mg/kg intravenously, late: 15 mg/kg intravenously}
"""
TABLE = "{1: on first dose, then: 28 days after the previous dose}"


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("late: in cycles 2-22", "late: from cycle 2 to cycle 22", ["16:53 write: in cycles 2-22"]),
        ("late: 15 mg/kg intravenously", "late: 15 mg/kg iv", ["17:58 write: 15 mg/kg intravenously"]),
        (
            "late: in cycles 2-22",
            f"late: {TABLE}",
            [
                "16:34 write it like: 28 days ±3 after the previous cycle, not before 1 day after the end of radiotherapy (A2)"
                "; a table for one arm is a treatment or visit of its own, with 'arms'"
            ],
        ),
    ],
)
def test_an_arm_whose_sentence_cannot_be_read_is_not_called_one_without_it(
    right: str, wrong: str, told: list[str]
) -> None:
    # Without its sentence the arm would have no timing or dose, and so would the arm that does not get the treatment.
    with pytest.raises(InvalidText) as refused:
        parse_protocol(PROTOCOL.replace(right, wrong), name="protocol.yaml")
    found = refused.value.findings
    assert [f"{each.place.line}:{each.place.column} {each.hint}" for each in found if each.place] == told


def test_an_arm_that_has_no_sentence_is_told() -> None:
    with pytest.raises(InvalidText) as refused:
        parse_protocol(PROTOCOL.replace(", late: in cycles 2-22", ""), name="protocol.yaml")
    assert [each.message for each in refused.value.findings] == ["arm 'late' has no timing here"]
