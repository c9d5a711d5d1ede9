"""Tablets handed out, brought back and expected: cycle by cycle, up to a day."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.patient.supply import Accountability
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from scheduler.views.pharmacy.pill_counts import pill_counts
from tests.dosing.story import told
from tests.seed import VERSION

CONTROL = """2026-02-27 randomised, arm: control
2026-03-02 cycle started, treatment: regorafenib, cycle: 1
2026-03-02 dispensed, treatment: regorafenib, cycle: 1, quantity: 84
"""
"""120 mg, three tablets of 40 mg on 21 days: 63 tablets; three bottles of 28."""


def counts(story: str, until: str, version: StudyVersion = VERSION) -> tuple[Accountability, ...]:
    return pill_counts(version, EVERY_DAY, told(story), date.fromisoformat(until))


def count(story: str, until: str, version: StudyVersion = VERSION) -> Accountability:
    (only,) = counts(story, until, version)
    return only


@pytest.mark.parametrize(
    ("until", "expected"), [("2026-03-02", 3), ("2026-03-03", 6), ("2026-03-22", 63), ("2026-03-30", 63)]
)
def test_expected_up_to_a_day_that_day_included(until: str, expected: int) -> None:
    assert count(CONTROL, until).expected == expected


def test_all_that_is_known_of_a_cycle() -> None:
    story = CONTROL + "2026-03-20 lost, treatment: regorafenib, cycle: 1, quantity: 2\n"
    story += "2026-03-30 returned, treatment: regorafenib, cycle: 1, quantity: 19\n"
    assert count(story, "2026-03-30") == Accountability(
        "regorafenib",
        1,
        dispensed=84,
        returned=19,
        lost=2,
        taken=63,
        missing=0,
        expected=63,
        events=(3, 4, 5),
        by_days=63,
    )


def test_what_is_recorded_later_is_not_there_yet() -> None:
    story = CONTROL + "2026-03-30 returned, treatment: regorafenib, cycle: 1, quantity: 21\n"
    assert [count(story, day).returned for day in ("2026-03-29", "2026-03-30")] == [None, 21]


def test_a_cycle_without_tablets_handed_out_has_no_line() -> None:
    story = "2026-02-27 randomised, arm: control\n2026-03-02 cycle started, treatment: regorafenib, cycle: 1\n"
    assert counts(story, "2026-03-30") == ()


def test_each_cycle_has_its_own_line_in_order() -> None:
    second = """2026-03-30 cycle started, treatment: regorafenib, cycle: 2
2026-03-30 dispensed, treatment: regorafenib, cycle: 2, quantity: 84
"""
    assert [(each.cycle, each.dispensed, each.expected) for each in counts(CONTROL + second, "2026-04-30")] == [
        (1, 84, 63),
        (2, 84, 63),
    ]


def test_tablets_handed_out_before_the_first_cycle_belong_to_none() -> None:
    early = "2026-02-27 randomised, arm: control\n2026-02-28 dispensed, treatment: regorafenib, quantity: 84\n"
    assert [(each.cycle, each.dispensed, each.expected) for each in counts(early, "2026-03-01")] == [(None, 84, None)]
    both = CONTROL + "2026-02-28 dispensed, treatment: regorafenib, quantity: 28\n"
    assert [(each.cycle, each.dispensed, each.expected) for each in counts(both, "2026-03-30")] == [
        (1, 84, 63),
        (None, 28, None),
    ]


def test_a_smaller_amount_reported_is_what_was_taken_and_the_order_is_what_was_expected() -> None:
    reported = "2026-03-12 taken, treatment: regorafenib, from: 2026-03-09, to: 2026-03-10, amount: 80 mg\n"
    story = CONTROL + reported + "2026-03-30 returned, treatment: regorafenib, cycle: 1, quantity: 23\n"
    found = count(story, "2026-03-30")
    # 63 less 2 days of one tablet.
    assert (found.expected, found.taken, found.missing) == (63, 61, 0)


def test_held_days_are_not_expected() -> None:
    held = "2026-03-16 held, treatment: regorafenib\n"
    assert count(CONTROL + held, "2026-03-30").expected == 42


def of_two_drugs(give: str, products: str) -> StudyVersion:
    text = f"""
study: OTHER
version: "1.0"
title: Tablets twice a day
arms: {{control: The tablets}}
study days: first dose is Day 1
treatments:
  regorafenib:
    when: {{1: on first dose, then: 28 days ±3 after the previous cycle}}
    give: {give}
products: {{{products}}}
"""
    return parse_protocol(text, name="protocol.yaml")[0]


FORTY = "unit: 40 mg tablet"


def test_twice_a_day_is_expected_twice() -> None:
    version = of_two_drugs("80 mg twice daily by mouth on days 1-14", f"regorafenib: {{{FORTY}}}")
    assert count(CONTROL, "2026-03-30", version).expected == 56


@pytest.mark.parametrize(("often", "taken"), [("four times daily", 112), ("every 6 hours", 112), ("every 8 hours", 84)])
def test_what_is_taken_by_the_clock_is_counted_for_the_whole_day(often: str, taken: int) -> None:
    """80 mg are 2 tablets of 40 mg: 8 on each of 14 days every 6 hours, 6 every 8 hours."""
    version = of_two_drugs(f"80 mg {often} by mouth on days 1-14", f"regorafenib: {{{FORTY}}}")
    assert count(CONTROL, "2026-03-30", version).expected == taken


def test_a_reported_amount_is_that_of_the_whole_day() -> None:
    version = of_two_drugs("80 mg twice daily by mouth on days 1-14", f"regorafenib: {{{FORTY}}}")
    reported = "2026-03-12 taken, treatment: regorafenib, from: 2026-03-03, to: 2026-03-03, amount: 80 mg\n"
    story = CONTROL + reported + "2026-03-30 returned, treatment: regorafenib, cycle: 1, quantity: 30\n"
    # One day of 2 tablets instead of 4: 54 of the 56 are accounted for, and 84 - 30 = 54 are gone.
    found = count(story, "2026-03-30", version)
    assert (found.expected, found.taken, found.missing) == (56, 54, 0)


def test_a_product_is_found_by_the_drugs_own_name() -> None:
    version = of_two_drugs("{rego: 80 mg once daily by mouth on days 1-14}", f"rego: {{{FORTY}}}")
    assert count(CONTROL, "2026-03-30", version).expected == 28


def test_two_drugs_on_one_day_give_no_number() -> None:
    give = "{one: 80 mg once daily by mouth on days 1-14, other: 40 mg once daily by mouth on days 1-14}"
    version = of_two_drugs(give, f"one: {{{FORTY}}}, other: {{{FORTY}}}")
    found = count(CONTROL, "2026-03-30", version)
    assert (found.dispensed, found.expected) == (84, None)


def test_a_dose_that_the_tablets_cannot_make_gives_no_number() -> None:
    odd = "2026-03-09 dose changed, treatment: regorafenib, level: -4, dose: 100 mg, override: asked by the sponsor\n"
    assert count(CONTROL + odd, "2026-03-30").expected is None


def test_what_a_cycle_that_was_not_started_expects_is_nothing() -> None:
    story = CONTROL + "2026-03-30 not done, entry: regorafenib.2, reason: wish\n"
    story += "2026-03-30 dispensed, treatment: regorafenib, cycle: 2, quantity: 84\n"
    assert [(each.cycle, each.expected) for each in counts(story, "2026-04-30")] == [(1, 63), (2, 0)]
