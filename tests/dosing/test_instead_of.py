"""What was given or taken otherwise than due: the first sentence of `explain` says both amounts, and what is left."""

from __future__ import annotations

import pytest

from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.telling.explain import explain
from tests.asking.story import EXPERIMENTAL
from tests.dosing.story import told
from tests.seed import VERSION, shanghai

BEAM = f"""{EXPERIMENTAL}
2026-03-16 visit done, entry: planning-ct.1
2026-03-20 prescribed, treatment: radiotherapy, course: hypofractionated, per_fraction: 8, unit: Gy, by: Dr Example
2026-03-20 prescribed, treatment: radiotherapy, course: low-dose, per_fraction: 1, unit: Gy, by: Dr Example"""
STOPPED = f"{BEAM}\n2026-03-23 given, treatment: radiotherapy, n: 1, amounts: [5 Gy hypofractionated, 0 Gy low-dose]"
FIVE_OF_EIGHT = (
    "Radiotherapy, fraction 1 was given on Monday 23 March 2026 (Day 22): hypofractionated 5 Gy instead of 8 Gy and"
    " low-dose 0 Gy instead of 1 Gy"
)


def first_sentence(story: str, entry: str) -> str:
    log = told(story)
    return explain(calendar_of(VERSION, shanghai(), log), entry, VERSION, log).title


@pytest.mark.parametrize(
    ("line", "entry", "says"),
    [
        (
            "2026-03-30 given, treatment: toripalimab, n: 2, amount: 1200 mg",
            "toripalimab.2",
            "Toripalimab, dose 2 was given on Monday 30 March 2026 (Day 29): 1200 mg instead of 240 mg.",
        ),
        (
            "2026-03-30 given, treatment: toripalimab, n: 2, amount: 120 mg, reason: the line clotted",
            "toripalimab.2",
            "Toripalimab, dose 2 was given on Monday 30 March 2026 (Day 29): 120 mg instead of 240 mg.",
        ),
        (
            "2026-03-30 given, treatment: toripalimab, n: 2, amount: 0.24 g",
            "toripalimab.2",
            "Toripalimab, dose 2 was given on Monday 30 March 2026 (Day 29).",
        ),
        (
            "2026-03-05 taken, treatment: regorafenib, from: 2026-03-05, to: 2026-03-05, amount: 160 mg",
            "regorafenib.1.4",
            "Regorafenib, cycle 1, day 4, on Thursday 5 March 2026 (Day 4): 160 mg instead of 80 mg, taken.",
        ),
        (
            "2026-03-05 taken, treatment: regorafenib, from: 2026-03-05, to: 2026-03-05, amount: 80 mg",
            "regorafenib.1.4",
            "Regorafenib, cycle 1, day 4, on Thursday 5 March 2026 (Day 4): 80 mg, taken.",
        ),
    ],
    ids=["five times the dose", "half of it", "the same in grams", "two days' tablets", "as due"],
)
def test_first_sentence_says_both_amounts(line: str, entry: str, says: str) -> None:
    assert first_sentence(f"{EXPERIMENTAL}\n{line}", entry) == says


def test_fraction_given_in_part_says_what_is_left_and_once_it_is_given_nothing() -> None:
    left = f"{FIVE_OF_EIGHT}; hypofractionated 3 Gy and low-dose 1 Gy are left."
    assert first_sentence(STOPPED, "radiotherapy.1") == left
    rest = "\n2026-03-24 given, treatment: radiotherapy, n: 1, amounts: [3 Gy hypofractionated, 1 Gy low-dose]"
    whole = "Radiotherapy, fraction 1 was given on Monday 23 March 2026 (Day 22)."
    assert first_sentence(STOPPED + rest, "radiotherapy.1") == whole


def test_what_was_given_up_is_not_left() -> None:
    given_up = f"{STOPPED}\n2026-03-25 not done, entry: radiotherapy.1, reason: the patient's wish"
    assert first_sentence(given_up, "radiotherapy.1") == f"{FIVE_OF_EIGHT}; the rest was given up."


def test_one_course_alone_is_named_once() -> None:
    one = STOPPED.replace("5 Gy hypofractionated", "8 Gy hypofractionated")
    says = (
        "Radiotherapy, fraction 1 was given on Monday 23 March 2026 (Day 22): hypofractionated 8 Gy and low-dose 0 Gy"
        " instead of 1 Gy; low-dose 1 Gy is left."
    )
    assert first_sentence(one, "radiotherapy.1") == says
