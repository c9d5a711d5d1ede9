"""``scheduler check --advise``: lists and JSON, with what was tried and what was not."""

from __future__ import annotations

import json

import pytest

from tests.cli.typed import SEED, typed

STARTS = ("--starts", "2025-01-20..2025-02-14")


@pytest.mark.slow
def test_the_lists_say_what_was_tried():
    answer = typed("check", SEED, "--advise", *STARTS)
    assert answer.code == 0
    titles = ("By weekday of the start", "By month of the start", "What goes wrong by the plan alone", "Longest time")
    assert [title for title in titles if title not in answer.out] == []
    assert "none left out; visits after 2026-12-31 are not counted, because holidays are not published." in answer.out
    assert "Best weekdays to start: " in answer.out
    assert "A25 are stated in words only, so what they would change was not computed." in answer.out


def test_the_json_has_the_same():
    told = json.loads(typed("check", SEED, "--advise", *STARTS, "--format", "json").out)
    (advice,) = told["advice"]
    assert (advice["study"], [arm["arm"] for arm in advice["arms"]]) == ("REGO-TORI-RT", ["control", "experimental"])
    assert {(arm["from"], arm["to"], arm["exhaustive"]) for arm in advice["arms"]} == {
        ("2025-01-20", "2025-02-14", True)
    }
    examples = {(each["arm"], each["smallest example"]): each["start"] for each in advice["goes_wrong"]}
    assert examples["control", "c1d8.1"] == "2025-01-23"
    assert {each["assumption"] for each in advice["costs"]} == {"A1", "A4", "A5"}


@pytest.mark.parametrize("starts", ["2025-01-20", "2025-02-14..2025-01-20", "soon..later", "2025-02-30..2025-03-01"])
def test_start_days_that_are_no_range_are_wrong_usage(starts: str):
    answer = typed("check", SEED, "--advise", "--starts", starts)
    assert (answer.code, answer.out) == (2, "")
