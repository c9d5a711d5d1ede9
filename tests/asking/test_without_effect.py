"""What would change nothing is refused with the right way to say it; what only looks so, because it really happened, is not."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.asking import Question, ask
from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.site.site import EVERY_DAY
from tests.amendments.texts import LATER, versions
from tests.asking.story import CONTROL, EXPERIMENTAL, codes, event, stands
from tests.asking.story import asked as asked_of_seed
from tests.dosing.story import told
from tests.laws.walks import study
from tests.seed import VERSION, shanghai
from tests.studies.telling import study as another_study

LOST = f"{CONTROL}\n2026-03-20 lost to follow-up"
TODAY = date(2026, 5, 21)
PLANNED = "2026-02-27 randomised, arm: control\n2026-02-27 first dose planned, to: 2026-03-02"


def refused(story: str, line: str) -> list[str]:
    return [each.code for each in asked_of_seed(story, line) if each.strength.value == "refused"]


def what(questions: tuple[Question, ...]) -> list[tuple[str, str | None]]:
    return [(str(each.what), str(each.hint)) for each in questions]


def test_a_patient_is_lost_once_until_somebody_reaches_them() -> None:
    again = asked_of_seed(LOST, "2026-04-20 lost to follow-up")
    assert codes(again) == [("refused", "lost-already", "0.event")]
    assert what(again) == [
        (
            "the patient is lost to follow-up since 2026-03-20 and was not reached since",
            "record 'contacted' when the patient is reached, or correct event 3",
        )
    ]
    assert asked_of_seed(f"{LOST}\n2026-04-01 contacted", "2026-04-20 lost to follow-up") == ()
    assert asked_of_seed(LOST, "2026-03-18 lost to follow-up") == (), "the record of an earlier loss may come late"


def test_a_plan_for_a_first_dose_is_made_before_it() -> None:
    line = "2026-03-04 first dose planned, to: 2026-03-05"
    assert codes(asked_of_seed(CONTROL, line)) == [("refused", "first-dose-given", "0.on")]
    assert refused(CONTROL, "2026-03-01 first dose planned, to: 2026-03-02") == [], "it was made, and is recorded late"
    assert refused(CONTROL, "2026-03-02 first dose planned") == [], "of the same morning"
    assert refused(PLANNED, "2026-03-01 first dose planned, to: 2026-03-03") == []


def test_a_level_of_a_treatment_without_levels() -> None:
    held = f"{EXPERIMENTAL}\n2026-03-20 held, treatment: toripalimab, reason: AE 1"
    lower = "2026-04-20 resumed, treatment: toripalimab, level: -1, dose: 120 mg"
    [question] = (each for each in asked_of_seed(held, lower) if each.code == "no-such-level")
    assert (question.strength.value, question.path, question.answer) == ("asked", "0.level", "override")
    assert str(question.what) == "the protocol has no dose levels of toripalimab, so level -1 changes no dose"
    assert str(question.hint) == "record what was given with its 'amount', or hold or discontinue the treatment"
    for other in (
        "2026-04-20 resumed, treatment: toripalimab",
        "2026-04-20 resumed, treatment: toripalimab, level: 0, dose: 240 mg",
    ):
        assert "no-such-level" not in [each.code for each in asked_of_seed(held, other)]


def test_an_order_of_a_dose_that_the_protocol_has_no_level_for_stands_and_is_a_deviation() -> None:
    line = "2026-04-20 dose changed, treatment: toripalimab, level: -1, dose: 120 mg, override: Dr Example insists"
    log = stands(EXPERIMENTAL, line)
    found = deviations_of(VERSION, shanghai(), log)
    assert [each.events for each in found if 4 in each.events] == [(4,)]


@pytest.mark.parametrize("kind", ["dispensed", "lost"])
def test_nothing_is_handed_out_or_lost(kind: str) -> None:
    story = f"{CONTROL}\n2026-03-02 dispensed, treatment: regorafenib, cycle: 1, quantity: 56"
    nothing = asked_of_seed(story, f"2026-03-30 {kind}, treatment: regorafenib, cycle: 1, quantity: 0")
    assert ("refused", "no-units", "0.quantity") in codes(nothing)
    assert refused(story, f"2026-03-30 {kind}, treatment: regorafenib, cycle: 1, quantity: 28") == []


def test_an_empty_bottle_is_brought_back() -> None:
    story = f"{CONTROL}\n2026-03-02 dispensed, treatment: regorafenib, cycle: 1, quantity: 56"
    assert asked_of_seed(story, "2026-03-30 returned, treatment: regorafenib, cycle: 1, quantity: 0") == ()


def test_a_look_at_what_asks_for_none() -> None:
    misspelt = "2026-03-16 adverse event, ae: 1, term: Purple toes, grade: 2, confirmed: as the ward wrote it"
    story = f"{CONTROL}\n{misspelt}"
    assert refused(story, "2026-03-17 reviewed, number: 3") == []
    assert refused(story, "2026-03-17 reviewed, number: 2") == ["nothing-to-review"]


def test_a_look_at_a_planned_operation_that_waits_for_one() -> None:
    story = f"{CONTROL}\n2026-03-10 surgery planned, day: 2026-03-20"
    assert refused(story, "2026-03-11 reviewed, number: 3") == []
    partner = f"{CONTROL}\n2026-03-10 pregnancy, whose: partner"
    assert refused(partner, "2026-03-11 reviewed, number: 3") == ["nothing-to-review"]


def test_a_move_to_the_version_that_holds() -> None:
    study = versions(LATER)

    def asked(story: str, line: str) -> tuple[Question, ...]:
        return ask(study, shanghai(), told(story), [event(line)], today=TODAY)

    moved = f"{CONTROL}\n2026-03-10 moved to version, version: '1.1'"
    assert codes(asked(moved, "2026-03-20 moved to version, version: '1.1'")) == [
        ("refused", "same-version", "0.version")
    ]
    assert asked(moved, "2026-03-05 moved to version, version: '1.1'") == (), "they may have moved earlier"
    assert codes(asked(CONTROL, "2026-03-05 moved to version, version: '1.0'")) == [
        ("refused", "same-version", "0.version")
    ]
    assert asked(moved, "2026-03-20 moved to version, version: '1.0'") == (), "and may move back"


def test_a_group_is_joined_and_left_once() -> None:
    substudy = study("a-subgroup-only")
    [arm] = substudy.arms

    def refused_of(story: str, line: str) -> list[tuple[str, str, str]]:
        questions = ask(
            substudy, EVERY_DAY, told(f"2026-02-27 randomised, arm: {arm}\n{story}"), [event(line)], today=TODAY
        )
        return [each for each in codes(questions) if each[0] == "refused"]

    joined = "2026-03-05 joined, group: pk-substudy"
    left = f"{joined}\n2026-03-20 left, group: pk-substudy"
    no = [("refused", "in-the-group-already", "0.group")]
    assert refused_of(joined, "2026-03-10 joined, group: pk-substudy") == no
    assert refused_of(joined, "2026-03-02 left, group: pk-substudy") == no
    assert refused_of(left, "2026-03-25 left, group: pk-substudy") == no
    assert refused_of(joined, "2026-03-02 joined, group: pk-substudy") == [], "the day may have been an earlier one"
    assert refused_of(left, "2026-03-25 joined, group: pk-substudy") == [], "and again"


def test_a_date_of_birth_is_taken_only_where_something_goes_by_age() -> None:
    line = "2026-03-01 date of birth, born: 1980-03-01"
    [question] = asked_of_seed(CONTROL, line)
    assert (question.strength.value, question.code) == ("refused", "nothing-by-age")
    assert what((question,)) == [
        ("nothing in this study is timed or dosed by age: a date of birth says who somebody is", "leave it out")
    ]
    assert "1980" not in str(question)


BY_AGE = """
study days: first dose is Day 1
treatments:
  drug: {when: {1: on first dose, then: 21 days after the previous dose}, until: UNTIL, give: 10 mg intravenouslyBANDS}
visits: {school: WHEN}
"""


@pytest.mark.parametrize(
    ("when", "until", "bands", "refused"),
    [
        ("on first dose", "4 doses", "", True),
        ("{when: 'at 2, 4 months of age'}", "4 doses", "", False),
        ("on first dose", "before 2 years of age", "", False),
        ('"on first dose, not before 6 weeks of age"', "4 doses", "", False),
        ('"every 8 weeks from first dose, until 2 years of age"', "4 doses", "", False),
        ("on first dose", "4 doses", ', dose by: ["age above 1 years in force: half the dose"]', False),
    ],
)
def test_what_goes_by_age(when: str, until: str, bands: str, refused: bool) -> None:
    said = BY_AGE.replace("WHEN", when).replace("UNTIL", until).replace("BANDS", bands)
    version = another_study(said)
    log = told("2026-02-27 randomised, arm: all")
    found = ask(version, EVERY_DAY, log, (event("2026-03-01 date of birth, born: 2025-12-17"),), today=TODAY)
    assert ("nothing-by-age" in {each.code for each in found}) is refused
