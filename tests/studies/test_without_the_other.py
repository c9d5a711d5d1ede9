"""What goes together with another treatment, when that one was left out: nothing moves by itself, and a person is told."""

from __future__ import annotations

import pytest

from scheduler.calendar.entries.entry import Calendar
from tests.studies.telling import WEEKDAYS, calendar, dates, study

VERSION = study("""
study days: first dose is Day 1
treatments:
  infusion:
    when: {1: on first dose, then: 7 days ±2 after the previous dose}
    until: 3 doses
    give: 2 mg intravenously
  sensitiser:
    when: {1: on first dose, then: 7 days ±2 after the previous dose}
    until: at most 3 doses
    together with: infusion
    if closed: nearest
    give: 40 mg/m2 intravenously
""")
BEGUN = "2026-03-02 given, treatment: infusion, n: 1\n2026-03-02 given, treatment: sensitiser, n: 1\n"
LEFT_OUT = "2026-03-09 not done, entry: infusion.2, reason: other\n"


def told(story: str) -> list[tuple[str, str | None]]:
    found: Calendar = calendar(VERSION, BEGUN + story, site=WEEKDAYS)
    assert dates(found, "sensitiser")["2"] == "03-09"
    return [(finding.code, finding.entry) for finding in found.findings]


def test_nothing_is_said_where_both_are_planned() -> None:
    assert told("") == []


def test_the_other_was_not_done() -> None:
    assert told(LEFT_OUT) == [("without-the-other", "sensitiser.2")]


@pytest.mark.parametrize(
    "decided",
    [
        "2026-03-09 given, treatment: sensitiser, n: 2\n",
        "2026-03-09 not done, entry: sensitiser.2, reason: other\n",
    ],
)
def test_once_it_is_recorded_nothing_is_left_to_decide(decided: str) -> None:
    assert "without-the-other" not in [code for code, _ in told(LEFT_OUT + decided)]


def test_the_other_was_given_up() -> None:
    discontinued = "2026-03-05 discontinued, treatment: infusion, reason: toxicity\n"
    assert ("without-the-other", "sensitiser.2") in told(discontinued)
