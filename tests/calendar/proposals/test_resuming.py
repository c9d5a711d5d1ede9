"""What a hold still waits for, and a resume that did not wait: it stands, is flagged, and is a deviation with its clause."""

from __future__ import annotations

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.deviation import Deviated, Deviation
from scheduler.findings import Severity
from scheduler.site.site import EVERY_DAY
from tests.calendar.proposals.patients import (
    CONTROL,
    EXPERIMENTAL,
    HOLD_AND_REDUCE,
    SKIN,
    SKIN_RULE,
    calendar,
    proposal,
    tablets,
)
from tests.dosing.story import told
from tests.seed import VERSION

HELD = CONTROL + SKIN + "2026-03-16 held, treatment: regorafenib, reason: AE 1\n"
"""Grade 3 on 16 March, held on the same day (events 3 and 4): at least 7 days until grade 0-1."""
DECIDED = CONTROL + SKIN + f"2026-03-16 decided, proposal: {SKIN_RULE}.3, action: '{HOLD_AND_REDUCE}', by: Dr Example\n"
RESUMED = "{} resumed, treatment: regorafenib, level: -1, dose: 80 mg\n"
AT_GRADE = "{} regraded, ae: 1, grade: {}\n"
STILL = "hand-foot syndrome is grade {}, a resume asks for grade 0-1"


def waits(story: str, name: str = f"{SKIN_RULE}.3") -> tuple[str | None, tuple[str, ...]]:
    found = proposal(story, name)
    return (str(found.earliest_resume) if found.earliest_resume else None, found.resume_waits_for)


def early(story: str) -> list[Deviation]:
    found = deviations_of(VERSION, EVERY_DAY, told(story))
    return [each for each in found if each.kind is Deviated.RESUMED_EARLY]


def flagged(story: str) -> list[str]:
    return [str(finding) for finding in calendar(story).findings if finding.code == "resumed-early"]


def test_on_hold_the_proposal_says_what_it_waits_for() -> None:
    assert waits(HELD) == ("2026-03-23", (STILL.format(3),))
    assert waits(DECIDED) == ("2026-03-23", (STILL.format(3),))
    assert waits(HELD + AT_GRADE.format("2026-03-20", 2)) == ("2026-03-23", (STILL.format(2),))
    assert waits(HELD + AT_GRADE.format("2026-03-20", 1)) == ("2026-03-23", ())


def test_before_a_hold_and_after_it_nothing_waits() -> None:
    assert waits(CONTROL + SKIN) == (None, ())
    assert waits(HELD + RESUMED.format("2026-03-30")) == (None, ())
    assert waits(HELD + "2026-03-30 discontinued, treatment: regorafenib, reason: wish\n") == (None, ())


def test_grade_1_on_the_seventh_day_is_in_time() -> None:
    story = HELD + AT_GRADE.format("2026-03-23", 1) + RESUMED.format("2026-03-23")
    assert (early(story), flagged(story)) == ([], [])


def test_on_the_sixth_day_it_is_a_day_too_soon() -> None:
    story = HELD + AT_GRADE.format("2026-03-20", 1) + RESUMED.format("2026-03-22")
    (found,) = early(story)
    assert (str(found.date), found.days_off, found.events) == ("2026-03-22", -1, (3, 4, 6))
    assert str(found.what) == "regorafenib was resumed too early: by 1 day"
    assert found.clause is not None
    assert found.clause.text.startswith("grade 3, 1st to 2nd time: hold at least 7 days until grade 0-1")


def test_days_count_from_the_first_day_without_a_dose() -> None:
    taken = HELD.replace("reason: AE 1", "reason: AE 1, today_taken: true") + AT_GRADE.format("2026-03-20", 1)
    assert [each.days_off for each in early(taken + RESUMED.format("2026-03-23"))] == [-1]
    assert early(taken + RESUMED.format("2026-03-24")) == []


def test_resumed_at_grade_2_it_stands_and_is_told() -> None:
    story = HELD + AT_GRADE.format("2026-03-27", 2) + RESUMED.format("2026-03-30")
    assert tablets(calendar(story), 2) == ["1-21 80 mg planned"]
    (found,) = early(story)
    assert (found.days_off, found.events) == (None, (3, 4, 5, 6))
    assert str(found.what) == f"regorafenib was resumed too early: {STILL.format(2)}"
    assert flagged(story) == [
        f"warning: 2026-03-30: regorafenib was resumed too early: {STILL.format(2)} [{SKIN_RULE}.3] "
        "(look at the patient: hold again, or record that it has recovered) [resumed-early]"
    ]


