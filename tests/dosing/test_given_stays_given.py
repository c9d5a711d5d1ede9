"""What was given or reported keeps the amount that followed when it was recorded; what is presumed follows later records."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.deviation import Deviated
from scheduler.calendar.entries.entry import Status
from scheduler.site.site import EVERY_DAY
from tests.asking.story import CONTROL, asked
from tests.dosing.story import calendar, exposure, told
from tests.seed import VERSION
from tests.studies.telling import study

REPORTED = f"{CONTROL}\n2026-03-07 taken, treatment: regorafenib, from: 2026-03-05, to: 2026-03-06"
LOWERED = "2026-03-04 dose changed, treatment: regorafenib, level: -1, dose: 80 mg"


def runs(story: str) -> list[tuple[str, str, str]]:
    """The days of cycle 1 with their dose, each with its first day and whether somebody recorded it."""
    found = calendar(story, "2026-03-22").by_id["regorafenib.1"].runs
    recorded = {Status.DONE: "recorded", Status.PLANNED: "presumed"}
    return [(str(run.first_date), " ".join(map(str, run.doses)), recorded[run.status]) for run in found]


def test_a_level_that_is_entered_later_and_dated_earlier_lowers_presumed_days_alone() -> None:
    """Cycle 1 began on 2 March; the 5th and 6th were reported; later somebody enters that the dose was lowered on the 4th."""
    assert [str(each.what) for each in asked(REPORTED, LOWERED)] == [
        "regorafenib.1.4: 120 mg or 80 mg given? It is dated before that dose"
    ]
    story = f"{REPORTED}\n{LOWERED}"
    assert runs(story) == [
        ("2026-03-02", "120 mg", "recorded"),
        ("2026-03-03", "120 mg", "presumed"),
        ("2026-03-04", "80 mg", "presumed"),
        ("2026-03-05", "120 mg", "recorded"),
        ("2026-03-07", "80 mg", "presumed"),
    ]
    wrong = [each for each in deviations_of(VERSION, EVERY_DAY, told(story)) if each.kind is Deviated.WRONG_DOSE]
    assert [(each.entry, str(each.what)) for each in wrong] == [("regorafenib.1.4-5", "120 mg; in force was 80 mg")]
    # 3 days of 120 mg, the 4th of 80, two of 120, and 16 of 80.
    (line,) = exposure(story, "2026-03-22").lines
    assert line.delivered == 2 * 120 + 80 + 2 * 120 + 16 * 80


def test_a_level_that_is_struck_later_raises_presumed_days_alone() -> None:
    lowered_first = f"{CONTROL}\n{LOWERED}\n2026-03-07 taken, treatment: regorafenib, from: 2026-03-05, to: 2026-03-06"
    story = f"{lowered_first}\n2026-03-10 struck, number: 3, reason: another patient"
    assert [dose for _, dose, recorded in runs(story) if recorded == "recorded"] == ["120 mg", "80 mg"]
    assert {dose for _, dose, recorded in runs(story) if recorded == "presumed"} == {"120 mg"}
    asks = [each for each in calendar(story).findings if each.code == "amount-asked"]
    assert [each.message for each in asks] == ["regorafenib.1.4: 80 mg or 120 mg given?"]


BY_WEIGHT = study("""
study days: first dose is Day 1
treatments:
  mab: {when: {1: on first dose, then: 21 days ±3 after the previous dose}, give: 6 mg/kg intravenously}
""")
GIVEN = """
    2026-02-27 randomised, arm: all
    2026-03-02 attribute, name: weight, value: 95 kg
    2026-03-02 given, treatment: mab, n: 1
    2026-03-23 given, treatment: mab, n: 2
    2026-04-10 corrected, number: 2, reason: chart, with: {on: 2026-03-02, event: attribute, name: weight, value: 59 kg}
""".strip()


@pytest.mark.parametrize(
    ("then", "doses", "open_questions"),
    [
        ("", ["570 mg", "570 mg", "354 mg"], ["mab.1", "mab.2"]),
        # Struck and recorded anew it counts anew; the other stays as it was.
        (
            "2026-04-11 struck, number: 3, reason: anew\n2026-03-02 given, treatment: mab, n: 1",
            ["354 mg", "570 mg", "354 mg"],
            ["mab.2"],
        ),
        (
            "2026-04-11 corrected, number: 3, reason: pharmacy, "
            "with: {on: 2026-03-02, event: given, treatment: mab, n: 1, amount: 570 mg}",
            ["570 mg", "570 mg", "354 mg"],
            ["mab.2"],
        ),
        # Put right in another field, the amount is not stated yet.
        (
            "2026-04-11 corrected, number: 4, reason: day, with: {on: 2026-03-24, event: given, treatment: mab, n: 2}",
            ["570 mg", "570 mg", "354 mg"],
            ["mab.1", "mab.2"],
        ),
        # The first weight was right after all.
        (
            "2026-04-11 corrected, number: 2, reason: chart, "
            "with: {on: 2026-03-02, event: attribute, name: weight, value: 95 kg}",
            ["570 mg", "570 mg", "570 mg"],
            [],
        ),
    ],
    ids=["asked", "struck and recorded anew", "the amount stated", "the day put right", "put right again"],
)
def test_after_a_weight_was_put_right(then: str, doses: list[str], open_questions: list[str]) -> None:
    found = calendar(f"{GIVEN}\n{then}" if then else GIVEN, "2026-05-01", version=BY_WEIGHT)
    assert [str(found.by_id[f"mab.{n}"].dose) for n in (1, 2, 3)] == doses
    assert [each.entry for each in found.findings if each.code == "amount-asked"] == open_questions


def test_a_single_dose_that_was_taken_on_five_days_has_four_that_the_plan_does_not_have() -> None:
    version = study("""
study days: first dose is Day 1
treatments:
  pill: {when: {1: on first dose, then: 28 days after the previous cycle}, until: 1 cycle, give: 400 mg by mouth on day 1}
visits: {follow-up: 30 days ±3 after the last dose}
""")
    story = """
        2026-02-27 randomised, arm: all
        2026-03-02 cycle started, treatment: pill, cycle: 1
        2026-03-08 taken, treatment: pill, from: 2026-03-02, to: 2026-03-06
        2026-05-10 taken, treatment: pill, from: 2026-05-04, to: 2026-05-05
    """
    found = calendar(story, "2026-07-01", version=version)
    days = [(run.first_date, run.last_date) for entry in found.entries if "unplanned" in entry.id for run in entry.runs]
    assert days == [(date(2026, 3, 3), date(2026, 3, 6)), (date(2026, 5, 4), date(2026, 5, 5))]
    # The last was taken long after the only cycle, on 5 May: 30 days later is 4 June.
    assert found.by_id["follow-up.1"].ideal == date(2026, 6, 4)
    whole = exposure(story, "2026-06-01", version=version).total("pill")
    assert whole is not None
    assert (whole.delivered, whole.planned, whole.extra) == (Decimal(2800), Decimal(400), 6)
    assert whole.relative_dose_intensity == Decimal(700)


@pytest.mark.parametrize("started", ["", "2026-03-30 cycle started, treatment: regorafenib, cycle: 2\n"])
def test_a_cycle_with_no_day_taken_does_not_block_follow_up(started: str) -> None:
    # The last tablet was on 22 March: 30 days later is 21 April.
    story = f"""{CONTROL}
{started}2026-04-25 not taken, treatment: regorafenib, from: 2026-03-30, to: 2026-04-19
2026-04-25 end of treatment, reason: 'other: her wish'"""
    found = calendar(story)
    assert found.by_id["safety-30.1"].ideal == date(2026, 4, 21)
