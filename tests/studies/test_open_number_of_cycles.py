"""A number of cycles that the investigator chooses, and numbers that differ by arm on one clock. Days counted by hand.

Cycles begin on Monday 2 March 2026 and every 21 days: 23 March, 13 April, 4 May (the 4th), 25 May, 15 June (the 6th). 28 days
after the 4th is 1 June, and after the 6th 13 July.
"""

from __future__ import annotations

import pytest

from scheduler.calendar.entries.entry import Calendar, Status
from scheduler.calendar.telling.explain import explain
from scheduler.errors import InvalidText
from scheduler.protocol.parse import parse_protocol
from tests.dosing.story import told
from tests.studies.telling import calendar, dates, pending, study

STUDY = study(
    """
study days: first dose is Day 1
cycles:
  chemo:
    when: {1: on first dose, then: 21 days after the previous cycle}
    until:
      short: [at most 4 cycles, progression]
      open: 4 or 6 cycles, as the investigator chooses
treatments:
  platin: {when: in every cycle, give: 75 mg/m2 intravenously}
  tablets:
    arms: [open]
    when: {1: on first dose, then: 28 days after the previous cycle}
    until: 1 to 3 cycles, as the investigator chooses
    give: 5 mg once daily by mouth on days 1-21
visits:
  surgery: 28 days after the end of chemo
""",
    arms="{short: four, open: four or six}",
)
GIVEN = "2026-03-02 given, treatment: platin, n: 1\n"
ALL_SIX = {"1": "03-02", "2": "03-23", "3": "04-13", "4": "05-04", "5": "05-25", "6": "06-15"}
FOUR = {n: day for n, day in ALL_SIX.items() if n < "5"}


def of(story: str = "", arm: str = "open") -> Calendar:
    return calendar(STUDY, GIVEN + story, until="2026-12-31", arm=arm)


def chosen(number: int, what: str = "cycles of chemo") -> str:
    return f"2026-05-05 attribute, name: {what}, value: {number}\n"


def put(found: Calendar, name: str) -> dict[str, str]:
    """The days of one timeline, without what is not for this patient."""
    there = {each.id.partition(".")[2] for each in found.entries if each.status is not Status.CANCELLED}
    return {n: day for n, day in dates(found, name).items() if n in there}


def test_each_arm_has_its_own_number_on_one_clock() -> None:
    assert put(of(arm="short"), "platin") == FOUR
    assert put(of(arm="short"), "surgery") == {"1": "06-01"}


def test_nothing_after_the_smaller_number_is_planned_before_somebody_has_chosen() -> None:
    found = of()
    assert put(found, "platin") == FOUR
    assert pending(found) == {"chemo.5", "platin.5", "surgery.1", "tablets.2.1"}
    assert put(found, "surgery") == {}
    log = told(f"2026-02-27 randomised, arm: open\n{GIVEN}")
    assert "a record of cycles of chemo" in str(explain(found, "chemo.5", STUDY, log))


def test_what_was_chosen_is_planned() -> None:
    assert put(of(chosen(6)), "platin") == ALL_SIX
    assert put(of(chosen(6)), "surgery") == {"1": "07-13"}
    assert put(of(chosen(4)), "platin") == FOUR
    assert put(of(chosen(4)), "surgery") == {"1": "06-01"}


def test_of_a_range_each_number_can_be_chosen() -> None:
    def cycles(number: int) -> int:
        found = of(chosen(number, "cycles of tablets"))
        return sum(each.status is not Status.CANCELLED for each in found.entries if each.timeline == "tablets")

    assert [cycles(number) for number in (1, 2, 3)] == [1, 2, 3]


def test_a_number_that_the_protocol_does_not_offer_is_told() -> None:
    found = [each for each in of(chosen(5)).findings if each.code == "not-a-choice"]
    assert [(each.message, each.events) for each in found] == [
        ("cycles of chemo is recorded as 5: the protocol offers 4 or 6", (3,))
    ]
    assert "not-a-choice" not in {each.code for each in of(chosen(6)).findings}
    assert "not-a-choice" not in {each.code for each in of().findings}


def test_the_last_choice_counts() -> None:
    again = "2026-05-20 attribute, name: cycles of chemo, value: 4\n"
    assert put(of(chosen(6) + again), "platin") == FOUR


HANGS_ON = """
study: OTHER
version: "1.0"
title: A choice beside facts
arms: {all: everybody}
study days: first dose is Day 1
attributes: {responds: After two cycles, well: In good health}
treatments:
  drug:
    when: {1: on first dose, then: 21 days after the previous dose}
    until: 1 or 3 doses, as the investigator chooses
    only if: ONLY_IF
    give: 10 mg intravenously
"""


def test_a_choice_and_a_fact_both_have_to_be_so() -> None:
    version, _ = parse_protocol(HANGS_ON.replace("ONLY_IF", "well"), name="protocol.yaml")
    well = "2026-02-28 attribute, name: well, value: true\n"
    three = "2026-02-28 attribute, name: doses of drug, value: 3\n"
    first = "2026-02-28 first dose planned, to: 2026-03-02\n"
    assert put(calendar(version, first + three), "drug") == {}
    assert put(calendar(version, first + well), "drug") == {"1": "03-02"}
    assert put(calendar(version, first + well + three), "drug") == {"1": "03-02", "2": "03-23", "3": "04-13"}


@pytest.mark.parametrize("only_if", ["well or responds", "{2: responds}"])
def test_a_choice_beside_facts_of_single_numbers_is_refused(only_if: str) -> None:
    with pytest.raises(InvalidText) as refused:
        parse_protocol(HANGS_ON.replace("ONLY_IF", only_if), name="protocol.yaml")
    assert [each.code for each in refused.value.findings if each.severity.value == "error"] == ["choice-of-numbers"]


def test_an_arm_that_no_limit_names_is_told() -> None:
    wrong = HANGS_ON.replace("1 or 3 doses, as the investigator chooses", "{al: 2 doses}").replace("ONLY_IF", "well")
    with pytest.raises(InvalidText) as refused:
        parse_protocol(wrong, name="protocol.yaml")
    assert {each.code for each in refused.value.findings if each.severity.value == "error"} == {
        "no-limit",
        "unknown-arm",
    }
