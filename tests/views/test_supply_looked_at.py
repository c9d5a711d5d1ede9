"""Packs that expire before their last day, counts that cannot be or that the days contradict, whole packs, tablets put off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from scheduler.patient.supply import Accountability
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.looking_back.exposure import beside_intensity
from scheduler.views.patients import Patient
from scheduler.views.pharmacy.dispensing import dispensing_list
from scheduler.views.pharmacy.pill_counts import pill_counts
from tests.dosing.story import told as story
from tests.seed import VERSION
from tests.views.told import EXPERIMENTAL, line_of, on, patient


def handed_out(quantity: int, expires: str) -> str:
    of = "treatment: regorafenib, cycle: 1, lot: A7"
    return f"  - {{on: 2026-03-02, event: dispensed, {of}, quantity: {quantity}, expires: {expires}}}\n"


def back(event: str, quantity: int) -> str:
    return f"  - {{on: 2026-03-30, event: {event}, treatment: regorafenib, cycle: 1, quantity: {quantity}}}\n"


def note_of(whom: Patient, entry: str) -> str:
    return line_of(dispensing_list([whom], on("03-01"), on("04-30")), entry).note or ""


def told(whom: Patient, day: str, status: str) -> list[str]:
    return [str(line.title) for line in worklist([whom], on(day)).decisions if line.status == status]


def to_do(whom: Patient, day: str, status: str) -> list[str]:
    return [str(line.to_do) for line in worklist([whom], on(day)).decisions if line.status == status]


# Cycle 1 is taken from 2 to 22 March.
@pytest.mark.parametrize(("expires", "is_told"), [("2026-03-21", True), ("2026-03-22", False)])
def test_expiry_counts_against_the_last_day_that_the_pack_is_for(expires: str, is_told: bool) -> None:
    whom = patient(EXPERIMENTAL, handed_out(56, expires))
    words = f"lot A7 expires on {expires}, before 2026-03-22, the last day that it is for"
    assert (words in note_of(whom, "regorafenib.1.1")) is is_told
    assert told(whom, "03-10", "expires too early") == ([f"regorafenib cycle 1: {words}"] if is_told else [])
    assert told(whom, "03-23", "expires too early") == []
    collected = "the pharmacy hands out a pack that lasts, and collects this one"
    assert to_do(whom, "03-10", "expires too early") == ([collected] if is_told else [])


# Dose 2 is planned for 30 March.
@pytest.mark.parametrize(("expires", "is_told"), [("2026-03-29", True), ("2026-03-30", False)])
def test_a_vial_is_for_the_day_of_its_dose(expires: str, is_told: bool) -> None:
    of = f"treatment: toripalimab, cycle: 2, lot: T1, quantity: 1, expires: {expires}"
    vial = f"  - {{on: 2026-03-25, event: dispensed, {of}}}\n"
    words = f"toripalimab cycle 2: lot T1 expires on {expires}, before 2026-03-30, the last day that it is for"
    assert told(patient(EXPERIMENTAL, vial), "03-26", "expires too early") == [words] * is_told
    given = "  - {on: 2026-03-28, event: given, treatment: toripalimab, n: 2}\n"
    assert told(patient(EXPERIMENTAL, vial, given), "03-28", "expires too early") == []


def test_a_hold_ends_what_the_pack_is_for() -> None:
    held = "  - {on: 2026-03-16, event: discontinued, treatment: regorafenib, reason: wish}\n"
    assert told(patient(EXPERIMENTAL, handed_out(56, "2026-03-16"), held), "03-10", "expires too early") == []


def test_more_back_and_lost_than_was_handed_out_is_told_until_it_is_put_right() -> None:
    whom = patient(EXPERIMENTAL, handed_out(56, "2027-05-31"), back("returned", 50), back("lost", 7))
    assert told(whom, "04-10", "miscounted") == [
        "regorafenib cycle 1: 57 came back or were lost, 56 were handed out",
    ]
    right = patient(EXPERIMENTAL, handed_out(56, "2027-05-31"), back("returned", 50), back("lost", 6))
    assert told(right, "04-10", "miscounted") == []


def test_whole_packs_are_handed_out() -> None:
    # 2 tablets x 21 days = 42, of bottles of 28: 56 tablets leave the pharmacy.
    line = line_of(dispensing_list([patient(EXPERIMENTAL)], on("03-01"), on("04-30")), "regorafenib.2.1")
    assert (line.units, line.packs, line.in_packs) == (42, 2, 56)
    vial = line_of(dispensing_list([patient(EXPERIMENTAL)], on("03-01"), on("04-30")), "toripalimab.2")
    assert (vial.units, vial.packs, vial.in_packs) == (1, None, None)


def count(taken: int, missing: int = 0, returned: int = 0) -> Accountability:
    gone = taken + missing
    return Accountability("regorafenib", 1, gone + returned, returned, None, taken, missing, 63, by_days=63)


def test_an_intensity_of_a_hundred_never_stands_alone_beside_a_count_of_54() -> None:
    assert beside_intensity([count(34, returned=50)]) == "34 gone by the count, 63 by the days: 54.0 % of 63"
    assert beside_intensity([count(63, missing=21)]) == "21 missing"
    assert beside_intensity([count(63, returned=21)]) is None
    assert beside_intensity([count(34, returned=50), replace(count(63, missing=1), cycle=2)]) == (
        "cycle 1: 34 gone by the count, 63 by the days: 54.0 % of 63; cycle 2: 1 missing"
    )


PUT_OFF = """
study: PUT-OFF
version: "1.0"
title: Tablets whose held days are made up
arms: {only: The tablets}
study days: first dose is Day 1
treatments:
  tab:
    when: {1: on first dose, then: 28 days ±3 after the previous cycle}
    open: any day
    give: 80 mg once daily by mouth on days 1-21
    held days: made up
