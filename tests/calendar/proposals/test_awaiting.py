"""Until somebody decides, nothing changes but a flag: the doses that hang on the decision wait for it, visibly."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.engine.proposals.raised import proposals_on
from scheduler.calendar.entries.because import Event
from tests.calendar.proposals.patients import (
    CONTROL,
    EXPERIMENTAL,
    HOLD_AND_REDUCE,
    SKIN,
    SKIN_RULE,
    calendar,
    proposal,
    stands,
    tablets,
    waiting,
)


def test_the_rest_of_the_cycle_and_the_next_cycle_wait() -> None:
    found = calendar(EXPERIMENTAL + SKIN)
    assert waiting(found) == ["regorafenib.1.15-21", "regorafenib.2.1-21"]
    assert tablets(found, 1) == [
        "1-1 80 mg done",
        "2-14 80 mg planned",
        "15-21 80 mg planned",
    ]


def test_they_cite_the_event_and_the_rule() -> None:
    run = calendar(EXPERIMENTAL + SKIN).by_id["regorafenib.1"].runs[-1]
    assert Event(4) in run.because.set_by
    assert run.because.set_by[-2].text.startswith("grade 3, 1st to 2nd time") is True  # type: ignore[union-attr]
    assert run.because.latest == 4


def test_of_an_infusion_the_next_one_waits() -> None:
    story = EXPERIMENTAL + "2026-03-16 adverse event, ae: 1, term: Pneumonitis, grade: 2, related: [toripalimab]\n"
    assert waiting(calendar(story)) == ["toripalimab.2"]


def test_a_dose_given_meanwhile_stands_and_the_one_after_it_waits() -> None:
    story = EXPERIMENTAL + "2026-03-16 adverse event, ae: 1, term: Pneumonitis, grade: 2, related: [toripalimab]\n"
    assert waiting(calendar(story + "2026-03-28 given, treatment: toripalimab, n: 2")) == ["toripalimab.3"]


def test_where_the_protocol_says_to_continue_nothing_waits() -> None:
    story = EXPERIMENTAL + "2026-03-16 adverse event, ae: 1, term: hand-foot syndrome, grade: 1\n"
    assert waiting(calendar(story)) == []
    assert stands(story) == {"hand-foot-skin-reaction.1.4": "continue"}


def test_one_value_asks_for_a_decision_about_each_drug() -> None:
    story = EXPERIMENTAL + "2026-03-16 measured, test: ALT, value: 360, unit: U/L, upper_limit: 40\n"
    assert waiting(calendar(story)) == [
        "regorafenib.1.15-21",
        "toripalimab.2",
        "regorafenib.2.1-21",
    ]


def test_all_that_fire_are_shown_and_the_strictest_leads() -> None:
    story = CONTROL + SKIN + "2026-03-17 adverse event, ae: 2, term: Colonic perforation, grade: 2\n"
    found = calendar(story).proposals
    assert [(each.id, each.leads) for each in found] == [
        (f"{SKIN_RULE}.3", False),
        ("perforation.1.4", True),
    ]


def test_when_the_strictest_is_decided_the_others_are_answered_with_it() -> None:
    story = CONTROL + SKIN + "2026-03-17 adverse event, ae: 2, term: Colonic perforation, grade: 2\n"
    decided = story + "2026-03-17 decided, proposal: perforation.1.4, action: discontinue, by: Dr Example\n"
    assert stands(decided) == {
        f"{SKIN_RULE}.3": "decided as proposed",
        "perforation.1.4": "decided as proposed",
    }


def test_when_a_milder_one_is_decided_the_strictest_still_waits() -> None:
    story = CONTROL + SKIN + "2026-03-17 adverse event, ae: 2, term: Colonic perforation, grade: 2\n"
    decided = story + f"2026-03-17 decided, proposal: {SKIN_RULE}.3, action: '{HOLD_AND_REDUCE}', by: Dr Example\n"
    assert stands(decided) == {
        f"{SKIN_RULE}.3": "decided as proposed",
        "perforation.1.4": "open",
    }


def test_what_time_decides_is_raised_when_the_log_has_come_to_the_day() -> None:
    story = EXPERIMENTAL + "2026-03-16 adverse event, ae: 1, term: hand-foot syndrome, grade: 2\n"
    assert stands(story) == {"hand-foot-skin-reaction.2.4": "open"}
    assert stands(story + "2026-03-24 visit done, entry: c1d15.1") == {
        "hand-foot-skin-reaction.2.4": "open",
        "hand-foot-skin-reaction.3.4": "open",
    }


def test_or_by_the_day_of_a_view() -> None:
    story = EXPERIMENTAL + "2026-03-16 adverse event, ae: 1, term: hand-foot syndrome, grade: 2\n"
    found = calendar(story)
    assert [each.id for each in proposals_on(found, date(2026, 3, 22))] == ["hand-foot-skin-reaction.2.4"]
    later = proposals_on(found, date(2026, 3, 23))
    assert [(each.id, each.state.value, each.leads) for each in later] == [
        ("hand-foot-skin-reaction.2.4", "open", False),
        ("hand-foot-skin-reaction.3.4", "open", True),
    ]


def test_a_day_of_which_the_log_knows_nothing_cites_what_showed_it() -> None:
    story = EXPERIMENTAL + "2026-03-16 adverse event, ae: 1, term: hand-foot syndrome, grade: 2\n"
    run = calendar(story + "2026-03-24 visit done, entry: c1d15.1").by_id["regorafenib.2"].runs[0]
    assert Event(5) in run.because.set_by


def test_a_treatment_that_had_ended_has_nothing_to_decide() -> None:
    story = CONTROL + "2026-03-10 discontinued, treatment: regorafenib, reason: wish\n" + SKIN
    assert stands(story) == {}


def test_what_nobody_recorded_is_said() -> None:
    story = EXPERIMENTAL + "2026-03-16 measured, test: ALT, value: 360, unit: U/L, upper_limit: 40\n"
    assert proposal(story, "hepatitis.3.4").assumed == ("liver tumour: not recorded, read as no",)
