"""Best response, its duration and progression: stories worked out by hand, and what is true of every order of assessments."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.calendar.tumour.best_response import best_response, counted_for_best, rank_of
from scheduler.calendar.tumour.tumour_response import ResponseSoFar, TumourResponse, tumour_response_of
from scheduler.exports.tables.csv import table_as_csv
from scheduler.patient.episodes.assessments import Assessed, assessments_in_order
from scheduler.patient.events import ASSESSMENTS, Response
from scheduler.patient.log import Fact
from scheduler.site.site import EVERY_DAY
from scheduler.views.looking_back.response import table_of_assessments, table_of_response
from scheduler.views.shapes.response import tell_response
from tests.dosing.story import told
from tests.seed import VERSION

START = "2026-02-27 randomised, arm: control\n2026-03-02 cycle started, treatment: regorafenib, cycle: 1\n"


def response(story: str) -> TumourResponse:
    """ "2026-04-24 PR" is an assessment by the criteria that know the word; whatever is longer is an event."""
    lines = []
    for line in story.strip().splitlines():
        day, _, said = line.strip().partition(" ")
        criteria = "iRECIST" if said in ASSESSMENTS["iRECIST"] and said != "NE" else "RECIST 1.1"
        known = said in (*ASSESSMENTS["iRECIST"], *ASSESSMENTS["RECIST 1.1"])
        lines.append(f"{day} response, criteria: {criteria}, assessment: {said}" if known else f"{day} {said}")
    return tumour_response_of(VERSION, EVERY_DAY, told(START + "\n".join(lines)), subject="CTL-009")


def recist(story: str) -> ResponseSoFar:
    return response(story).by("RECIST 1.1")


def irecist(story: str) -> ResponseSoFar:
    return response(story).by("iRECIST")


def test_partial_response_from_first_sight_to_progression() -> None:
    # 7 days of April, 31 of May, 30 of June, 31 of July, 14 of August.
    found = recist("2026-04-24 PR\n2026-06-19 PR\n2026-08-14 PD")
    assert found == ResponseSoFar(
        criteria="RECIST 1.1",
        best="PR",
        best_on=date(2026, 4, 24),
        confirmed=True,
        best_if_confirmed="PR",
        responded=date(2026, 4, 24),
        until=date(2026, 8, 14),
        ongoing=False,
        progressed=date(2026, 8, 14),
        events=(3, 5),
    )
    assert (found.days, found.objective_response, found.disease_control) == (113, True, True)


# Randomised on 27 February: stable disease counts from 10 April on, 42 days later.
@pytest.mark.parametrize(
    ("story", "best", "if_confirmed", "confirmed"),
    [
        ("", None, None, None),
        ("2026-04-24 SD", "SD", "SD", None),
        ("2026-04-10 SD", "SD", "SD", None),
        ("2026-04-09 SD", "NE", "NE", None),
        ("2026-04-09 SD\n2026-04-24 PD", "PD", "PD", None),
        ("2026-04-09 SD\n2026-04-24 SD", "SD", "SD", None),
        ("2026-04-24 non-CR/non-PD", "non-CR/non-PD", "non-CR/non-PD", None),
        ("2026-04-24 PD\n2026-06-19 PR", "PD", "PD", None),
        ("2026-04-24 NE\n2026-06-19 SD", "SD", "SD", None),
        ("2026-04-24 SD\n2026-06-19 PR\n2026-08-14 CR", "CR", "PR", False),
        ("2026-04-24 PR\n2026-06-19 SD", "PR", "SD", False),
        ("2026-04-24 PR\n2026-05-21 PR\n2026-05-28 PD", "PR", "SD", False),
        ("2026-04-24 PR\n2026-05-22 PR", "PR", "PR", True),
        ("2026-04-24 PR\n2026-05-22 NE\n2026-06-19 PR", "PR", "PR", True),
        ("2026-03-20 PR", "PR", "NE", False),
        ("2026-04-24 SD\n2026-05-01 new anticancer therapy\n2026-06-19 PR", "SD", "SD", None),
        ("2026-04-24 SD\n2026-05-01 progressed\n2026-06-19 PR", "SD", "SD", None),
    ],
)
def test_best_response_by_recist(story: str, best: str, if_confirmed: str, confirmed: bool | None) -> None:
    found = recist(story)
    assert (found.best, found.best_if_confirmed, found.confirmed) == (best, if_confirmed, confirmed)


@pytest.mark.parametrize(
    ("story", "best", "progressed"),
    [
        ("2026-04-24 iUPD", "iUPD", None),
        ("2026-04-24 iUPD\n2026-05-22 iCPD", "iCPD", "2026-04-24"),
        ("2026-04-24 iUPD\n2026-05-22 iUPD\n2026-06-19 iCPD", "iCPD", "2026-04-24"),
        ("2026-04-24 iUPD\n2026-05-22 iPR\n2026-07-17 iUPD\n2026-08-14 iCPD", "iPR", "2026-07-17"),
        (
            "2026-04-24 iUPD\n2026-05-22 non-iCR/non-iUPD\n2026-07-17 iUPD\n2026-08-14 iCPD",
            "non-iCR/non-iUPD",
            "2026-07-17",
        ),
        ("2026-04-24 iSD\n2026-06-19 iUPD\n2026-07-17 iSD", "iSD", None),
        ("2026-04-24 progressed\n2026-04-24 iUPD\n2026-05-22 iCPD", "iCPD", "2026-04-24"),
    ],
)
def test_best_response_by_irecist(story: str, best: str, progressed: str | None) -> None:
    found = irecist(story)
    assert (found.best, found.progressed) == (best, date.fromisoformat(progressed) if progressed else None)


def test_response_after_an_iupd_lasts_until_the_iupd_that_is_confirmed() -> None:
    # 10 days of May, 30 of June, 17 of July.
    found = irecist("2026-04-24 iUPD\n2026-05-22 iPR\n2026-07-17 iUPD\n2026-08-14 iCPD")
    assert (found.responded, found.until, found.days, found.ongoing) == (
        date(2026, 5, 22),
        date(2026, 7, 17),
        57,
        False,
    )


def test_duration_goes_on_to_the_last_assessment_that_could_be_read() -> None:
    # 7 days of April, 31 of May, 19 of June.
    found = recist("2026-04-24 PR\n2026-06-19 SD\n2026-08-14 NE")
    assert (found.until, found.days, found.ongoing) == (date(2026, 6, 19), 57, True)


def test_death_ends_a_response() -> None:
    found = recist("2026-04-24 PR\n2026-05-10 died")
    assert (found.until, found.days, found.ongoing, found.progressed) == (date(2026, 5, 10), 17, False, None)


def test_the_two_sets_of_criteria_are_told_apart_and_the_calendar_takes_the_earlier_progression() -> None:
    found = response("2026-04-24 PD\n2026-04-24 iUPD\n2026-05-22 iPR")
    assert (found.by("RECIST 1.1").best, found.by("iRECIST").best) == ("PD", "iPR")
    assert (found.by("RECIST 1.1").progressed, found.by("iRECIST").progressed) == (date(2026, 4, 24), None)
    assert (found.progression, found.progression_events) == (date(2026, 4, 24), (3,))


def test_the_day_of_the_scan_counts_not_that_of_the_reading() -> None:
    found = response(
        """2026-04-20 visit done, entry: imaging.1
        2026-04-27 response, criteria: iRECIST, assessment: iUPD, entry: imaging.1
        2026-05-25 iCPD"""
    )
    assert found.by("iRECIST").progressed == date(2026, 4, 20) == found.progression
    assert [each.scan for each in found.assessments] == ["imaging.1", None]


def test_nobody_is_assessed_before_randomisation() -> None:
    found = tumour_response_of(VERSION, EVERY_DAY, told("2026-02-20 consented"))
    assert (found.so_far, found.assessments, found.progression) == ((), (), None)


def test_lists_and_json() -> None:
    found = response("2026-04-24 PR\n2026-06-19 iUPD\n2026-07-17 iSD")
    assert table_as_csv(table_of_response(found)).splitlines() == [
        "criteria,best,scan of,confirmed,best if confirmed,response from,to,days,ongoing,progression,events",
        "RECIST 1.1,PR,2026-04-24,no,SD,2026-04-24,2026-04-24,1,yes,,event 3",
        "iRECIST,iSD,2026-07-17,,iSD,,,,,,event 5",
        "on the calendar,,,,,,,,,,",
    ]
    assert table_of_assessments(found).rows[-1][-2:] == ("yes", 5)
    keys = json.loads(json.dumps(tell_response(found).as_keys()))
    assert keys["responses"][0]["duration"] == {"from": "2026-04-24", "to": "2026-04-24", "days": 1, "ongoing": True}
    assert (keys["responses"][1]["duration"], keys["progression"]) == (None, {"date": None, "events": []})


@st.composite
def orders(draw: st.DrawFn) -> tuple[str, tuple[Assessed, ...]]:
    """Assessments by one set of criteria, some weeks after each other."""
    criteria = draw(st.sampled_from(tuple(ASSESSMENTS)))
    words = draw(st.lists(st.sampled_from(ASSESSMENTS[criteria]), min_size=1, max_size=8))
    day = date(2026, 3, 2).toordinal()
    facts = []
    for number, word in enumerate(words, 1):
        day += draw(st.integers(0, 70))
        facts.append(Fact(Response(on=date.fromordinal(day), criteria=criteria, assessment=word), (number,)))
    return criteria, tuple(assessments_in_order(facts, ()))


@given(order=orders())
def test_best_response_never_gets_worse_and_confirmation_never_makes_it_better(
    order: tuple[str, tuple[Assessed, ...]],
) -> None:
    criteria, assessed = order
    start = date(2026, 2, 27).toordinal()
    before = {True: 99, False: 99}
    for length in range(1, len(assessed) + 1):
        counted = tuple(counted_for_best(criteria, assessed[:length], None, None))
        ranks = {}
        for strict in (True, False):
            best = best_response(counted, start, must_be_confirmed=strict)
            assert best is not None
            assert best.assessed in counted
            ranks[strict] = rank_of(criteria, best.name)
        assert ranks[True] >= ranks[False]
        assert all(ranks[strict] <= before[strict] for strict in ranks)
        before = ranks


@pytest.mark.parametrize(("again", "confirmed"), [("2026-05-21", False), ("2026-05-22", True)])
def test_a_response_is_confirmed_four_weeks_later_to_the_day(again: str, confirmed: bool) -> None:
    # From 24 April: 6 days of April and 22 of May are 28 days.
    assert recist(f"2026-04-24 PR\n{again} PR").confirmed is confirmed


def test_who_progresses_by_the_record_and_by_the_scan_on_one_day_progressed_once() -> None:
    found = recist("2026-04-24 PR\n2026-06-19 PD\n2026-06-19 progressed")
    assert (found.progressed, found.until) == (date(2026, 6, 19), date(2026, 6, 19))
