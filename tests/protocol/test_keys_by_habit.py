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


@pytest.mark.parametrize(
    ("listed", "whole"),
    [
        ("[cycles 1, 4, 7 and 13]", "drug cycles 1, 4, 7, 13"),
        ("[drug cycles 1, 4]", "drug cycles 1, 4"),
    ],
)
def test_a_sentence_that_a_list_cut_at_its_commas_is_told_whole(listed: str, whole: str) -> None:
    with pytest.raises(InvalidText) as refused:
        parse_protocol(f"{PROTOCOL}activities:\n  ECG: {listed}\n", name="protocol.yaml")
    hint = f'a list goes on at each comma, so put the sentence in quotes: "{whole}"'
    assert refused.value.findings[0].hint == hint
    more = PROTOCOL.replace("1 cycle", "13 cycles").replace("on first", "{1: on first")
    more = more.replace("first dose\n    until", "first dose, then: 7 days after the previous cycle}\n    until")
    parse_protocol(f'{more}activities:\n  ECG: ["{whole}"]\n', name="protocol.yaml")


def test_numbers_apart_from_any_sentence_are_no_part_of_one() -> None:
    with pytest.raises(InvalidText) as refused:
        parse_protocol(f"{PROTOCOL}activities:\n  ECG: [screening, 4]\n", name="protocol.yaml")
    assert all("goes on at each comma" not in (each.hint or "") for each in refused.value.findings)
