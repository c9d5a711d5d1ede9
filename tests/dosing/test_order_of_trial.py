"""Consent comes before every visit of the protocol, and before randomisation: each break is a deviation, and stands first."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.protocol.parse import parse_protocol
from scheduler.site.site import EVERY_DAY
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.patients import patient_of
from tests.asking.story import asked
from tests.dosing.story import told
from tests.seed import VERSION, shanghai

ONE_ARM, _ = parse_protocol(
    """
    study: ONE-ARM
    version: "1.0"
    title: A study of one drug
    arms: {all: The drug}
    study days: first dose is Day 1
    treatments:
      drug: {when: {1: on first dose, then: 21 days ±3 after the previous dose}, give: 200 mg intravenously, until: 6 doses}
    """,
    name="protocol.yaml",
)
RUN_IN, _ = parse_protocol(
    """
    study: RUN-IN
    version: "1.0"
    title: A study with a run-in
    arms: {all: The drug}
    study days: first dose is Day 1
    treatments:
      drug: {given: before randomisation, when: on first dose, give: 200 mg intravenously}
    """,
    name="protocol.yaml",
)
LATE = """2026-02-10 visit done, entry: screening.1
2026-02-12 visit done, entry: imaging.0
2026-02-12 consented
2026-02-27 randomised, arm: control
2026-03-02 cycle started, treatment: regorafenib, cycle: 1"""
BREAK = ("screening.1", "done before consent, 2026-02-12")


def breaks(story: str) -> list[tuple[str | None, str]]:
    found = deviations_of(VERSION, shanghai(), told(story))
    return [(each.entry, str(each.what)) for each in found if each.kind.value == "out of order"]


def test_a_visit_before_consent_is_a_deviation_and_one_of_the_same_day_is_not() -> None:
    assert breaks(LATE) == [BREAK]
    (deviation,) = [each for each in deviations_of(VERSION, shanghai(), told(LATE)) if each.entry == "screening.1"]
    assert deviation.clause is not None
    assert (deviation.clause.text, deviation.events) == ("1 to 28 days before first dose (A10)", (1, 3))


@pytest.mark.parametrize(
    ("visit", "consent", "number"), [("08:00", "09:00", 1), ("09:00", "08:00", 0), ("09:00", "09:00", 0)]
)
def test_of_the_same_day_the_times_say_it_where_both_are_known(visit: str, consent: str, number: int) -> None:
    story = f'2026-02-12 visit done, entry: screening.1, at: "{visit}"\n2026-02-12 consented, at: "{consent}"\n'
    assert len(breaks(f"{story}2026-02-27 randomised, arm: control")) == number


def test_randomised_before_consent_or_screening() -> None:
    assert breaks("2026-02-27 randomised, arm: control\n2026-02-28 consented\n2026-03-01 screened") == [
        (None, "randomised before consent, 2026-02-28"),
        (None, "randomised before screening was passed, 2026-03-01"),
    ]


@pytest.mark.parametrize(
    ("story", "found"),
    [
        ("2026-02-10 screened\n2026-02-12 consented", [(None, "screening was passed before consent, 2026-02-12")]),
        ("2026-02-12 consented\n2026-02-12 screened", []),
        (
            "2026-02-27 randomised, arm: control\n2026-03-02 cycle started, treatment: regorafenib, cycle: 1\n"
            "2026-03-03 screened",
            [
                (None, "randomised before screening was passed, 2026-03-03"),
                ("regorafenib.1", "started before screening was passed, 2026-03-03"),
            ],
        ),
    ],
)
def test_screening_is_passed_after_consent_and_before_the_first_dose(
    story: str, found: list[tuple[str | None, str]]
) -> None:
    assert breaks(story) == found


def test_a_dose_before_screening_was_passed_in_a_study_without_randomisation_is_a_deviation() -> None:
    told_of = asked(
        "2026-02-12 consented\n2026-02-16 given, treatment: drug, n: 1", "2026-02-17 screened", version=ONE_ARM
    )
    assert [str(each.what) for each in told_of] == ["drug.1: given before screening was passed, 2026-02-17"]


def test_what_all_get_before_they_are_randomised_may_come_before_screening_is_passed() -> None:
    story = "2026-02-16 given, treatment: drug, n: 1\n2026-02-20 screened\n2026-02-27 randomised, arm: all"
    found = deviations_of(RUN_IN, EVERY_DAY, told(story))
    assert [each for each in found if each.kind.value == "out of order"] == []


def test_the_consent_to_a_newer_version_is_no_first_consent() -> None:
    story = "2026-02-10 visit done, entry: screening.1\n2026-02-27 randomised, arm: control\n"
    story += "2026-03-02 cycle started, treatment: regorafenib, cycle: 1\n"
    moved = "2026-03-20 moved to version, version: '1.1'\n2026-03-20 consented"
    assert breaks(story + moved) == []


def test_it_is_asked_whichever_is_recorded_last() -> None:
    visit, *others = LATE.splitlines()
    (question,) = [each for each in asked("\n".join(others), visit) if each.code == "out-of-order"]
    assert (str(question.what), question.protocol) == (
        "screening.1: done before consent, 2026-02-12",
        "line 78: 1 to 28 days before first dose (A10)",
    )
    without = "\n".join(line for line in LATE.splitlines() if "consented" not in line)
    (question,) = [each for each in asked(without, "2026-02-12 consented") if each.code == "out-of-order"]
    assert str(question.what) == "screening.1: done before consent, 2026-02-12"


def test_it_stands_first_on_the_worklist_until_it_is_assessed() -> None:
    def first(story: str) -> list[tuple[str | None, str]]:
        lines = worklist([patient_of(VERSION, shanghai(), told(story), subject="CTL-1")], date(2026, 3, 10)).decisions
        return [(line.entry, str(line.title)) for line in lines]

    asks = (
        "2026-01-05 unscheduled visit\n2026-02-01 adverse event, ae: 1, term: Hypertension, grade: 3, serious: true\n"
    )
    assert first(asks + LATE)[0] == ("screening.1", "screening.1: done before consent, 2026-02-12")
    assessed = (
        f"{LATE}\n2026-03-05 deviation assessed, deviation: out of order, about: screening.1, importance: important"
    )
    assert BREAK[0] not in [entry for entry, _ in first(assessed)]


OUT = """2026-02-10 consented
2026-02-12 visit done, entry: screening.1
2026-02-16 screen failed, reason: ALT"""


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("imaging.2", [("imaging.2", "done after the screen failure of 2026-02-16")]),
        ("imaging.0", []),
        ("screening.2", []),
    ],
)
def test_a_visit_of_a_patient_who_is_not_in_the_study_is_asked_and_a_deviation(
    entry: str, found: list[tuple[str, str]]
) -> None:
    line = f"2026-03-03 visit done, entry: {entry}"
    assert breaks(f"{OUT}\n{line}") == found
    assert [str(each.what) for each in asked(OUT, line)] == [f"{name}: {what}" for name, what in found]


RANDOMISED = "2026-02-27 randomised, arm: control"
NOT_ELIGIBLE = (None, "randomised after the screen failure of 2026-02-16")


@pytest.mark.parametrize(("story", "line"), [(OUT, RANDOMISED), (RANDOMISED, OUT.splitlines()[-1])])
def test_randomised_after_a_screen_failure_is_a_deviation_at_once_and_asked_whichever_is_recorded_last(
    story: str, line: str
) -> None:
    assert breaks(f"{story}\n{line}") == [NOT_ELIGIBLE]
    (question,) = asked(story, line)
    assert (question.code, str(question.what)) == ("not-eligible", NOT_ELIGIBLE[1])
    first = worklist([patient_of(VERSION, shanghai(), told(f"{story}\n{line}"), subject="CTL-1")], date(2026, 2, 27))
    assert str(first.decisions[0].title) == NOT_ELIGIBLE[1]


@pytest.mark.parametrize("again", ["2026-02-26 screened", '2026-02-27 screened, at: "08:00"'])
def test_randomised_after_a_screening_that_was_passed_since_is_in_order(again: str) -> None:
    story = f"{OUT}\n2026-02-26 visit done, entry: screening.2\n{again}"
    assert asked(story, RANDOMISED) == ()
    assert breaks(f"{story}\n{RANDOMISED}") == []
    late = f"{OUT.splitlines()[0]}\n2026-02-26 screened\n{RANDOMISED}"
    assert asked(late, OUT.splitlines()[-1]) == ()


@pytest.mark.parametrize(("failed", "randomised", "number"), [("14:00", "09:00", 0), ("09:00", "14:00", 1)])
def test_a_screen_failure_on_the_day_of_randomisation_came_before_it_unless_the_times_say_otherwise(
    failed: str, randomised: str, number: int
) -> None:
    story = f'2026-02-27 screen failed, at: "{failed}"\n2026-02-27 randomised, arm: control, at: "{randomised}"'
    assert len(breaks(story)) == number


def test_a_second_break_of_one_day_is_asked_too() -> None:
    story = "2026-02-27 randomised, arm: control\n2026-02-28 consented, confirmed: the form was signed late"
    (question,) = asked(story, "2026-02-16 screen failed")
    assert str(question.what) == NOT_ELIGIBLE[1]


def test_screened_again_visits_are_in_order_from_then_on() -> None:
    again = f"{OUT}\n2026-03-02 consented"
    assert breaks(f"{again}\n2026-03-03 visit done, entry: imaging.2") == []
    assert breaks(f"{again}\n2026-02-20 visit done, entry: imaging.2") == [
        ("imaging.2", "done after the screen failure of 2026-02-16")
    ]


def test_a_visit_before_consent_is_asked_and_a_deviation_before_anybody_is_randomised() -> None:
    screened = "2026-02-10 visit done, entry: screening.1"
    (question,) = asked(screened, "2026-02-12 consented")
    assert (question.strength.value, question.code) == ("asked", "out-of-order")
    assert str(question.what) == "screening.1: done before consent, 2026-02-12"
    told_so = f"{screened}\n2026-02-12 consented, confirmed: the form was signed two days late"
    assert breaks(told_so) == [BREAK]
    patient = patient_of(VERSION, shanghai(), told(told_so), subject="EXP-101")
    first = worklist([patient], date(2026, 2, 13)).table().rows[0]
    assert "done before consent, 2026-02-12" in " ".join(map(str, first))
