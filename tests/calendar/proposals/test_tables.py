"""Every row of the seed study's decision tables: what happened to a patient, and what the protocol calls for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scheduler.calendar.entries.proposal import Proposal
from tests.calendar.proposals.patients import (
    CONTROL,
    EXPERIMENTAL,
    calendar,
    read_plain,
)
from tests.seed import VERSION

TABLES = read_plain(Path(__file__).with_name("tables.yaml").read_text("utf-8"))


def lead(proposal: Proposal) -> str:
    option = proposal.options[0]
    return f"{option.words} ({option.dose})" if option.dose else option.words


@pytest.mark.parametrize("row", TABLES, ids=lambda row: row["story"])
def test_the_table_is_followed(row: dict[str, Any]) -> None:
    story = (CONTROL if row.get("arm") == "control" else EXPERIMENTAL) + row["what happened"].strip()
    last = story.rpartition("\n")[2][:10]
    called_for = {each.rule: lead(each) for each in calendar(story).proposals if str(each.raised) == last}
    before = {
        each.rule: lead(each) for each in calendar(story.rpartition("\n")[0]).proposals if str(each.raised) == last
    }
    assert {rule: words for rule, words in called_for.items() if rule not in before} == row["calls for"]


def test_every_row_has_a_story() -> None:
    rules = {rule.id for plan in VERSION.arms.values() for rule in plan.rules}
    told = {rule for row in TABLES for rule in row["calls for"]}
    assert told == rules
