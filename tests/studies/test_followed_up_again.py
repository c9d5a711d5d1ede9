"""An adverse event that comes back after its follow-up visit. Grade 3 from 10 to 15 March 2026; 14 days later is 29 March."""

from __future__ import annotations

import pytest

from scheduler.calendar.entries.entry import Calendar
from scheduler.findings import Finding
from tests.studies.telling import calendar, dates, study

STUDY = study("""
study days: first dose is Day 1
treatments:
  drug: {when: {1: on first dose, then: 21 days after the previous dose}, until: 4 doses, give: 10 mg intravenously}
visits:
  seen-again: 14 days +7 after each adverse event of grade 3 or higher ends
""")
ONCE = "2026-03-02 given, treatment: drug, n: 1\n2026-03-10 adverse event, ae: 1, term: Diarrhea, grade: 3\n"  # events 2, 3
OVER = f"{ONCE}2026-03-15 resolved, ae: 1\n"  # event 4
SEEN = f"{OVER}2026-03-29 visit done, entry: seen-again.3\n"  # event 5
BACK = f"{SEEN}2026-04-05 regraded, ae: 1, grade: 3\n"  # event 6
OVER_AGAIN = f"{BACK}2026-04-10 resolved, ae: 1\n"  # event 7


def again(found: Calendar) -> list[Finding]:
    return [each for each in found.findings if each.code == "follow-up-again"]


def test_it_is_asked_for_while_it_is_back_and_after_it_is_over_again() -> None:
    (back,) = again(calendar(STUDY, BACK))
    assert back.message == "adverse event 1 came back after seen-again.3, done on 2026-03-29, and it is not over"
    assert back.hint == (
        "the protocol says: 14 days +7 after each adverse event of grade 3 or higher ends; "
        "see the patient again and record 'unscheduled visit'"
    )
    (over,) = again(calendar(STUDY, OVER_AGAIN))
    assert (
        over.message
        == "adverse event 1 came back after seen-again.3, done on 2026-03-29, and it is over since 2026-04-10"
    )
    assert (over.entry, set(over.events)) == ("seen-again.3", {3, 4, 6, 7})


@pytest.mark.parametrize("story", [ONCE, OVER, SEEN, f"{OVER_AGAIN}2026-04-24 unscheduled visit\n"])
def test_it_is_not_where_it_never_came_back_or_the_patient_was_seen(story: str) -> None:
    assert again(calendar(STUDY, story)) == []


def test_one_that_comes_back_before_the_visit_moves_it() -> None:
    found = calendar(STUDY, f"{OVER}2026-03-20 regraded, ae: 1, grade: 3\n2026-04-10 resolved, ae: 1\n")
    assert (dates(found, "seen-again"), again(found)) == ({"3": "04-24"}, [])
