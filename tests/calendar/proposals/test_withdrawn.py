"""When what led to a proposal is struck or corrected, the proposal goes, and a decision that was taken stands, flagged."""

from __future__ import annotations

from scheduler.calendar.entries.because import Event
from tests.calendar.proposals.patients import (
    CONTROL,
    EXPERIMENTAL,
    HOLD_AND_REDUCE,
    SKIN,
    SKIN_RULE,
    calendar,
    codes,
    stands,
    tablets,
    waiting,
)

DECIDED = f"2026-03-16 decided, proposal: {SKIN_RULE}.4, action: '{HOLD_AND_REDUCE}', by: Dr Example\n"
NOT_SKIN = "{on: 2026-03-16, event: adverse event, ae: 1, term: hand-foot syndrome, grade: 1}"


def test_struck_before_anybody_decided_it_is_gone() -> None:
    story = EXPERIMENTAL + SKIN + "2026-03-17 struck, number: 4, reason: another patient\n"
    found = calendar(story)
    assert (stands(story), waiting(found), codes(found)) == ({}, [], [])


def test_struck_after_the_decision_the_hold_stands_and_is_flagged() -> None:
    story = EXPERIMENTAL + SKIN + DECIDED + "2026-03-17 struck, number: 4, reason: another patient\n"
    found = calendar(story)
    assert stands(story) == {f"{SKIN_RULE}.4": "withdrawn"}
    assert codes(found) == ["decision-without-proposal"]
    held = found.by_id["regorafenib.1"].runs[-1]
    assert (held.status.value, Event(5) in held.because.set_by) == ("held", True)


def test_corrected_to_a_grade_that_calls_for_nothing() -> None:
    story = EXPERIMENTAL + SKIN + f"2026-03-17 corrected, number: 4, with: {NOT_SKIN}, reason: misread\n"
    assert stands(story) == {"hand-foot-skin-reaction.1.4": "continue"}
    assert waiting(calendar(story)) == []


def test_a_strike_that_is_struck_brings_it_back() -> None:
    story = EXPERIMENTAL + SKIN + "2026-03-17 struck, number: 4, reason: another patient\n"
    assert stands(story + "2026-03-18 struck, number: 5, reason: it was this one\n") == {f"{SKIN_RULE}.4": "open"}


def test_a_decision_that_is_struck_leaves_the_proposal_open() -> None:
    story = EXPERIMENTAL + SKIN + DECIDED + "2026-03-17 struck, number: 5, reason: not yet\n"
    found = calendar(story)
    assert stands(story) == {f"{SKIN_RULE}.4": "open"}
    assert waiting(found) == ["regorafenib.1.15-21", "regorafenib.2.1-21"]


def test_an_earlier_episode_that_is_recorded_late_changes_the_row() -> None:
    story = CONTROL + "2026-04-06 adverse event, ae: 2, term: hand-foot syndrome, grade: 2\n"
    late = "2026-03-10 adverse event, ae: 1, term: hand-foot syndrome, grade: 2\n2026-03-14 resolved, ae: 1\n"
    assert stands(story) == {"hand-foot-skin-reaction.2.3": "open"}
    assert stands(story + late) == {
        "hand-foot-skin-reaction.2.4": "open",
        "hand-foot-skin-reaction.4.3": "open",
    }


def test_an_attribution_that_is_corrected_takes_the_proposal_away() -> None:
    other = "{on: 2026-03-16, event: adverse event, ae: 1, term: Fatigue, grade: 3, related: [radiotherapy]}"
    story = EXPERIMENTAL + "2026-03-16 adverse event, ae: 1, term: Fatigue, grade: 3\n"
    assert stands(story) == {"other-reactions.2.4": "open"}
    assert stands(story + f"2026-03-17 corrected, number: 4, with: {other}, reason: assessed\n") == {}


def test_the_dose_that_a_withdrawn_decision_lowered_is_explained_by_it() -> None:
    story = EXPERIMENTAL + SKIN + DECIDED + "2026-03-30 resumed, treatment: regorafenib\n"
    found = calendar(story + "2026-03-31 struck, number: 4, reason: another patient\n")
    assert tablets(found, 2) == ["1-21 40 mg planned"]
    assert Event(5) in found.by_id["regorafenib.2"].runs[0].because.set_by