products: {tab: {unit: 40 mg tablet, pack: bottle of 28}}
"""


@pytest.fixture(scope="module")
def made_up() -> StudyVersion:
    return parse_protocol(PUT_OFF, name="protocol.yaml")[0]


STARTED = "  - {on: 2026-03-02, event: cycle started, treatment: tab, cycle: 1}\n"
HELD = "  - {on: 2026-03-11, event: held, treatment: tab, reason: counts}\n"
RESUMED = "  - {on: 2026-03-16, event: resumed, treatment: tab}\n"


def test_a_hold_whose_days_are_made_up_has_its_lines_too(made_up: StudyVersion) -> None:
    # Nine days are taken, 18 tablets of 56: 38 should be left, and 12 days ask for 24.
    found = dispensing_list([patient(STARTED, HELD, RESUMED, version=made_up)], on("03-03"), on("03-20"))
    assert [(line.date, line.work.value, line.visit, line.units, line.covers) for line in found.lines] == [
        (date(2026, 3, 11), "hold", "Tab, cycle 1, from day 10", 0, None),
        (date(2026, 3, 16), "resume", "Tab, cycle 1, from day 10", 0, (date(2026, 3, 16), date(2026, 3, 27))),
    ]
    assert found.lines[0].collect == "38 tablets should be left"
    assert found.lines[1].note == (
        "dosing goes on; 24 tablets needed to the end of the cycle, 38 tablets should be left; recount and relabel"
    )


def test_while_nobody_knows_when_it_ends_there_is_the_hold_alone(made_up: StudyVersion) -> None:
    found = dispensing_list([patient(STARTED, HELD, version=made_up)], on("03-03"), on("03-20"))
    assert [(line.date, line.work.value, line.visit) for line in found.lines] == [
        (date(2026, 3, 11), "hold", "Tab, cycle 1, doses put off"),
    ]


def test_a_hold_in_the_week_off_puts_nothing_off(made_up: StudyVersion) -> None:
    later = HELD.replace("03-11", "03-24"), RESUMED.replace("03-16", "03-26")
    found = dispensing_list([patient(STARTED, *later, version=made_up)], on("03-23"), on("03-28"))
    assert found.lines == ()


def test_tablets_of_no_cycle_that_are_gone_are_missing() -> None:
    log = story(
        "2026-02-27 randomised, arm: control\n"
        "2026-02-28 dispensed, treatment: regorafenib, quantity: 84\n"
        "2026-03-10 returned, treatment: regorafenib, quantity: 80\n"
    )
    (found,) = pill_counts(VERSION, EVERY_DAY, log, date(2026, 3, 10))
    assert (found.cycle, found.taken, found.missing, found.compliance) == (None, 0, 4, None)
