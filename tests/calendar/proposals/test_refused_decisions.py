"""A decision must be about something that was proposed on its day, and choose what was offered."""

from __future__ import annotations

import pytest

from scheduler.errors import Refused
from scheduler.patient.appending import build_log, review
from tests.calendar.proposals.patients import CONTROL, HOLD_AND_REDUCE, SKIN, SKIN_RULE
from tests.dosing.story import told
from tests.seed import VERSION

ASKED = f"{SKIN_RULE}.3"


def decided(action: str, proposal: str = ASKED, on: str = "2026-03-16", by: str = ", by: Dr Example") -> str:
    return f"{on} decided, proposal: {proposal}, action: '{action}'{by}\n"


def refused(story: str) -> list[str]:
    with pytest.raises(Refused) as caught:
        build_log(VERSION, [record.event for record in told(story).records])
    return [f"{finding.code}: {finding.message} ({finding.hint})" for finding in caught.value.findings]


def test_a_choice_that_is_not_offered() -> None:
    assert refused(CONTROL + SKIN + decided("hold for a while")) == [
        f"unknown-action: 'hold for a while' is not an option of '{ASKED}' "
        f"(known here: continue unchanged, discontinue, hold, {HOLD_AND_REDUCE}, reduce by 1 level)"
    ]


def test_a_choice_that_is_misspelt() -> None:
    (said,) = refused(CONTROL + SKIN + decided("discontinu"))
    assert said.endswith("(did you mean 'discontinue'?)")


def test_nothing_was_proposed() -> None:
    assert refused(CONTROL + decided("hold")) == [
        f"unknown-proposal: there is no proposal '{ASKED}' (nothing is proposed for this patient on that day)"
    ]


def test_before_the_first_dose_nothing_is_proposed() -> None:
    story = "2026-02-27 randomised, arm: control\n2026-02-28 adverse event, ae: 1, term: hand-foot syndrome, grade: 3\n"
    (said,) = refused(story + decided("hold", f"{SKIN_RULE}.2", "2026-02-28"))
    assert said.startswith("unknown-proposal: ")


def test_a_proposal_by_another_number() -> None:
    (said,) = refused(CONTROL + SKIN + decided("hold", f"{SKIN_RULE}.4"))
    assert said.endswith(f"(did you mean '{ASKED}'?)")


def test_what_is_proposed_only_later_cannot_be_decided_yet() -> None:
    mild = "2026-03-16 adverse event, ae: 1, term: hand-foot syndrome, grade: 2\n"
    slow = "hand-foot-skin-reaction.3.3"
    (said,) = refused(CONTROL + mild + decided("hold", slow, "2026-03-22"))
    assert said.startswith(f"unknown-proposal: there is no proposal '{slow}'")
    build_log(VERSION, [each.event for each in told(CONTROL + mild + decided("hold", slow, "2026-03-23")).records])


def test_one_decision_answers_a_proposal() -> None:
    (said,) = refused(CONTROL + SKIN + decided("hold") + decided("discontinue", on="2026-03-17"))
    assert said.startswith(f"decided-twice: '{ASKED}' was decided twice: ")


def test_a_hold_that_lasts_may_be_decided_about() -> None:
    held = "2026-03-16 held, treatment: regorafenib, reason: AE 1\n"
    story = CONTROL + held + decided("discontinue", "regorafenib-limits.1.3", "2026-04-14")
    build_log(VERSION, [each.event for each in told(story).records])


def test_whoever_decides_has_a_name() -> None:
    log = build_log(VERSION, [each.event for each in told(CONTROL + SKIN + decided("hold", by="")).records])
    assert [finding.code for finding in review(VERSION, log) if finding.code == "no-decider"] == ["no-decider"]
