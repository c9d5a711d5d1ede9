"""A story that comes out otherwise than it tells is told as what was expected and what came."""

from __future__ import annotations

from scheduler.patient.case_file.expectation import Expectation
from scheduler.views.looking_back.story import Difference, differences, table_of_outcomes
from tests.studies.telling import calendar, study

ONE_DOSE = study(
    "study days: first dose is Day 1\ntreatments:\n  drug: {when: on first dose, give: 1 mg intravenously}\n"
)


def test_a_log_that_was_to_be_refused_and_was_not() -> None:
    found = calendar(ONE_DOSE, "2026-03-02 given, treatment: drug, n: 1")
    assert differences(Expectation(refused=("done-twice",)), found) == (
        Difference("log", "refused", "done-twice", "nothing"),
    )


def test_a_log_that_was_refused_and_was_not_to_be() -> None:
    assert differences(Expectation(), None, ["done-twice"]) == (Difference("log", "refused", "nothing", "done-twice"),)


def test_the_list_of_stories_is_called_so() -> None:
    assert table_of_outcomes(()).title == "Stories"
