"""What a decision does: exactly what the orders themselves would, from its day on."""

from __future__ import annotations

import pytest

from scheduler.calendar.entries.because import Event
from tests.calendar.proposals.patients import (
    CONTROL,
    EXPERIMENTAL,
    HOLD_AND_REDUCE,
    SKIN,
    SKIN_RULE,
    calendar,
    codes,
    proposal,
    stands,
    tablets,
    waiting,
    with_floor_at_80_mg,
)

MILD = "2026-03-16 adverse event, ae: 1, term: hand-foot syndrome, grade: 2\n"


def decided(rule: str, action: str, on: str = "2026-03-16", more: str = "") -> str:
    return f"{on} decided, proposal: {rule}, action: '{action}', by: Dr Example{more}\n"


def test_hold_and_resume_one_level_lower() -> None:
    story = CONTROL + SKIN + decided(f"{SKIN_RULE}.3", HOLD_AND_REDUCE)
    assert tablets(calendar(story), 1) == [
        "1-1 120 mg done",
        "2-14 120 mg planned",
        "15-21 held",
    ]
    resumed = calendar(story + "2026-03-30 resumed, treatment: regorafenib\n")
    assert tablets(resumed, 2) == ["1-21 80 mg planned"]
    assert tablets(resumed, 3) == ["1-21 80 mg planned"]
    assert waiting(resumed) == []
    assert stands(story) == {f"{SKIN_RULE}.3": "decided as proposed"}


def test_a_decision_and_the_orders_it_stands_for_make_the_same_days() -> None:
    by_decision = CONTROL + SKIN + decided(f"{SKIN_RULE}.3", "1") + "2026-03-30 resumed, treatment: regorafenib\n"
    by_orders = (
        CONTROL
        + SKIN
        + "2026-03-16 held, treatment: regorafenib, reason: AE 1\n"
        + "2026-03-30 resumed, treatment: regorafenib, level: -1, dose: 80 mg\n"
    )
    first, second = calendar(by_decision), calendar(by_orders)
    assert [(e.id, e.date, e.status, e.doses, e.flags) for e in first.entries] == [
        (e.id, e.date, e.status, e.doses, e.flags) for e in second.entries
    ]
    assert [tablets(first, n) for n in (1, 2, 3)] == [tablets(second, n) for n in (1, 2, 3)]


def test_reduce_at_once() -> None:
    story = CONTROL + MILD + decided("hand-foot-skin-reaction.2.3", "reduce by 1 level with supportive care")
    assert tablets(calendar(story), 1) == [
        "1-1 120 mg done",
        "2-14 120 mg planned",
        "15-21 80 mg planned",
    ]


def test_reduce_after_todays_dose_was_taken() -> None:
    story = CONTROL + MILD + decided("hand-foot-skin-reaction.2.3", "1", more=", today_taken: true")
    assert tablets(calendar(story), 1) == [
        "1-1 120 mg done",
        "2-15 120 mg planned",
        "16-21 80 mg planned",
    ]


def test_discontinue_one_drug_while_the_other_goes_on() -> None:
    pneumonitis = "2026-03-16 adverse event, ae: 1, term: Pneumonitis, grade: 3, related: [toripalimab]\n"
    found = calendar(EXPERIMENTAL + pneumonitis + decided("pneumonitis.3.4", "discontinue"))
    assert found.by_id["toripalimab.2"].status.value == "cancelled"
    assert Event(5) in found.by_id["toripalimab.2"].because.set_by
    assert tablets(found, 2) == ["1-21 80 mg planned"]


def test_against_the_proposal_it_is_flagged_and_stands() -> None:
    story = CONTROL + SKIN + decided(f"{SKIN_RULE}.3", "continue unchanged", more=", reason: only the feet")
    found = calendar(story)
    assert tablets(found, 1) == ["1-1 120 mg done", "2-21 120 mg planned"]
    assert stands(story) == {f"{SKIN_RULE}.3": "decided otherwise"}
    assert codes(found) == ["decided-otherwise"]
    assert waiting(found) == []


def test_stricter_than_proposed_is_not_flagged() -> None:
    story = CONTROL + SKIN + decided(f"{SKIN_RULE}.3", "discontinue")
    assert (stands(story), codes(calendar(story))) == (
        {f"{SKIN_RULE}.3": "decided as proposed"},
        [],
    )


def test_another_choice_that_the_protocol_leaves_to_the_investigator_is_as_proposed() -> None:
    story = CONTROL + "2026-03-16 adverse event, ae: 1, term: Sepsis, grade: 4\n"
    chosen = "hold until resolved, then resume at the same level"
    assert stands(story + decided("infection.4.3", chosen)) == {"infection.4.3": "decided as proposed"}


