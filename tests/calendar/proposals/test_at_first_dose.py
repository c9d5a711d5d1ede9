"""The grade at a treatment's first dose is its baseline: what a patient began with is judged before that dose, not after."""

from __future__ import annotations

import pytest

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.because import Event
from tests.asking.story import asked
from tests.calendar.proposals.patients import CONTROL, calendar, stands, waiting
from tests.dosing.story import told
from tests.seed import VERSION, shanghai

RANDOMISED = "2026-02-27 randomised, arm: control\n"
BEGUN = "2026-03-02 cycle started, treatment: regorafenib, cycle: 1\n"


def skin(day: str, grade: int) -> str:
    """A hand-foot skin reaction: grade 2 is reduced the first time and held the second, grade 3 is held."""
    return f"2026-{day} adverse event, ae: 1, term: hand-foot syndrome, grade: {grade}\n"


def regraded(day: str, grade: int) -> str:
    return f"2026-{day} regraded, ae: 1, grade: {grade}\n"


@pytest.mark.parametrize(
    ("story", "proposed"),
    [
        (skin("02-28", 1) + BEGUN, {}),
        (skin("02-28", 2) + BEGUN, {}),
        (skin("02-28", 2) + BEGUN + regraded("03-12", 3), {"hand-foot-skin-reaction.6.4": "open"}),
        # Back where it was at the first dose: no worsening, and the first under treatment.
        (skin("02-28", 2) + BEGUN + regraded("03-10", 1) + regraded("03-20", 2), {}),
        (skin("02-28", 1) + BEGUN + regraded("03-12", 2), {"hand-foot-skin-reaction.2.4": "open"}),
    ],
)
def test_rows_that_go_on_or_reduce_wait_for_worsening(story: str, proposed: dict[str, str]) -> None:
    assert stands(RANDOMISED + story) == proposed


def test_rows_that_hold_propose_before_the_first_dose() -> None:
    story = RANDOMISED + skin("02-28", 3)
    assert stands(story) == {"hand-foot-skin-reaction.6.2": "open"}
    found = calendar(story)
    assert waiting(found) == ["regorafenib.1.1-21"]
    assert Event(2) in found.by_id["regorafenib.1"].runs[0].because.set_by


@pytest.mark.parametrize("better", ["2026-03-01 resolved, ae: 1\n", regraded("03-01", 1)])
def test_what_is_over_before_the_first_dose_calls_for_nothing(better: str) -> None:
    story = RANDOMISED + skin("02-28", 3) + better
    assert stands(story) == {}
    assert stands(story + BEGUN) == {}
    # Without it the first dose would wait.
    assert Event(3) in calendar(story).by_id["regorafenib.1"].runs[0].because.looked_at


def test_a_first_dose_that_nobody_decided_on_is_asked_and_a_deviation() -> None:
    story = RANDOMISED + skin("02-28", 3)
    assert "not-decided" in [each.code for each in asked(story, BEGUN.strip())]
    kinds = [each.kind.value for each in deviations_of(VERSION, shanghai(), told(story + BEGUN))]
    assert "dose not decided in time" in kinds


def test_each_treatment_has_its_own_first_dose() -> None:
    # Regorafenib runs, toripalimab has not begun: pneumonitis of grade 2 holds it before its first dose, of grade 1 nothing does.
    story = "2026-02-27 randomised, arm: experimental\n" + BEGUN
    grade = "2026-03-06 adverse event, ae: 1, term: Pneumonitis, grade: {}, related: [toripalimab]"
    assert stands(story + grade.format(2)) == {"pneumonitis.2.3": "open"}
    assert stands(story + grade.format(1)) == {}


def test_on_the_day_of_the_first_dose_it_counts_as_under_treatment() -> None:
    assert stands(CONTROL + skin("03-02", 2)) == {"hand-foot-skin-reaction.2.3": "open"}
