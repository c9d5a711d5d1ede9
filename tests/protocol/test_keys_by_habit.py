"""Keys that people bring from their own protocols: the finding says which key of this language holds that."""

from __future__ import annotations

import pytest

from scheduler.errors import InvalidText
from scheduler.protocol.parse import parse_protocol

PROTOCOL = """\
study: HABITS
version: "1"
title: Keys by habit
arms: {all: everybody}
study days: first dose is Day 1
treatments:
  drug:
    when: on first dose
    until: 1 cycle
    give: 5 mg once daily by mouth on days 1-5
"""


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        (
            "missed doses: not made up",
            "write 'not done', and what becomes of one: lost, or: moves to the next open day",
        ),
        ("start: {all: on first dose}", "write it under 'when', such as: {1: on first dose, 2: 21 days after dose 1}"),
    ],
)
def test_a_key_by_habit_is_told_where_that_stands(line: str, hint: str) -> None:
    with pytest.raises(InvalidText) as refused:
        parse_protocol(f"{PROTOCOL}    {line}\n", name="protocol.yaml")
    assert [(each.code, each.hint) for each in refused.value.findings] == [("unknown-key", hint)]


def test_the_last_day_of_a_visit_is_its_day() -> None:
    visit = "visits:\n  call: {when: {1: on first dose, then: 7 days after the last day of the previous visit}}\n"
    with pytest.raises(InvalidText) as refused:
        parse_protocol(PROTOCOL + visit, name="protocol.yaml")
    assert [each.hint for each in refused.value.findings] == ["write: 7 days after the previous visit"]