@pytest.mark.parametrize(
    ("order", "state"),
    [
        (
            "2026-03-16 held, treatment: regorafenib, reason: AE 1",
            "decided as proposed",
        ),
        (
            "2026-03-18 discontinued, treatment: regorafenib, reason: AE 1",
            "decided as proposed",
        ),
        ("2026-03-18 end of treatment, reason: AE 1", "closed"),
        (
            "2026-03-18 dose changed, treatment: regorafenib, level: -1, dose: 80 mg",
            "decided otherwise",
        ),
    ],
)
def test_an_order_answers_too(order: str, state: str) -> None:
    assert stands(CONTROL + SKIN + order) == {f"{SKIN_RULE}.3": state}


@pytest.mark.parametrize(
    ("resume", "state"),
    [("", "decided otherwise"), (", level: -1, dose: 80 mg", "decided as proposed")],
)
def test_a_hold_is_judged_by_the_level_of_its_resume(resume: str, state: str) -> None:
    held = "2026-03-16 held, treatment: regorafenib, reason: AE 1\n"
    story = CONTROL + SKIN + held + f"2026-03-30 resumed, treatment: regorafenib{resume}\n"
    assert stands(story) == {f"{SKIN_RULE}.3": state}


def test_what_was_ordered_before_answers_nothing() -> None:
    story = CONTROL + "2026-03-09 held, treatment: regorafenib, reason: travel\n"
    story += "2026-03-11 resumed, treatment: regorafenib\n" + SKIN
    assert stands(story) == {f"{SKIN_RULE}.5": "open"}


def test_an_order_for_the_other_drug_answers_nothing() -> None:
    story = EXPERIMENTAL + SKIN + "2026-03-16 held, treatment: toripalimab, reason: AE 1\n"
    assert stands(story) == {f"{SKIN_RULE}.4": "open"}


def test_two_decisions_about_one_day_reduce_once() -> None:
    two = "2026-03-16 adverse event, ae: 2, term: Fatigue, grade: 3\n"
    story = CONTROL + SKIN + two + decided(f"{SKIN_RULE}.3", "1") + decided("other-reactions.2.4", "1")
    found = calendar(story + "2026-03-30 resumed, treatment: regorafenib\n")
    assert tablets(found, 2) == ["1-21 80 mg planned"]


def test_what_was_no_better_after_the_reduction_is_reduced_again() -> None:
    story = CONTROL + MILD + decided("hand-foot-skin-reaction.2.3", "1")
    story += decided("hand-foot-skin-reaction.3.3", "1", "2026-03-24")
    found = calendar(story + "2026-04-06 resumed, treatment: regorafenib\n")
    assert tablets(found, 2) == ["1-21 40 mg planned"]


def test_with_a_level_of_40_mg_the_experimental_arm_has_one_step() -> None:
    options = proposal(EXPERIMENTAL + SKIN, f"{SKIN_RULE}.4").options
    assert [(option.number, option.words, option.dose) for option in options] == [
        (1, HOLD_AND_REDUCE, "40 mg"),
        (2, "continue unchanged", None),
        (3, "hold", None),
        (4, "reduce by 1 level", "40 mg"),
        (5, "discontinue", None),
    ]


def test_without_one_the_reduction_ends_regorafenib_and_nothing_else() -> None:
    version = with_floor_at_80_mg()
    found = calendar(EXPERIMENTAL + SKIN, version=version)
    assert [(each.id, each.options[0].words, each.leads) for each in found.proposals] == [
        (f"{SKIN_RULE}.4", "discontinue", True),
        ("regorafenib-limits.2.4", "discontinue", False),
    ]
    assert found.proposals[0].options[0].instead_of is not None
    story = EXPERIMENTAL + SKIN + decided("regorafenib-limits.2.4", "discontinue")
    ended = calendar(story, version=version)
    assert tablets(ended, 1) == [
        "1-1 80 mg done",
        "2-14 80 mg planned",
        "15-21 cancelled",
    ]
    assert ended.by_id["toripalimab.2"].status.value == "planned"
    assert [each.state.value for each in ended.proposals] == [
        "decided as proposed",
        "decided as proposed",
    ]


def test_a_reduction_below_the_ladder_changes_no_dose_and_is_flagged() -> None:
    # The level was corrected after the decision: what was decided is no longer possible.
    story = CONTROL + SKIN + decided(f"{SKIN_RULE}.3", "reduce by 1 level")
    story += "2026-03-10 dose changed, treatment: regorafenib, level: -2, dose: 40 mg\n"
    found = calendar(story)
    assert tablets(found, 2) == ["1-21 40 mg planned"]
    assert codes(found) == ["decided-otherwise", "no-level-left"]


def test_rechallenge_after_a_decision_to_discontinue_needs_an_override_and_goes_on_lower() -> None:
    story = CONTROL + SKIN + decided(f"{SKIN_RULE}.3", "discontinue")
    story += "2026-04-20 resumed, treatment: regorafenib, level: -1, dose: 80 mg, override: benefit\n"
    assert tablets(calendar(story), 2) == ["1-21 80 mg planned"]
