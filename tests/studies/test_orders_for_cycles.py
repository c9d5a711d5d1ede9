"""What is ordered for cycles of their own, what they cannot take, and what is asked where one drug would end another."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.asking import ask
from scheduler.asking.question import Question
from scheduler.calendar.telling.explain import explain
from scheduler.errors import Refused
from scheduler.patient.appending import append
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from scheduler.views.agenda.diary import patient_diary
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.patients import patient_of
from tests.asking.story import event
from tests.dosing.story import told
from tests.studies.telling import calendar, study
from tests.studies.test_cycles import FOLFOX, given

RANDOMISED = "2026-02-27 randomised, arm: all\n"


def recorded(story: str, line: str) -> list[str]:
    """What refuses a record after a story; nothing where it is taken."""
    try:
        append(FOLFOX, told(RANDOMISED + story), event(line))
    except Refused as refused:
        return [f"{finding.code}: {finding.hint}" for finding in refused.findings]
    return []


HELD = given(1, 2) + "2026-03-30 held, treatment: chemotherapy, reason: ANC 0.9\n"
ENDED = given(1) + "2026-03-10 discontinued, treatment: oxaliplatin, reason: allergy\n"


@pytest.mark.parametrize(
    ("story", "line"),
    [
        (given(1), "2026-03-10 delayed, treatment: chemotherapy, cycle: 2, until: 2026-03-20, reason: holiday"),
        (HELD, "2026-04-06 resumed, treatment: chemotherapy"),
        (HELD, "2026-04-06 resumed, treatment: oxaliplatin, level: -1, dose: 65 mg/m2"),
        (HELD + "2026-04-06 resumed, treatment: oxaliplatin\n", "2026-04-08 resumed, treatment: chemotherapy"),
        (ENDED, "2026-04-06 discontinued, treatment: chemotherapy, reason: progression"),
        (ENDED, "2026-03-16 held, treatment: chemotherapy, reason: ANC 0.9"),
    ],
)
def test_orders_for_cycles_are_taken(story: str, line: str) -> None:
    assert recorded(story, line) == []


@pytest.mark.parametrize(
    ("story", "line", "refused"),
    [
        (
            given(1),
            "2026-03-16 given, treatment: chemotherapy, n: 2",
            "cycles-give-nothing: name the drug: oxaliplatin, fluorouracil; its first dose begins the cycle",
        ),
        (
            given(1),
            "2026-03-16 not done, entry: chemotherapy.2, reason: fever",
            "cycles-give-nothing: record it of each drug that was not given, or put the cycle off with 'delayed'",
        ),
        (
            given(1),
            "2026-03-16 visit done, entry: chemotherapy.2",
            "cycles-give-nothing: record 'given' of each drug that was given in it: the first of day 1 begins the cycle",
        ),
        (
            HELD,
            "2026-04-06 resumed, treatment: chemotherapy, level: -1, dose: 65 mg/m2",
            "cycles-give-nothing: resume the drug by its name",
        ),
        (
            given(1),
            "2026-03-10 delayed, treatment: chemotherapy, n: 2, until: 2026-03-20, reason: holiday",
            "counted-in-cycles: write 'cycle: 2', without a day",
        ),
        (
            given(1) + "2026-03-10 held, treatment: oxaliplatin, reason: rash\n",
            "2026-03-12 resumed, treatment: chemotherapy",
            "nothing-to-resume: record 'held' first; see the dates",
        ),
        (ENDED, "2026-03-16 resumed, treatment: oxaliplatin", "resumed-after-end: say why with 'override'"),
    ],
)
def test_what_cycles_cannot_take_is_refused_with_what_to_write(story: str, line: str, refused: str) -> None:
    assert refused in recorded(story, line)


def test_who_resumes_the_cycles_leaves_a_drug_that_was_held_by_itself() -> None:
    story = (
        given(1, 2)
        + "2026-03-25 held, treatment: oxaliplatin, reason: paresthesia\n"
        + "2026-03-30 held, treatment: chemotherapy, reason: ANC 0.9\n"
        + "2026-04-06 resumed, treatment: chemotherapy\n"
    )
    found = calendar(FOLFOX, story, until="2026-04-15")
    assert {each.id for each in found.pending} == {"oxaliplatin.3"}
    assert found.by_id["fluorouracil.3"].date == date(2026, 4, 6)


TIMED_ON_ANOTHER = study("""
study days: first dose is Day 1
treatments:
  fluorouracil:
    when: {1: on first dose, then: 14 days after the previous cycle}
    until: at most 6 cycles
    give: 2400 mg/m2 intravenously over 46 hours
  oxaliplatin: {when: on every fluorouracil cycle, give: 85 mg/m2 intravenously}
  filgrastim: {kind: supportive medicine, when: 1 day after every fluorouracil cycle, give: 5 mcg/kg subcutaneously}
