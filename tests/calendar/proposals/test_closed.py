"""An end of all treatment, a withdrawal or a death closes what nobody has decided: it is never told as a decision."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.because import Event
from scheduler.calendar.entries.proposal import State
from scheduler.calendar.telling.explain_proposal import explain_proposal
from scheduler.views.shapes.proposal import tell_proposal
from tests.calendar.proposals.patients import (
    CONTROL,
    EXPERIMENTAL,
    HOLD_AND_REDUCE,
    SKIN,
    SKIN_RULE,
    calendar,
    proposal,
    stands,
    waiting,
)
from tests.dosing.story import told
from tests.seed import VERSION, shanghai

NAME = f"{SKIN_RULE}.3"
HIGH = "2026-03-16 measured, test: ALT, value: 240, unit: U/L, upper_limit: 40\n"
"""ALT 6 x the upper limit: hold, with liver tests every week for at least 4 weeks."""


@pytest.mark.parametrize(
    ("end", "closed"),
    [
        ("2026-03-18 end of treatment, reason: progression", "closed by end of treatment, 2026-03-18"),
        ("2026-03-18 withdrew, from: treatment", "closed by withdrawal, 2026-03-18"),
        ("2026-03-18 withdrew, from: all", "closed by withdrawal, 2026-03-18"),
        ("2026-03-18 died", "closed by death, 2026-03-18"),
        (
            "2026-03-18 adverse event, ae: 2, term: Sepsis, grade: 5",
            "closed by an adverse event of grade 5, 2026-03-18",
        ),
        ("2026-03-16 end of treatment, reason: AE 1", "closed by end of treatment, 2026-03-16"),
    ],
)
def test_what_ends_all_treatment_closes_it(end: str, closed: str) -> None:
    found = proposal(CONTROL + SKIN + end, NAME)
    assert (found.state, found.stands) == (State.CLOSED, closed)
    assert (found.decided_by, found.chosen, found.is_open, found.leads) == ((), None, False, False)
    assert waiting(calendar(CONTROL + SKIN + end)) == []


def test_what_was_decided_before_stays_decided() -> None:
    held = CONTROL + SKIN + "2026-03-16 held, treatment: regorafenib, reason: AE 1\n"
    assert stands(held + "2026-03-18 end of treatment, reason: AE 1") == {NAME: "decided as proposed"}


def test_what_was_decided_on_the_proposal_itself_stays_decided() -> None:
    decided = f'{CONTROL}{SKIN}2026-03-17 decided, proposal: {NAME}, action: "{HOLD_AND_REDUCE}"\n'
    assert stands(decided + "2026-03-18 died") == {NAME: "decided as proposed"}


def test_the_end_of_one_treatment_decides_about_it() -> None:
    story = CONTROL + SKIN + "2026-03-17 discontinued, treatment: regorafenib, reason: AE 1\n"
    assert stands(story + "2026-03-18 end of treatment, reason: AE 1") == {NAME: "decided as proposed"}


@pytest.mark.parametrize("end", ["end of treatment, reason: progression", "withdrew, from: all", "died"])
def test_no_extra_test_comes_from_a_decision_that_nobody_took(end: str) -> None:
    entries = calendar(f"{CONTROL}{HIGH}2026-03-18 {end}").entries
    assert [entry.id for entry in entries if entry.timeline == "monitoring"] == []


def test_extra_tests_end_with_a_death_and_with_visits() -> None:
    # ALT 4 x the upper limit: treatment goes on, tested weekly.
    story = CONTROL + "2026-03-16 measured, test: ALT, value: 160, unit: U/L, upper_limit: 40\n"
    for end in ("2026-03-24 died", "2026-03-25 withdrew, from: visits"):
        found = [entry for entry in calendar(story + end).entries if entry.timeline == "monitoring"]
        assert [(str(entry.date), entry.status.value) for entry in found] == [
            ("2026-03-23", "planned"),
            ("2026-03-30", "cancelled"),
            ("2026-04-06", "cancelled"),
            ("2026-04-13", "cancelled"),
        ]
        assert found[1].because.set_by == (Event(4),)


def test_it_says_so() -> None:
    story = CONTROL + SKIN + "2026-03-18 died"
    lines = [str(line) for line in explain_proposal(calendar(story), proposal(story, NAME), VERSION, told(story)).lines]
    assert any("Nobody decided: it was closed by death, 2026-03-18." in line for line in lines)
    shape = tell_proposal(proposal(story, NAME))
    assert shape.closed is not None
    assert (shape.closed.what, shape.closed.day, shape.closed.events) == ("death", date(2026, 3, 18), (4,))


def test_doses_given_before_it_was_closed_were_not_decided_on() -> None:
    story = f"""{EXPERIMENTAL.strip()}
    2026-03-20 adverse event, ae: 1, term: Pneumonitis, grade: 2, related: [toripalimab]
    2026-03-30 given, treatment: toripalimab, n: 2, confirmed: given before the result came
    2026-04-03 end of treatment, reason: progression"""
    found = [
        each for each in deviations_of(VERSION, shanghai(), told(story)) if each.kind == "dose not decided in time"
    ]
    assert [(each.entry, str(each.date)) for each in found] == [("toripalimab.2", "2026-03-30")]


def test_what_is_taken_up_again_is_watched_again() -> None:
    again = f"""{CONTROL.strip()}
2026-03-18 end of treatment, reason: "other: mistaken for another patient"
2026-03-20 resumed, treatment: regorafenib, level: 0, dose: 120 mg, override: mistaken for another patient
2026-03-25 adverse event, ae: 1, term: hand-foot syndrome, grade: 3"""
    assert stands(again) == {f"{SKIN_RULE}.5": "open"}