def test_a_decision_is_held_to_what_it_chose() -> None:
    story = DECIDED + AT_GRADE.format("2026-03-27", 2) + "2026-03-30 resumed, treatment: regorafenib\n"
    assert [each.events for each in early(story)] == [(3, 4, 5, 6)]


def test_a_grade_recorded_on_the_day_of_the_resume_counts() -> None:
    story = HELD + RESUMED.format("2026-03-30") + AT_GRADE.format("2026-03-30", 1)
    assert early(story) == []
    assert [each.days_off for each in early(story.replace("03-30 regraded", "03-31 regraded"))] == [None]


def test_what_has_recovered_since_is_only_noted() -> None:
    story = HELD + RESUMED.format("2026-03-30")
    severities = [
        finding.severity
        for events in ("", AT_GRADE.format("2026-04-02", 1), "2026-04-02 held, treatment: regorafenib, reason: AE 1\n")
        for finding in calendar(story + events).findings
        if finding.code == "resumed-early"
    ]
    assert severities == [Severity.WARNING, Severity.NOTE, Severity.NOTE]


def test_dosing_goes_on_when_the_last_hold_has_ended() -> None:
    other = "2026-03-18 held, treatment: regorafenib, reason: surgery\n"
    first = "2026-03-20 resumed, treatment: regorafenib, reason: AE 1\n"
    story = HELD + other + first
    assert waits(story) == ("2026-03-23", (STILL.format(3),))
    recovered = story + AT_GRADE.format("2026-03-23", 1)
    assert early(recovered + "2026-03-24 resumed, treatment: regorafenib, reason: surgery\n") == []


ALT = "2026-03-16 measured, test: ALT, value: 250, unit: U/L, upper_limit: 40\n"
ALT_HELD = CONTROL + ALT + "2026-03-16 held, treatment: regorafenib, reason: liver\n"


def test_a_value_that_has_not_come_down() -> None:
    assert waits(ALT_HELD, "liver.3.3") == (
        None,
        ("ALT 250 U/L is 6.3 x upper limit, a resume asks for below 3 x upper limit or baseline",),
    )
    resumed = "2026-03-23 measured, test: ALT, value: {}, unit: U/L\n" + RESUMED.format("2026-03-23")
    assert early(ALT_HELD + resumed.format("119")) == []
    assert [each.events for each in early(ALT_HELD + resumed.format("120"))] == [(3, 4, 5, 6)]


def test_back_at_baseline_is_good_enough() -> None:
    baseline = "2026-03-01 attribute, name: baseline ALT, value: 130\n"
    resumed = "2026-03-23 measured, test: ALT, value: 130, unit: U/L\n" + RESUMED.format("2026-03-23")
    assert early(ALT_HELD + baseline + resumed) == []


def test_what_only_a_person_can_see_is_told_and_never_judged() -> None:
    story = CONTROL + "2026-03-16 adverse event, ae: 1, term: Hypertension, grade: 3\n"
    held = story + "2026-03-16 held, treatment: regorafenib, reason: AE 1\n"
    assert waits(held, "hypertension.4.3") == (None, ("Hypertension must be controlled, which somebody has to see",))
    assert early(held + "2026-03-18 resumed, treatment: regorafenib\n") == []


def test_toripalimab_resumed_before_the_pneumonitis_was_over() -> None:
    story = EXPERIMENTAL + "2026-03-16 adverse event, ae: 1, term: Pneumonitis, grade: 2, related: [toripalimab]\n"
    held = story + "2026-03-16 held, treatment: toripalimab, reason: AE 1\n"
    assert waits(held, "pneumonitis.2.4") == (None, ("Pneumonitis is grade 2, a resume asks for grade 0-1",))
    assert [each.timeline for each in early(held + "2026-04-20 resumed, treatment: toripalimab\n")] == ["toripalimab"]
    assert early(held + AT_GRADE.format("2026-04-13", 1) + "2026-04-20 resumed, treatment: toripalimab\n") == []


def test_a_decision_against_the_hold_has_nothing_to_wait_for() -> None:
    story = (
        CONTROL + SKIN + f"2026-03-16 decided, proposal: {SKIN_RULE}.3, action: continue unchanged, by: Dr Example\n"
    )
    assert waits(story) == (None, ())