""")
TWO = "2026-03-02 given, treatment: fluorouracil, n: 1\n2026-03-02 given, treatment: oxaliplatin, n: 1\n"


def asked(version: StudyVersion, story: str, line: str) -> list[Question]:
    found = ask(version, EVERY_DAY, told(RANDOMISED + story), [event(line)], today=date(2026, 3, 20))
    return [each for each in found if each.code == "ends-another"]


def test_an_end_that_ends_another_drug_too_is_asked() -> None:
    [question] = asked(TIMED_ON_ANOTHER, TWO, "2026-03-10 discontinued, treatment: fluorouracil, reason: chest pain")
    assert (question.strength.value, question.answer, question.field) == ("asked", "override", "treatment")
    assert str(question.what) == (
        "discontinuing fluorouracil ends oxaliplatin too, because the protocol times it on fluorouracil"
    )
    assert question.protocol == "line 12: on every fluorouracil cycle"


def test_it_is_not_asked_where_nothing_else_ends() -> None:
    other = "2026-03-10 discontinued, treatment: oxaliplatin, reason: allergy"
    assert asked(TIMED_ON_ANOTHER, TWO, other) == []
    after = TWO + f"{other}\n"
    assert asked(TIMED_ON_ANOTHER, after, "2026-03-12 discontinued, treatment: fluorouracil, reason: chest pain") == []
    assert asked(FOLFOX, given(1), "2026-03-10 discontinued, treatment: fluorouracil, reason: chest pain") == []


def test_what_an_end_of_another_drug_cancelled_says_so() -> None:
    story = TWO + "2026-03-10 discontinued, treatment: fluorouracil, reason: chest pain\n"
    log = told(RANDOMISED + story)
    found = explain(calendar(TIMED_ON_ANOTHER, story), "oxaliplatin.2", TIMED_ON_ANOTHER, log)
    assert str(found.title) == (
        "Oxaliplatin, dose 2 is cancelled, because on Tuesday 10 March 2026 fluorouracil is discontinued and "
        "Fluorouracil, cycle 2 is cancelled."
    )


def test_a_cycle_says_what_put_it_on_its_day() -> None:
    story = given(1, 2)
    found = explain(calendar(FOLFOX, story), "chemotherapy.3", FOLFOX, told(RANDOMISED + story))
    assert str(found.title) == (
        "Chemotherapy, cycle 3 is planned for Monday 30 March 2026 (Day 29), because it is 14 days after Chemotherapy, cycle 2 "
        "on Monday 16 March 2026."
    )
    begun = explain(calendar(FOLFOX, story), "chemotherapy.2", FOLFOX, told(RANDOMISED + story))
    assert begun.title == "Chemotherapy, cycle 2 began on Monday 16 March 2026 (Day 15)."


def test_the_worklist_and_the_diary_have_the_doses_and_not_the_cycle() -> None:
    log = told(RANDOMISED + given(1))
    found = worklist([patient_of(FOLFOX, EVERY_DAY, log, subject="A-1")], date(2026, 3, 18))
    asked = (*found.due, *found.closing, *found.overdue)
    assert {each.entry for each in asked if each.entry and each.entry.endswith(".2")} == {
        "oxaliplatin.2",
        "fluorouracil.2",
        "disconnect.2",
    }
    diary = patient_diary(calendar(FOLFOX, given(1)), date(2026, 3, 16), date(2026, 3, 16))
    assert [(visit.day, visit.lines) for visit in diary.visits] == [
        (date(2026, 3, 16), ("Appointments on this day: 2",))
    ]


def test_what_is_on_a_day_of_a_cycle_says_which_day_it_is() -> None:
    story = given(1)
    found = explain(calendar(FOLFOX, story), "disconnect.2", FOLFOX, told(RANDOMISED + story))
    assert str(found.title) == (
        "Disconnect 2 is planned for Wednesday 18 March 2026 (Day 17), because it is day 3 of Chemotherapy, cycle 2."
    )


def test_a_drug_that_was_resumed_with_its_cycles_is_not_resumed_again() -> None:
    resumed = HELD + "2026-04-06 resumed, treatment: chemotherapy\n"
    refused = recorded(resumed, "2026-04-08 resumed, treatment: oxaliplatin")
    assert refused == ["nothing-to-resume: record 'held' first; see the dates"]


def test_a_dose_that_hangs_on_another_drug_goes_on_with_its_numbers() -> None:
    log = told(RANDOMISED + TWO + "2026-03-16 given, treatment: fluorouracil, n: 2\n")
    append(TIMED_ON_ANOTHER, log, event("2026-03-16 not done, entry: oxaliplatin.2, reason: allergy"))
